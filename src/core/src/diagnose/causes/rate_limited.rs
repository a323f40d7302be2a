//! The server, or a gateway in front of it, answers only so many requests in a time.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause { slug: "rate-limited", group: Group::Answer, title: "Too many requests", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_limited = |failure: &Failure<'_>| {
        let crowd = failure.status() == 429 && failure.about == Subject::Crowd;
        failure.is_refused() && (failure.about == Subject::Rate || crowd)
    };
    // An error under a good status may tell of a limit that something behind the server has.
    let named = |failure: &&Failure<'_>| is_limited(failure) && failure.status() != 0;
    let certainty = if facts.open().any(|failure| named(&failure)) { Certainty::Proven } else { Certainty::Likely };
    out.extend(facts.finding(&CAUSE, certainty, is_limited));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let head = failure.exchange.head();
    let wait = match head.and_then(|head| head.headers.get("retry-after")) {
        Some(wait) => match wait.parse() {
            Ok(seconds) => format!(" Retry-After asks for {}.", wording::count(seconds, "second")),
            Err(_) => format!(" Retry-After says {}.", wording::quote(wait)),
        },
        None => " Retry-After is not visible, so it is not known for how long.".into(),
    };
    Say::new(format!("{} asks to wait before the next request.", wording::host(facts)), wording::refused(failure) + &wait)
        .unproven(finding, "A refusal with status 429 would prove it. The limit may be one of something behind the server.")
}
