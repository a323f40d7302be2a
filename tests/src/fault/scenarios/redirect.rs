//! Addresses that send the client on to where the server is.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply},
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("redirect-301", "301 to another path: a client turns its POST into a GET")
        .unclear()
        .at("/old")
        .fault(|call, _| moved(call, 301, "Moved Permanently", "/mcp")),
    Scenario::new("redirect-302", "302 to another path: a client turns its POST into a GET")
        .unclear()
        .at("/old")
        .fault(|call, _| moved(call, 302, "Found", "/mcp")),
    Scenario::new("redirect-307", "307 to another path of the same server (Starlette, for a slash at the end)")
        .at("/old")
        .fault(|call, _| moved(call, 307, "Temporary Redirect", "/mcp")),
    Scenario::new("redirect-308", "308 to another path of the same server")
        .at("/old")
        .fault(|call, _| moved(call, 308, "Permanent Redirect", "/mcp")),
    Scenario::new("redirect-307-other", "307 to the same path of another origin").at("/old").fault(|call, _| {
        // The same server by its other name, which is another origin all the same.
        let host = call.http.headers.get("host").unwrap_or_default().replace("127.0.0.1", "localhost");
        moved(call, 307, "Temporary Redirect", &format!("http://{host}/mcp"))
    }),
];

fn moved(call: &Call, status: u16, reason: &'static str, target: &str) -> Option<Answer> {
    (call.http.path == "/old").then(|| Reply::new(status, reason).header("location", target).into())
}
