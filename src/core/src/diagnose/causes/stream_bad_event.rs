//! An event whose data is no message of the protocol, or an answer under an event type that clients skip. Where the answer
//! came all the same it is a note.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::response_not_jsonrpc::unwrap;
use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Instead, Say, wording};
use crate::id::EventRef;
use crate::rpc::Kind;
use crate::trace::{Exchange, Item, ItemKind};

pub(super) static CAUSE: Cause =
    Cause { slug: "stream-bad-event", group: Group::Answer, title: "An event that is no message of the protocol", find, say };

/// The event types that clients read: the default one, and the one that HTTP+SSE begins with (2024-11-05, transports).
const READ: [&str; 2] = ["message", "endpoint"];

/// The type of an event.
fn kind(item: &Item) -> Option<&str> {
    match &item.what {
        ItemKind::Event { kind, .. } => Some(kind),
        _ => None,
    }
}

/// The first event of a stream, from a moment on, whose data is no message of the protocol.
fn first_bad<'a>(stream: &'a Exchange, since: &Exchange) -> Option<&'a Item> {
    let bad = |item: &&Item| {
        let foreign = item.messages.iter().any(|placed| !placed.message.is_rpc());
        foreign && item.at >= since.at && kind(item).is_some_and(|kind| kind != "endpoint")
    };
    stream.reply.items.iter().find(bad)
}

/// The event that stands where the answer to a failed request should be, and the stream it came on: that of the request, or
/// with HTTP+SSE the one that carries every answer.
fn in_place_of_answer<'a>(failure: &Failure<'a>) -> Option<(&'a Exchange, &'a Item)> {
    let waited = failure.instead() == Some(Instead::BadEvent) || failure.how == How::Silent || failure.stream.is_some();
    let stream = failure.stream.or(Some(failure.exchange).filter(|exchange| exchange.is_stream()))?;
    let item = first_bad(stream, failure.exchange)?;
    (waited && !failure.is_refused() && failure.exchange.wants_answer()).then_some((stream, item))
}

/// Something that is meant to be JSON stands for the answer; a word may be a sign of life, and the answer only late.
fn judge(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<Certainty> {
    let (stream, item) = in_place_of_answer(failure)?;
    let text = facts.trace.item_text(EventRef::item(stream.id, item.n)).unwrap_or_default();
    let meant = text.trim_start().starts_with(['{', '[']);
    Some(if meant && failure.how != How::Silent { Certainty::Proven } else { Certainty::Likely })
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &Failure<'_>| judge(facts, failure);
    let Some(certainty) = facts.open().find_map(judged) else { return out.extend(note(facts)) };
    let events =
        facts.open().find_map(|failure| in_place_of_answer(failure)).map(|(stream, item)| EventRef::item(stream.id, item.n));
    let found = facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some());
    out.extend(found.map(|found| found.and(events)));
}

/// After a good run: an event that was of no use, or an answer that other clients do not read.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let streams = || facts.trace.exchanges().iter().filter(|exchange| facts.is_good() && exchange.is_stream());
    let skipped = |stream: &Exchange| {
        let unread = |item: &&Item| kind(item).is_some_and(|kind| !READ.contains(&kind));
        let answers = |item: &&Item| item.messages.iter().any(|placed| placed.message.answers().is_some());
        stream.reply.items.iter().filter(unread).find(answers).map(|item| EventRef::item(stream.id, item.n))
    };
    let bad = |stream: &Exchange| {
        first_bad(stream, stream).filter(|item| kind(item) == Some("message")).map(|item| EventRef::item(stream.id, item.n))
    };
    let at = streams().find_map(skipped).or_else(|| streams().find_map(bad))?;
    Some(Finding::new(&CAUSE, Certainty::Proven, at).note())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let failed = facts.failure_of(finding);
    let at = failed.and_then(in_place_of_answer).map(|(stream, item)| EventRef::item(stream.id, item.n)).or(finding.at());
    let Some((at, item)) = at.and_then(|at| Some((at, facts.trace.item(at)?))) else { return Say::default() };
    let (text, kind) = (facts.trace.item_text(at).unwrap_or_default(), kind(item).unwrap_or_default());
    let holds = format!("An event of type {} holds {}.", wording::quote(kind), wording::quote(&text));
    let Some(failure) = failed else {
        return match READ.contains(&kind) {
            true => Say::new(
                format!("{host} sends events that are no messages of the protocol."),
                format!("{holds} The answers came all the same; clients log an error for each, and some stop reading."),
            ),
            false => Say::new(
                format!("{host} sends answers as events of type {}, which most clients skip.", wording::quote(kind)),
                format!("{holds} It was read here. Clients read events of type message, which is also the default."),
            ),
        };
    };
    let asked = wording::step(failure.exchange);
    let end = match failure.how {
        How::Silent => format!(" The answer to {asked} did not come within {}.", facts.trace.about.timeout),
        _ => format!(" The answer to {asked} did not come."),
    };
    Say::new(
        format!("{host} sent an event that is no message, where the answer to {asked} was due."),
        holds + &inside(item, &text) + &end,
    )
    .unproven(finding, "Whether the answer is late or was this event, the log of the server tells.")
}

/// What is wrong with the data, or what is inside of it.
fn inside(item: &Item, text: &str) -> String {
    let reason = item.messages.iter().find_map(|placed| match &placed.message.kind {
        Kind::NotJson { reason, at } => Some(format!(" At byte {at}: {reason}.")),
        _ => None,
    });
    let wrapped = || unwrap(text).map(|(status, inner)| format!(" Inside is a {status}: {}.", wording::quote(&inner)));
    reason.or_else(wrapped).unwrap_or_default()
}
