//! Servers of the HTTP+SSE transport (2024-11-05) that refuse the stream or the messages, or let them come to nothing.

use super::legacy::answer;
use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply, Step, event},
    sound::Sound,
};

const fn over_sse(name: &'static str, about: &'static str) -> Scenario {
    Scenario::new(name, about).protocol("2024-11-05").at("/sse")
}

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    over_sse("legacy-get-401", "401 for the stream")
        .cause("token-missing")
        .fault(|call, sound| got(call, sound, || Reply::new(401, "Unauthorized").text("Unauthorized"))),
    over_sse("legacy-get-404", "404 for the stream")
        .cause("endpoint-not-found")
        .fault(|call, sound| got(call, sound, || Reply::new(404, "Not Found").text("Not Found"))),
    over_sse("legacy-get-500", "500 for the stream")
        .cause("server-error")
        .fault(|call, sound| got(call, sound, || Reply::new(500, "Internal Server Error").text("Internal Server Error"))),
    over_sse("legacy-get-html", "a page where the stream should be")
        .cause("not-an-mcp-endpoint")
        .fault(|call, sound| got(call, sound, || Reply::ok().html("<!DOCTYPE html><html><body>Hello</body></html>"))),
    over_sse("legacy-first-event-other", "the first event of the stream is no endpoint but a message that is no JSON-RPC")
        .cause("sse-endpoint-missing")
        .fault(|call, sound| got(call, sound, || Reply::ok().stream([event(r#"{"status":"ok"}"#)]))),
    over_sse("legacy-stream-closes", "ends the stream right after its endpoint event, and accepts every message")
        .cause("sse-session-lost")
        .fault(|call, sound| match call.http.method.as_str() {
            "GET" => {
                let endpoint = "event: endpoint\r\ndata: /messages/?session_id=5e5510\r\n\r\n";
                Some(Reply::ok().stream([Step::Write(endpoint.into())]).into())
            }
            _ => posted(call, sound, accepted),
        }),
    over_sse("legacy-post-400", "400 for every message")
        .cause("sse-session-lost")
        .fault(|call, sound| posted(call, sound, || Reply::new(400, "Bad Request").body("Invalid session ID"))),
    over_sse("legacy-post-401", "401 for every message, after a stream that wanted no token")
        .cause("token-missing")
        .fault(|call, sound| posted(call, sound, || Reply::new(401, "Unauthorized").text("Unauthorized"))),
    over_sse("legacy-never-answers", "accepts every message and never answers on the stream")
        .cause("sse-session-lost")
        .certainty("likely")
        .waits()
        .fault(|call, sound| posted(call, sound, accepted)),
];

fn accepted() -> Reply {
    Reply::new(202, "Accepted").body("Accepted")
}

fn got(call: &Call, sound: &Sound, reply: fn() -> Reply) -> Option<Answer> {
    if call.http.method == "GET" { Some(reply().into()) } else { answer(call, sound) }
}

fn posted(call: &Call, sound: &Sound, reply: fn() -> Reply) -> Option<Answer> {
    if call.http.path.starts_with("/messages/") { Some(reply().into()) } else { answer(call, sound) }
}
