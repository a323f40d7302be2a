//! Addresses that send the client on to where the server is.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply, Step, comment},
    scenarios::token::unauthorized,
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("redirect-301", "301 to another path: a client turns its POST into a GET")
        .cause("redirected-endpoint")
        .at("/old")
        .fault(|call, _| moved(call, 301, "Moved Permanently", "/mcp")),
    Scenario::new("redirect-302", "302 to another path: a client turns its POST into a GET")
        .cause("redirected-endpoint")
        .at("/old")
        .fault(|call, _| moved(call, 302, "Found", "/mcp")),
    Scenario::new("redirect-303-stream", "303 to the endpoint, which opens an event stream for a GET and never answers on it")
        .cause("redirected-endpoint")
        .certainty("likely")
        .waits()
        .at("/old")
        .fault(|call, _| match call.http.method.as_str() {
            "GET" if call.http.path == "/mcp" => Some(Reply::ok().stream([comment("ping"), Step::Hold]).into()),
            _ => moved(call, 303, "See Other", "/mcp"),
        }),
    Scenario::new("redirect-302-login", "302 to a login page").cause("not-an-mcp-endpoint").at("/old").fault(
        |call, _| match call.http.path.as_str() {
            "/login" => Some(Reply::ok().html("<!DOCTYPE html><title>Sign in</title><h1>Sign in</h1>").into()),
            _ => moved(call, 302, "Found", "/login"),
        },
    ),
    Scenario::new("redirect-307", "307 to another path of the same server (Starlette, for a slash at the end)")
        .cause("redirected-endpoint")
        .works()
        .at("/old")
        .fault(|call, _| moved(call, 307, "Temporary Redirect", "/mcp")),
    Scenario::new("redirect-308", "308 to another path of the same server")
        .cause("redirected-endpoint")
        .works()
        .at("/old")
        .fault(|call, _| moved(call, 308, "Permanent Redirect", "/mcp")),
    Scenario::new("redirect-307-other", "307 to the same path of another origin")
        .cause("redirected-endpoint")
        .works()
        .at("/old")
        .fault(|call, _| moved(call, 307, "Temporary Redirect", &elsewhere(call))),
    Scenario::new("redirect-dropped-token", "307 to another origin, which wants the token that stayed behind")
        .cause("redirect-dropped-token")
        .with_token()
        .at("/old")
        .fault(|call, _| match (call.http.path.as_str(), call.has_token()) {
            ("/mcp", false) => Some(unauthorized("Authentication required").into()),
            _ => moved(call, 307, "Temporary Redirect", &elsewhere(call)),
        }),
];

/// The same server by its other name, which is another origin all the same.
fn elsewhere(call: &Call) -> String {
    let host = call.http.headers.get("host").unwrap_or_default().replace("127.0.0.1", "localhost");
    format!("http://{host}/mcp")
}

fn moved(call: &Call, status: u16, reason: &'static str, target: &str) -> Option<Answer> {
    (call.http.path == "/old").then(|| Reply::new(status, reason).header("location", target).into())
}
