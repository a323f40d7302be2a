//! An answer came, and its id is not the id of the request.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::rpc::Id;
use crate::trace::{Exchange, Place};

pub(super) static CAUSE: Cause =
    Cause { slug: "response-id-mismatch", group: Group::Answer, title: "The answer carries another id", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_other = |failure: &Failure<'_>| failure.instead() == Some(Instead::OtherAnswer);
    let found = facts.finding(&CAUSE, Certainty::Proven, is_other);
    out.extend(found.or_else(|| note(facts)));
}

/// The clients that were measured take a number for what its string spells, and a client need not.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let mut good = facts.trace.exchanges().iter().filter(|exchange| facts.is_good() && !exchange.purpose.is_probe());
    let at = good.find_map(|exchange| exchange.answer.filter(|_| ids(facts, exchange).is_some_and(|(sent, got)| sent != got)))?;
    Some(Finding::new(&CAUSE, Certainty::Proven, at).note())
}

/// The id of a request, and that of its answer.
fn ids<'a>(facts: &Facts<'a>, exchange: &'a Exchange) -> Option<(&'a Id, &'a Id)> {
    let sent = exchange.call().and_then(|call| call.asks())?;
    let mut messages = facts.trace.item(exchange.answer?)?.messages.iter();
    let got = messages.find_map(|placed| placed.message.answers().filter(|_| placed.place == Place::Answers(exchange.id)))?;
    Some((sent, got))
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let Some(failure) = facts.failure_of(finding) else {
        let Some(exchange) = facts.exchange_of(finding) else { return Say::default() };
        let Some((sent, got)) = ids(facts, exchange) else { return Say::default() };
        let asked = wording::capital(&wording::step(exchange));
        return Say::new(
            format!("{host} answers with a string where the id of the request is a number."),
            format!(
                "{asked} was sent with id {sent}; the answer has id {got}. The clients we know take it for the same, \
                 and one that compares ids as JSON-RPC asks for would wait without end."
            ),
        );
    };
    let sent = failure.exchange.call().and_then(|call| call.asks()).map(|id| format!("{id}")).unwrap_or_default();
    let got = failure.exchange.received().find_map(|(_, placed)| placed.message.answers());
    let kind = match got {
        Some(Id::Null) | None => "An answer without an id belongs to no request.",
        _ => "No request with that id is open.",
    };
    let got = got.map(|id| format!("{id}")).unwrap_or_default();
    let summary = format!("{} was sent with id {sent}; the answer has id {got}. {kind}", wording::step(failure.exchange));
    Say::new(format!("{host} answered, but not with the id of the request."), wording::capital(&summary))
}
