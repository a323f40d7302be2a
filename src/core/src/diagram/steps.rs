//! What happened in a recording, one step per row, in the order of time.

use alloc::vec::Vec;

use crate::http::Sight;
use crate::id::EventRef;
use crate::sort::sort_by;
use crate::sse::Inside;
use crate::time::Micros;
use crate::trace::{End, Exchange, Item, ItemKind, Trace, Why};

/// One thing that happened.
pub(super) struct Step<'a> {
    pub(super) at: Micros,
    /// The event, or for [`Happening::Dropped`] the one that follows.
    pub(super) event: EventRef,
    pub(super) exchange: &'a Exchange,
    pub(super) what: Happening<'a>,
}

pub(super) enum Happening<'a> {
    Request,
    /// Status and headers, with the whole body unless it is an event stream.
    Response,
    /// An item of an event stream.
    Item(&'a Item),
    /// So many items of an event stream that were not kept.
    Dropped(u64),
    End(Ending<'a>),
}

/// How an exchange ended, where that is worth a row.
pub(super) enum Ending<'a> {
    /// The stream ended, between events or inside one.
    Closed(Option<Inside>),
    /// No response came; what the browser said.
    NoAnswer(&'a str),
    /// The body broke off; what the browser said, and what it broke off inside of.
    Cut(&'a str, Option<Inside>),
    /// This side gave up; `None` when the recording does not say why.
    GaveUp(Option<Why>),
}

/// Every step of a recording: by time, then by exchange, then in the order on the wire.
pub(super) fn steps(trace: &Trace) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for exchange in trace.exchanges() {
        let step = |at, event, what| Step { at, event, exchange, what };
        steps.push(step(exchange.at, EventRef::request(exchange.id), Happening::Request));
        // Messages alone have no head: each is a row, and there is none for what is not in the recording.
        let messages = exchange.head().is_some_and(|head| head.sight == Sight::Messages);
        if let Some((at, _)) = exchange.response.as_ref().filter(|_| !messages) {
            steps.push(step(*at, EventRef::response(exchange.id), Happening::Response));
        }
        if exchange.is_stream() || messages {
            let mut next = 0;
            // What the stream ended inside of is told where it ended.
            for item in exchange.reply.items.iter().filter(|item| !matches!(item.what, ItemKind::Truncated(_))) {
                let event = EventRef::item(exchange.id, item.n);
                if item.n > next && exchange.reply.dropped_items > 0 {
                    steps.push(step(item.at, event, Happening::Dropped(exchange.reply.dropped_items)));
                }
                next = item.n + 1;
                steps.push(step(item.at, event, Happening::Item(item)));
            }
        }
        if let Some((at, ending)) = ending(exchange) {
            steps.push(step(at, EventRef::end(exchange.id), Happening::End(ending)));
        }
    }
    // Stable: what was not kept stays before the item that follows it.
    sort_by(&mut steps, |step| {
        let [exchange, part] = step.event.order();
        [step.at.0, exchange, part]
    });
    steps
}

fn ending(exchange: &Exchange) -> Option<(Micros, Ending<'_>)> {
    let inside = truncated(exchange).map(|(inside, _)| inside);
    if let Some((at, why)) = exchange.aborted {
        // A whole response of which nothing more was wanted has no end worth a row.
        let settled = why == Why::Done && !exchange.is_stream() && exchange.response.is_some();
        return (!settled).then_some((at, Ending::GaveUp(Some(why))));
    }
    let (at, end) = exchange.end.as_ref()?;
    let ending = match end {
        End::Complete if exchange.is_stream() => Ending::Closed(inside),
        End::Complete => return None,
        End::Failed(text) if exchange.response.is_none() => Ending::NoAnswer(text),
        End::Failed(text) | End::Cut(text) => Ending::Cut(text, inside),
        End::Aborted => Ending::GaveUp(None),
    };
    Some((*at, ending))
}

/// What a stream ended inside of, and the item that says so.
pub(super) fn truncated(exchange: &Exchange) -> Option<(Inside, EventRef)> {
    let item = exchange.reply.items.last()?;
    match item.what {
        ItemKind::Truncated(inside) => Some((inside, EventRef::item(exchange.id, item.n))),
        _ => None,
    }
}
