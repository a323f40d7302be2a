//! Servers that refuse the request for its origin, host, method or Accept header.

use crate::fault::{Scenario, call::Call, reply::Reply, sound::Stack, stack::without_id};

const NOT_ACCEPTABLE: &str = r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Not Acceptable: Client must accept both application/json and text/event-stream"}}"#;

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("origin-rejected", "403 Invalid Origin header (Python SDK)")
        .cause("origin-or-host-rejected")
        .fault(|_, _| Some(Stack::Python.sign(Reply::new(403, "Forbidden").body("Invalid Origin header")).into())),
    Scenario::new("origin-rejected-ts", "403 -32000 Invalid Origin (TypeScript SDK)")
        .cause("origin-or-host-rejected")
        .stack(Stack::TypeScript)
        .fault(|call, _| {
            let body = without_id(-32000, &format!("Invalid Origin: {}", origin_host(call)), true);
            Some(Stack::TypeScript.sign(Reply::new(403, "Forbidden").json(body)).into())
        }),
    Scenario::new("host-rejected", "421 Invalid Host header (Python SDK)")
        .cause("origin-or-host-rejected")
        .fault(|_, _| Some(Stack::Python.sign(Reply::new(421, "Misdirected Request").body("Invalid Host header")).into())),
    Scenario::new("accept-refused", "406, as if the Accept header had been lost on the way (Python SDK)")
        .cause("accept-refused")
        .fault(|_, _| Some(Stack::Python.sign(Reply::new(406, "Not Acceptable").json(NOT_ACCEPTABLE)).into())),
    Scenario::new("method-not-allowed", "405 with Allow: GET for every POST").cause("method-not-allowed").fault(|call, _| {
        Some(match call.http.method.as_str() {
            "GET" => Reply::ok().json(r#"{"status":"ok"}"#).into(),
            _ => Reply::new(405, "Method Not Allowed").header("allow", "GET").text("Method Not Allowed").into(),
        })
    }),
];

/// The TypeScript SDK names the host of the origin, not the origin.
fn origin_host<'a>(call: &'a Call) -> &'a str {
    let origin = call.http.headers.get("origin").unwrap_or("inspector.example");
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    host.split(':').next().unwrap_or(host)
}
