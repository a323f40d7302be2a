//! The server, or a gateway in front of it, answers only so many requests in a time.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause { slug: "rate-limited", group: Group::Answer, title: "Too many requests", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_limited = |failure: &Failure<'_>| failure.status() == 429 && matches!(failure.about, Subject::Unsaid | Subject::Crowd);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_limited));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let head = failure.exchange.head();
    let wait = match head.and_then(|head| head.headers.get("retry-after")) {
        Some(wait) => format!(" Retry-After says {}.", wording::quote(wait)),
        None => " Retry-After is not visible, so it is not known for how long.".into(),
    };
    Say::new(format!("{} asks to wait before the next request.", wording::host(facts)), wording::refused(failure) + &wait)
}
