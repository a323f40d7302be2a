//! The messages this client sends, as text: small, in one order, the same every time.

use alloc::string::{String, ToString};

use super::object::Object;
use super::{Era, Revision};
use crate::json;
use crate::rpc::Id;

/// The name this client gives itself.
pub const CLIENT_NAME: &str = "mcp-session-inspector";

/// `clientInfo`, with that name.
const CLIENT_INFO: &str = concat!(r#"{"name":"mcp-session-inspector","version":""#, env!("CARGO_PKG_VERSION"), r#""}"#);

/// What this client can do, in the words of a revision (its schema, `ClientCapabilities`): answer for roots, sampling and
/// elicitation as the person says. The empty `elicitation` of 2025-06-18 means forms; later revisions name both ways.
pub const fn capabilities(revision: Revision) -> &'static str {
    match revision {
        Revision::V2024_11_05 | Revision::V2025_03_26 => r#"{"roots":{},"sampling":{}}"#,
        Revision::V2025_06_18 => r#"{"roots":{},"sampling":{},"elicitation":{}}"#,
        Revision::V2025_11_25 | Revision::V2026_07_28 => r#"{"roots":{},"sampling":{},"elicitation":{"form":{},"url":{}}}"#,
    }
}

/// A request. `params` is the text of an object; anything else counts as none. What a request has to say in `_meta` is
/// added to it, over members of the same name: with `progress` the id as `progressToken` (2025-11-25, progress), and
/// without a handshake the version, capabilities and name of this client (2026-07-28, basic). Without anything to say there
/// is no `params`.
pub fn request(revision: Revision, id: u32, method: &str, params: &str, progress: bool) -> String {
    let id = id.to_string();
    let scan = json::scan(params);
    let given = scan.root(params).filter(|given| given.is_object() && scan.error.is_none());
    let mut ours = Object::new();
    if progress {
        ours.raw("progressToken", &id);
    }
    if revision.era() == Era::Stateless {
        ours.text("io.modelcontextprotocol/protocolVersion", revision.as_str());
        ours.raw("io.modelcontextprotocol/clientCapabilities", capabilities(revision));
        ours.raw("io.modelcontextprotocol/clientInfo", CLIENT_INFO);
    }
    let mut sent = Object::new();
    if ours.is_empty() {
        sent.copy(given, &[]);
    } else {
        sent.copy(given, &["_meta"]);
        let ours = ours.end();
        sent.raw("_meta", &merged(given.and_then(|given| given.get("_meta")), &ours));
    }
    let mut message = Object::message();
    message.raw("id", &id);
    message.text("method", method);
    if given.is_some() || !sent.is_empty() {
        message.raw("params", &sent.end());
    }
    message.end()
}

/// An object with the members of another one added, which win.
fn merged(given: Option<json::Node<'_>>, ours: &str) -> String {
    let scan = json::scan(ours);
    let added = scan.root(ours);
    let mut both = Object::new();
    for (key, value) in given.into_iter().flat_map(json::Node::entries) {
        if added.is_none_or(|added| added.get(&key).is_none()) {
            both.raw(&key, value.raw());
        }
    }
    both.copy(added, &[]);
    both.end()
}

/// A notification. `params` is JSON, or empty for none.
pub fn notification(method: &str, params: &str) -> String {
    let mut message = Object::message();
    message.text("method", method);
    if !params.is_empty() {
        message.raw("params", params);
    }
    message.end()
}

/// `initialize` (2025-11-25, lifecycle), which asks for a revision.
pub fn initialize(id: u32, revision: Revision) -> String {
    let mut params = Object::new();
    params.text("protocolVersion", revision.as_str());
    params.raw("capabilities", capabilities(revision));
    params.raw("clientInfo", CLIENT_INFO);
    let mut message = Object::message();
    message.raw("id", &id.to_string());
    message.text("method", "initialize");
    message.raw("params", &params.end());
    message.end()
}

/// `notifications/initialized`, which ends the handshake.
pub fn initialized() -> String {
    notification("notifications/initialized", "")
}

/// `notifications/cancelled`: the answer to this request is no longer waited for (2025-11-25, cancellation). Over HTTP
/// 2026-07-28 closes the stream instead.
pub fn cancelled(id: &Id, reason: &str) -> String {
    let mut params = Object::new();
    params.raw("requestId", &id.to_string());
    params.text("reason", reason);
    notification("notifications/cancelled", &params.end())
}

/// A good answer to a request of the server's; `raw` is the result as JSON.
pub fn result(id: &Id, raw: &str) -> String {
    let mut message = Object::message();
    message.raw("id", &id.to_string());
    message.raw("result", raw);
    message.end()
}

/// A refusal of a request of the server's.
pub fn error(id: &Id, code: i64, text: &str) -> String {
    let mut error = Object::new();
    error.raw("code", &code.to_string());
    error.text("message", text);
    let mut message = Object::message();
    message.raw("id", &id.to_string());
    message.raw("error", &error.end());
    message.end()
}

/// The params of a request that is asked again because its answer was `input_required` (2026-07-28, multi round-trip
/// requests): what was asked, the answers by key as JSON, and the state exactly as it came. What an earlier round added is
/// replaced: without a state there must be none.
pub fn retry_params(original_params: &str, responses: &[(String, String)], state: Option<&str>) -> String {
    let scan = json::scan(original_params);
    let mut params = Object::new();
    params.copy(scan.root(original_params), &["inputResponses", "requestState"]);
    if !responses.is_empty() {
        let mut answers = Object::new();
        for (key, raw) in responses {
            answers.raw(key, raw);
        }
        params.raw("inputResponses", &answers.end());
    }
    if let Some(state) = state {
        params.raw("requestState", state);
    }
    params.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Revision::{V2024_11_05, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28};
    use alloc::format;

    const META: &str = concat!(
        r#""io.modelcontextprotocol/protocolVersion":"2026-07-28","#,
        r#""io.modelcontextprotocol/clientCapabilities":{"roots":{},"sampling":{},"elicitation":{"form":{},"url":{}}},"#,
        r#""io.modelcontextprotocol/clientInfo":{"name":"mcp-session-inspector","version":""#,
        env!("CARGO_PKG_VERSION"),
        r#""}"#
    );

    #[test]
    fn a_request_of_the_handshake_era_carries_what_it_was_given() {
        assert_eq!(request(V2025_11_25, 7, "tools/list", "", false), r#"{"jsonrpc":"2.0","id":7,"method":"tools/list"}"#);
        assert_eq!(
            request(V2025_06_18, 8, "tools/call", r#"{"name": "a", "arguments": {"n": 1.0}}"#, false),
            r#"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"a","arguments":{"n": 1.0}}}"#
        );
        assert_eq!(request(V2025_06_18, 9, "a\"b", "{}", false), r#"{"jsonrpc":"2.0","id":9,"method":"a\"b","params":{}}"#);
    }

    #[test]
    fn progress_is_asked_for_by_the_id() {
        let sent = r#"{"jsonrpc":"2.0","id":3,"method":"x","params":{"_meta":{"progressToken":3}}}"#;
        assert_eq!(request(V2025_03_26, 3, "x", "", true), sent);
    }

    #[test]
    fn a_request_without_a_handshake_says_who_asks_and_in_which_version() {
        let sent = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{{"_meta":{{{META}}}}}}}"#);
        assert_eq!(request(V2026_07_28, 1, "server/discover", "", false), sent);
    }

    #[test]
    fn meta_that_is_there_already_is_kept_where_it_does_not_contradict() {
        let params = r#"{"_meta":{"progressToken":"theirs","mine":1,"io.modelcontextprotocol/clientInfo":{}},"cursor":"2"}"#;
        let meta = format!(r#"{{"mine":1,"progressToken":4,{META}}}"#);
        let sent = format!(r#"{{"jsonrpc":"2.0","id":4,"method":"m","params":{{"cursor":"2","_meta":{meta}}}}}"#);
        assert_eq!(request(V2026_07_28, 4, "m", params, true), sent);
        let untouched = r#"{"jsonrpc":"2.0","id":4,"method":"m","params":{"_meta":{"mine":1}}}"#;
        assert_eq!(request(V2024_11_05, 4, "m", r#"{"_meta":{"mine":1}}"#, false), untouched);
    }

    #[test]
    fn params_that_are_no_object_count_as_none() {
        for params in ["[1]", "1", "{\"a\":", "{} x"] {
            assert_eq!(request(V2025_11_25, 1, "m", params, false), r#"{"jsonrpc":"2.0","id":1,"method":"m"}"#, "{params}");
        }
    }

    #[test]
    fn initialize_offers_what_its_revision_knows() {
        let sent = concat!(
            r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","#,
            r#""capabilities":{"roots":{},"sampling":{},"elicitation":{}},"#,
            r#""clientInfo":{"name":"mcp-session-inspector","version":""#,
            env!("CARGO_PKG_VERSION"),
            r#""}}}"#
        );
        assert_eq!(initialize(1, V2025_06_18), sent);
        assert!(!capabilities(V2025_03_26).contains("elicitation"));
        assert!(capabilities(V2025_11_25).contains(r#""url":{}"#));
    }

    #[test]
    fn answers_carry_the_id_as_it_came() {
        assert_eq!(result(&Id::Text("a".into()), "{}"), r#"{"jsonrpc":"2.0","id":"a","result":{}}"#);
        assert_eq!(
            error(&Id::Number("1.0".into()), -32601, "Method not found"),
            r#"{"jsonrpc":"2.0","id":1.0,"error":{"code":-32601,"message":"Method not found"}}"#
        );
    }

    #[test]
    fn notifications_have_no_id() {
        assert_eq!(initialized(), r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
        assert_eq!(
            cancelled(&Id::ours(2), "Stopped"),
            r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2,"reason":"Stopped"}}"#
        );
    }

    #[test]
    fn a_retry_repeats_the_request_with_the_answers_and_the_state_as_it_came() {
        let responses = [("login".to_string(), r#"{"action":"accept"}"#.to_string())];
        let first = retry_params(r#"{"name":"a"}"#, &responses, Some(r#""A\u0042""#));
        assert_eq!(first, r#"{"name":"a","inputResponses":{"login":{"action":"accept"}},"requestState":"A\u0042"}"#);
        assert_eq!(retry_params(&first, &[], None), r#"{"name":"a"}"#);
        assert_eq!(retry_params("", &[], Some(r#""s""#)), r#"{"requestState":"s"}"#);
    }
}
