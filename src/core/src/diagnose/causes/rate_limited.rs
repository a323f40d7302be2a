//! The server, or a gateway in front of it, answers only so many requests in a time.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::http::Sight;

pub(super) static CAUSE: Cause = Cause { slug: "rate-limited", group: Group::Answer, title: "Too many requests", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_limited = |failure: &Failure<'_>| {
        let crowd = failure.status() == 429 && failure.about == Subject::Crowd;
        // 402 wants to be paid, and waiting does not help (RFC 9110 §15.5.3).
        failure.is_refused() && failure.status() != 402 && (failure.about == Subject::Rate || crowd)
    };
    // An error under a good status may tell of a limit that something behind the server has.
    let named = |failure: &&Failure<'_>| is_limited(failure) && failure.status() != 0;
    let certainty = if facts.open().any(|failure| named(&failure)) { Certainty::Proven } else { Certainty::Likely };
    out.extend(facts.finding(&CAUSE, certainty, is_limited));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let seen = failure.exchange.head().is_some_and(|head| head.sight == Sight::Full);
    let wait = match wording::retry_after(failure) {
        Some(wait) => format!(" {wait}"),
        None if seen => " It does not say for how long.".into(),
        None => " Retry-After is not visible, so it is not known for how long.".into(),
    };
    Say::new(format!("{} asks to wait before the next request.", wording::host(facts)), wording::refused(failure) + &wait)
        .unproven(finding, "A refusal with status 429 would prove it. The limit may be one of something behind the server.")
}
