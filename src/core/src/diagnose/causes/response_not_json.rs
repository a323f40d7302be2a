//! The answer says that it is JSON, and cannot be read as such.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::rpc::Kind;

pub(super) static CAUSE: Cause =
    Cause { slug: "response-not-json", group: Group::Answer, title: "The answer is not valid JSON", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_garbled = |failure: &Failure<'_>| failure.instead() == Some(Instead::NotJson);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_garbled));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let reason = failure.exchange.received().find_map(|(_, placed)| match &placed.message.kind {
        Kind::NotJson { reason, at } => Some(format!(" At byte {at}: {reason}.")),
        _ => None,
    });
    let summary = format!(
        "The answer to {} begins with {}.{}",
        wording::step(failure.exchange),
        wording::quote(&failure.body),
        reason.unwrap_or_default()
    );
    Say::new(format!("{} sent an answer that is not valid JSON.", wording::host(facts)), summary)
}
