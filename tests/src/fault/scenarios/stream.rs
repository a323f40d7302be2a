//! Event streams that end before the answer, in order or not. All of them at `tools/list`.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Framing, Reply, Step, comment, event, wait},
    sound::{Habits, Sound, Stack, response},
};

const LOG: &str = r#"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","logger":"weather","data":"looking for stations"}}"#;

/// A tool description with letters of two bytes, so that there is a character to cut.
const FORECAST: &str = r#"{"tools":[{"name":"forecast","description":"Vorhersage für Zürich","inputSchema":{"type":"object"}}]}"#;

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("stream-without-response", "the stream carries a log message and ends in order, without the answer")
        .cause("stream-without-response")
        .fault(|call, _| at_tools_list(call, || vec![comment("ping"), event(LOG)])),
    Scenario::new(
        "stream-closed-before-answer",
        "answers in streams; the one for tools/list tells of its progress for a second, then ends in order",
    )
    .cause("stream-without-response")
    .habits(Habits {
        name: "warehouse",
        instructions: "Large tables take a minute.",
        streams: true,
        ..Habits::of(Stack::TypeScript)
    })
    .fault(|call, _| at_tools_list(call, progress)),
    Scenario::new("stream-empty", "the stream ends in order without a single event")
        .cause("stream-without-response")
        .fault(|call, _| at_tools_list(call, Vec::new)),
    Scenario::new("stream-cut-in-event", "the connection breaks inside the event with the answer")
        .cause("stream-cut")
        .fault(|call, _| at_tools_list(call, || vec![event(LOG), answer_up_to(call, "Vorher"), Step::Cut])),
    Scenario::new("stream-cut-in-character", "the connection breaks inside a character of the answer").cause("stream-cut").fault(
        |call, _| {
            at_tools_list(call, || {
                let Step::Write(mut bytes) = answer_up_to(call, "Zü") else {
                    return Vec::new();
                };
                bytes.pop();
                vec![event(LOG), Step::Write(bytes), Step::Cut]
            })
        },
    ),
    Scenario::new("stream-cut-in-chunk", "the connection breaks inside a chunk of the transfer coding")
        .cause("stream-cut")
        .fault(|call, _| {
            at_tools_list(call, || {
                let Step::Write(bytes) = answer_up_to(call, "Vorher") else {
                    return Vec::new();
                };
                vec![event(LOG), Step::CutInChunk(bytes)]
            })
        }),
    Scenario::new("stream-cut-politely", "the transfer ends in order, but inside the event with the answer")
        .cause("stream-cut")
        .fault(|call, _| at_tools_list(call, || vec![event(LOG), answer_up_to(call, "Vorher")])),
    Scenario::new(
        "stream-cut-unframed",
        "neither length nor chunks: the connection ends inside an event, and no client can tell",
    )
    .cause("stream-cut")
    .fault(|call, _| {
        call.asks("tools/list").then(|| {
            let mut reply = Reply::ok().stream([event(LOG), answer_up_to(call, "Vorher")]);
            reply.framing = Framing::UntilClose;
            reply.into()
        })
    }),
    Scenario::new("stream-in-small-pieces", "works; the answer comes in writes of three bytes, characters split")
        .fault(in_small_pieces),
];

/// What a server that works long says meanwhile. As log messages: `notifications/progress` needs a token that was asked for.
fn progress() -> Vec<Step> {
    let mut steps = vec![comment("keep-alive")];
    for done in 1..=4 {
        let message = format!("query running, {done} of 6 tables read");
        steps.push(event(&format!(
            r#"{{"jsonrpc":"2.0","method":"notifications/message","params":{{"level":"info","logger":"warehouse","data":"{message}"}}}}"#
        )));
        steps.push(wait(250));
    }
    steps
}

fn at_tools_list(call: &Call, steps: impl FnOnce() -> Vec<Step>) -> Option<Answer> {
    call.asks("tools/list").then(|| Reply::ok().stream(steps()).into())
}

/// The beginning of the event with the answer, up to and including `last`.
fn answer_up_to(call: &Call, last: &str) -> Step {
    let event = format!("event: message\r\ndata: {}", response(&call.id(), FORECAST));
    let end = event.find(last).map_or(event.len(), |start| start + last.len());
    Step::Write(event.as_bytes()[..end].to_vec())
}

fn in_small_pieces(call: &Call, _: &Sound) -> Option<Answer> {
    at_tools_list(call, || {
        let event = format!("event: message\r\ndata: {}\r\n\r\n", response(&call.id(), FORECAST));
        event.as_bytes().chunks(3).map(|piece| Step::Write(piece.to_vec())).collect()
    })
}
