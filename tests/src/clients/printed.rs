//! What a person sees of a client whose server fails, and how it is written in the matrix.

use std::fmt;

/// How many characters of a text are kept: enough for every text that a client makes itself.
const KEPT: usize = 300;

/// Begins addresses that have a version in them.
const PYDANTIC: &str = "https://errors.pydantic.dev/";

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// The handshake and `tools/list` came to their end.
    Works,
    /// Nothing, until a time limit ended it. With a limit of its own, the client says this.
    Hangs(Option<Thrown>),
    /// An error.
    Fails(Thrown),
}

/// An error as the client raises it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thrown {
    /// Whether it came as the leaf of an exception group, whose own text tells nothing.
    pub wrapped: bool,
    /// The name of its class.
    pub class: String,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// Its text, in one line.
    pub message: String,
}

impl Printed {
    /// Reads what `Display` writes.
    ///
    /// # Panics
    /// On any other text.
    pub(super) fn parse(text: &str) -> Self {
        match text {
            "works" => Self::Works,
            "hangs" => Self::Hangs(None),
            _ => match text.strip_prefix("hangs; in the end ") {
                Some(thrown) => Self::Hangs(Some(Thrown::parse(thrown))),
                None => Self::Fails(Thrown::parse(text)),
            },
        }
    }
}

impl Thrown {
    fn parse(text: &str) -> Self {
        let (wrapped, text) = text.strip_prefix("EG> ").map_or((false, text), |leaf| (true, leaf));
        let (head, message) = text.split_once(": ").unwrap_or((text.trim_end_matches(':'), ""));
        let (class, code) = match head.split_once('(') {
            Some((class, code)) => (class, Some(code.trim_end_matches(')').to_owned())),
            None => (head, None),
        };
        Self { wrapped, class: class.to_owned(), code, message: message.to_owned() }
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Works => f.write_str("works"),
            Self::Hangs(None) => f.write_str("hangs"),
            Self::Hangs(Some(thrown)) => write!(f, "hangs; in the end {thrown}"),
            Self::Fails(thrown) => write!(f, "{thrown}"),
        }
    }
}

impl fmt::Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = if self.wrapped { "EG> " } else { "" };
        let code = self.code.as_ref().map(|code| format!("({code})")).unwrap_or_default();
        let text = format!("{group}{}{code}: {}", self.class, self.message);
        f.write_str(text.trim_end())
    }
}

/// A text in one line, without what differs from run to run and from machine to machine, and no longer than is of use.
pub(super) fn normal(text: &str, url: &str) -> String {
    let word = |word| if str::starts_with(word, PYDANTIC) { PYDANTIC } else { word };
    let text = text.split_whitespace().map(word).collect::<Vec<_>>().join(" ");
    let origin = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let host = origin.rsplit('/').next().unwrap_or_default();
    let port = host.rsplit(':').next().unwrap_or_default();
    let text = text.replace(&origin, "http://server").replace(host, "server").replace(&format!("localhost:{port}"), "other");
    let text = without(&text, " (line ", ")");
    // The second line of every status that httpx reports.
    let text = text.split(" For more information check: https://developer.mozilla.org/").next().unwrap_or_default().to_owned();
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}

/// The text without its parts between two marks, marks included.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(start) {
        let Some((_, after)) = after.split_once(end) else { break };
        kept += before;
        rest = after;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        for text in [
            "works",
            "hangs",
            "hangs; in the end EG> McpError(408): Timed out while waiting for response to ClientRequest. Waited 15.0 seconds.",
            "EG> ClosedResourceError:",
            "RuntimeError: Client failed to connect: All connection attempts failed",
            "StreamableHTTPError(404): Streamable HTTP error: Error POSTing to endpoint: Not Found",
        ] {
            assert_eq!(Printed::parse(text).to_string(), text);
        }
    }

    #[test]
    fn what_differs_from_run_to_run_is_left_out() {
        let url = "http://127.0.0.1:40123/mcp";
        for (text, normal_text) in [
            (
                "Client error '404 Not Found' for url 'http://127.0.0.1:40123/mcp'\nFor more",
                "Client error '404 Not Found' for url 'http://server/mcp' For more",
            ),
            ("connect ECONNREFUSED 127.0.0.1:40123", "connect ECONNREFUSED server"),
            ("Redirect to http://localhost:40123/mcp not followed", "Redirect to http://other/mcp not followed"),
            ("in JSON at position 1 (line 1 column 2)", "in JSON at position 1"),
            ("visit https://errors.pydantic.dev/2.12/v/missing serverInfo", "visit https://errors.pydantic.dev/ serverInfo"),
        ] {
            assert_eq!(normal(text, url), normal_text);
        }
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_tells_its_length() {
        let long = normal(&"x".repeat(1000), "http://127.0.0.1:1/mcp");
        assert!(long.ends_with("x… (1000 characters)") && long.chars().count() < KEPT + 30);
    }
}
