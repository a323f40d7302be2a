//! The event stream ended in order, and the answer was not on it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::trace::ItemKind;

pub(super) static CAUSE: Cause = Cause {
    slug: "stream-without-response",
    group: Group::Answer,
    title: "The event stream ended without the answer",
    find,
    say,
};

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_quiet = |failure: &Failure<'_>| failure.instead() == Some(Instead::QuietStream);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_quiet));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let events = exchange.reply.items.iter().filter(|item| matches!(item.what, ItemKind::Event { .. })).count();
    let resumable = exchange.reply.items.iter().any(|item| match &item.what {
        ItemKind::Event { id, .. } | ItemKind::Dataless { id } => id.is_some(),
        _ => false,
    });
    let resume = if resumable { " It carried event ids: a client may resume it with a GET and Last-Event-ID." } else { "" };
    let after = wording::after(exchange, exchange.last_at());
    let asked = wording::step(exchange);
    Say::new(
        format!("{} closed the event stream before it answered {asked}.", wording::host(facts)),
        format!("The stream ended in order{after} with {}.{resume}", wording::count(events, "event")),
    )
}
