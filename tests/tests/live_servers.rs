//! The real servers start, answer as expected, and are gone afterwards.

#![cfg(feature = "live")]

use lab::{
    client::{self, Response},
    handshake::{INITIALIZE, list_tools},
    servers::{Everything, Python, PythonApp, mint_token},
};

const ORIGIN: (&str, &str) = ("Origin", "http://127.0.0.1:1");

fn post(url: &str, headers: &[(&str, &str)], message: &str) -> Response {
    client::post(url, &[&[ORIGIN], headers].concat(), message).expect("a response head")
}

fn initialize(app: PythonApp) -> Response {
    let server = Python::start(app);
    post(&server.url(), &[], INITIALIZE)
}

#[test]
fn everything_opens_a_session_that_a_page_can_see_and_lists_its_tools() {
    let server = Everything::start();
    let opened = post(&server.url(), &[], INITIALIZE);
    assert_eq!(opened.status, 200);
    assert!(opened.headers.get("access-control-expose-headers").unwrap().contains("mcp-session-id"));
    let tools = list_tools(&server.url()).text();
    assert!(tools.contains(r#""name":"echo""#), "{tools}");
}

#[test]
fn python_opens_a_session_and_lists_its_tools() {
    let server = Python::start(PythonApp::Cors);
    let opened = post(&server.url(), &[], INITIALIZE);
    assert_eq!(opened.status, 200);
    assert_eq!(opened.headers.get("content-type"), Some("text/event-stream"));
    let tools = list_tools(&server.url()).text();
    assert!(tools.contains(r#""name":"forecast""#), "{tools}");
}

#[test]
fn python_is_readable_for_a_page_as_far_as_it_was_set_up() {
    let cases = [
        (PythonApp::Plain, None, None),
        (PythonApp::Cors, Some("*"), Some("Mcp-Session-Id, WWW-Authenticate")),
        (PythonApp::CorsUnexposed, Some("*"), None),
    ];
    for (app, origin, exposed) in cases {
        let opened = initialize(app);
        assert_eq!(opened.status, 200, "{app:?}");
        assert_eq!(opened.headers.get("access-control-allow-origin"), origin, "{app:?}");
        assert_eq!(opened.headers.get("access-control-expose-headers"), exposed, "{app:?}");
    }
}

#[test]
fn python_answers_json_when_told_to() {
    assert_eq!(initialize(PythonApp::Json).headers.get("content-type"), Some("application/json"));
}

#[test]
fn python_refuses_foreign_origins_and_hosts_readably() {
    for (app, status) in [(PythonApp::ForeignOriginOnly, 403), (PythonApp::ForeignHostOnly, 421)] {
        let refused = initialize(app);
        assert_eq!(refused.status, status, "{app:?}");
        assert_eq!(refused.headers.get("access-control-allow-origin"), Some("*"), "{app:?}");
    }
}

#[test]
fn python_wants_a_genuine_unexpired_token() {
    let server = Python::start(PythonApp::Bearer);
    let with = |token: &str| {
        let authorization = format!("Bearer {token}");
        post(&server.url(), &[("Authorization", &authorization)], INITIALIZE).status
    };
    let mut missing = post(&server.url(), &[], INITIALIZE);
    assert_eq!(missing.status, 401);
    assert!(missing.headers.get("www-authenticate").unwrap().starts_with(r#"Bearer error="invalid_token""#));
    assert_eq!(missing.text(), r#"{"error": "invalid_token", "error_description": "Authentication required"}"#);
    assert_eq!(with("wrong"), 401);
    assert_eq!(with(&mint_token(-3600)), 401);
    assert_eq!(with(&mint_token(3600)), 200);
}

#[test]
fn python_with_a_token_check_but_no_cors_refuses_the_preflight() {
    let server = Python::start(PythonApp::BearerWithoutCors);
    let patience = std::time::Duration::from_secs(5);
    let preflight = client::send("OPTIONS", &server.url(), &[ORIGIN], b"", patience).unwrap();
    assert_eq!(preflight.status, 401);
}
