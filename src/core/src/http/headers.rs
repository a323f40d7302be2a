//! Header fields in the order and spelling they were seen, with secrets kept out of them.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Which secret of the person's goes into a request when it leaves.
///
/// Secrets never enter core: a request names the slot, and the transport fills it in at the last moment. So no
/// recording, finding or export can hold one, whatever it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretSlot {
    /// The bearer token, sent as `Bearer <token>`.
    Token,
    /// The bearer token with one character changed, sent the same way: what a server must refuse.
    Mangled,
    /// The value of the n-th extra header the person typed, from 0.
    Extra(u8),
    /// Id and secret of a client of an authorization server, sent as `Basic <both>` (RFC 6749 §2.3.1).
    Client,
    /// The secret of that client alone, as a field of a form.
    ClientSecret,
}

impl SecretSlot {
    /// Whether it is a bearer token, which a browser by itself does not take along to another origin (Fetch standard,
    /// HTTP-redirect fetch).
    pub const fn is_bearer(self) -> bool {
        matches!(self, Self::Token | Self::Mangled)
    }

    /// Whether it is for an authorization server, and never for the server that was typed.
    pub const fn is_of_client(self) -> bool {
        matches!(self, Self::Client | Self::ClientSecret)
    }
}

/// The value of a header field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderValue {
    /// The value as it was on the wire.
    Text(String),
    /// A secret that only the transport knows.
    Secret(SecretSlot),
}

/// A list of header fields. Order and case are kept; look-ups ignore case (RFC 9110 §5.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, HeaderValue)>);

impl Headers {
    /// No fields.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a field at the end; an equal name that is already there stays.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), HeaderValue::Text(value.into())));
    }

    /// Adds a field whose value only the transport knows.
    pub fn push_secret(&mut self, name: &str, slot: SecretSlot) {
        self.0.push((name.to_owned(), HeaderValue::Secret(slot)));
    }

    /// The first visible value under a name in any case. A secret is not visible.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|(n, value)| match value {
            HeaderValue::Text(text) if n.eq_ignore_ascii_case(name) => Some(text.as_str()),
            _ => None,
        })
    }

    /// Whether a field of that name is there, visible or secret.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n.eq_ignore_ascii_case(name))
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &HeaderValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes every field of that name out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
    }

    /// Changes the visible value under a name; a field that is absent stays absent.
    pub fn replace(&mut self, name: &str, with: &str) {
        for (n, value) in &mut self.0 {
            if n.eq_ignore_ascii_case(name) && matches!(value, HeaderValue::Text(_)) {
                *value = HeaderValue::Text(with.to_owned());
            }
        }
    }
}

/// Why a browser would refuse to send a header of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderNameProblem {
    /// Nothing was typed.
    Empty,
    /// A character that no header name may have (RFC 9110 §5.6.2), at this position counted in characters from 0.
    IllegalCharacter(char, usize),
    /// A name the browser keeps for itself and drops or refuses (Fetch standard, "forbidden request-header").
    ReservedByBrowser,
    /// A name that this page fills in itself, as the protocol asks.
    SetByInspector,
}

/// Names a page cannot set (Fetch standard §2.2.2), besides the `proxy-` and `sec-` prefixes.
const FORBIDDEN: &[&str] = &[
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Names the handshake sets itself.
const OURS: &[&str] = &["accept", "authorization", "content-type", "mcp-protocol-version", "mcp-session-id"];

/// Checks a header name as typed, before it reaches an API that would throw on it.
///
/// # Errors
/// The first reason why it cannot be sent.
pub fn check_name(name: &str) -> Result<(), HeaderNameProblem> {
    if name.is_empty() {
        return Err(HeaderNameProblem::Empty);
    }
    let legal = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if let Some((at, c)) = name.chars().enumerate().find(|(_, c)| !legal(*c)) {
        return Err(HeaderNameProblem::IllegalCharacter(c, at));
    }
    let lower = name.to_ascii_lowercase();
    if FORBIDDEN.contains(&lower.as_str()) || lower.starts_with("proxy-") || lower.starts_with("sec-") {
        return Err(HeaderNameProblem::ReservedByBrowser);
    }
    if OURS.contains(&lower.as_str()) {
        return Err(HeaderNameProblem::SetByInspector);
    }
    Ok(())
}

/// Finds the first character that a header value cannot carry: a control character, or one outside Latin-1
/// (the Fetch standard takes values as byte strings). Position in characters from 0.
pub fn check_value(value: &str) -> Option<(char, usize)> {
    value.chars().enumerate().find(|(_, c)| (c.is_control() && *c != '\t') || u32::from(*c) > 0xFF).map(|(at, c)| (c, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_up_ignores_case_and_takes_the_first() {
        let mut headers = Headers::new();
        headers.push("Mcp-Session-Id", "a");
        headers.push("mcp-session-id", "b");
        assert_eq!(headers.get("MCP-SESSION-ID"), Some("a"));
    }

    #[test]
    fn a_secret_is_there_but_not_visible() {
        let mut headers = Headers::new();
        headers.push_secret("authorization", SecretSlot::Token);
        assert!(headers.has("Authorization"));
        assert_eq!(headers.get("authorization"), None);
    }

    #[test]
    fn names_a_browser_would_throw_on_are_found_first() {
        assert_eq!(check_name("x-api-key"), Ok(()));
        assert_eq!(check_name(""), Err(HeaderNameProblem::Empty));
        assert_eq!(check_name("x api"), Err(HeaderNameProblem::IllegalCharacter(' ', 1)));
        assert_eq!(check_name("Cookie"), Err(HeaderNameProblem::ReservedByBrowser));
        assert_eq!(check_name("Sec-Fetch-Mode"), Err(HeaderNameProblem::ReservedByBrowser));
        assert_eq!(check_name("Authorization"), Err(HeaderNameProblem::SetByInspector));
    }

    #[test]
    fn values_a_browser_would_throw_on_are_found_first() {
        assert_eq!(check_value("plain, with spaces"), None);
        assert_eq!(check_value("a\u{200B}b"), Some(('\u{200B}', 1)));
        assert_eq!(check_value("a\nb"), Some(('\n', 1)));
    }
}
