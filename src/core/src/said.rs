//! What others say, as this page repeats it: quotes on one line, and the part of a body that is meant for people.

use alloc::format;
use alloc::string::{String, ToString};

use crate::http::reason_phrase;
use crate::json::{self, Node};

/// The longest quote, in characters.
pub const QUOTE_CHARS: usize = 120;

/// Someone else's text as a quote on one line: cut, and what cannot be seen or turns the text around made visible.
pub fn quote(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if c.is_control() || is_invisible(c) {
                line.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            } else {
                line.push(c);
            }
        }
    }
    match line.char_indices().nth(QUOTE_CHARS) {
        Some((end, _)) => format!("“{}…”", line[..end].trim_end()),
        None => format!("“{line}”"),
    }
}

/// Zero-width, joining and direction characters (Unicode general category Cf, the ones that mislead).
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// What a body says to a person: the message of a JSON error, the text of an HTML page, or the text itself.
pub fn words_in(body: &str) -> String {
    let body = body.trim();
    if body.starts_with('{') {
        let scan = json::scan(body);
        return scan.root(body).and_then(message_of).unwrap_or_else(|| body.to_string());
    }
    if is_html(body) {
        return html_text(body);
    }
    body.to_string()
}

/// The member of an error object that is meant for people; the order is from the most to the least telling.
fn message_of(node: Node<'_>) -> Option<String> {
    let text = |node: Node<'_>| node.as_str().filter(|text| !text.is_empty()).map(|text| text.into_owned());
    let nested = node.get("error").and_then(|error| error.get("message")).and_then(text);
    let flat = ["error_description", "message", "detail", "title", "error"];
    nested.or_else(|| flat.iter().find_map(|key| node.get(key).and_then(text)))
}

/// Whether a text is an HTML page.
pub fn is_html(body: &str) -> bool {
    let start: String = body.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<head") || start.starts_with("<body")
}

/// What an HTML page says: Express puts it in `pre`, proxies in `h1`, everyone else in `title`.
fn html_text(body: &str) -> String {
    let lower = body.to_ascii_lowercase();
    let element = |name: &str| {
        let open = lower.find(&format!("<{name}"))?;
        let start = open + lower[open..].find('>')? + 1;
        let end = start + lower[start..].find(&format!("</{name}"))?;
        let text = body.get(start..end)?.split('<').next()?.trim();
        (!text.is_empty()).then(|| text.to_string())
    };
    ["pre", "h1", "title"].iter().find_map(|name| element(name)).unwrap_or_else(|| "an HTML page".to_string())
}

/// A status as it stands on the wire: `404 Not Found`.
pub fn status(status: u16) -> String {
    format!("{status} {}", reason_phrase(status)).trim_end().to_string()
}

/// Names as people list them: `a`, `a and b`, `a, b and c`.
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_one_line_cut_and_shows_what_hides() {
        assert_eq!(quote(" a\n  b\u{202E}c "), "“a b\\u{202e}c”");
        assert!(quote(&"x".repeat(500)).ends_with("x…”"));
    }

    #[test]
    fn the_words_of_a_body_are_the_part_meant_for_people() {
        for (body, words) in [
            (
                r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Session not found"}}"#,
                "Session not found",
            ),
            (r#"{"error": "invalid_token", "error_description": "Authentication required"}"#, "Authentication required"),
            (r#"{"detail":"Not Found"}"#, "Not Found"),
            (
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot POST /nope</pre>\n</body>\n</html>\n",
                "Cannot POST /nope",
            ),
            (
                "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>",
                "502 Bad Gateway",
            ),
            ("Not Found", "Not Found"),
        ] {
            assert_eq!(words_in(body), words);
        }
    }
}
