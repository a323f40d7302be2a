//! What a server's refusal is about, judged by its words: the status codes and error codes of servers contradict each other.
//!
//! A 401 can mean a lost session (rmcp 0.8 to 0.13), a 404 a bad token (gateways), and -32001 a timeout, a session or a
//! token. The words are what servers agree on, so they decide (`phrases`), but where a code or a status means one thing only.

use super::phrases;
use crate::mcp;

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The server holds more sessions than it wants to.
    Crowd,
    /// Which host or origin the request names.
    Origin,
    /// What the token allows.
    Scope,
    /// Which revision is spoken.
    Version,
    /// Which media types the client accepts.
    Accept,
    /// Which media type the request has.
    ContentType,
    /// How large the request is.
    Size,
    /// How many requests come in a time.
    Rate,
    /// That the request names no session.
    NoSession,
    /// A session that is unknown or ended.
    Session,
    /// That the handshake is not complete.
    Handshake,
    /// Some session, in words we do not know.
    SomeSession,
    /// A token that is past its time.
    Expired,
    /// A token whose time has not begun.
    Early,
    /// A token that is made out to another server, or by another issuer.
    Audience,
    /// The token, or that there is none.
    Token,
    /// A method that does not exist (-32601).
    Method,
    /// Its parameters (-32602).
    Params,
    /// That the headers do not say what the body says (-32020).
    Headers,
    /// A capability that the client did not declare (-32021).
    Capability,
    /// A failure inside the server (-32603).
    Internal,
    /// It does not say.
    Unsaid,
    /// What it says is not in the recording.
    Unread,
}

impl Subject {
    /// What a refusal is about: its words, or where they say nothing the code of its JSON-RPC error, both as far as the
    /// status lets them. Under a good status `status` is 200.
    ///
    /// The codes that the specification keeps for itself mean one thing only, whatever the words (2026-07-28, basic). And an
    /// error about what was asked names what was asked: a session or a token in it may be a tool's.
    pub(crate) fn of(text: &str, code: Option<i64>, status: u16) -> Self {
        let said = match (status, code) {
            (200 | 400, Some(-32020)) => return Self::Headers,
            (200 | 400, Some(-32021)) => return Self::Capability,
            (200 | 400, Some(-32022)) => return Self::Version,
            // The same in the release candidate of 2026-07-28, whose codes others use too.
            (400, Some(-32001)) if mcp::is_modern(-32001, status, text) => return Self::Headers,
            (400, Some(-32003)) if mcp::is_modern(-32003, status, text) => return Self::Capability,
            (200, Some(-32601 | -32602)) => Some(phrases::named(text, status)).filter(|said| said.is_of_protocol()),
            _ => Some(phrases::named(text, status)),
        };
        match (status, said.unwrap_or(Self::Unsaid)) {
            (409 | 429 | 500.., Self::Crowd) => Self::Crowd,
            // These statuses mean one thing (RFC 9110 §15.5, RFC 6585 §4 and §5).
            (429, _) => Self::Rate,
            (413 | 414 | 431, _) => Self::Size,
            // A second event stream (409) and a broken server speak of sessions too, and do not mean that one is lost.
            (409 | 500.., _) => Self::Unsaid,
            (400 | 401 | 403 | 404 | 410 | 422, Self::SomeSession) => Self::SomeSession,
            (200, Self::SomeSession | Self::Unsaid) if is_own(code) && phrases::is_broken(text) => Self::Internal,
            (_, Self::SomeSession | Self::Unsaid) => Self::of_code(code, status),
            (_, said) => said,
        }
    }

    fn of_code(code: Option<i64>, status: u16) -> Self {
        match (code, status) {
            (Some(-32601), 200 | 400 | 404) => Self::Method,
            (Some(-32602), 200 | 400 | 422) => Self::Params,
            (Some(-32603), 200 | 400) => Self::Internal,
            _ => Self::Unsaid,
        }
    }

    /// Whether a list of revisions in the refusal would tell what it is about.
    pub(super) const fn is_open(self) -> bool {
        matches!(self, Self::Params | Self::Unsaid)
    }

    /// Whether only the protocol itself can be meant, and nothing that a tool works on.
    const fn is_of_protocol(self) -> bool {
        matches!(self, Self::Version | Self::Handshake)
    }

    /// Whether it is about the token.
    pub(super) const fn is_token(self) -> bool {
        matches!(self, Self::Expired | Self::Early | Self::Audience | Self::Token)
    }

    /// Whether it is about a session, unknown, missing or in words we do not know.
    pub(crate) const fn is_session(self) -> bool {
        matches!(self, Self::NoSession | Self::Session | Self::SomeSession)
    }
}

/// Whether a code is one that servers give a meaning of their own (JSON-RPC 2.0 §5.1).
const fn is_own(code: Option<i64>) -> bool {
    matches!(code, Some(code) if code < -32768 || code >= -32099)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_decide_whatever_the_status_was() {
        for (text, about) in [
            ("Unauthorized: Session not found", Subject::Session),
            ("Bad Request: Mcp-Session-Id header is required", Subject::NoSession),
            ("Session ID required in mcp-session-id header", Subject::NoSession),
            ("text/event-stream required in Accept header; Session ID required in mcp-session-id header", Subject::Accept),
            ("Invalid Bearer token", Subject::Token),
            ("{\"error\": \"invalid_token\", \"error_description\": \"Authentication required\"}", Subject::Token),
            ("token expired", Subject::Expired),
            (r#"{"error":"\"exp\" claim timestamp check failed"}"#, Subject::Expired),
            (r#"{"error":"\"nbf\" claim timestamp check failed"}"#, Subject::Early),
            ("The token is not yet valid (iat)", Subject::Early),
            (r#"{"error": "invalid_token", "error_description": "unexpected \"aud\" claim value"}"#, Subject::Audience),
            ("Audience doesn't match", Subject::Audience),
            ("The audience '(null)' is invalid", Subject::Audience),
            ("The session was handed to someone else", Subject::SomeSession),
            ("session user mismatch", Subject::Unsaid),
            ("Conflict: Only one SSE stream is allowed per session", Subject::Unsaid),
            ("method \"tools/list\" is invalid during session initialization", Subject::Handshake),
            ("Received request before initialization was complete", Subject::Handshake),
            ("Too many open sessions", Subject::Crowd),
            ("Invalid Host: evil.example.com", Subject::Origin),
            ("Not Found", Subject::Unsaid),
        ] {
            assert_eq!(Subject::of(text, None, 400), about, "{text}");
        }
    }

    #[test]
    fn a_code_decides_only_where_the_words_say_nothing() {
        assert_eq!(Subject::of("no", Some(-32601), 404), Subject::Method);
        assert_eq!(Subject::of("Session not found", Some(-32601), 404), Subject::Session);
        assert_eq!(Subject::of("no", Some(-32001), 401), Subject::Unsaid);
    }

    #[test]
    fn a_code_of_the_specification_decides_whatever_the_words_are() {
        assert_eq!(Subject::of("the Mcp-Session-Id header is required", Some(-32020), 400), Subject::Headers);
        assert_eq!(Subject::of("session required", Some(-32021), 400), Subject::Capability);
        assert_eq!(Subject::of("Header mismatch: Mcp-Name", Some(-32001), 400), Subject::Headers);
        assert_eq!(Subject::of("Invalid Bearer token", Some(-32001), 400), Subject::Token);
    }

    #[test]
    fn an_error_about_what_was_asked_is_not_about_who_asks() {
        for text in ["Tool get_session not found", "Session not found: 42", "Invalid token argument"] {
            assert_eq!(Subject::of(text, Some(-32602), 200), Subject::Params, "{text}");
        }
        assert_eq!(Subject::of("Unsupported protocol version", Some(-32602), 200), Subject::Version);
        assert_eq!(Subject::of("Session not found", Some(-32602), 400), Subject::Session);
    }

    #[test]
    fn a_broken_server_is_not_taken_at_its_word() {
        assert_eq!(Subject::of("Session not found", None, 500), Subject::Unsaid);
        assert_eq!(Subject::of("Too many open sessions", None, 503), Subject::Crowd);
    }
}
