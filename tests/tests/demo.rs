//! The session against the demo server: every era and every kind of call in virtual time, and a few things over a socket.

use std::time::{Duration, Instant};

use inspector_core::{
    http::Sight,
    mcp::{Ask, Revision},
    session,
    time::Micros,
    trace::{About, Command, Outcome, Purpose, Question, Trace, notation},
};
use lab::{
    client::{self, Response},
    demo::{self, Demo, Loopback},
    drive,
    handshake::initialize,
};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(10);

/// A run for each way in: what is asked for, and the revision that comes of it.
fn ways_in() -> [(About, &'static str); 5] {
    let only = |revision| About { ask: Ask::Only(revision), ..demo::about(demo::URL) };
    [
        (demo::about(demo::SSE_URL), "2024-11-05"),
        (only(Revision::V2025_03_26), "2025-03-26"),
        (only(Revision::V2025_06_18), "2025-06-18"),
        (demo::about(demo::URL), "2025-11-25"),
        (only(Revision::V2026_07_28), "2026-07-28"),
    ]
}

fn purposes(trace: &Trace) -> Vec<Purpose> {
    trace.exchanges().iter().map(|exchange| exchange.purpose).collect()
}

/// A session that has listed the tools.
fn open(about: About) -> Demo {
    let mut demo = Demo::start(about);
    demo.command(Command::Run);
    demo.wait_until_idle();
    demo
}

/// What a person says to a question of the demo server's.
fn answer(question: &Question) -> Value {
    match question.method.as_str() {
        "elicitation/create" => json!({"action": "accept", "content": {"name": "Ada", "greeting": "Ahoy"}}),
        "sampling/createMessage" => {
            json!({"role": "assistant", "content": {"type": "text", "text": "Light scatters."}, "model": "me"})
        }
        _ => json!({"roots": [{"uri": "file:///work"}]}),
    }
}

/// Calls a tool, and gives the text of its result.
fn call(demo: &mut Demo, tool: &str, arguments: &Value) -> String {
    demo.ask("tools/call", &json!({"name": tool, "arguments": arguments}), answer);
    let call = demo.trace().exchanges().iter().rfind(|exchange| exchange.purpose == Purpose::Call);
    let answer = call.and_then(|call| call.answer).and_then(|at| demo.trace().item_text(at));
    let answer: Value = answer.and_then(|answer| serde_json::from_str(&answer).ok()).unwrap_or_default();
    answer["result"]["content"][0]["text"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn every_way_in_leads_to_the_last_page_of_tools() {
    for (about, revision) in ways_in() {
        let trace = demo::run(about);
        let record = notation::write(&trace);
        assert_eq!(trace.outcome(), Outcome::Ok, "{record}");
        assert_eq!(trace.server().map(|server| server.protocol_version.as_str()), Some(revision), "{record}");
        assert_eq!((trace.tools().len(), trace.tools_complete()), (14, true), "{record}");
        assert!(trace.dropped_tools().is_empty(), "{record}");
        assert!(trace.exchanges().iter().filter_map(|exchange| exchange.head()).all(|head| head.sight == Sight::Full));
    }
}

#[test]
fn left_to_itself_the_session_opens_with_a_handshake() {
    let trace = demo::run(demo::about(demo::URL));
    assert_eq!(purposes(&trace), [Purpose::Initialize, Purpose::Initialized, Purpose::ListTools, Purpose::ListTools]);
}

#[test]
fn ending_the_session_deletes_it() {
    let mut demo = open(demo::about(demo::URL));
    demo.command(Command::EndSession);
    demo.wait_until_idle();
    assert!(demo.trace().sessions()[0].ended.is_some());
    let last = demo.trace().exchanges().last().and_then(|exchange| exchange.head()).map(|head| head.status);
    assert_eq!(last, Some(204));
}

#[test]
fn stopping_gives_up_what_is_under_way() {
    let mut demo = Demo::start(demo::about(demo::URL));
    demo.command(Command::Run);
    demo.command(Command::Stop);
    assert!(!demo.is_busy());
    assert_eq!(demo.trace().outcome(), Outcome::Stopped);
}

#[test]
fn every_tool_that_asks_nothing_answers_in_every_revision() {
    for (about, revision) in ways_in() {
        let mut demo = open(about);
        for (tool, arguments, said) in [
            ("echo", json!({"text": "héllo"}), "héllo"),
            ("add", json!({"a": 0.1, "b": 0.2}), "0.3"),
            ("weather", json!({"city": "Oslo"}), "Oslo, from today"),
            ("slow_count", json!({"n": 3, "delay": 1_000}), "Counted up to 3."),
            ("picture", json!({}), "A face:"),
            ("failing", json!({}), "This tool always fails"),
            ("add_tool", json!({"name": "fresh"}), "Added the tool fresh."),
            ("by_region", json!({"region": "europe", "priority": 2}), "Asked in europe with priority 2"),
        ] {
            let text = call(&mut demo, tool, &arguments);
            assert!(text.starts_with(said), "{revision} {tool}: {text}\n{}", notation::write(demo.trace()));
        }
    }
}

#[test]
fn a_tool_that_asks_is_answered_in_every_revision_that_can_ask() {
    for (about, revision) in ways_in() {
        let mut demo = open(about);
        for (tool, said) in [("ask_name", "Ahoy, Ada!"), ("ask_model", "me says: Light scatters.")] {
            let text = call(&mut demo, tool, &json!({}));
            let can = tool != "ask_name" || revision >= "2025-06-18";
            assert_eq!(text == said, can, "{revision} {tool}: {text}\n{}", notation::write(demo.trace()));
        }
    }
}

#[test]
fn an_answer_the_server_hangs_up_before_is_come_back_for() {
    let mut demo = open(demo::about(demo::URL));
    let text = call(&mut demo, "far_call", &json!({}));
    assert!(text.starts_with("You came back"), "{text}\n{}", notation::write(demo.trace()));
    assert!(purposes(demo.trace()).contains(&Purpose::Resume));
}

#[test]
fn a_tool_that_is_added_while_the_session_listens_is_listed_in_every_revision() {
    for (about, revision) in ways_in() {
        let mut demo = open(about);
        demo.command(Command::Listen);
        demo.wait(Micros::from_millis(100));
        call(&mut demo, "add_tool", &json!({"name": "fresh"}));
        demo.wait(Micros::from_secs(1));
        let known = demo.trace().tools().iter().any(|tool| tool.name == "fresh");
        assert!(known, "{revision}\n{}", notation::write(demo.trace()));
    }
}

#[test]
fn prompts_resources_and_templates_are_listed_in_every_revision() {
    for (about, revision) in ways_in() {
        let mut demo = open(about);
        for method in ["prompts/list", "resources/list", "resources/templates/list"] {
            demo.ask(method, &json!({}), answer);
        }
        let trace = demo.trace();
        let found = (trace.prompts().len(), trace.resources().len(), trace.templates().len());
        assert_eq!(found, (2, 3, 1), "{revision}\n{}", notation::write(trace));
    }
}

#[test]
fn two_runs_make_the_same_recording() {
    for ((about, _), (again, _)) in ways_in().into_iter().zip(ways_in()) {
        assert_eq!(demo::run(about).records(), demo::run(again).records());
    }
}

#[test]
fn a_replayed_session_does_the_same() {
    for (about, _) in ways_in() {
        let mut demo = open(about);
        call(&mut demo, "ask_name", &json!({}));
        let trace = demo.into_trace();
        assert_eq!(session::replay(trace.about.clone(), &trace.records()), trace.records());
    }
}

#[test]
fn it_runs_over_a_socket_as_well_also_for_a_page() {
    let server = Loopback::start(0).expect("a free loopback port");
    let page = Some("http://127.0.0.1:8080".to_owned());
    for page in [None, page] {
        for url in [server.url(), server.sse_url()] {
            let trace = drive::run(About { page: page.clone(), ..drive::about(&url) });
            assert_eq!((trace.outcome(), trace.tools().len()), (Outcome::Ok, 14), "{url}\n{}", notation::write(&trace));
        }
    }
}

/// Opens a stream of HTTP+SSE, and gives the address for messages.
fn open_stream(server: &Loopback) -> (Response, String) {
    let mut stream = client::send("GET", &server.sse_url(), &[], b"", PATIENCE).expect("a response");
    let first = stream.next_piece().expect("a stream").expect("an event");
    let first = String::from_utf8_lossy(&first).into_owned();
    let address = first.lines().find_map(|line| line.strip_prefix("data: ")).expect("an address");
    let url = server.sse_url().replace("/sse", address);
    (stream, url)
}

#[test]
fn a_stream_is_passed_on_event_by_event_over_a_socket() {
    let server = Loopback::start(0).expect("a free loopback port");
    let (mut stream, url) = open_stream(&server);
    assert_eq!(client::post(&url, &[], &initialize("2024-11-05")).expect("a response").status, 202);
    let event = stream.next_piece().expect("a stream").expect("an event");
    assert!(event.starts_with(b"event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":"));
}

#[test]
fn a_client_that_leaves_ends_its_session_of_http_sse() {
    let server = Loopback::start(0).expect("a free loopback port");
    let (stream, url) = open_stream(&server);
    drop(stream);
    let gone = || client::post(&url, &[], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#).expect("a response").status == 404;
    let deadline = Instant::now() + PATIENCE;
    while !gone() {
        assert!(Instant::now() < deadline, "the session is still there");
        std::thread::sleep(Duration::from_millis(10));
    }
}
