//! The real servers of every era: each speaks the revisions it is here for, and offers what the page has to be tried against.

#![cfg(feature = "live")]

use std::time::Duration;

use lab::{
    client::{self, Response},
    handshake::{self, INITIALIZED},
    http_sse::HttpSse,
    servers::{Dual, DualApp, Everything, Python, PythonApp},
    stateless,
};
use serde_json::{Value, json};

const HANDSHAKE_REVISIONS: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];
const PATIENCE: Duration = Duration::from_secs(10);

/// Every header a page may want to send, in any era.
const HEADERS: &str =
    "authorization,content-type,last-event-id,mcp-method,mcp-name,mcp-param-city,mcp-protocol-version,mcp-session-id";

/// The first JSON-RPC message in a body, whether it is JSON or an event stream.
fn message(body: &str) -> Value {
    let json = body.lines().find_map(|line| line.strip_prefix("data: {").or(line.strip_prefix('{'))).expect("a message");
    serde_json::from_str(&format!("{{{json}")).expect("JSON")
}

/// The last JSON-RPC message in a body.
fn last_message(body: &str) -> Value {
    message(body.rsplit("event: message").next().expect("a message"))
}

fn assert_speaks_the_handshake_era(name: &str, url: &str) {
    for revision in HANDSHAKE_REVISIONS {
        let mut opened = client::post(url, &[], &handshake::initialize(revision)).expect("an answer");
        assert_eq!(opened.status, 200, "{name} {revision}");
        assert_eq!(message(&opened.text())["result"]["protocolVersion"], revision, "{name}");
    }
}

#[test]
fn everything_speaks_every_revision_of_the_handshake_era() {
    assert_speaks_the_handshake_era("Everything", &Everything::start().url());
}

#[test]
fn python_1_speaks_every_revision_of_the_handshake_era() {
    assert_speaks_the_handshake_era("Python 1", &Python::start(PythonApp::Cors).url());
}

#[test]
fn servers_of_both_eras_speak_every_revision_of_the_handshake_era() {
    for app in DualApp::BOTH_ERAS {
        assert_speaks_the_handshake_era(&format!("{app:?}"), &Dual::start(app).url());
    }
}

#[test]
fn servers_of_2026_07_28_say_what_they_speak_and_list_their_tools_without_a_session() {
    for app in DualApp::ALL {
        let server = Dual::start(app);
        let mut discovered = stateless::post(&server.url(), "server/discover", json!({}));
        assert_eq!(discovered.status, 200, "{app:?}");
        assert_eq!(message(&discovered.text())["result"]["supportedVersions"], json!(["2026-07-28"]), "{app:?}");
        let listed = message(&stateless::post(&server.url(), "tools/list", json!({})).text());
        assert_eq!(listed["result"]["resultType"], "complete", "{app:?}");
        assert_eq!(listed["result"]["tools"][0]["name"], "forecast", "{app:?}");
    }
}

#[test]
fn a_server_of_2026_07_28_alone_names_it_when_it_refuses_the_handshake() {
    let server = Dual::start(DualApp::TypeScriptStrict);
    let mut refused = client::post(&server.url(), &[], &handshake::initialize("2025-11-25")).unwrap();
    assert_eq!(refused.status, 400);
    let refusal = message(&refused.text());
    assert_eq!(refusal["error"]["code"], -32022);
    assert_eq!(refusal["error"]["data"]["supported"], json!(["2026-07-28"]));
}

#[test]
fn servers_over_http_sse_answer_on_the_stream_in_every_revision_of_their_era() {
    let (python, everything) = (Python::start(PythonApp::HttpSse), Everything::start_sse());
    for url in [python.url(), everything.url()] {
        for revision in HANDSHAKE_REVISIONS {
            let answer = HttpSse::open(&url).ask(&handshake::initialize(revision));
            assert_eq!(answer["result"]["protocolVersion"], revision, "{url}");
        }
    }
}

#[test]
fn python_over_http_sse_does_not_find_a_session_whose_stream_is_gone() {
    let server = Python::start(PythonApp::HttpSse);
    let mut stream = HttpSse::open(&server.url());
    stream.ask(&handshake::initialize("2025-11-25"));
    let endpoint = stream.endpoint.clone();
    drop(stream);
    // The server notices a moment later.
    let post = |_| client::post(&endpoint, &[], INITIALIZED).unwrap();
    let mut refused = (0..1000).map(post).find(|answer| answer.status != 202).expect("a refusal");
    assert_eq!((refused.status, refused.text().as_str()), (404, "Could not find session"));
}

/// What a page may not do at this address, by the server's answer to its preflight and to `initialize`.
fn assert_a_page_can_use(name: &str, url: &str) {
    let asked = [
        ("Origin", "https://inspector.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", HEADERS),
    ];
    let preflight = client::send("OPTIONS", url, &asked, b"", PATIENCE).expect("an answer");
    assert!((200..300).contains(&preflight.status), "{name}: {}", preflight.status);
    let allowed = preflight.headers.get("access-control-allow-headers").unwrap_or_default().to_lowercase();
    let missing: Vec<_> = HEADERS.split(',').filter(|header| !allowed.contains(header)).collect();
    assert!(missing.is_empty(), "{name}: {missing:?}");
    let answer = client::send("GET", url, &[("Origin", "http://127.0.0.1:1")], b"", PATIENCE).expect("an answer");
    assert!(answer.headers.get("access-control-allow-origin").is_some(), "{name}");
    let exposed = answer.headers.get("access-control-expose-headers").unwrap_or_default().to_lowercase();
    assert!(exposed.contains("mcp-session-id"), "{name}: {exposed}");
}

#[test]
fn a_page_may_send_every_header_of_every_era_to_the_servers_made_for_it() {
    assert_a_page_can_use("Python 1", &Python::start(PythonApp::Cors).url());
    assert_a_page_can_use("Python over HTTP+SSE", &Python::start(PythonApp::HttpSse).url());
    for app in DualApp::ALL {
        assert_a_page_can_use(&format!("{app:?}"), &Dual::start(app).url());
    }
}

#[test]
fn a_survey_tells_of_its_progress_before_it_answers() {
    for app in DualApp::ALL {
        let server = Dual::start(app);
        let call = json!({"name": "survey", "arguments": {"stations": 2}});
        let stream = stateless::post(&server.url(), "tools/call", call).text();
        assert_eq!(stream.matches("notifications/progress").count(), 2, "{app:?}");
        assert_eq!(last_message(&stream)["result"]["content"][0]["text"], "2 stations answered", "{app:?}");
    }
}

#[test]
fn a_booking_of_2026_07_28_asks_in_its_result_and_goes_on_when_answered() {
    for app in DualApp::ALL {
        let server = Dual::start(app);
        let mut call = json!({"name": "book", "arguments": {"city": "Oslo"}});
        let asked = message(&stateless::post(&server.url(), "tools/call", call.clone()).text());
        assert_eq!(asked["result"]["resultType"], "input_required", "{app:?}");
        let (key, question) = asked["result"]["inputRequests"].as_object().unwrap().iter().next().unwrap();
        assert_eq!(question["params"]["requestedSchema"]["required"], json!(["name", "day"]), "{app:?}");
        let content = json!({"name": "Ada", "day": "2026-12-01", "guests": 3, "budget": 99.5, "seat": "aisle", "insured": true});
        call["inputResponses"] = json!({key.clone(): {"action": "accept", "content": content}});
        call["requestState"] = asked["result"]["requestState"].clone();
        let booked = message(&stateless::post(&server.url(), "tools/call", call).text());
        assert_eq!(booked["result"]["content"][0]["text"], "Booked Oslo for 3, Ada", "{app:?}");
    }
}

/// Opens a session of 2025-11-25 and gives the headers that go with it.
fn session(url: &str) -> [(&'static str, String); 2] {
    let opened = client::post(url, &[], &handshake::initialize("2025-11-25")).expect("an answer");
    let id = opened.headers.get("mcp-session-id").expect("a session id").to_owned();
    let headers = [("Mcp-Session-Id", id), ("MCP-Protocol-Version", "2025-11-25".to_owned())];
    post(url, &headers, INITIALIZED);
    headers
}

fn post(url: &str, headers: &[(&'static str, String)], message: &str) -> Response {
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client::post(url, &headers, message).expect("an answer")
}

/// Reads a stream until a text appears in it.
fn read_until(stream: &mut Response, text: &str) -> String {
    let mut read = String::new();
    while !read.contains(text) {
        let piece = stream.next_piece().expect("more of the stream").expect("an open stream");
        read += &String::from_utf8_lossy(&piece);
    }
    read
}

fn assert_asks_on_the_stream_of_the_call(name: &str, url: &str) {
    let headers = session(url);
    let call = r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"book","arguments":{"city":"Oslo"}}}"#;
    let mut stream = post(url, &headers, call);
    let asked = last_message(&read_until(&mut stream, "elicitation/create"));
    let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"action": "decline"}});
    assert_eq!(post(url, &headers, &answer.to_string()).status, 202, "{name}");
    assert!(read_until(&mut stream, r#""id":7"#).contains("No journey to Oslo: decline"), "{name}");
}

#[test]
fn a_booking_of_the_handshake_era_asks_on_the_stream_of_the_call() {
    assert_asks_on_the_stream_of_the_call("Python 1", &Python::start(PythonApp::Cors).url());
    assert_asks_on_the_stream_of_the_call("Python 2", &Dual::start(DualApp::Python).url());
    assert_asks_on_the_stream_of_the_call("FastMCP", &Dual::start(DualApp::FastMcp).url());
}

#[test]
fn long_lists_come_in_pages() {
    let server = Dual::start(DualApp::FastMcp);
    let tools = message(&stateless::post(&server.url(), "tools/list", json!({})).text());
    assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 4);
    let cursor = &tools["result"]["nextCursor"];
    let more = message(&stateless::post(&server.url(), "tools/list", json!({"cursor": cursor})).text());
    assert!(!more["result"]["tools"].as_array().unwrap().is_empty());

    let server = Python::start(PythonApp::HttpSse);
    let mut stream = HttpSse::open(&server.url());
    stream.ask(&handshake::initialize("2025-11-25"));
    client::post(&stream.endpoint, &[], INITIALIZED).unwrap();
    let tools = stream.ask(handshake::TOOLS_LIST);
    assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 10);
    assert_eq!(tools["result"]["nextCursor"], "10");

    let server = Dual::start(DualApp::TypeScript);
    let resources = message(&stateless::post(&server.url(), "resources/list", json!({})).text());
    assert_eq!(resources["result"]["resources"].as_array().unwrap().len(), 10);
    assert_eq!(resources["result"]["nextCursor"], "10");
}

#[test]
fn a_new_station_is_told_to_whoever_listens() {
    for app in [DualApp::Python, DualApp::TypeScript] {
        let server = Dual::start(app);
        let wanted = json!({"notifications": {"toolsListChanged": true}});
        let mut stream = stateless::post(&server.url(), "subscriptions/listen", wanted);
        read_until(&mut stream, "notifications/subscriptions/acknowledged");
        let call = json!({"name": "open_station", "arguments": {"name": "north"}});
        assert_eq!(stateless::post(&server.url(), "tools/call", call).status, 200, "{app:?}");
        read_until(&mut stream, "notifications/tools/list_changed");
    }
}

#[test]
fn a_new_station_is_told_on_the_get_stream_of_the_session() {
    let server = Python::start(PythonApp::Cors);
    let headers = session(&server.url());
    let mut get: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    get.push(("Accept", "text/event-stream"));
    let mut stream = client::send("GET", &server.url(), &get, b"", PATIENCE).unwrap();
    assert_eq!(stream.status, 200);
    let call = r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"open_station","arguments":{"name":"north"}}}"#;
    post(&server.url(), &headers, call);
    read_until(&mut stream, "notifications/tools/list_changed");
}

#[test]
fn fastmcp_hangs_up_before_it_answers_and_gives_the_rest_to_whoever_asks_for_it() {
    let server = Dual::start(DualApp::FastMcp);
    let headers = session(&server.url());
    let call = r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"hang_up","arguments":{}}}"#;
    let cut = post(&server.url(), &headers, call).text();
    assert!(cut.contains("retry: 300") && !cut.contains(r#""id":7"#), "{cut}");
    let last = cut.lines().filter_map(|line| line.strip_prefix("id: ")).next_back().expect("an event id").trim().to_owned();
    let mut get: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    get.extend([("Accept", "text/event-stream"), ("Last-Event-ID", last.as_str())]);
    let mut stream = client::send("GET", &server.url(), &get, b"", PATIENCE).unwrap();
    assert!(read_until(&mut stream, r#""id":7"#).contains("Still here"));
}
