//! What the endpoint asks of an HTTP request before it looks at the message, in every revision.

use crate::client::{HANDSHAKES, Lab, STATELESS, USUAL, initialize};
use serde_json::json;

fn body() -> String {
    initialize("2025-11-25", json!({})).to_string()
}

fn status_with(headers: &[(&str, &str)]) -> u16 {
    let mut lab = Lab::new();
    let id = lab.send("POST", "/mcp", headers, body().as_bytes());
    lab.reply(id).status
}

#[test]
fn a_post_that_does_not_accept_both_media_types_gets_406() {
    let json = ("content-type", "application/json");
    for accept in ["application/json", "text/event-stream", "text/html", "application/json, text/event-stream;q=0"] {
        assert_eq!(status_with(&[json, ("accept", accept)]), 406, "{accept}");
    }
    assert_eq!(status_with(&[json]), 406);
}

#[test]
fn accept_may_name_both_media_types_in_any_way_http_has() {
    let json = ("content-type", "application/json");
    for accept in
        ["application/json, text/event-stream", "text/event-stream;q=0.5, Application/JSON", "*/*", "application/*, text/*"]
    {
        assert_eq!(status_with(&[json, ("accept", accept)]), 200, "{accept}");
    }
    assert_eq!(status_with(&[json, ("accept", "application/json"), ("accept", "text/event-stream")]), 200);
}

#[test]
fn a_post_that_is_not_json_by_its_content_type_gets_415() {
    let accept = USUAL[1];
    assert_eq!(status_with(&[accept, ("content-type", "text/plain")]), 415);
    assert_eq!(status_with(&[accept]), 415);
    assert_eq!(status_with(&[accept, ("content-type", "application/json; charset=utf-8")]), 200);
}

#[test]
fn an_origin_that_is_neither_this_machine_nor_the_page_gets_403() {
    for (origin, status) in [
        ("https://elsewhere.example", 403),
        ("null", 403),
        ("http://localhost:8080", 200),
        ("http://127.0.0.1:8080", 200),
        ("https://demo.invalid", 200),
    ] {
        assert_eq!(status_with(&[USUAL[0], USUAL[1], ("origin", origin)]), status, "{origin}");
    }
}

#[test]
fn a_body_that_is_no_json_gets_400_and_a_parse_error_without_an_id() {
    let mut lab = Lab::new();
    for body in [&b""[..], b"{", b"{\"jsonrpc\":\"2.0\",}", b"\xff\xfe", b"nonsense"] {
        let id = lab.send("POST", "/mcp", &USUAL, body);
        let reply = lab.reply(id);
        assert_eq!((reply.status, reply.error_code()), (400, -32700), "{body:?}");
        assert_eq!(reply.json().get("id"), None, "{body:?}");
    }
}

#[test]
fn json_that_is_no_message_gets_400_and_invalid_request() {
    let mut lab = Lab::new();
    for body in [
        "1",
        "null",
        r#""initialize""#,
        r#"{"id":1,"method":"initialize"}"#,
        r#"{"jsonrpc":"1.0","id":1,"method":"initialize"}"#,
        r#"{"jsonrpc":"2.0","id":null,"method":"initialize"}"#,
        r#"{"jsonrpc":"2.0","id":1.5,"method":"initialize"}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"initialize"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":7}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":[1]}"#,
        r#"{"jsonrpc":"2.0","id":1}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#,
    ] {
        for headers in [&[][..], &[("mcp-protocol-version", STATELESS)]] {
            let id = lab.post_with(headers, body);
            let reply = lab.reply(id);
            assert_eq!((reply.status, reply.error_code()), (400, -32600), "{body}");
        }
    }
}

#[test]
fn a_refused_request_is_answered_with_its_id() {
    let mut lab = Lab::new();
    let id = lab.post_with(&[], r#"{"jsonrpc":"2.0","id":"a-7","method":"tools/list"}"#);
    assert_eq!((lab.reply(id).status, lab.reply(id).json()["id"].clone()), (400, json!("a-7")));
}

#[test]
fn a_body_of_more_than_a_mebibyte_gets_413() {
    let mut lab = Lab::new();
    let id = lab.send("POST", "/mcp", &USUAL, &vec![b' '; (1 << 20) + 1]);
    assert_eq!(lab.reply(id).status, 413);
}

#[test]
fn another_method_gets_405_and_the_methods_there_are() {
    let mut lab = Lab::new();
    let reply = lab.call("PUT", &[]);
    assert_eq!((reply.status, reply.header("allow")), (405, "GET, POST, DELETE"));
}

#[test]
fn get_and_delete_get_405_when_the_header_says_2026_07_28() {
    let mut lab = Lab::new();
    for method in ["GET", "DELETE"] {
        let reply = lab.call(method, &[("mcp-protocol-version", STATELESS), ("accept", "text/event-stream")]);
        assert_eq!((reply.status, reply.header("allow")), (405, "POST"), "{method}");
    }
}

#[test]
fn another_path_gets_404_and_is_told_where_the_server_is() {
    let mut lab = Lab::new();
    for path in ["/", "/mcp/", "/message", "/.well-known/oauth-protected-resource"] {
        let id = lab.send("GET", path, &[], b"");
        assert_eq!(lab.reply(id).status, 404, "{path}");
        assert!(lab.reply(id).body.contains("/mcp"), "{path}");
    }
}

#[test]
fn a_version_nobody_speaks_gets_400_and_the_versions_there_are() {
    let mut lab = Lab::new();
    for version in ["1900-01-01", "2025-6-18", "latest", ""] {
        let id = lab.post_with(&[("mcp-protocol-version", version)], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
        let reply = lab.reply(id);
        assert_eq!((reply.status, reply.error_code()), (400, -32022), "{version}");
        let data = reply.json()["error"]["data"].clone();
        assert_eq!(data["requested"], version);
        assert_eq!(data["supported"], json!([STATELESS, HANDSHAKES[2], HANDSHAKES[1], HANDSHAKES[0]]));
    }
}
