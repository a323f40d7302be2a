//! The handshake and its sessions over Streamable HTTP (2025-03-26, 2025-06-18, 2025-11-25).

use std::collections::BTreeSet;

use crate::client::{HANDSHAKES, Lab, initialize};
use serde_json::json;

#[test]
fn a_revision_that_is_spoken_is_answered_with_itself() {
    for revision in HANDSHAKES {
        let reply = Lab::new().initialize(revision, json!({}));
        assert_eq!((reply.status, reply.result()["protocolVersion"].as_str()), (200, Some(revision)));
    }
}

#[test]
fn any_other_revision_is_answered_with_the_latest_that_has_a_handshake() {
    for revision in ["2024-11-05", "2024-10-07", "2026-07-28", "2099-01-01", "soon"] {
        let result = Lab::new().initialize(revision, json!({})).result();
        assert_eq!(result["protocolVersion"], "2025-11-25", "{revision}");
    }
}

#[test]
fn initialize_tells_who_the_server_is_and_what_it_offers() {
    for revision in HANDSHAKES {
        let result = Lab::new().initialize(revision, json!({})).result();
        assert_eq!(result["serverInfo"]["name"], "inspector-demo");
        assert_eq!(result["serverInfo"]["title"].is_string(), revision >= "2025-06-18", "{revision}");
        let offered: Vec<_> = result["capabilities"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(offered, ["completions", "logging", "prompts", "resources", "tools"]);
        assert_eq!(result["capabilities"]["tools"]["listChanged"], true);
        assert_eq!(result["capabilities"]["resources"]["subscribe"], true);
        assert!(result.get("resultType").is_none() && result.get("_meta").is_none());
    }
}

#[test]
fn initialize_without_what_it_must_say_is_an_invalid_params_error_and_no_session() {
    for missing in ["protocolVersion", "capabilities", "clientInfo"] {
        let mut lab = Lab::new();
        let mut message = initialize("2025-11-25", json!({}));
        message["params"].as_object_mut().unwrap().remove(missing);
        let id = lab.post_with(&[], &message.to_string());
        assert_eq!(lab.reply(id).error_code(), -32602, "{missing}");
        assert_eq!(lab.reply(id).header("mcp-session-id"), "", "{missing}");
    }
}

#[test]
fn every_session_id_is_new_and_of_visible_ascii() {
    let mut lab = Lab::new();
    let ids: BTreeSet<_> = (0..5).map(|_| lab.session("2025-11-25").id).collect();
    assert_eq!(ids.len(), 5);
    assert!(ids.iter().all(|id| !id.is_empty() && id.bytes().all(|byte| (0x21..=0x7E).contains(&byte))), "{ids:?}");
}

#[test]
fn the_same_requests_get_the_same_session_ids_again() {
    assert_eq!(Lab::new().session("2025-11-25").id, Lab::new().session("2025-11-25").id);
}

#[test]
fn a_request_without_a_session_id_gets_400() {
    let mut lab = Lab::new();
    lab.session("2025-11-25");
    let id = lab.post_with(&[], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
    assert_eq!(lab.reply(id).status, 400);
    assert_eq!(lab.call("GET", &[("accept", "text/event-stream")]).status, 400);
    assert_eq!(lab.call("DELETE", &[]).status, 400);
}

#[test]
fn a_session_id_nobody_gave_gets_404() {
    let mut lab = Lab::new();
    let id = lab.post_with(&[("mcp-session-id", "mine")], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
    assert_eq!(lab.reply(id).status, 404);
    let headers = [("mcp-session-id", "mine"), ("accept", "text/event-stream")];
    assert_eq!(lab.call("GET", &headers).status, 404);
    assert_eq!(lab.call("DELETE", &headers).status, 404);
}

#[test]
fn delete_ends_a_session_and_then_its_id_gets_404() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let stream = lab.get_in(&session, &[]);
        let deleted = lab.call("DELETE", &session.headers());
        assert_eq!((deleted.status, deleted.body.as_str()), (204, ""), "{revision}");
        assert!(lab.reply(stream).ended, "its stream ends with it: {revision}");
        assert_eq!(lab.ask_in(&session, "tools/list", json!({})).status, 404, "{revision}");
        assert_eq!(lab.call("DELETE", &session.headers()).status, 404, "{revision}");
    }
}

#[test]
fn a_session_ends_without_a_word_to_the_others() {
    let mut lab = Lab::new();
    let (one, other) = (lab.session("2025-11-25"), lab.session("2025-06-18"));
    lab.call("DELETE", &one.headers());
    assert_eq!(lab.ask_in(&other, "ping", json!({})).status, 200);
}

#[test]
fn the_oldest_of_too_many_sessions_ends() {
    let mut lab = Lab::new();
    let sessions: Vec<_> = (0..17).map(|_| lab.session("2025-11-25")).collect();
    assert_eq!(lab.ask_in(&sessions[0], "ping", json!({})).status, 404);
    assert_eq!(lab.ask_in(&sessions[1], "ping", json!({})).status, 200);
}

#[test]
fn initialize_inside_of_a_session_is_refused() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let again = lab.post_in(&session, &initialize("2025-11-25", json!({})));
    assert_eq!(lab.reply(again).status, 400);
    lab.call("DELETE", &session.headers());
    let again = lab.post_in(&session, &initialize("2025-11-25", json!({})));
    assert_eq!(lab.reply(again).status, 404, "an ended session is gone, whatever is asked in it");
}

#[test]
fn a_header_with_another_version_than_the_negotiated_one_gets_400() {
    let mut lab = Lab::new();
    let session = lab.session("2025-06-18");
    let headers = [("mcp-session-id", session.id.as_str()), ("mcp-protocol-version", "2025-11-25")];
    let id = lab.post_with(&headers, r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    assert_eq!(lab.reply(id).status, 400);
    assert_eq!(lab.call("DELETE", &headers).status, 400);
}

#[test]
fn without_the_version_header_the_session_says_which_revision_it_is() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let id = lab.post_with(&[("mcp-session-id", &session.id)], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    assert_eq!((lab.reply(id).status, lab.reply(id).result()), (200, json!({})));
}

#[test]
fn notifications_and_responses_get_202_and_no_body() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        for message in [
            json!({"jsonrpc": "2.0", "method": "notifications/roots/list_changed"}),
            json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 99}}),
            json!({"jsonrpc": "2.0", "id": 99, "result": {}}),
            json!({"jsonrpc": "2.0", "id": 99, "error": {"code": -1, "message": "no"}}),
        ] {
            let id = lab.post_in(&session, &message);
            let reply = lab.reply(id);
            assert_eq!((reply.status, reply.body.as_str(), reply.ended), (202, "", true), "{message}");
        }
    }
}

#[test]
fn a_method_nobody_knows_is_an_error_inside_of_200() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        for method in ["tools/lists", "server/discover", "subscriptions/listen", ""] {
            let reply = lab.ask_in(&session, method, json!({}));
            assert_eq!((reply.status, reply.error_code()), (200, -32601), "{revision} {method}");
        }
    }
}

#[test]
fn a_batch_is_answered_with_a_batch_in_2025_03_26() {
    let mut lab = Lab::new();
    let session = lab.session("2025-03-26");
    let ping = |id: u32| json!({"jsonrpc": "2.0", "id": id, "method": "ping"});
    let note = json!({"jsonrpc": "2.0", "method": "notifications/roots/list_changed"});
    let id = lab.post_in(&session, &json!([ping(1), note, 7, ping(2)]));
    let answers = lab.reply(id).json();
    assert_eq!((answers[0]["id"].clone(), answers[2]["id"].clone()), (json!(1), json!(2)));
    assert_eq!(answers[1]["error"]["code"], -32600, "what is no message gets an error of its own");
    assert_eq!(answers.as_array().unwrap().len(), 3, "a notification gets none");
}

#[test]
fn a_batch_without_requests_gets_202_in_2025_03_26() {
    let mut lab = Lab::new();
    let session = lab.session("2025-03-26");
    let note = json!({"jsonrpc": "2.0", "method": "notifications/roots/list_changed"});
    let id = lab.post_in(&session, &json!([note, note]));
    assert_eq!((lab.reply(id).status, lab.reply(id).body.as_str()), (202, ""));
}

#[test]
fn a_batch_with_a_slow_call_is_answered_on_one_stream_in_2025_03_26() {
    let mut lab = Lab::new();
    let session = lab.session("2025-03-26");
    let slow = json!({"name": "slow_count", "arguments": {"n": 2}});
    let batch = json!([
        {"jsonrpc": "2.0", "id": "slow", "method": "tools/call", "params": slow},
        {"jsonrpc": "2.0", "id": "quick", "method": "ping"},
    ]);
    let id = lab.post_in(&session, &batch);
    assert!(lab.reply(id).is_stream() && !lab.reply(id).ended);
    lab.wait(10_000);
    let answered: Vec<_> =
        lab.reply(id).messages().iter().filter_map(|message| message["id"].as_str().map(str::to_owned)).collect();
    assert_eq!(answered, ["quick", "slow"]);
    assert!(lab.reply(id).ended, "the stream ends after the last answer");
}

#[test]
fn initialize_must_not_be_part_of_a_batch() {
    let mut lab = Lab::new();
    let session = lab.session("2025-03-26");
    let id = lab.post_in(&session, &json!([initialize("2025-03-26", json!({}))]));
    assert_eq!(lab.reply(id).json()[0]["error"]["code"], -32600);
    let id = lab.post_with(&[], &json!([initialize("2025-03-26", json!({}))]).to_string());
    assert_eq!(lab.reply(id).status, 400, "there is no session yet");
}

#[test]
fn a_batch_gets_400_since_2025_06_18() {
    for revision in ["2025-06-18", "2025-11-25"] {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let id = lab.post_in(&session, &json!([{"jsonrpc": "2.0", "id": 1, "method": "ping"}]));
        assert_eq!((lab.reply(id).status, lab.reply(id).error_code()), (400, -32600), "{revision}");
    }
}

#[test]
fn an_empty_batch_gets_400() {
    let mut lab = Lab::new();
    let session = lab.session("2025-03-26");
    let id = lab.post_in(&session, &json!([]));
    assert_eq!(lab.reply(id).status, 400);
}
