//! The fault server says what real servers say, word for word.

use std::time::Duration;

use lab::{
    client::{self, Response},
    fault::{FaultServer, Scenario},
    handshake::{INITIALIZE, TOOLS_LIST, list_tools},
    http_sse::HttpSse,
    stateless,
};
use serde_json::json;

fn start(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

fn post(server: &FaultServer, headers: &[(&str, &str)], message: &str) -> Response {
    client::post(&server.url(), headers, message).expect("a response head")
}

#[test]
fn token_refusals_have_the_bodies_of_real_servers() {
    let unauthenticated = r#"{"error": "invalid_token", "error_description": "Authentication required"}"#;
    let express = r#"{"error":"invalid_token","error_description":"Token is invalid"}"#;
    let gateway = r#"{"jsonrpc":"2.0","id":0,"error":{"code":-32001,"message":"Invalid Bearer token"}}"#;
    let expired = r#"{"error": "invalid_token", "error_description": "The access token expired"}"#;
    let cases = [
        ("token-rejected", 401, unauthenticated),
        ("token-rejected-ts", 401, express),
        ("token-rejected-gateway-404", 404, gateway),
        ("token-rejected-gateway-200", 200, gateway),
        ("token-expired", 401, expired),
    ];
    for (name, status, body) in cases {
        let server = start(name);
        let mut refusal = post(&server, &[("Authorization", "Bearer wrong")], INITIALIZE);
        assert_eq!((refusal.status, refusal.text().as_str()), (status, body), "{name}");
    }
}

#[test]
fn a_missing_token_is_all_that_the_server_wanted() {
    let server = start("token-missing");
    let refused = post(&server, &[], INITIALIZE);
    assert_eq!(refused.status, 401);
    assert_eq!(
        refused.headers.get("www-authenticate"),
        Some(r#"Bearer error="invalid_token", error_description="Authentication required""#)
    );
    assert_eq!(post(&server, &[("Authorization", "Bearer any")], INITIALIZE).status, 200);
}

#[test]
fn a_restart_makes_a_session_stale_and_a_new_one_works() {
    let cases = [
        (
            "session-stale-404-python",
            404,
            r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Session not found"}}"#,
        ),
        ("session-stale-400-python", 400, "Bad Request: No valid session ID provided"),
        ("session-stale-404-ts", 404, r#"{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}"#),
        (
            "session-stale-400-express",
            400,
            r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: No valid session ID provided"}}"#,
        ),
        ("session-stale-401-rmcp", 401, "Unauthorized: Session not found"),
    ];
    for (name, status, body) in cases {
        let server = start(name);
        let mut stale = list_tools(&server.url());
        assert_eq!((stale.status, stale.text().as_str()), (status, body), "{name}");
        assert_eq!(list_tools(&server.url()).status, 200, "{name}: a new session");
        assert_eq!(server.sessions_opened(), 2, "{name}");
    }
}

#[test]
fn a_hidden_session_id_is_sent_but_not_exposed() {
    let server = start("session-header-hidden");
    let opened = post(&server, &[], INITIALIZE);
    assert!(opened.headers.get("mcp-session-id").is_some());
    assert_eq!(opened.headers.get("access-control-expose-headers"), None);
    let mut refused = post(&server, &[], TOOLS_LIST);
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("Bad Request: Missing session ID"));
}

#[test]
fn an_error_reply_without_cors_follows_a_good_preflight() {
    let server = start("cors-blocked-error-reply");
    let refused = post(&server, &[], INITIALIZE);
    assert_eq!(refused.status, 401);
    assert_eq!(refused.headers.get("access-control-allow-origin"), None);
}

#[test]
fn wrong_addresses_answer_as_their_framework_does() {
    let cases = [
        ("endpoint-not-found-starlette", "Not Found"),
        ("endpoint-not-found-express", "<pre>Cannot POST /mpc</pre>"),
        ("endpoint-not-found-fastapi", r#"{"detail":"Not Found"}"#),
    ];
    for (name, body) in cases {
        let server = start(name);
        let mut refused = post(&server, &[], INITIALIZE);
        assert_eq!(refused.status, 404, "{name}");
        assert!(refused.text().contains(body), "{name}");
    }
}

#[test]
fn refusals_of_initialize_are_those_of_real_servers() {
    let cases = [
        ("origin-rejected", 403, "Invalid Origin header"),
        (
            "origin-rejected-ts",
            403,
            r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Invalid Origin: inspector.example"},"id":null}"#,
        ),
        ("host-rejected", 421, "Invalid Host header"),
        (
            "accept-refused",
            406,
            r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Not Acceptable: Client must accept both application/json and text/event-stream"}}"#,
        ),
        ("method-not-allowed", 405, "Method Not Allowed"),
        ("response-not-jsonrpc-lambda", 200, r#"{"statusCode":401,"body":"{\"message\":\"Unauthorized\"}"}"#),
        (
            "gateway-502",
            502,
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n",
        ),
    ];
    for (name, status, body) in cases {
        let server = start(name);
        let mut refused = post(&server, &[("Origin", "https://inspector.example")], INITIALIZE);
        assert_eq!((refused.status, refused.text().as_str()), (status, body), "{name}");
    }
}

#[test]
fn wrong_content_types_carry_a_correct_answer() {
    let cases = [
        ("response-content-type", Some("text/plain; charset=utf-8")),
        ("response-content-type-octets", Some("application/octet-stream")),
        ("response-content-type-none", None),
    ];
    for (name, content_type) in cases {
        let server = start(name);
        let mut opened = post(&server, &[], INITIALIZE);
        assert_eq!(opened.headers.get("content-type"), content_type, "{name}");
        assert!(opened.text().starts_with(r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25""#));
    }
}

#[test]
fn a_legacy_server_takes_no_post_where_its_stream_is_and_loses_foreign_sessions() {
    let server = start("legacy-sse");
    assert_eq!(post(&server, &[], INITIALIZE).status, 405);
    for name in ["legacy-sse-session-lost", "legacy-sse-two-workers"] {
        let server = start(name);
        let url = server.url().replace("/sse", "/messages/?session_id=1");
        let mut lost = client::post(&url, &[], INITIALIZE).expect("a response head");
        assert_eq!((lost.status, lost.text().as_str()), (404, "Could not find session"), "{name}");
    }
}

#[test]
fn a_legacy_server_answers_each_client_on_its_own_stream() {
    let server = start("legacy-sse");
    let (mut one, mut other) = (HttpSse::open(&server.url()), HttpSse::open(&server.url()));
    assert_ne!(one.endpoint, other.endpoint);
    assert_eq!(other.ask(INITIALIZE)["result"]["protocolVersion"], "2025-11-25");
    assert_eq!(one.ask(TOOLS_LIST)["id"], 2);
}

#[test]
fn a_legacy_server_knows_a_session_as_long_as_its_stream() {
    let server = start("legacy-sse");
    let stream = HttpSse::open(&server.url());
    let endpoint = stream.endpoint.clone();
    drop(stream);
    // The server notices a moment later.
    let mut posts = (0..1000).map(|_| client::post(&endpoint, &[], TOOLS_LIST).expect("a response head"));
    let mut lost = posts.find(|answer| answer.status != 202).expect("a refusal");
    assert_eq!((lost.status, lost.text().as_str()), (404, "Could not find session"));
}

#[test]
fn a_stateless_server_answers_requests_that_stand_alone_and_names_its_revision_to_others() {
    let server = start("working-stateless");
    let discovered = stateless::post(&server.url(), "server/discover", json!({})).text();
    assert!(discovered.contains(r#""supportedVersions":["2026-07-28"]"#), "{discovered}");
    let mut refused = post(&server, &[], INITIALIZE);
    let body = refused.text();
    assert_eq!(refused.status, 400);
    assert!(body.contains("-32022") && body.contains(r#""supported":["2026-07-28"]"#), "{body}");
    let mut unknown = stateless::post(&server.url(), "ping", json!({}));
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("-32601"));
}

#[test]
fn a_stateless_server_compares_the_headers_with_the_body() {
    let server = start("working-stateless");
    let headers = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call")];
    assert!(post(&server, &headers, TOOLS_LIST).text().contains("-32020"));
    let headers = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/list")];
    assert!(post(&server, &headers, TOOLS_LIST).text().contains("_meta"));
}

#[test]
fn a_server_that_lets_its_client_poll_keeps_what_it_owes() {
    let server = start("working-polling");
    let stream = list_tools(&server.url()).text();
    assert_eq!(stream, "id: tools-list-2\r\nretry: 100\r\ndata: \r\n\r\n");
    let mut rest = client::send("GET", &server.url(), &[("Last-Event-ID", "tools-list-2")], b"", Duration::from_secs(5)).unwrap();
    assert!(rest.text().contains(r#""id":2,"result""#));
}
