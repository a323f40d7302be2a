//! What a server's refusal is about, judged by its words: the status codes and error codes of servers contradict each other.
//!
//! A 401 can mean a lost session (rmcp 0.8 to 0.13), a 404 a bad token (gateways), and -32001 a timeout, a session or a
//! token. The words are what servers agree on, so they decide; each phrase is from a server we measured or read.

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
    /// A session that is unknown or ended.
    Session,
    /// A token that is past its time.
    Expired,
    /// The token, or that there is none.
    Token,
    /// It does not say.
    Unsaid,
}

/// Phrases and their subject; the first phrase that the text holds decides.
const PHRASES: &[(&str, Subject)] = &[
    ("too many open sessions", Subject::Crowd),
    ("too many sessions", Subject::Crowd),
    ("too many concurrent sessions", Subject::Crowd),
    ("session limit", Subject::Crowd),
    ("invalid origin", Subject::Origin),
    ("invalid host", Subject::Origin),
    ("host header is not allowed", Subject::Origin),
    ("origin header is not allowed", Subject::Origin),
    ("origin not allowed", Subject::Origin),
    ("insufficient_scope", Subject::Scope),
    ("insufficient scope", Subject::Scope),
    ("required scope", Subject::Scope),
    ("unsupported protocol version", Subject::Version),
    ("unsupported mcp-protocol-version", Subject::Version),
    ("client must accept", Subject::Accept),
    ("accept must contain", Subject::Accept),
    ("invalid accept header", Subject::Accept),
    ("required in accept header", Subject::Accept),
    ("session not found", Subject::Session),
    ("could not find session", Subject::Session),
    ("no valid session", Subject::Session),
    ("session has been terminated", Subject::Session),
    ("session terminated", Subject::Session),
    ("session expired", Subject::Session),
    ("unknown session", Subject::Session),
    ("invalid session", Subject::Session),
    ("session id not found", Subject::Session),
    ("no transport found for session", Subject::Session),
    ("server not initialized", Subject::Session),
    ("expect initialize request", Subject::Session),
    ("token expired", Subject::Expired),
    ("token has expired", Subject::Expired),
    ("token is expired", Subject::Expired),
    ("jwt expired", Subject::Expired),
    ("expired token", Subject::Expired),
    ("invalid_token", Subject::Token),
    ("bearer token", Subject::Token),
    ("invalid token", Subject::Token),
    ("token is invalid", Subject::Token),
    ("invalid access token", Subject::Token),
    ("missing authentication token", Subject::Token),
    ("authentication required", Subject::Token),
    ("authentication failed", Subject::Token),
    ("authorization header", Subject::Token),
    ("invalid api key", Subject::Token),
];

/// Words that speak of sessions without saying that one is unknown: ownership, a second stream, the handshake phase.
const NOT_A_LOST_SESSION: &[&str] =
    &["mismatch", "does not match", "per session", "session initialization", "session termination not", "without a session"];

/// What a refusal is about; `lower` is its text in lower case.
pub(super) fn subject(lower: &str) -> Subject {
    let phrase = PHRASES.iter().find(|(phrase, _)| lower.contains(phrase)).map(|(_, subject)| *subject);
    phrase.unwrap_or_else(|| {
        let session = lower.contains("session") && !NOT_A_LOST_SESSION.iter().any(|words| lower.contains(words));
        if session { Subject::Session } else { Subject::Unsaid }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_decide_whatever_the_status_was() {
        for (text, about) in [
            ("Unauthorized: Session not found", Subject::Session),
            ("Bad Request: Mcp-Session-Id header is required", Subject::Session),
            ("Session ID required in mcp-session-id header", Subject::Session),
            ("text/event-stream required in Accept header; Session ID required in mcp-session-id header", Subject::Accept),
            ("Invalid Bearer token", Subject::Token),
            ("{\"error\": \"invalid_token\", \"error_description\": \"Authentication required\"}", Subject::Token),
            ("token expired", Subject::Expired),
            ("session user mismatch", Subject::Unsaid),
            ("Conflict: Only one SSE stream is allowed per session", Subject::Unsaid),
            ("method \"tools/list\" is invalid during session initialization", Subject::Unsaid),
            ("Too many open sessions", Subject::Crowd),
            ("Invalid Host: evil.example.com", Subject::Origin),
            ("Not Found", Subject::Unsaid),
        ] {
            assert_eq!(subject(&text.to_ascii_lowercase()), about, "{text}");
        }
    }
}
