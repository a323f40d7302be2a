//! The answer is neither JSON nor an event stream by its `Content-Type`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "response-content-type", group: Group::Answer, title: "The answer has the wrong media type", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_other = |failure: &Failure<'_>| failure.instead() == Some(Instead::OtherType);
    match facts.finding(&CAUSE, Certainty::Proven, is_other) {
        Some(found) => out.push(found),
        None => out.extend(note(facts)),
    }
}

/// A good answer under a type that other clients refuse to read.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let answered = |exchange: &&Exchange| {
        let here = exchange.answer.is_some_and(|at| at.exchange == exchange.id);
        here && exchange.head().is_some_and(|head| head.tells_its_type() && !head.is_json() && !head.is_event_stream())
    };
    let exchange = facts.trace.exchanges().iter().filter(|exchange| exchange.succeeded()).find(answered)?;
    Some(Finding::new(&CAUSE, Certainty::Proven, EventRef::response(exchange.id)).note())
}

/// The media type as a person would read it aloud.
fn named(exchange: &Exchange) -> String {
    match exchange.head().map(|head| head.media_type()) {
        Some(media_type) if !media_type.is_empty() => wording::quote(&media_type),
        _ => "no Content-Type".to_string(),
    }
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(exchange) = facts.exchange_of(finding) else { return Say::default() };
    let (host, asked, named) = (wording::host(facts), wording::step(exchange), named(exchange));
    match facts.failure_of(finding) {
        Some(failure) if failure.exchange.is_stream() => Say::new(
            format!("{host} labels its answer {named}, and it is no event stream."),
            format!("The body of the answer to {asked} begins with {}.", wording::quote(&failure.body)),
        ),
        Some(failure) => Say::new(
            format!("{host} answers with {named}, where JSON or an event stream is due."),
            format!("The body of the answer to {asked} begins with {}.", wording::quote(&failure.body)),
        ),
        None => Say::new(
            format!("{host} labels a good answer with {named}."),
            format!("The answer to {asked} was read here; most clients refuse it for its type."),
        ),
    }
}
