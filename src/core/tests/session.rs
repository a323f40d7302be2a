//! The session, told as conversations: what the person asks, what is sent, what the server says, what follows.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own texts must fail")]

mod talk;

use inspector_core::diagnose::{diagnose, report};
use inspector_core::id::ExchangeId;
use inspector_core::mcp::{Ask, Revision};
use inspector_core::time::Micros;
use inspector_core::trace::{Command, End, Outcome};
use talk::Talk;

const TOOLS: &str = r#"{"jsonrpc":"2.0","id":ID,"result":{"tools":[{"name":"add","inputSchema":{"type":"object"}}]}}"#;
const DISCOVERED: &str = r#"{"jsonrpc":"2.0","id":ID,"result":{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":true}}}}"#;

fn id(text: &str, id: u32) -> String {
    text.replace("ID", &id.to_string())
}

fn initialized(id: u32, revision: &str) -> String {
    let capabilities = r#"{"tools":{},"prompts":{}}"#;
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"result":{{"protocolVersion":"{revision}","capabilities":{capabilities},"serverInfo":{{"name":"a","version":"1"}}}}}}"#
    )
}

fn speaks(talk: &Talk) -> String {
    talk.trace.spoken().unwrap().words()
}

fn only(revision: Revision) -> Ask {
    Ask::Only(revision)
}

/// A handshake of 2025-11-25 with a session, up to the tools.
fn in_session() -> Talk {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s1")], &initialized(1, "2025-11-25"));
    let at = talk.expect(&["POST /mcp notifications/initialized session=s1 version=2025-11-25"]);
    talk.answer(at, 202, &[], "");
    let at = talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
    talk.json(at, 200, &id(TOOLS, 2));
    talk.expect(&[]);
    talk
}

/// A conversation of 2026-07-28, up to the tools.
fn stateless() -> Talk {
    let mut talk = Talk::run(only(Revision::V2026_07_28));
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 200, &id(DISCOVERED, 1));
    let at = talk.expect(&["POST /mcp tools/list version=2026-07-28"]);
    talk.json(at, 200, &id(TOOLS, 2));
    talk.expect(&[]);
    talk
}

/// HTTP+SSE, up to the tools; exchange 1 is the stream.
fn over_sse() -> Talk {
    let mut talk = Talk::run(only(Revision::V2024_11_05));
    let stream = talk.expect(&["GET /mcp"]);
    talk.open_stream(stream);
    talk.push(stream, "event: endpoint\ndata: /messages/?session_id=9f");
    let at = talk.expect(&["POST /messages/?session_id=9f initialize"]);
    talk.answer(at, 202, &[], "Accepted");
    talk.push(stream, &format!("event: message\ndata: {}", initialized(1, "2024-11-05")));
    let at = talk.expect(&["POST /messages/?session_id=9f notifications/initialized"]);
    talk.answer(at, 202, &[], "Accepted");
    let at = talk.expect(&["POST /messages/?session_id=9f tools/list"]);
    talk.answer(at, 202, &[], "Accepted");
    talk.push(stream, &format!("event: message\ndata: {}", id(TOOLS, 2)));
    talk.expect(&[]);
    talk
}

#[test]
fn a_handshake_is_initialize_initialized_and_the_tools() {
    let talk = in_session();
    assert_eq!((talk.trace.tools().len(), talk.trace.outcome()), (1, Outcome::Ok));
    assert_eq!(speaks(&talk), "Speaks 2025-11-25 over Streamable HTTP.");
    assert!(talk.session.has_session() && !talk.session.is_running());
}

#[test]
fn the_stateless_era_discovers_and_lists_with_its_headers_and_meta() {
    let mut talk = Talk::run(only(Revision::V2026_07_28));
    let (at, request) = talk.sent();
    assert_eq!(request.headers.get("mcp-method"), Some("server/discover"));
    assert!(request.body.contains(r#""io.modelcontextprotocol/protocolVersion":"2026-07-28""#));
    talk.json(at, 200, &id(DISCOVERED, 1));
    let (at, request) = talk.sent();
    assert_eq!(request.headers.get("mcp-method"), Some("tools/list"));
    assert!(request.body.contains("io.modelcontextprotocol/clientCapabilities"));
    talk.json(at, 200, &id(TOOLS, 2));
    assert_eq!((talk.trace.tools().len(), talk.trace.outcome()), (1, Outcome::Ok));
    assert!(!talk.session.has_session());
}

#[test]
fn http_sse_asks_at_the_endpoint_and_hears_on_the_stream() {
    let talk = over_sse();
    assert_eq!((talk.trace.tools().len(), talk.trace.outcome()), (1, Outcome::Ok));
    assert_eq!(talk.trace.sessions()[0].used.len(), 3);
    assert!(talk.session.has_session());
}

#[test]
fn the_stream_of_http_sse_outlives_the_run() {
    let mut talk = over_sse();
    talk.wait(Micros::from_secs(600));
    assert!(talk.aborted().is_empty());
    talk.call("tools/call", r#"{"name":"add"}"#);
    let at = talk.expect(&["POST /messages/?session_id=9f tools/call"]);
    talk.answer(at, 202, &[], "Accepted");
    assert!(talk.session.is_running());
    talk.push(ExchangeId(1), r#"data: {"jsonrpc":"2.0","id":3,"result":{"content":[]}}"#);
    assert!(!talk.session.is_running());
}

#[test]
fn with_the_stream_of_http_sse_the_session_ends() {
    let mut talk = over_sse();
    talk.command(Command::EndSession);
    assert_eq!(talk.aborted(), [1]);
    assert!(!talk.session.has_session() && !talk.session.is_open());
}

#[test]
fn an_endpoint_at_another_origin_is_not_spoken_to() {
    let mut talk = Talk::run(only(Revision::V2024_11_05));
    let stream = talk.expect(&["GET /mcp"]);
    talk.open_stream(stream);
    talk.push(stream, "event: endpoint\ndata: http://a.example/messages");
    talk.expect(&[]);
    assert_eq!(talk.aborted(), [stream.0]);
}

#[test]
fn a_stateless_server_that_says_so_is_spoken_to_in_its_era() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    let refusal =
        r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"Unsupported","data":{"supported":["2026-07-28"]}}}"#;
    talk.json(at, 400, refusal);
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 200, &id(DISCOVERED, 2));
    let at = talk.expect(&["POST /mcp tools/list version=2026-07-28"]);
    talk.json(at, 200, &id(TOOLS, 3));
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
    assert_eq!(speaks(&talk), "Speaks 2026-07-28, stateless: found after initialize was refused with 400.");
}

#[test]
fn a_server_that_answers_initialize_with_a_stateless_revision_is_spoken_to_in_it() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.json(at, 200, &initialized(1, "2026-07-28"));
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 200, &id(DISCOVERED, 2));
    let at = talk.expect(&["POST /mcp tools/list version=2026-07-28"]);
    talk.json(at, 200, &id(TOOLS, 3));
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
    assert_eq!(speaks(&talk), "Speaks 2026-07-28, stateless: found because initialize was answered with it.");
}

#[test]
fn a_server_that_does_not_take_the_post_is_asked_for_an_endpoint() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 405, &[("content-type", "text/plain")], "Method Not Allowed");
    let stream = talk.expect(&["GET /mcp"]);
    talk.open_stream(stream);
    talk.push(stream, "event: endpoint\ndata: /m?sessionId=9f");
    let at = talk.expect(&["POST /m?sessionId=9f initialize"]);
    talk.answer(at, 202, &[], "");
    talk.push(stream, &format!("data: {}", initialized(2, "2024-11-05")));
    talk.expect(&["POST /m?sessionId=9f notifications/initialized"]);
    assert_eq!(speaks(&talk), "Speaks 2024-11-05 over HTTP+SSE (deprecated): found after initialize was refused with 405.");
}

#[test]
fn an_error_that_says_nothing_of_the_era_leads_to_both_other_ways() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.json(at, 400, r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request"}}"#);
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 400, r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request"}}"#);
    let at = talk.expect(&["GET /mcp"]);
    talk.answer(at, 405, &[], "");
    talk.expect(&[]);
    assert_eq!(talk.trace.outcome(), Outcome::Failed);
    assert!(!talk.session.is_open());
}

#[test]
fn a_refusal_about_the_token_or_the_session_is_no_reason_to_try_another_way() {
    for body in ["Could not find session", r#"{"jsonrpc":"2.0","id":0,"error":{"code":-32001,"message":"Invalid Bearer token"}}"#]
    {
        let mut talk = Talk::run(Ask::Auto);
        let at = talk.expect(&["POST /mcp initialize"]);
        talk.json(at, 404, body);
        talk.expect(&[]);
    }
}

#[test]
fn what_was_asked_for_alone_is_spoken_alone() {
    let mut talk = Talk::run(only(Revision::V2025_06_18));
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 405, &[], "");
    talk.expect(&[]);
}

#[test]
fn a_version_error_that_names_our_version_is_worth_asking_once_more() {
    let refusal =
        r#"{"jsonrpc":"2.0","id":ID,"error":{"code":-32022,"message":"Unsupported","data":{"supported":["2026-07-28"]}}}"#;
    let mut talk = Talk::run(only(Revision::V2026_07_28));
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 400, &id(refusal, 1));
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 400, &id(refusal, 2));
    talk.expect(&[]);
}

#[test]
fn a_stateless_server_without_discover_is_asked_for_its_tools() {
    let mut talk = Talk::run(only(Revision::V2026_07_28));
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 404, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#);
    let at = talk.expect(&["POST /mcp tools/list version=2026-07-28"]);
    talk.json(at, 200, &id(TOOLS, 2));
    assert_eq!(speaks(&talk), "Speaks 2026-07-28, stateless, as you chose.");
}

#[test]
fn an_empty_answer_to_discover_is_no_discovery() {
    let mut talk = Talk::run(only(Revision::V2026_07_28));
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 200, r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    talk.expect(&[]);
}

#[test]
fn another_way_in_that_the_browser_blocks_is_not_probed() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 404, &[("content-type", "text/html")], "<h1>Not Found</h1>");
    let at = talk.expect(&["GET /mcp"]);
    talk.end(at, End::Failed("Failed to fetch".to_owned()));
    talk.expect(&[]);
}

#[test]
fn a_call_waits_for_its_own_answer_among_others() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"slow"}"#);
    let slow = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.call("ping", "");
    let ping = talk.expect(&["POST /mcp ping session=s1 version=2025-11-25"]);
    talk.json(ping, 200, r#"{"jsonrpc":"2.0","id":4,"result":{}}"#);
    assert!(talk.session.is_running());
    talk.json(slow, 200, r#"{"jsonrpc":"2.0","id":3,"result":{"content":[]}}"#);
    assert!(!talk.session.is_running());
}

#[test]
fn progress_keeps_a_call_from_timing_out() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"slow"}"#);
    let slow = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(slow);
    for _ in 0..3 {
        talk.wait(Micros::from_secs(25));
        talk.push(slow, r#"data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":3,"progress":1}}"#);
    }
    assert!(talk.session.is_running());
    talk.wait(Micros::from_secs(31));
    talk.expect(&["POST /mcp notifications/cancelled session=s1 version=2025-11-25"]);
    assert_eq!(talk.aborted(), [slow.0]);
}

#[test]
fn a_call_of_the_handshake_era_is_cancelled_in_words() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"slow"}"#);
    let slow = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.command(Command::Cancel(slow));
    let (at, request) = talk.sent();
    assert!(request.body.contains(r#""requestId":3"#), "{}", request.body);
    talk.answer(at, 202, &[], "");
    assert_eq!(talk.aborted(), [slow.0]);
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
}

#[test]
fn a_call_of_the_stateless_era_is_cancelled_by_closing_its_stream() {
    let mut talk = stateless();
    talk.call("tools/call", r#"{"name":"slow"}"#);
    let slow = talk.expect(&["POST /mcp tools/call version=2026-07-28"]);
    talk.command(Command::Cancel(slow));
    talk.expect(&[]);
    assert_eq!(talk.aborted(), [slow.0]);
}

#[test]
fn a_list_is_read_to_its_last_page() {
    let mut talk = in_session();
    talk.call("prompts/list", "");
    let at = talk.expect(&["POST /mcp prompts/list session=s1 version=2025-11-25"]);
    talk.json(at, 200, r#"{"jsonrpc":"2.0","id":3,"result":{"prompts":[{"name":"a"}],"nextCursor":"2"}}"#);
    let (at, request) = talk.sent();
    assert!(request.body.contains(r#""cursor":"2""#));
    talk.json(at, 200, r#"{"jsonrpc":"2.0","id":4,"result":{"prompts":[{"name":"b"}]}}"#);
    let names: Vec<_> = talk.trace.prompts().iter().map(|prompt| prompt.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn a_stream_that_ends_early_is_resumed_after_the_time_the_server_named() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"far"}"#);
    let at = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    talk.push(at, "id: event-1\nretry: 500\ndata:");
    talk.end(at, End::Complete);
    talk.wait(Micros::from_millis(499));
    talk.expect(&[]);
    talk.wait(Micros::from_millis(1));
    let resumed = talk.expect(&["GET /mcp session=s1 version=2025-11-25 after=event-1"]);
    talk.open_stream(resumed);
    talk.push(resumed, "id: event-2\ndata: {\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"content\":[]}}");
    assert!(!talk.session.is_running());
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
    assert!(talk.trace.exchange(at).unwrap().succeeded());
}

#[test]
fn a_stream_without_ids_is_not_resumed() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"far"}"#);
    let at = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    talk.push(at, ": keep-alive");
    talk.end(at, End::Cut("network error".to_owned()));
    assert!(!talk.session.is_running());
    assert_eq!(talk.trace.outcome(), Outcome::Failed);
}

#[test]
fn a_stream_of_the_stateless_era_is_never_resumed() {
    let mut talk = stateless();
    talk.call("tools/call", r#"{"name":"far"}"#);
    let at = talk.expect(&["POST /mcp tools/call version=2026-07-28"]);
    talk.open_stream(at);
    talk.push(at, "id: 1\ndata:");
    talk.end(at, End::Complete);
    talk.wait(Micros::from_secs(10));
    talk.expect(&[]);
    assert!(!talk.session.is_running());
}

#[test]
fn a_resumed_stream_that_brings_nothing_is_given_up() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"far"}"#);
    let mut at = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    talk.push(at, "id: 1\nretry: 100\ndata:");
    for _ in 0..3 {
        talk.end(at, End::Complete);
        talk.wait(Micros::from_millis(100));
        at = talk.expect(&["GET /mcp session=s1 version=2025-11-25 after=1"]);
        talk.open_stream(at);
    }
    talk.end(at, End::Complete);
    assert!(!talk.session.is_running());
}

#[test]
fn a_resume_that_is_refused_ends_the_call() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"far"}"#);
    let at = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    talk.push(at, "id: 1\nretry: 100\ndata:");
    talk.end(at, End::Cut("network error".to_owned()));
    talk.wait(Micros::from_millis(100));
    let at = talk.expect(&["GET /mcp session=s1 version=2025-11-25 after=1"]);
    talk.answer(at, 405, &[], "");
    assert!(!talk.session.is_running());
    assert_eq!(talk.trace.outcome(), Outcome::Failed);
}

#[test]
fn ping_and_roots_are_answered_at_once_and_what_was_not_offered_is_refused() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"asks"}"#);
    let at = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    for (method, answer) in [("ping", "result {}"), ("roots/list", r#"result {"roots":[]}"#), ("no/such", "error -32601")] {
        talk.push(at, &format!(r#"data: {{"jsonrpc":"2.0","id":0,"method":"{method}"}}"#));
        talk.expect(&[&format!("POST /mcp {answer} session=s1 version=2025-11-25")]);
    }
}

#[test]
fn what_waits_for_the_receipt_of_our_own_answer_is_no_failure_and_its_refusal_is() {
    let mut talk = over_sse();
    let stream = ExchangeId(1);
    talk.push(stream, r#"data: {"jsonrpc":"2.0","id":0,"method":"roots/list"}"#);
    let at = talk.expect(&[r#"POST /messages/?session_id=9f result {"roots":[]}"#]);
    assert_eq!((talk.session.is_running(), talk.trace.outcome()), (false, Outcome::Ok));
    talk.answer(at, 500, &[], "");
    assert_eq!(talk.trace.outcome(), Outcome::Failed);
}

#[test]
fn a_question_to_the_person_waits_for_the_person() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"asks"}"#);
    let at = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    talk.push(at, r#"data: {"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":{"message":"Your name?"}}"#);
    talk.wait(Micros::from_secs(300));
    talk.expect(&[]);
    assert_eq!(talk.trace.questions()[0].params, r#"{"message":"Your name?"}"#);
    talk.reply_to("4.item.0", "", r#"{"action":"decline"}"#);
    talk.expect(&[r#"POST /mcp result {"action":"decline"} session=s1 version=2025-11-25"#]);
    assert!(talk.trace.questions().is_empty());
    assert!(talk.session.is_running());
}

#[test]
fn an_input_required_result_is_answered_by_asking_again_with_the_state_as_it_came() {
    let mut talk = stateless();
    talk.call("tools/call", r#"{"name":"asks","arguments":{"n":1}}"#);
    let at = talk.expect(&["POST /mcp tools/call version=2026-07-28"]);
    let ask = r#"{"jsonrpc":"2.0","id":3,"result":{"resultType":"input_required","requestState":"{\"a\":1}","inputRequests":
        {"k 1":{"method":"elicitation/create","params":{"message":"Sure?"}},"roots":{"method":"roots/list"}}}}"#;
    talk.json(at, 200, ask);
    assert!(talk.session.is_running());
    assert_eq!(talk.trace.questions().len(), 1);
    talk.reply_to("3.item.0", "k 1", r#"{"action":"accept","content":{}}"#);
    let (again, request) = talk.sent();
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!((&body["id"], &body["params"]["name"]), (&4.into(), &"asks".into()));
    assert_eq!(body["params"]["requestState"], r#"{"a":1}"#);
    assert_eq!(body["params"]["inputResponses"]["k 1"]["action"], "accept");
    assert_eq!(body["params"]["inputResponses"]["roots"]["roots"], serde_json::json!([]));
    talk.json(again, 200, r#"{"jsonrpc":"2.0","id":4,"result":{"resultType":"complete","content":[]}}"#);
    assert!(!talk.session.is_running());
}

#[test]
fn a_call_that_waits_for_the_person_can_be_cancelled() {
    let mut talk = stateless();
    talk.call("tools/call", r#"{"name":"asks"}"#);
    let at = talk.expect(&["POST /mcp tools/call version=2026-07-28"]);
    talk.json(at, 200, r#"{"jsonrpc":"2.0","id":3,"result":{"resultType":"input_required","inputRequests":{"k":{"method":"elicitation/create"}}}}"#);
    talk.command(Command::Cancel(at));
    assert!(!talk.session.is_running() && talk.trace.questions().is_empty());
}

#[test]
fn a_server_without_a_stream_of_its_own_says_405_and_nothing_is_wrong() {
    let mut talk = in_session();
    talk.command(Command::Listen);
    let at = talk.expect(&["GET /mcp session=s1 version=2025-11-25"]);
    talk.answer(at, 405, &[], "");
    assert!(!talk.session.is_listening());
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
}

#[test]
fn a_list_that_changed_is_listed_again() {
    let mut talk = in_session();
    talk.command(Command::Listen);
    let at = talk.expect(&["GET /mcp session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    talk.push(at, r#"data: {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#);
    let list = talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
    talk.json(list, 200, r#"{"jsonrpc":"2.0","id":3,"result":{"tools":[{"name":"add"},{"name":"sub"}]}}"#);
    assert_eq!(talk.trace.tools().len(), 2);
    assert!(talk.session.is_listening());
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
}

#[test]
fn a_stream_to_listen_on_stays_open_until_it_is_closed() {
    let mut talk = stateless();
    talk.command(Command::Listen);
    let at = talk.expect(&["POST /mcp subscriptions/listen version=2026-07-28"]);
    talk.open_stream(at);
    talk.push(at, r#"data: {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{}}"#);
    talk.wait(Micros::from_secs(600));
    assert_eq!((talk.aborted(), talk.trace.outcome()), (vec![], Outcome::Ok));
    talk.command(Command::Unlisten);
    assert_eq!(talk.aborted(), [at.0]);
    assert!(!talk.session.is_listening());
}

#[test]
fn a_resource_is_subscribed_to_as_its_era_does() {
    let uri = r#"{"uri":"file:///a"}"#;
    let mut talk = in_session();
    talk.call("resources/subscribe", uri);
    talk.expect(&["POST /mcp resources/subscribe session=s1 version=2025-11-25"]);
    let mut talk = stateless();
    talk.call("resources/subscribe", uri);
    let (_, request) = talk.sent();
    assert!(request.body.contains("subscriptions/listen") && request.body.contains("file:///a"), "{}", request.body);
}

#[test]
fn ending_the_session_closes_what_is_listened_to_and_deletes() {
    let mut talk = in_session();
    talk.command(Command::Listen);
    let at = talk.expect(&["GET /mcp session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    talk.command(Command::EndSession);
    let delete = talk.expect(&["DELETE /mcp session=s1 version=2025-11-25"]);
    assert_eq!(talk.aborted(), [at.0]);
    talk.answer(delete, 204, &[], "");
    assert!(!talk.session.is_open() && !talk.session.has_session());
    talk.call("ping", "");
    talk.expect(&[]);
}

#[test]
fn a_refusal_that_names_no_session_is_asked_for_again_in_a_new_one_and_only_once() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s1")], &initialized(1, "2025-11-25"));
    let at = talk.expect(&["POST /mcp notifications/initialized session=s1 version=2025-11-25"]);
    // A server may know no notifications, whatever it knows of the session.
    talk.answer(at, 404, &[], "");
    let at = talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
    talk.answer(at, 404, &[], "");
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s2")], &initialized(3, "2025-11-25"));
    let at = talk.expect(&["POST /mcp notifications/initialized session=s2 version=2025-11-25"]);
    talk.answer(at, 404, &[], "");
    let at = talk.expect(&["POST /mcp tools/list session=s2 version=2025-11-25"]);
    talk.answer(at, 404, &[], "");
    assert_eq!(talk.sent_in_short(), [""; 0]);
    assert!(!talk.session.is_busy());
}

#[test]
fn a_server_that_is_not_initialized_is_asked_again_in_a_new_session() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s1")], &initialized(1, "2025-11-25"));
    let at = talk.expect(&["POST /mcp notifications/initialized session=s1 version=2025-11-25"]);
    talk.answer(at, 202, &[], "");
    let at = talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
    talk.json(at, 400, r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request: Server not initialized"}}"#);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s2")], &initialized(3, "2025-11-25"));
    let at = talk.expect(&["POST /mcp notifications/initialized session=s2 version=2025-11-25"]);
    talk.answer(at, 202, &[], "");
    talk.expect(&["POST /mcp tools/list session=s2 version=2025-11-25"]);
}

#[test]
fn a_session_that_died_between_two_calls_is_started_over_once() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"add"}"#);
    let at = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.json(at, 404, r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Session not found"}}"#);
    talk.expect(&["POST /mcp initialize"]);
}

#[test]
fn answers_in_one_array_reach_their_requests() {
    let mut talk = Talk::run(only(Revision::V2025_03_26));
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.json(at, 200, &format!(r#"[{{"jsonrpc":"2.0","method":"notifications/message"}},{}]"#, initialized(1, "2025-03-26")));
    talk.expect(&["POST /mcp notifications/initialized"]);
    assert_eq!(talk.trace.server().unwrap().name, "a");
}

#[test]
fn a_stop_while_the_answer_is_due_on_another_stream_is_a_stop() {
    let mut talk = Talk::run(only(Revision::V2024_11_05));
    let stream = talk.expect(&["GET /mcp"]);
    talk.open_stream(stream);
    talk.push(stream, "event: endpoint\ndata: /messages/?session_id=9f");
    let at = talk.expect(&["POST /messages/?session_id=9f initialize"]);
    talk.answer(at, 202, &[], "Accepted");
    talk.command(Command::Stop);
    assert_eq!(talk.trace.outcome(), Outcome::Stopped);
    assert!(diagnose(&talk.trace).is_empty());
}

#[test]
fn a_stop_before_a_stream_is_asked_for_again_is_a_stop() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.open_stream(at);
    talk.push(at, "id: 1\nretry: 5000\ndata:");
    talk.end(at, End::Complete);
    talk.command(Command::Stop);
    assert_eq!(talk.trace.outcome(), Outcome::Stopped);
    assert!(diagnose(&talk.trace).is_empty());
}

#[test]
fn a_call_over_http_sse_that_is_given_up_leaves_nothing_wrong() {
    let mut talk = over_sse();
    talk.call("tools/call", r#"{"name":"slow"}"#);
    let at = talk.expect(&["POST /messages/?session_id=9f tools/call"]);
    talk.answer(at, 202, &[], "Accepted");
    assert!(diagnose(&talk.trace).is_empty());
    talk.command(Command::Cancel(at));
    let cancel = talk.expect(&["POST /messages/?session_id=9f notifications/cancelled"]);
    talk.answer(cancel, 202, &[], "Accepted");
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
    assert!(diagnose(&talk.trace).is_empty());
}

#[test]
fn what_ends_a_conversation_over_http_sse_is_the_end_of_its_stream() {
    let mut talk = over_sse();
    talk.call("tools/call", r#"{"name":"slow"}"#);
    let at = talk.expect(&["POST /messages/?session_id=9f tools/call"]);
    talk.answer(at, 202, &[], "Accepted");
    talk.end(ExchangeId(1), End::Complete);
    let found: Vec<_> = diagnose(&talk.trace).iter().map(|finding| finding.cause.slug).collect();
    assert_eq!(found, ["sse-session-lost"]);
    assert_eq!(talk.trace.outcome(), Outcome::Failed);
}

#[test]
fn another_way_in_that_the_browser_blocks_is_what_is_said_when_the_server_pointed_there() {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    let refusal =
        r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"Unsupported","data":{"supported":["2026-07-28"]}}}"#;
    talk.json(at, 400, refusal);
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.end(at, End::Failed("Failed to fetch".to_owned()));
    let at = talk.expect(&["GET /mcp"]);
    talk.answer(at, 405, &[], "");
    let found = diagnose(&talk.trace);
    assert_eq!((found.len(), found[0].cause.slug), (1, "cors-blocked"));
    let said = report(&found[0], &talk.trace).headline;
    assert!(said.contains("MCP-Protocol-Version") && said.contains("Mcp-Method"), "{said}");
}

#[test]
fn an_open_question_holds_only_the_call_that_asked_it() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"asks"}"#);
    let asks = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(asks);
    talk.push(asks, r#"data: {"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":{}}"#);
    talk.call("tools/call", r#"{"name":"slow"}"#);
    let slow = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.wait(Micros::from_secs(31));
    talk.expect(&["POST /mcp notifications/cancelled session=s1 version=2025-11-25"]);
    assert_eq!(talk.aborted(), [slow.0]);
    assert!(talk.session.is_running());
}

#[test]
fn a_question_goes_with_the_call_that_is_cancelled() {
    let mut talk = in_session();
    talk.call("tools/call", r#"{"name":"asks"}"#);
    let asks = talk.expect(&["POST /mcp tools/call session=s1 version=2025-11-25"]);
    talk.open_stream(asks);
    talk.push(asks, r#"data: {"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":{}}"#);
    assert_eq!(talk.trace.questions().len(), 1);
    talk.command(Command::Cancel(asks));
    assert!(talk.trace.questions().is_empty());
    talk.expect(&["POST /mcp notifications/cancelled session=s1 version=2025-11-25"]);
    talk.reply_to("4.item.0", "", "{}");
    talk.expect(&[]);
}

#[test]
fn unsubscribing_opens_no_stream_for_who_does_not_listen() {
    let uri = r#"{"uri":"file:///a"}"#;
    let mut talk = stateless();
    talk.call("resources/subscribe", uri);
    let (at, _) = talk.sent();
    talk.open_stream(at);
    talk.command(Command::Unlisten);
    talk.call("resources/unsubscribe", uri);
    talk.expect(&[]);
    assert!(!talk.session.is_listening());
}

#[test]
fn resources_that_changed_bring_their_templates_along() {
    let mut talk = in_session();
    for (id, list) in [(3, "resources"), (4, "resources/templates")] {
        talk.call(&format!("{list}/list"), "");
        let at = talk.expect(&[&format!("POST /mcp {list}/list session=s1 version=2025-11-25")]);
        talk.json(at, 200, &format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{}}}}"#));
    }
    talk.command(Command::Listen);
    let stream = talk.expect(&["GET /mcp session=s1 version=2025-11-25"]);
    talk.open_stream(stream);
    talk.push(stream, r#"data: {"jsonrpc":"2.0","method":"notifications/resources/list_changed"}"#);
    talk.expect(&[
        "POST /mcp resources/list session=s1 version=2025-11-25",
        "POST /mcp resources/templates/list session=s1 version=2025-11-25",
    ]);
}
