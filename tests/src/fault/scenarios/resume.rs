//! Event streams that end early on purpose, with ids to go on from (2025-11-25, transports), and what may come of that. All of
//! them at `tools/list`.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply, Step, event},
    sound::Stack,
    stack::without_id,
};

/// What the id of the event begins with. The rest is the id of the request, so that nothing has to be remembered.
const PLACE: &str = "tools-list-";

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("working-polling", "closes the stream after an event with an id, and answers when it is asked for the rest")
        .fault(|call, sound| {
            polling(call).or_else(|| {
                let id = call.http.headers.get("last-event-id")?.strip_prefix(PLACE)?;
                let answer = crate::fault::sound::response(id, &sound.tools_page(call));
                Some(Reply::ok().stream([event(&answer)]).into())
            })
        }),
    Scenario::new("stream-not-resumable", "closes the stream after an event with an id, and takes no GET; 405")
        .cause("stream-not-resumable")
        .stack(Stack::TypeScript)
        .fault(|call, _| polling(call)),
    Scenario::new("stream-not-resumable-express", "the same without a route for GET; 404 Cannot GET")
        .cause("stream-not-resumable")
        .stack(Stack::Express)
        .fault(|call, _| {
            let missing = || super::endpoint::express_not_found(&call.http.method, &call.http.path).into();
            polling(call).or_else(|| (call.http.method == "GET").then(missing))
        }),
    Scenario::new("stream-not-replayed", "closes the stream after an event with an id; asked for the rest, it brings nothing")
        .cause("stream-not-resumable")
        .certainty("likely")
        .fault(|call, _| polling(call).or_else(|| resumes(call).then(|| Reply::ok().stream([]).into()))),
    Scenario::new("conflicting-stream", "closes the stream after an event with an id, and still holds it for open; 409")
        .cause("conflicting-stream")
        .stack(Stack::TypeScript)
        .fault(|call, _| {
            let conflict = || {
                let body = without_id(-32000, "Conflict: Stream already has an active connection", true);
                Stack::TypeScript.sign(Reply::new(409, "Conflict").json(body)).into()
            };
            polling(call).or_else(|| resumes(call).then(conflict))
        }),
];

/// A stream with an id and a short time to wait, and nothing else.
fn polling(call: &Call) -> Option<Answer> {
    let priming = format!("id: {PLACE}{}\r\nretry: 100\r\ndata: \r\n\r\n", call.id());
    call.asks("tools/list").then(|| Reply::ok().stream([Step::Write(priming.into_bytes())]).into())
}

/// Whether a request asks for the rest of a stream.
fn resumes(call: &Call) -> bool {
    call.http.method == "GET" && call.http.headers.get("last-event-id").is_some()
}
