//! A good status, and not one byte of an answer.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};

pub(super) static CAUSE: Cause = Cause { slug: "response-empty", group: Group::Answer, title: "The answer is empty", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_empty = |failure: &Failure<'_>| failure.instead() == Some(Instead::Nothing);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_empty));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    let status = failure.exchange.status().unwrap_or_default();
    let accepted = match status {
        202 => " 202 is the answer to a notification; a request must be answered with a message.",
        _ => "",
    };
    let summary = format!("{asked} was answered with {} and no body.{accepted}", wording::status(status));
    Say::new(format!("{} sent nothing in answer to {asked}.", wording::host(facts)), wording::capital(&summary))
}
