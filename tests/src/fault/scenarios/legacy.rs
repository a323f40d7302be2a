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
    Scenario::new("legacy-sse", "a sound HTTP+SSE server: GET streams an endpoint event, POST to the same address is 405")
        .cause("legacy-sse-server")
        .works()
        .at("/sse")
        .fault(answer),
    Scenario::new("legacy-sse-chosen", "the same server, spoken to in the transport it has")
        .protocol("2024-11-05")
        .at("/sse")
        .fault(answer),
    Scenario::new("legacy-sse-forced", "the same server, spoken to over Streamable HTTP")
        .cause("legacy-sse-server")
        .certainty("likely")
        .protocol("2025-11-25")
        .at("/sse")
        .fault(answer),
    Scenario::new("streamable-only", "a sound server of Streamable HTTP, spoken to over HTTP+SSE; 405")
        .cause("streamable-only-server")
        .protocol("2024-11-05"),
    Scenario::new("legacy-sse-no-endpoint", "the stream sends a comment and ends, without its first event")
        .cause("sse-endpoint-missing")
        .protocol("2024-11-05")
        .at("/sse")
        .fault(|call, sound| match call.http.method.as_str() {
            "GET" => Some(Reply::ok().stream([comment("ping"), wait(200)]).into()),
            _ => answer(call, sound),
        }),
    Scenario::new("legacy-sse-no-endpoint-silent", "the stream stays open, without its first event")
        .cause("sse-endpoint-missing")
        .protocol("2024-11-05")
        .waits()
        .at("/sse")
        .fault(|call, sound| match call.http.method.as_str() {
            "GET" => Some(Reply::ok().stream([comment("ping"), Step::Hold]).into()),
            _ => answer(call, sound),
        }),
    Scenario::new("legacy-sse-endpoint-foreign", "the endpoint event names the address inside the cluster")
        .cause("sse-endpoint-foreign")
        .at("/sse")
        .fault(|call, sound| match call.http.method.as_str() {
            "GET" => {
                let endpoint = "event: endpoint\r\ndata: http://weather.internal:8000/messages/?session_id=5e5510\r\n\r\n";
                Some(Reply::ok().stream([Step::Write(endpoint.into()), Step::Hold]).into())
            }
            _ => answer(call, sound),
        }),
    Scenario::new("legacy-sse-prefix", "a proxy takes a prefix off the path that the endpoint event names; 404")
        .cause("endpoint-not-found")
        .at("/sse")
        .fault(|call, sound| match call.http.path.starts_with("/messages/") {
            true => Some(super::endpoint::starlette_not_found().into()),
            false => answer(call, sound),
        }),
    Scenario::new("legacy-sse-session-lost", "the message endpoint of an HTTP+SSE server that knows no such session; 404")
        .cause("sse-session-lost")
        .at(LOST)
        .fault(answer),
    Scenario::new("legacy-sse-two-workers", "one worker holds the stream, another one gets the messages; 404")
        .cause("sse-session-lost")
        .at("/sse")
        .fault(|call, sound| match call.http.path.starts_with("/messages/") {
            true => Some(lost().into()),
            false => answer(call, sound),
        }),
    Scenario::new("legacy-sse-stream-ends", "accepts tools/list and ends the stream, as a restart does")
        .cause("sse-session-lost")
        .at("/sse")
        .fault(|call, sound| match (call.method(), session(call)) {
            (Some("tools/list"), Some(session)) => {
                sound.close_stream(session);
                Some(accepted())
            }
            _ => answer(call, sound),
        }),
    Scenario::new("legacy-sse-no-answer", "accepts tools/list and never answers on the stream")
        .cause("sse-session-lost")
        .certainty("likely")
        .waits()
        .at("/sse")
        .fault(|call, sound| match call.method() {
            Some("tools/list") => Some(accepted()),
            _ => answer(call, sound),
        }),
];

/// The session that a message names in its address.
fn session<'a>(call: &'a Call) -> Option<&'a str> {
    call.http.path.split_once("session_id=").map(|(_, id)| id)
}

fn accepted() -> Answer {
    Reply::new(202, "Accepted").header("server", "uvicorn").body("Accepted").into()
}

fn lost() -> Reply {
    Reply::new(404, "Not Found").header("server", "uvicorn").body("Could not find session")
}

/// What a working server answers: on the stream, whatever it is asked.
pub(super) fn answer(call: &Call, sound: &Sound) -> Option<Answer> {
    let path = call.http.path.split('?').next().unwrap_or_default();
    let reply = match (call.http.method.as_str(), path) {
        ("GET", "/sse") => {
            let (id, pieces) = sound.open_stream();
            let endpoint = format!("event: endpoint\r\ndata: /messages/?session_id={id}\r\n\r\n");
            Reply::ok().stream([Step::Write(endpoint.into()), Step::Relay(pieces)])
        }
        ("POST", "/messages/") => match session(call) {
            None => Reply::new(400, "Bad Request").body("session_id is required"),
            Some(id) if sound.push_reply(id, call) => return Some(accepted()),
            Some(_) => return Some(lost().into()),
        },
        (_, "/sse") => Reply::new(405, "Method Not Allowed").header("allow", "GET, HEAD").text("Method Not Allowed"),
        _ => super::endpoint::starlette_not_found(),
    };
    Some(reply.header("server", "uvicorn").into())
}
