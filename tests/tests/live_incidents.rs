//! The incidents that people bring, made with real servers: the true cause is named first.

#![cfg(feature = "live")]

use inspector_core::{
    diagnose::diagnose,
    trace::{About, Command, Trace, notation},
};
use lab::{
    drive::{self, Drive},
    http_sse::HttpSse,
    servers::{Dual, DualApp, Everything, Python, PythonApp},
};
use serde_json::json;

fn about(url: &str) -> About {
    // Most of these servers let pages of this machine in, and no others.
    About { page: Some("http://127.0.0.1:1".to_owned()), ..drive::about(url) }
}

/// An open session.
fn open(url: &str) -> Drive {
    let mut drive = Drive::start(about(url), "");
    drive.command(Command::Run);
    drive.wait_until_idle();
    drive
}

fn assert_named_first(name: &str, trace: &Trace, cause: &str) {
    let found = diagnose(trace);
    let first = found.first().map(|finding| (finding.cause.slug, finding.certainty.as_str()));
    assert_eq!(first, Some((cause, "proven")), "{name}\n{}", notation::write(trace));
}

/// Opens a session, lets the server restart, and asks for the tools once more.
fn over_a_restart(url: &str, restart: impl FnOnce()) -> Trace {
    let mut drive = open(url);
    restart();
    drive.ask("tools/list", &json!({}), |_| json!({}));
    drive.into_trace()
}

#[test]
fn a_server_that_was_restarted_no_longer_knows_the_session_whatever_it_says() {
    let mut python = Python::start(PythonApp::Cors);
    let mut python_2 = Dual::start(DualApp::Python);
    let mut fastmcp = Dual::start(DualApp::FastMcp);
    let mut everything = Everything::start();
    let (one, two, three, four) = (python.url(), python_2.url(), fastmcp.url(), everything.url());
    for (name, status, trace) in [
        ("Python 1", 404, over_a_restart(&one, || python.restart())),
        ("Python 2", 404, over_a_restart(&two, || python_2.restart())),
        ("FastMCP", 404, over_a_restart(&three, || fastmcp.restart())),
        // As Python servers up to 1.25 do.
        ("Everything", 400, over_a_restart(&four, || everything.restart())),
    ] {
        assert!(trace.exchanges().iter().any(|exchange| exchange.status() == Some(status)), "{name}");
        assert_named_first(name, &trace, "session-stale");
    }
}

#[test]
fn a_message_endpoint_of_a_server_that_was_restarted_could_not_find_the_session() {
    let mut server = Python::start(PythonApp::HttpSse);
    let endpoint = HttpSse::open(&server.url()).endpoint;
    server.restart();
    let trace = drive::run(about(&endpoint));
    let body = trace.body_start(trace.exchanges()[0].id, 100);
    assert_eq!(body, "Could not find session");
    assert_named_first("the endpoint alone", &trace, "sse-session-lost");
}

#[test]
fn an_event_stream_of_http_sse_ends_with_its_server() {
    let mut server = Python::start(PythonApp::HttpSse);
    let trace = over_a_restart(&server.url(), || server.restart());
    assert_named_first("HTTP+SSE", &trace, "sse-session-lost");
}

#[test]
fn a_server_that_dies_while_it_answers_cuts_the_stream() {
    let mut server = Python::start(PythonApp::Cors);
    let mut drive = open(&server.url());
    let params = json!({"name": "survey", "arguments": {"stations": 1_000}, "_meta": {"progressToken": "survey"}});
    drive.command(Command::Call { method: "tools/call".to_owned(), params: params.to_string() });
    let speaks = |drive: &Drive| drive.trace().exchanges().last().is_some_and(|call| call.received().next().is_some());
    while !speaks(&drive) {
        drive.step(std::time::Duration::from_secs(10));
    }
    server.end();
    drive.wait_until_idle();
    assert_named_first("killed", drive.trace(), "stream-cut");
}
