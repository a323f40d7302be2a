//! Changes, and who hears of them: on the GET stream, on the stream of HTTP+SSE, and on subscriptions.

use inspector_demo::ConnectionId;
use serde_json::{Value, json};

use crate::client::{HANDSHAKES, Lab};

fn methods(lab: &Lab, stream: ConnectionId) -> Vec<String> {
    lab.reply(stream).messages().iter().filter_map(|message| message["method"].as_str().map(str::to_owned)).collect()
}

const TOOLS: &str = "notifications/tools/list_changed";
const UPDATED: &str = "notifications/resources/updated";

#[test]
fn a_tool_added_at_run_time_is_told_listed_and_can_be_called() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let stream = lab.get_in(&session, &[]);
        lab.call_tool(&session, "add_tool", json!({"name": "fresh", "says": "Here I am."}));
        assert_eq!(methods(&lab, stream), [TOOLS], "{revision}");
        let first = lab.ask_in(&session, "tools/list", json!({})).result();
        let second = lab.ask_in(&session, "tools/list", json!({"cursor": first["nextCursor"]})).result();
        assert_eq!(second["tools"][6]["name"], "fresh");
        assert_eq!(lab.call_tool(&session, "fresh", json!({})).said(), "Here I am.");
    }
}

#[test]
fn tools_are_the_same_for_everybody() {
    let mut lab = Lab::new();
    let session = lab.session("2025-06-18");
    lab.ask("tools/call", json!({"name": "add_tool", "arguments": {"name": "fresh"}}));
    assert!(lab.call_tool(&session, "fresh", json!({})).said().starts_with("Hello"));
    assert!(lab.ask("tools/call", json!({"name": "fresh"})).said().starts_with("Hello"));
}

#[test]
fn a_name_that_is_taken_or_none_and_too_many_tools_are_refused() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    for name in ["echo", "add tool", "é", "", &"x".repeat(65)] {
        assert_eq!(lab.call_tool(&session, "add_tool", json!({"name": name})).result()["isError"], true, "{name}");
    }
    for number in 0..16 {
        let reply = lab.call_tool(&session, "add_tool", json!({"name": format!("n{number}")}));
        assert!(reply.result().get("isError").is_none());
    }
    assert_eq!(lab.call_tool(&session, "add_tool", json!({"name": "n16"})).result()["isError"], true);
}

#[test]
fn every_session_hears_of_a_change_once() {
    let mut lab = Lab::new();
    let (one, other) = (lab.session("2025-11-25"), lab.session("2025-03-26"));
    let streams = [lab.get_in(&one, &[]), lab.get_in(&other, &[])];
    let slow = lab.begin_in(&one, "tools/call", json!({"name": "slow_count"}));
    lab.call_tool(&other, "add_tool", json!({"name": "fresh"}));
    for stream in streams {
        assert_eq!(methods(&lab, stream), [TOOLS]);
    }
    assert!(!methods(&lab, slow).contains(&TOOLS.to_owned()), "not on the stream of another request");
}

#[test]
fn a_session_that_is_not_initialized_hears_of_nothing() {
    let mut lab = Lab::new();
    let id = lab.initialize("2025-11-25", json!({})).header("mcp-session-id").to_owned();
    let session = crate::client::Session { revision: "2025-11-25", id };
    let stream = lab.get_in(&session, &[]);
    lab.ask("tools/call", json!({"name": "add_tool", "arguments": {"name": "fresh"}}));
    assert_eq!(methods(&lab, stream), Vec::<String>::new());
}

#[test]
fn what_happened_while_the_get_stream_was_away_is_there_when_it_comes_back() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let first = lab.get_in(&session, &[]);
    let primer = lab.reply(first).events().remove(0).id.unwrap();
    lab.close(first);
    lab.call_tool(&session, "add_tool", json!({"name": "fresh"}));
    let second = lab.get_in(&session, &[("last-event-id", &primer)]);
    assert_eq!(methods(&lab, second), [TOOLS]);
}

#[test]
fn a_resource_that_is_followed_is_told_when_it_changes() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let stream = lab.get_in(&session, &[]);
        lab.call_tool(&session, "echo", json!({"text": "nobody follows yet"}));
        assert_eq!(methods(&lab, stream), Vec::<String>::new());
        let uri = json!({"uri": "demo://calls"});
        assert_eq!(lab.ask_in(&session, "resources/subscribe", uri.clone()).result(), json!({}));
        lab.call_tool(&session, "echo", json!({"text": "now"}));
        let told = lab.reply(stream).answer();
        assert_eq!((told["method"].as_str(), &told["params"]), (Some(UPDATED), &uri), "{revision}");
        let read = lab.ask_in(&session, "resources/read", uri.clone()).result();
        assert_eq!(read["contents"][0]["text"], "2 tool calls so far");
        lab.ask_in(&session, "resources/unsubscribe", uri);
        lab.call_tool(&session, "echo", json!({"text": "no more"}));
        assert_eq!(methods(&lab, stream).len(), 1, "{revision}");
    }
}

#[test]
fn following_twice_is_following_once() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let stream = lab.get_in(&session, &[]);
    for _ in 0..20 {
        assert_eq!(lab.ask_in(&session, "resources/subscribe", json!({"uri": "demo://calls"})).result(), json!({}));
    }
    lab.call_tool(&session, "echo", json!({"text": "once"}));
    assert_eq!(methods(&lab, stream), [UPDATED]);
}

#[test]
fn http_sse_hears_of_changes_on_its_one_stream() {
    let mut lab = Lab::new();
    let stream = lab.send("GET", "/sse", &[], b"");
    let address = lab.reply(stream).events().remove(0).data.unwrap();
    let json = [("content-type", "application/json")];
    let post = |lab: &mut Lab, message: Value| lab.send("POST", &address, &json, message.to_string().as_bytes());
    post(&mut lab, crate::client::initialize("2024-11-05", json!({})));
    post(&mut lab, json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    lab.ask("tools/call", json!({"name": "add_tool", "arguments": {"name": "fresh"}}));
    assert!(lab.reply(stream).events().pop().unwrap().data.unwrap().contains(TOOLS));
}

#[test]
fn a_subscription_hears_of_what_it_asked_for_with_its_id() {
    let mut lab = Lab::new();
    let listen = |lab: &mut Lab, filter: Value| lab.begin("subscriptions/listen", json!({"notifications": filter}));
    let tools = listen(&mut lab, json!({"toolsListChanged": true}));
    let calls = listen(&mut lab, json!({"resourceSubscriptions": ["demo://calls"]}));
    let nothing = listen(&mut lab, json!({"toolsListChanged": false, "promptsListChanged": true}));
    lab.ask("tools/call", json!({"name": "add_tool", "arguments": {"name": "fresh"}}));
    assert_eq!(methods(&lab, tools)[1..], [TOOLS]);
    assert_eq!(methods(&lab, calls)[1..], [UPDATED]);
    assert_eq!(methods(&lab, nothing).len(), 1);
    for stream in [tools, calls] {
        assert_eq!(lab.reply(stream).answer()["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], 1);
    }
}

#[test]
fn a_subscription_that_is_closed_hears_of_nothing_more() {
    let mut lab = Lab::new();
    let id = lab.begin("subscriptions/listen", json!({"notifications": {"toolsListChanged": true}}));
    lab.close(id);
    lab.ask("tools/call", json!({"name": "add_tool", "arguments": {"name": "fresh"}}));
    assert_eq!(methods(&lab, id).len(), 1);
    assert_eq!(lab.wakes_at(), None);
}
