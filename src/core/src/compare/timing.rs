//! How long two exchanges took. Times are never the same twice, so only what is far apart is a difference.

use alloc::string::ToString;

use super::exchange::{Lines, Of};
use super::known::How;
use crate::time::Micros;
use crate::trace::{Exchange, Lack};

/// A time is far from another one when it is so many times as long ...
pub(super) const MANY_TIMES: u64 = 3;

/// ... and longer by so much: below that nobody waits.
pub(super) const FAR: Micros = Micros::from_millis(500);

/// A silence before a request is longer by at least this: people think between two clicks, and sessions die of minutes.
pub(super) const LONG_SILENCE: Micros = Micros::from_secs(60);

/// The name of the silence before a request.
pub(super) const SILENCE: &str = "silence before";

/// The rule in words.
pub const RULE: &str =
    "A time differs when it is at least three times as long and half a second longer; a silence, when it is a minute longer.";

/// Compares the times of two exchanges.
pub(super) fn compare(left: Of<'_>, right: Of<'_>, lines: &mut Lines<'_>) {
    let mut line = |place: &str, of: fn(&Of<'_>) -> Option<Micros>, by: Micros| {
        let (one, other) = (of(&left), of(&right));
        let how = match (one, other) {
            (Some(one), Some(other)) if is_far(one, other, by) => How::Differs,
            (Some(_), Some(_)) => How::Same,
            // What never came took no time, and of a recording without times nothing is known.
            _ => return,
        };
        lines.add(place, one.map(|time| time.to_string()), other.map(|time| time.to_string()), how);
    };
    line(SILENCE, silence, LONG_SILENCE);
    line("first byte after", first_byte, FAR);
    line("answered after", answered, FAR);
}

/// Whether two times are so far apart that it says something.
fn is_far(one: Micros, other: Micros, by: Micros) -> bool {
    let (short, long) = (one.min(other), one.max(other));
    long.saturating_sub(short) >= by && long.0 >= short.0.saturating_mul(MANY_TIMES)
}

/// How long nothing had happened when the request left. Of a recording without times nothing is known.
fn silence((side, exchange): &Of<'_>) -> Option<Micros> {
    let before = side.trace.exchanges().iter().take_while(|other| other.id < exchange.id).last()?;
    (!exchange.lacks.has(Lack::Times)).then(|| exchange.at.saturating_sub(before.last_at()))
}

fn first_byte((_, exchange): &Of<'_>) -> Option<Micros> {
    let (at, _) = exchange.response.as_ref()?;
    has_spans(exchange).then(|| at.saturating_sub(exchange.at))
}

fn answered((side, exchange): &Of<'_>) -> Option<Micros> {
    let at = side.trace.when(exchange.answer?)?;
    // Of a body that is one answer, when the whole of it was there.
    let at = if exchange.is_stream() { at } else { at.max(exchange.reply.last_byte.unwrap_or(at)) };
    has_spans(exchange).then(|| at.saturating_sub(exchange.at))
}

/// Whether the recording says how long anything took.
fn has_spans(exchange: &Exchange) -> bool {
    !exchange.lacks.has(Lack::Spans) && !exchange.lacks.has(Lack::Times)
}
