//! Good statuses with something else than an answer.

use super::*;

const STREAM: &str = "text/event-stream";

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    ("nothing", Open, 200, JSON, "", "response-empty", Proven),
    ("nothing", Open, 200, "", "", "response-empty", Proven),
    ("accepted", Open, 202, "", "", "response-empty", Proven),
    ("accepted, in words", Open, 202, TEXT, "Accepted", "response-empty", Proven),
    ("no content", Open, 204, "", "", "response-empty", Proven),
    ("login page", Open, 200, HTML, "<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>", "not-an-mcp-endpoint", Proven),
    ("page called JSON", Open, 200, JSON, "<!doctype html><html><head><title>App</title></head></html>", "not-an-mcp-endpoint", Proven),
    ("page without a type", Open, 200, "", "<html><body>It works!</body></html>", "not-an-mcp-endpoint", Proven),
    ("health check", Open, 200, JSON, r#"{"status":"ok","uptime":12}"#, "not-an-mcp-endpoint", Proven),
    ("service document", Open, 200, JSON, r#"{"name":"weather-mcp","version":"1.0.0","endpoints":["/sse","/messages"]}"#, "not-an-mcp-endpoint", Proven),
    ("plain text", Open, 200, TEXT, "OK", "response-content-type", Proven),
    ("XML", Open, 200, "application/xml", "<?xml version=\"1.0\"?><ok/>", "response-content-type", Proven),
    ("error of a framework", Open, 200, JSON, r#"{"error":"unauthorized"}"#, "response-not-jsonrpc", Proven),
    ("error of an API", Open, 200, JSON, r#"{"success":false,"message":"Invalid API key"}"#, "response-not-jsonrpc", Proven),
    ("GraphQL", Open, 200, JSON, r#"{"errors":[{"message":"Must provide query string."}]}"#, "response-not-jsonrpc", Proven),
    ("result without an envelope", Open, 200, JSON, r#"{"result":{"protocolVersion":"2025-11-25"}}"#, "response-not-jsonrpc", Proven),
    ("an echo", Open, 200, JSON, r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#, "response-not-jsonrpc", Proven),
    ("null", Open, 200, JSON, "null", "response-not-jsonrpc", Proven),
    ("a string", Open, 200, JSON, "\"ok\"", "response-not-jsonrpc", Proven),
    ("an empty list", Open, 200, JSON, "[]", "response-not-jsonrpc", Proven),
    ("Python dictionary", Open, 200, JSON, "{'jsonrpc': '2.0', 'id': 1}", "response-not-json", Proven),
    ("two messages", Open, 200, JSON, "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "response-not-json", Proven),
    ("half a message", Open, 200, JSON, "{\"jsonrpc\":\"2.0\",\"id\":1,\"resu", "response-not-json", Proven),
    ("a warning before it", Open, 200, JSON, "Warning: undefined variable $x in index.php\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "response-not-json", Proven),
    ("events called JSON", Open, 200, JSON, "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n", "response-not-json", Proven),
    ("another id", Open, 200, JSON, r#"{"jsonrpc":"2.0","id":"x","result":{}}"#, "response-id-mismatch", Proven),
    ("no id", Open, 200, JSON, r#"{"jsonrpc":"2.0","result":{}}"#, "response-id-mismatch", Proven),
    ("events: none", Open, 200, STREAM, "", "stream-without-response", Proven),
    ("events: comments", Open, 200, STREAM, ": ping\n\n: ping\n\n", "stream-without-response", Proven),
    ("events: no JSON", Open, 200, STREAM, "data: oops\n\n", "stream-bad-event", Likely),
    ("events: half JSON", Open, 200, STREAM, "data: {\"jsonrpc\":\"2.0\",\n\n", "stream-bad-event", Proven),
    ("events: pretty JSON", Open, 200, STREAM, "data: {\n  \"jsonrpc\": \"2.0\",\n  \"id\": 1,\n  \"result\": {}\n}\n\n", "stream-bad-event", Proven),
    ("events: an error", Open, 200, STREAM, "event: error\ndata: {\"error\":\"unauthorized\"}\n\n", "stream-bad-event", Proven),
    ("events: of an LLM", Open, 200, STREAM, "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\ndata: [DONE]\n\n", "stream-bad-event", Proven),
    ("events: page", Open, 200, STREAM, "<!DOCTYPE html><html><body>Login</body></html>", "not-an-mcp-endpoint", Proven),
    ("events: JSON as it is", Open, 200, STREAM, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}", "response-content-type", Proven),
    ("events: refused", WithToken, 200, STREAM, "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32001,\"message\":\"Invalid token\"}}\n\n", "token-rejected", Proven),
    ("events: cut", Open, 200, STREAM, "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,", "stream-cut", Proven),
];
