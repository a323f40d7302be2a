//! The answer is larger than what this page reads, and was given up.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Instead, Say, wording};
use crate::limits::JSON_BODY_BYTES;
use crate::rpc::Kind;

pub(super) static CAUSE: Cause =
    Cause { slug: "response-too-large", group: Group::Answer, title: "The answer is too large to read here", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_beyond = |failure: &Failure<'_>| failure.how == How::TooLarge || failure.instead() == Some(Instead::BeyondLimits);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_beyond));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let reason = failure.exchange.received().find_map(|(_, placed)| match &placed.message.kind {
        Kind::NotJson { reason, .. } => Some(reason),
        _ => None,
    });
    if let Some(reason) = reason {
        return Say::new(
            format!("The answer of {host} to {asked} goes beyond what is read here."),
            format!("In its JSON, {reason}."),
        );
    }
    let announced =
        failure.exchange.head().and_then(|head| head.headers.get("content-length")).and_then(|size| size.parse().ok());
    let size = wording::count_bytes(announced.unwrap_or(failure.exchange.reply.bytes));
    let summary =
        format!("{size} were announced or received; this page reads up to {}.", wording::count_bytes(JSON_BODY_BYTES as u64));
    Say::new(format!("The answer of {host} to {asked} is too large to read here."), summary)
}
