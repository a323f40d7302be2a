//! The error codes seen on MCP wires: what they are called, and which of them only a server of 2026-07-28 sends.

use alloc::string::String;
use alloc::vec::Vec;

use super::reading::{member, of_message, texts};

/// Codes with one meaning, and its name.
///
/// -32000 to -32019 belong to nobody (2026-07-28, basic, error codes): what -32001 and its neighbours mean is up to the
/// server, so they have no name here. -32002 and -32042 were the protocol's own until 2025-11-25.
const NAMES: [(i64, &str); 11] = [
    (-32700, "Parse error"),
    (-32600, "Invalid request"),
    (-32601, "Method not found"),
    (-32602, "Invalid params"),
    (-32603, "Internal error"),
    (-32002, "Resource not found"),
    (-32020, "Header mismatch"),
    (-32021, "Missing required client capability"),
    (-32022, "Unsupported protocol version"),
    (-32042, "URL elicitation required"),
    (-32800, "Request cancelled"),
];

/// What a code is called, if it means the same everywhere.
pub fn name(code: i64) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// Whether an error shows that the server speaks 2026-07-28, so that a client must not fall back to `initialize` (Streamable
/// HTTP, backward compatibility): one of its codes; an unknown method with 404, which earlier revisions answer otherwise; or
/// a code of its release candidate, which others use too, together with the words of that candidate.
pub fn is_modern(code: i64, http_status: u16, message: &str) -> bool {
    let says = |words: &str| message.to_ascii_lowercase().contains(words);
    match code {
        -32022..=-32020 => true,
        -32601 => http_status == 404,
        -32001 => http_status == 400 && (says("header mismatch") || says("headermismatch")),
        -32003 => http_status == 400 && says("capability"),
        -32004 => http_status == 400 && says("unsupported protocol version"),
        _ => false,
    }
}

/// Reads which versions a server says it speaks when it refuses another: from the error's `data.supported` (2024-11-05,
/// lifecycle; 2026-07-28, versioning), or from its words, as servers of the handshake era put them: "… Supported versions:
/// 2025-11-25, 2025-06-18". `None` when it names none.
pub fn read_supported(message: &str) -> Option<Vec<String>> {
    of_message(message, "error", |error| {
        let listed = error.get("data").map(|data| texts(data, "supported")).unwrap_or_default();
        let found = if listed.is_empty() { named_in(&member(error, "message")) } else { listed };
        (!found.is_empty()).then_some(found)
    })
}

/// The dates after "supported versions" or "supported protocol versions"; one that comes before is the one refused.
fn named_in(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let list = ["supported versions", "supported protocol versions"].iter().find_map(|words| lower.split_once(words));
    let Some((before, list)) = list else { return Vec::new() };
    if before.ends_with("un") {
        return Vec::new();
    }
    let words = list.split(|c: char| !c.is_ascii_digit() && c != '-');
    words.filter(|word| is_date(word)).map(Into::into).collect()
}

/// Whether a word is written like the name of a revision: `2025-11-25`.
fn is_date(word: &str) -> bool {
    word.len() == 10 && word.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte != b'-' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_belongs_to_nobody_has_no_name() {
        assert_eq!(name(-32601), Some("Method not found"));
        assert_eq!(name(-32022), Some("Unsupported protocol version"));
        assert_eq!((name(-32000), name(-32001), name(-32004), name(1)), (None, None, None, None));
    }

    #[test]
    fn errors_of_the_stateless_era_are_known_by_their_code() {
        assert!((-32022..=-32020).all(|code| is_modern(code, 400, "")));
        assert!(is_modern(-32601, 404, "Method not found"));
        assert!(!is_modern(-32601, 200, "Method not found"));
    }

    #[test]
    fn what_servers_of_the_handshake_era_answer_to_a_modern_request_is_not_modern() {
        // revisions.md §6.5, measured.
        for (code, status, message) in [
            (-32600, 400, "Bad Request: Missing session ID"),
            (-32600, 400, "Bad Request: Unsupported protocol version: 2026-07-28. Supported versions: 2025-11-25"),
            (-32000, 400, "Bad Request: Server not initialized"),
            (-32000, 400, "Bad Request: Mcp-Session-Id header is required"),
            (-32001, 404, "Session not found"),
            (-32001, 401, "Missing Authentication Token"),
            (-32602, 400, "Invalid request parameters"),
        ] {
            assert!(!is_modern(code, status, message), "{message}");
        }
    }

    #[test]
    fn codes_of_the_release_candidate_need_its_words() {
        assert!(is_modern(-32001, 400, "Header mismatch: Mcp-Name header value 'a' does not match body value 'b'"));
        assert!(is_modern(-32003, 400, "Server requires the elicitation capability for this request"));
        assert!(is_modern(-32004, 400, "Unsupported protocol version"));
        assert!(!is_modern(-32001, 400, "Request timed out") && !is_modern(-32004, 500, "Unsupported protocol version"));
    }

    #[test]
    fn supported_versions_are_read_from_the_data_of_any_code() {
        for code in [-32022, -32004, -32602] {
            let message = alloc::format!(
                r#"{{"error":{{"code":{code},"message":"Unsupported protocol version","data":{{"supported":["2025-11-25","2024-11-05"],"requested":"x"}}}}}}"#
            );
            assert_eq!(read_supported(&message).unwrap(), ["2025-11-25", "2024-11-05"]);
        }
    }

    #[test]
    fn supported_versions_are_read_from_the_words_of_an_error_without_the_one_refused() {
        for words in [
            "Bad Request: Unsupported protocol version: 2026-07-28. Supported versions: 2025-11-25, 2025-06-18",
            "Bad Request: Unsupported protocol version: 2026-07-28 (supported versions: 2025-11-25, 2025-06-18)",
            "2026-07-28 is not among the supported protocol versions [2025-11-25,2025-06-18].",
        ] {
            let message = alloc::format!(r#"{{"error":{{"code":-32000,"message":"{words}"}}}}"#);
            assert_eq!(read_supported(&message).unwrap(), ["2025-11-25", "2025-06-18"], "{words}");
        }
        for words in ["Unsupported protocol version: 2026-07-28", "Unsupported versions: 2026-07-28", "Not found"] {
            assert_eq!(read_supported(&alloc::format!(r#"{{"error":{{"code":-32000,"message":"{words}"}}}}"#)), None, "{words}");
        }
    }
}
