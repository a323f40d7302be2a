//! Refusals in JSON-RPC, under good and bad statuses.

use super::*;

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    ("200", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32001,"message":"Session not found"}}"#, "session-stale", Proven),
    ("200 null id", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session expired"}}"#, "session-stale", Proven),
    ("200 alike", InSessionAlike, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"Unknown session"}}"#, "session-stale", Likely),
    ("200", WithToken, 200, JSON, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"Unauthorized"}}"#, "token-rejected", Proven),
    ("200", Open, 200, JSON, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"Unauthorized"}}"#, "token-missing", Proven),
    ("200", WithToken, 200, JSON, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"Token expired"}}"#, "token-expired", Proven),
    ("200 later", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"Invalid API key"}}"#, "token-rejected", Likely),
    ("200", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"Method not found"}}"#, "method-not-found", Proven),
    ("200", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Invalid params"}}"#, "invalid-params", Likely),
    ("200 session in words", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Unknown session parameter"}}"#, "invalid-params", Likely),
    ("200", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32603,"message":"Internal error"}}"#, "server-error", Proven),
    ("200", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32603,"message":"fetch failed"}}"#, "server-error", Proven),
    ("200 proxy", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"Connection closed"}}"#, "server-error", Likely),
    ("200 proxy", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"connect ECONNREFUSED 127.0.0.1:3001"}}"#, "server-error", Likely),
    ("200 proxy", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32001,"message":"Request timed out"}}"#, "response-timeout", Likely),
    ("200", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"Rate limit exceeded, retry in 30 seconds"}}"#, "rate-limited", Likely),
    ("200", Open, 200, JSON, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unsupported protocol version","data":{"supported":["2024-11-05"],"requested":"2025-11-25"}}}"#, "version-unsupported", Proven),
    ("200", Open, 200, JSON, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32700,"message":"Parse error"}}"#, "request-refused", Possible),
    ("200 other id", Open, 200, JSON, r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Invalid Request"}}"#, "request-refused", Possible),
    ("200 not initialized", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32002,"message":"Server not initialized"}}"#, "session-stale", Likely),
    ("200 early", InSession, 200, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":0,"message":"method \"tools/list\" is invalid during session initialization"}}"#, "request-before-initialized", Likely),
    ("200 crowd", Open, 200, JSON, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"Too many requests"}}"#, "rate-limited", Likely),
    ("400", InSession, 400, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"Bad Request: Invalid session"}}"#, "session-stale", Proven),
    ("400", InSession, 400, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Invalid params"}}"#, "invalid-params", Likely),
    ("404 method", InSession, 404, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"Method not found"}}"#, "method-not-found", Proven),
    ("403", WithToken, 403, JSON, r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32003,"message":"Insufficient permissions for this token"}}"#, "scope-insufficient", Proven),
    ("500", InSession, 500, JSON, r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32603,"message":"Internal server error"}}"#, "server-error", Proven),
    ("503", InSession, 503, JSON, r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"Server is shutting down"}}"#, "server-error", Proven),
    ("401", WithToken, 401, JSON, r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Authentication failed"}}"#, "token-rejected", Proven),
    ("no envelope", Open, 200, JSON, r#"{"error":{"code":401,"message":"Invalid API key provided"}}"#, "token-missing", Proven),
];
