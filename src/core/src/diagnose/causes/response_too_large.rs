//! The answer is larger than what this page reads, and was given up.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, How, Say, wording};
use crate::limits::JSON_BODY_BYTES;

pub(super) static CAUSE: Cause = Cause {
    slug: "response-too-large",
    title: "The answer is too large to read here",
    page: include_str!("../pages/response-too-large.md"),
    find,
    say,
};

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, |failure: &Failure<'_>| failure.how == How::TooLarge));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let announced =
        failure.exchange.head().and_then(|head| head.headers.get("content-length")).and_then(|size| size.parse().ok());
    let size = wording::count_bytes(announced.unwrap_or(failure.exchange.reply.bytes));
    let summary =
        format!("{size} were announced or received; this page reads up to {}.", wording::count_bytes(JSON_BODY_BYTES as u64));
    let headline =
        format!("The answer of {} to {} is too large to read here.", wording::host(facts), wording::step(failure.exchange));
    Say::new(headline, summary)
}
