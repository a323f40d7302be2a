//! Tools that take a while: one that tells how far it is, and one whose answer the client has to come back for.

use super::{Call, HARMLESS, NOTHING, Tool, Turn};
use crate::revision::Revision;
use crate::world::Level;

/// Counts.
pub(super) const SLOW_COUNT: Tool = Tool {
    name: "slow_count",
    title: "Count slowly",
    description: "Counts up to n. Shows progress and log messages on an event stream, and can be cancelled",
    input: r#"{"type":"object","properties":{"n":{"type":"integer","title":"Up to","minimum":1,"maximum":50,"default":5},"delay":{"type":"integer","title":"Milliseconds between two numbers","minimum":0,"maximum":5000,"default":300}},"additionalProperties":false}"#,
    output: "",
    hints: HARMLESS,
    run: count,
};

fn count(call: &mut Call<'_>) -> Turn {
    let (n, delay) = (call.number("n").unwrap_or(5), call.number("delay").unwrap_or(300));
    let done = u64::from(call.turn);
    if done == 0 {
        call.log(Level::INFO, format!("counting up to {n}"));
    } else {
        call.progress(done, n);
        call.log(Level::DEBUG, format!("{done}"));
    }
    if done < n { Turn::Wait { millis: delay, hang_up: false } } else { call.say(&format!("Counted up to {n}.")) }
}

/// How long the answer of a far call takes, in milliseconds: longer than a client waits before it comes back.
const FAR_MILLIS: u64 = 1_500;

/// Ends the connection before its answer.
pub(super) const FAR_CALL: Tool = Tool {
    name: "far_call",
    title: "An answer from far away",
    description: "Answers after a while. Shows polling (2025-11-25): the connection ends at once, and the client comes back for the answer with Last-Event-ID",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| {
        // Only 2025-11-25 lets a server end a connection before the answer.
        let polled = call.client.revision == Revision::V2025_11_25;
        match (call.turn, polled) {
            (0, _) => Turn::Wait { millis: FAR_MILLIS, hang_up: polled },
            (_, true) => call.say("You came back for this answer: the first connection ended before it was there."),
            (_, false) => call.say("This revision has no polling, so the connection stayed open until the answer was there."),
        }
    },
};
