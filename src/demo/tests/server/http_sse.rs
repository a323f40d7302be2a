//! HTTP+SSE (2024-11-05): the stream, the address for messages, and the answers on the stream.

use inspector_demo::ConnectionId;
use serde_json::{Value, json};

use crate::client::{Lab, initialize};

/// Opens a stream; also gives the address for messages.
fn open(lab: &mut Lab) -> (ConnectionId, String) {
    let stream = lab.send("GET", "/sse", &[("accept", "text/event-stream")], b"");
    let first = lab.reply(stream).events().remove(0);
    assert_eq!(first.name.as_deref(), Some("endpoint"));
    (stream, first.data.unwrap())
}

fn post(lab: &mut Lab, address: &str, message: &Value) -> u16 {
    let id = lab.send("POST", address, &[("content-type", "application/json")], message.to_string().as_bytes());
    lab.reply(id).status
}

/// The last message on a stream.
fn last(lab: &Lab, stream: ConnectionId) -> Value {
    let data = lab.reply(stream).events().pop().and_then(|event| event.data).expect("an event");
    serde_json::from_str(&data).unwrap_or_else(|error| panic!("{error}: {data}"))
}

fn ask(lab: &mut Lab, (stream, address): &(ConnectionId, String), method: &str, params: Value) -> Value {
    let status = post(lab, address, &json!({"jsonrpc": "2.0", "id": 5, "method": method, "params": params}));
    assert_eq!(status, 202);
    last(lab, *stream)
}

/// A stream of a session that is ready.
fn ready(lab: &mut Lab, capabilities: Value) -> (ConnectionId, String) {
    let channel = open(lab);
    assert_eq!(post(lab, &channel.1, &initialize("2024-11-05", capabilities)), 202);
    post(lab, &channel.1, &json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    channel
}

#[test]
fn the_first_event_says_where_to_post() {
    let mut lab = Lab::new();
    let (stream, address) = open(&mut lab);
    assert!(lab.reply(stream).is_stream());
    assert!(address.starts_with("/messages?sessionId="), "{address}");
}

#[test]
fn a_message_gets_202_and_is_answered_on_the_stream_as_an_event_called_message() {
    let mut lab = Lab::new();
    let (stream, address) = open(&mut lab);
    assert_eq!(post(&mut lab, &address, &initialize("2024-11-05", json!({}))), 202);
    let answer = lab.reply(stream).events().pop().unwrap();
    assert_eq!((answer.name.as_deref(), answer.id), (Some("message"), None));
    assert_eq!(lab.reply(stream).events().len(), 2);
    assert_eq!(last(&lab, stream)["result"]["protocolVersion"], "2024-11-05");
}

#[test]
fn any_revision_is_answered_with_2024_11_05() {
    for revision in ["2025-11-25", "2025-03-26", "2026-07-28", "soon"] {
        let mut lab = Lab::new();
        let (stream, address) = open(&mut lab);
        post(&mut lab, &address, &initialize(revision, json!({})));
        let answer = last(&lab, stream);
        assert_eq!(answer["result"]["protocolVersion"], "2024-11-05", "{revision}");
        assert!(answer["result"]["capabilities"].get("completions").is_none(), "it came with 2025-03-26");
    }
}

#[test]
fn nothing_but_ping_is_answered_before_initialize_and_initialize_only_once() {
    let mut lab = Lab::new();
    let channel = open(&mut lab);
    let ask = |method: &str| json!({"jsonrpc": "2.0", "id": 5, "method": method});
    post(&mut lab, &channel.1, &ask("tools/list"));
    assert_eq!(last(&lab, channel.0)["error"]["code"], -32600);
    post(&mut lab, &channel.1, &ask("ping"));
    assert_eq!(last(&lab, channel.0)["result"], json!({}));
    post(&mut lab, &channel.1, &initialize("2024-11-05", json!({})));
    assert!(last(&lab, channel.0)["result"].is_object());
    post(&mut lab, &channel.1, &initialize("2024-11-05", json!({})));
    assert_eq!(last(&lab, channel.0)["error"]["code"], -32600);
}

#[test]
fn a_session_nobody_opened_gets_404_and_no_session_400() {
    let mut lab = Lab::new();
    let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
    assert_eq!(post(&mut lab, "/messages?sessionId=mine", &ping), 404);
    assert_eq!(post(&mut lab, "/messages", &ping), 400);
    assert_eq!(post(&mut lab, "/messages?session=mine", &ping), 400);
}

#[test]
fn a_session_of_streamable_http_is_none_here_and_the_other_way_round() {
    let mut lab = Lab::new();
    let streamable = lab.session("2025-11-25");
    let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
    assert_eq!(post(&mut lab, &format!("/messages?sessionId={}", streamable.id), &ping), 404);
    let (_, address) = open(&mut lab);
    let id = address.split('=').nth(1).unwrap().to_owned();
    let asked = lab.post_with(&[("mcp-session-id", &id)], &ping.to_string());
    assert_eq!(lab.reply(asked).status, 404);
}

#[test]
fn a_message_that_is_none_gets_400() {
    let mut lab = Lab::new();
    let (_, address) = open(&mut lab);
    for body in ["", "{", "[]", "7", r#"{"jsonrpc":"2.0"}"#] {
        let id = lab.send("POST", &address, &[("content-type", "application/json")], body.as_bytes());
        assert_eq!(lab.reply(id).status, 400, "{body}");
    }
    let id = lab.send("POST", &address, &[("content-type", "text/plain")], b"{}");
    assert_eq!(lab.reply(id).status, 415);
}

#[test]
fn other_methods_get_405() {
    let mut lab = Lab::new();
    for (method, path, allowed) in [("POST", "/sse", "GET"), ("DELETE", "/sse", "GET"), ("GET", "/messages", "POST")] {
        let id = lab.send(method, path, &[], b"");
        assert_eq!((lab.reply(id).status, lab.reply(id).header("allow")), (405, allowed), "{method} {path}");
    }
}

#[test]
fn the_session_ends_with_its_stream() {
    let mut lab = Lab::new();
    let (stream, address) = ready(&mut lab, json!({}));
    lab.close(stream);
    assert_eq!(post(&mut lab, &address, &json!({"jsonrpc": "2.0", "id": 1, "method": "ping"})), 404);
    assert_eq!(lab.wakes_at(), None);
}

#[test]
fn a_stream_that_says_nothing_for_15_seconds_gets_a_comment() {
    let mut lab = Lab::new();
    let (stream, _) = open(&mut lab);
    lab.wait(30_000);
    assert_eq!(lab.reply(stream).events().iter().filter(|event| event.comment).count(), 2);
}

#[test]
fn a_tool_has_nothing_that_came_later() {
    let mut lab = Lab::new();
    let channel = ready(&mut lab, json!({}));
    let answer = ask(&mut lab, &channel, "tools/list", json!({}));
    let keys: Vec<_> = answer["result"]["tools"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["description", "inputSchema", "name"]);
    let answer = ask(&mut lab, &channel, "tools/call", json!({"name": "add", "arguments": {"a": 1, "b": 2}}));
    assert!(answer["result"].get("structuredContent").is_none());
    let answer = ask(&mut lab, &channel, "tools/call", json!({"name": "sound"}));
    assert_eq!(answer["result"]["content"][0]["type"], "resource", "audio came with 2025-03-26");
    let answer = ask(&mut lab, &channel, "tools/call", json!({"name": "find_guide"}));
    assert_eq!(answer["result"]["content"].as_array().unwrap().len(), 1, "links came with 2025-06-18");
}

#[test]
fn progress_has_no_message() {
    let mut lab = Lab::new();
    let channel = ready(&mut lab, json!({}));
    let params = json!({"name": "slow_count", "arguments": {"n": 1}, "_meta": {"progressToken": 1}});
    post(&mut lab, &channel.1, &json!({"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": params}));
    lab.wait(1_000);
    assert!(lab.reply(channel.0).body.contains("notifications/progress"));
    assert!(!lab.reply(channel.0).body.contains("1 of 1"), "it came with 2025-03-26");
}

#[test]
fn a_question_of_the_server_comes_on_the_stream_and_its_answer_by_post() {
    let mut lab = Lab::new();
    let channel = ready(&mut lab, json!({"sampling": {}}));
    let question = ask(&mut lab, &channel, "tools/call", json!({"name": "ask_model"}));
    assert_eq!(question["method"], "sampling/createMessage");
    let result = json!({"role": "assistant", "content": {"type": "text", "text": "Because."}, "model": "tiny"});
    assert_eq!(post(&mut lab, &channel.1, &json!({"jsonrpc": "2.0", "id": question["id"], "result": result})), 202);
    assert_eq!(last(&lab, channel.0)["result"]["content"][0]["text"], "tiny says: Because.");
}
