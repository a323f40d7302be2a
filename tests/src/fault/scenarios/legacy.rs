//! Servers of the HTTP+SSE transport (2024-11-05), with the wording of the Python SDK.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply, Step, comment, wait},
    sound::Sound,
};

/// A session of another life of this server.
const LOST: &str = "/messages/?session_id=ebe1a03adbf64ff8a78ec158029f160b";

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("legacy-sse", "an HTTP+SSE server: GET streams an endpoint event, POST to the same address is 405")
        .cause("legacy-sse-server")
        .at("/sse")
        .fault(answer),
    Scenario::new("legacy-sse-session-lost", "the message endpoint of an HTTP+SSE server that knows no such session; 404")
        .cause("sse-session-lost")
        .at(LOST)
        .fault(answer),
];

fn answer(call: &Call, _: &Sound) -> Option<Answer> {
    let path = call.http.path.split('?').next().unwrap_or_default();
    let reply = match (call.http.method.as_str(), path) {
        ("GET", "/sse") => {
            let endpoint = "event: endpoint\r\ndata: /messages/?session_id=5e551000000000000000000000000001\r\n\r\n";
            let pings = (0..240).flat_map(|_| [wait(15_000), comment("ping")]);
            Reply::ok().stream([Step::Write(endpoint.into())].into_iter().chain(pings))
        }
        ("POST", "/messages/") if call.http.path.contains("session_id=5e551000") => Reply::new(202, "Accepted").body("Accepted"),
        ("POST", "/messages/") if call.http.path.contains("session_id=") => {
            Reply::new(404, "Not Found").body("Could not find session")
        }
        ("POST", "/messages/") => Reply::new(400, "Bad Request").body("session_id is required"),
        (_, "/sse") => Reply::new(405, "Method Not Allowed").header("allow", "GET, HEAD").text("Method Not Allowed"),
        _ => super::endpoint::starlette_not_found(),
    };
    Some(reply.header("server", "uvicorn").into())
}
