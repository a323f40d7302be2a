//! The core's session against real servers of every era, as a page on this machine runs it: left to itself it finds the way
//! in, and everything the person can ask for is answered.

#![cfg(feature = "live")]

use std::time::Duration;

use inspector_core::{
    diagnose::{Kind, diagnose},
    mcp::{Ask, Revision, read_call},
    trace::{About, Command, Outcome, Purpose, Trace, notation},
};
use lab::{
    drive::{self, Drive},
    servers::{Dual, DualApp, Everything, Python, PythonApp},
};
use serde_json::{Value, json};

fn about(url: &str) -> About {
    // Most of these servers let pages of this machine in, and no others.
    About { page: Some("http://127.0.0.1:1".to_owned()), ..drive::about(url) }
}

/// Runs the session to its end and holds what it came to: the revision, and that there are tools.
fn assert_opens(name: &str, about: About, revision: &str) {
    let trace = drive::run(about);
    let record = notation::write(&trace);
    assert_eq!(trace.outcome(), Outcome::Ok, "{name}\n{record}");
    assert_eq!(trace.server().map(|server| server.protocol_version.as_str()), Some(revision), "{name}\n{record}");
    assert!(trace.tools_complete() && trace.tools().len() >= 5, "{name}\n{record}");
    let problems = diagnose(&trace).into_iter().filter(|finding| finding.kind == Kind::Problem);
    let problems: Vec<_> = problems.map(|finding| finding.cause.slug).collect();
    assert_eq!(problems, [""; 0], "{name}\n{record}");
}

/// Runs the session in a way that a server does not have, and holds what is said.
fn assert_named(name: &str, url: &str, revision: Revision, cause: &str) {
    let trace = drive::run(About { ask: Ask::Only(revision), ..about(url) });
    let found = diagnose(&trace);
    let problems = found.iter().filter(|finding| finding.kind == Kind::Problem);
    let problems: Vec<_> = problems.map(|finding| finding.cause.slug).collect();
    assert_eq!(problems, [cause], "{name} {revision}\n{}", notation::write(&trace));
}

#[test]
fn a_way_that_a_server_does_not_have_is_named_and_nothing_else() {
    let python = Python::start(PythonApp::Cors);
    let everything = Everything::start();
    for (name, url) in [("Python 1", python.url()), ("Everything", everything.url())] {
        assert_named(name, &url, Revision::V2026_07_28, "era-mismatch");
        assert_named(name, &url, Revision::V2024_11_05, "streamable-only-server");
    }
    for app in DualApp::ALL {
        assert_named(&format!("{app:?}"), &Dual::start(app).url(), Revision::V2024_11_05, "streamable-only-server");
    }
    let strict = Dual::start(DualApp::TypeScriptStrict);
    assert_named("2026-07-28 alone", &strict.url(), Revision::V2025_11_25, "era-mismatch");
    let (python, everything) = (Python::start(PythonApp::HttpSse), Everything::start_sse());
    for (name, url) in [("Python over HTTP+SSE", python.url()), ("Everything over HTTP+SSE", everything.url())] {
        for revision in [Revision::V2025_06_18, Revision::V2026_07_28] {
            assert_named(name, &url, revision, "legacy-sse-server");
        }
    }
}

#[test]
fn left_to_itself_the_session_finds_the_way_into_every_server() {
    assert_opens("Everything", about(&Everything::start().url()), "2025-11-25");
    assert_opens("Everything over HTTP+SSE", about(&Everything::start_sse().url()), "2024-11-05");
    assert_opens("Python 1", about(&Python::start(PythonApp::Cors).url()), "2025-11-25");
    assert_opens("Python over HTTP+SSE", about(&Python::start(PythonApp::HttpSse).url()), "2024-11-05");
    for app in DualApp::BOTH_ERAS {
        assert_opens(&format!("{app:?}"), about(&Dual::start(app).url()), "2025-11-25");
    }
    assert_opens("2026-07-28 alone", about(&Dual::start(DualApp::TypeScriptStrict).url()), "2026-07-28");
}

#[test]
fn a_revision_that_is_chosen_is_spoken_with_servers_of_both_eras() {
    for app in DualApp::BOTH_ERAS {
        let server = Dual::start(app);
        for revision in [Revision::V2025_03_26, Revision::V2025_06_18, Revision::V2026_07_28] {
            let about = About { ask: Ask::Only(revision), ..about(&server.url()) };
            assert_opens(&format!("{app:?}"), about, revision.as_str());
        }
    }
}

/// An open session.
fn open(about: About) -> Drive {
    let mut drive = Drive::start(about, "");
    drive.command(Command::Run);
    drive.wait_until_idle();
    drive
}

/// Calls a tool, accepts what it asks, and gives the text of its result.
fn call(drive: &mut Drive, tool: &str, arguments: &Value) -> String {
    let content = json!({"name": "Ada", "day": "2026-12-01", "guests": 3, "seat": "aisle", "insured": true});
    let accept = json!({"action": "accept", "content": content});
    drive.ask("tools/call", &json!({"name": tool, "arguments": arguments}), |_| accept.clone());
    result(drive.trace())
}

/// The text of the last result of a tool.
fn result(trace: &Trace) -> String {
    let calls = trace.exchanges().iter().rfind(|exchange| exchange.purpose == Purpose::Call);
    let answer = calls.and_then(|call| call.answer).and_then(|at| trace.item_text(at)).unwrap_or_default();
    let result: Value = read_call(&answer).map(|_| serde_json::from_str(&answer).expect("JSON")).unwrap_or_default();
    result["result"]["content"][0]["text"].as_str().unwrap_or_default().to_owned()
}

fn assert_books(about: About) {
    let mut drive = open(about);
    let answer = call(&mut drive, "book", &json!({"city": "Oslo"}));
    assert_eq!(answer, "Booked Oslo for 3, Ada", "{}", notation::write(drive.trace()));
}

#[test]
fn a_form_of_the_handshake_era_is_answered_and_the_call_goes_on() {
    assert_books(about(&Python::start(PythonApp::Cors).url()));
    for app in [DualApp::Python, DualApp::FastMcp] {
        assert_books(about(&Dual::start(app).url()));
    }
}

#[test]
fn a_form_of_2026_07_28_is_answered_and_the_call_repeated() {
    for app in DualApp::ALL {
        let server = Dual::start(app);
        assert_books(stateless(&server.url()));
    }
}

fn stateless(url: &str) -> About {
    About { ask: Ask::Only(Revision::V2026_07_28), ..about(url) }
}

#[test]
fn a_stream_that_closes_before_the_answer_is_resumed() {
    let server = Dual::start(DualApp::FastMcp);
    let mut drive = open(about(&server.url()));
    assert_eq!(call(&mut drive, "hang_up", &json!({})), "Still here", "{}", notation::write(drive.trace()));
    assert!(drive.trace().exchanges().iter().any(|exchange| exchange.purpose == Purpose::Resume));
}

/// Listens, opens a station, and holds that the tools are listed again with the new one among them.
fn assert_lists_again(name: &str, about: About) {
    let mut drive = open(about);
    drive.listen();
    call(&mut drive, "open_station", &json!({"name": "north"}));
    let known = |drive: &Drive| drive.trace().tools().iter().any(|tool| tool.name == "observe_north");
    let steps = (0..100).take_while(|_| {
        drive.step(Duration::from_millis(100));
        !known(&drive)
    });
    assert!(steps.count() < 100, "{name}\n{}", notation::write(drive.trace()));
}

#[test]
fn tools_are_listed_again_when_the_server_says_that_they_changed() {
    assert_lists_again("Python 1", about(&Python::start(PythonApp::Cors).url()));
    let python = Dual::start(DualApp::Python);
    assert_lists_again("Python 2 with a handshake", about(&python.url()));
    let python = Dual::start(DualApp::Python);
    assert_lists_again("Python 2 without", stateless(&python.url()));
    assert_lists_again("FastMCP", about(&Dual::start(DualApp::FastMcp).url()));
    assert_lists_again("TypeScript", stateless(&Dual::start(DualApp::TypeScript).url()));
}

#[test]
fn lists_are_read_to_their_last_page() {
    let server = Python::start(PythonApp::HttpSse);
    assert_eq!(open(about(&server.url())).trace().tools().len(), 34);
    let server = Dual::start(DualApp::FastMcp);
    let mut drive = open(stateless(&server.url()));
    assert_eq!(drive.trace().tools().len(), 7);
    drive.ask("resources/list", &json!({}), |_| json!({}));
    assert_eq!(drive.trace().resources().len(), 30);
}
