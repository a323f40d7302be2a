//! An answer came, and its id is not the id of the request.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::rpc::Id;

pub(super) static CAUSE: Cause =
    Cause { slug: "response-id-mismatch", group: Group::Answer, title: "The answer carries another id", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_other = |failure: &Failure<'_>| failure.instead() == Some(Instead::OtherAnswer);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_other));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let sent = failure.exchange.call().and_then(|call| call.asks()).map(|id| format!("{id}")).unwrap_or_default();
    let got = failure.exchange.received().find_map(|(_, placed)| placed.message.answers());
    let kind = match got {
        Some(Id::Text(text)) if *text == sent => "A number and a string are different ids.",
        Some(Id::Null) | None => "An answer without an id belongs to no request.",
        _ => "No request with that id is open.",
    };
    let got = got.map(|id| format!("{id}")).unwrap_or_default();
    let summary = format!("{} was sent with id {sent}; the answer has id {got}. {kind}", wording::step(failure.exchange));
    Say::new(format!("{} answered, but not with the id of the request.", wording::host(facts)), wording::capital(&summary))
}
