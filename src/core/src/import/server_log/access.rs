//! Lines that say of a request its method, its path or address, and the status of the answer.

/// What such a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Access<'a> {
    pub method: &'a str,
    /// A path, or a whole address.
    pub target: &'a str,
    /// The status, unless the line breaks off before it.
    pub status: Option<u16>,
}

const METHODS: [&str; 4] = ["POST ", "GET ", "DELETE ", "OPTIONS "];

/// Reads a line: `"POST /mcp HTTP/1.1" 404 Not Found` as servers write it (uvicorn, nginx, Apache), with or without the first quote, and
/// `POST https://a.example/mcp "HTTP/1.1 404 Not Found"` as httpx does.
pub(super) fn read(line: &str) -> Option<Access<'_>> {
    let starts = METHODS.iter().filter_map(|method| Some((line.find(method)?, *method)));
    let (at, method) = starts.filter(|(at, _)| begins_word(line, *at)).min_by_key(|(at, _)| *at)?;
    let rest = &line[at + method.len()..];
    let (target, rest) = rest.split_once(' ')?;
    if !target.starts_with('/') && !target.starts_with("http://") && !target.starts_with("https://") {
        return None;
    }
    let rest = rest.trim_start_matches('"').strip_prefix("HTTP/")?;
    let (version, rest) = rest.split_once([' ', '"']).unwrap_or((rest, ""));
    if !version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let status = rest.trim_start_matches(['"', ' ']).get(..3).filter(|status| status.bytes().all(|byte| byte.is_ascii_digit()));
    Some(Access { method: method.trim_end(), target, status: status.and_then(|status| status.parse().ok()) })
}

fn begins_word(line: &str, at: usize) -> bool {
    !line[..at].ends_with(|c: char| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_servers_and_clients_write_it() {
        for (line, target, status) in [
            (r#"INFO:     127.0.0.1:51234 - "POST /mcp HTTP/1.1" 404 Not Found"#, "/mcp", Some(404)),
            (r#"POST /mcp HTTP/1.1" 400 Bad Request"#, "/mcp", Some(400)),
            (r#"1.2.3.4 - - [21/Nov/2026:17:07:12 +0000] "POST /mcp HTTP/2.0" 200 52 "-" "python-httpx""#, "/mcp", Some(200)),
            (
                r#"INFO:httpx:HTTP Request: POST http://localhost:8000/mcp "HTTP/1.1 202 Accepted""#,
                "http://localhost:8000/mcp",
                Some(202),
            ),
            (r#"POST /mcp HTTP/1.1"#, "/mcp", None),
        ] {
            assert_eq!(read(line), Some(Access { method: "POST", target, status }), "{line}");
        }
        for line in ["POST it to me", "REPOST /mcp HTTP/1.1 200", "POST mcp HTTP/1.1 200", "POST /mcp", ""] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
