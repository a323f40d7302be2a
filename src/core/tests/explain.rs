//! The rules of the specification that are quoted beside an event.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixture must fail")]

use inspector_core::explain::spec_notes;
use inspector_core::mcp::Revision;
use inspector_core::trace::{Trace, notation};

fn read(text: &str) -> Trace {
    notation::read(text).unwrap().trace
}

fn fixture(name: &str) -> Trace {
    let path = format!("{}/fixtures/ladder/{name}.trace", env!("CARGO_MANIFEST_DIR"));
    read(&std::fs::read_to_string(path).unwrap())
}

/// Everything that is said of an event.
fn said(trace: &Trace, at: &str) -> String {
    let notes = spec_notes(trace, at.parse().unwrap());
    notes.iter().map(|note| format!("{} {}: {}\n", note.revision, note.chapter, note.text)).collect()
}

/// What is said of a refusal of a request in the notation.
fn of_refusal(request: &str, response: &str) -> String {
    said(&read(&format!("mcp-trace 1\nserver https://a.example/mcp\n> {request}\n< {response}\n  end\n")), "1.response")
}

#[test]
fn a_refused_session_is_told_of_the_404_it_should_have_been() {
    let trace = fixture("session-refused");
    assert!(
        said(&trace, "4.response")
            .starts_with("2025-11-25 basic/transports: A session that the server has ended must be answered with 404.")
    );
    assert!(said(&trace, "5.request").contains("must begin a new session"));
}

#[test]
fn a_request_is_told_of_its_headers_and_its_id() {
    let said = said(&fixture("success-json"), "3.request");
    for rule in ["tools/list", "Accept must list both", "must not be null", "Mcp-Session-Id", "MCP-Protocol-Version"] {
        assert!(said.contains(rule), "{rule} in {said}");
    }
}

#[test]
fn an_answer_is_told_of_what_it_answers() {
    let trace = fixture("success-json");
    assert!(said(&trace, "1.response").contains("session an id") && said(&trace, "1.response").contains("should disconnect"));
    assert!(said(&trace, "2.response").contains("202 and no body"));
    assert!(said(&trace, "3.response").contains("nextCursor"));
    assert!(said(&fixture("three-pages"), "4.request").contains("A cursor goes back"));
}

#[test]
fn items_of_a_stream_are_told_apart() {
    let trace = fixture("success-stream");
    assert!(said(&trace, "1.item.0").contains("begin with an event that has an id"));
    assert!(said(&trace, "1.item.1").contains("retry"));
    assert!(said(&trace, "3.item.0").contains("comments"));
    assert!(said(&trace, "3.item.3").contains("must not be answered"));
    assert!(said(&fixture("server-asks"), "3.item.0").contains("Either side may send ping"));
}

#[test]
fn ways_to_end_are_told_apart() {
    assert!(said(&fixture("timed-out"), "3.end").contains("time limit"));
    assert!(said(&fixture("stopped"), "3.end").contains("notifications/cancelled"));
    assert!(said(&fixture("stream-cut"), "3.end").contains("Last-Event-ID"));
    assert!(said(&fixture("opaque-failure"), "1.end").contains("nothing about CORS"));
    assert!(said(&fixture("opaque-failure"), "2.response").contains("nothing about CORS"));
    assert!(said(&fixture("ended"), "4.response").contains("405"));
}

#[test]
fn refusals_are_told_by_what_they_are_about() {
    for (request, response, rule) in [
        ("tools/list id=2", "400 text/plain\n  body Missing session ID", "without one"),
        ("tools/list id=2 session=A", "404 text/plain\n  body Not Found", "must be answered with 404"),
        ("tools/list id=2 session=A", "401 text/plain\n  body Session not found", "must be answered with 404"),
        ("tools/list id=2 session=A", "401 text/plain\n  body expired", "must get 401"),
        ("tools/list id=2 version=2025-06-18", "400 text/plain\n  body Unsupported protocol version", "must get 400"),
        ("initialize id=1", "404 text/plain\n  body Not Found", "waits for an endpoint event"),
        ("initialize id=1", "406 text/plain", "406 is HTTP’s own"),
        ("initialize id=1", "405 text/plain", "refuses POST"),
        ("initialize id=1", "403 text/plain", "Origin"),
        ("notifications/initialized", "500 text/plain", "without an id"),
    ] {
        let said = of_refusal(request, response);
        assert!(said.contains(rule), "{request} {response}: {said}");
    }
}

#[test]
fn rules_are_those_of_the_revision_that_was_spoken() {
    let text = "mcp-trace 1
server https://a.example/mcp
> initialize id=1
< 200 application/json
  body {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-03-26\"}}
  end
> tools/list id=2
> tools/list id=3 version=2025-06-18
";
    let trace = read(text);
    let spoken = |at: &str| spec_notes(&trace, at.parse().unwrap())[0].revision;
    assert_eq!(spoken("1.request"), Revision::V2025_11_25, "asked for");
    assert_eq!(spoken("1.response"), Revision::V2025_03_26, "agreed on");
    assert_eq!(spoken("2.request"), Revision::V2025_03_26, "agreed on");
    assert_eq!(spoken("3.request"), Revision::V2025_06_18, "said in the header");
}

#[test]
fn an_event_that_is_not_there_has_no_rules() {
    assert_eq!(said(&fixture("success-json"), "9.request"), "");
    assert_eq!(said(&fixture("running"), "4.response"), "");
}

#[test]
fn a_stateless_request_is_told_of_its_meta_and_its_mirrored_headers() {
    let trace = read(
        "mcp-trace 1\nserver https://a.example/mcp\nask 2026-07-28\n> server/discover id=1 version=2026-07-28\n  \
         MCP-Protocol-Version: 2026-07-28\n  Mcp-Method: server/discover\n",
    );
    let said = said(&trace, "1.request");
    assert!(said.contains("Mcp-Method") && said.contains("_meta"), "{said}");
    assert!(!said.contains("2025-11-25"), "{said}");
}

#[test]
fn the_first_event_of_http_sse_is_told_of_as_the_address_it_is() {
    let trace = fixture("http-sse");
    let said = said(&trace, "2.item.0");
    assert!(said.starts_with("2024-11-05") && said.contains("endpoint"), "{said}");
}

#[test]
fn a_tool_that_failed_is_told_of_as_a_result() {
    let trace = fixture("stateless");
    assert!(said(&trace, "5.item.2").contains("isError"), "{}", said(&trace, "5.item.2"));
    assert!(said(&trace, "4.response").contains("needs to know first"), "{}", said(&trace, "4.response"));
}

#[test]
fn what_is_asked_about_tokens_has_rules_of_its_own() {
    let trace = fixture("authorization");
    for (at, of) in [
        ("2.request", "RFC 9728"),
        ("3.response", "RFC 9728"),
        ("4.end", "CORS"),
        ("5.response", "S256"),
        ("6.request", "RFC 8707"),
    ] {
        assert!(said(&trace, at).contains(of), "{at}");
        assert!(!said(&trace, at).contains("event stream"), "{at}");
    }
}
