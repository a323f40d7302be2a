//! The server speaks the protocol and does not have the method that was asked for.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause { slug: "method-not-found", title: "The server does not know this method", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_unknown = |failure: &Failure<'_>| failure.about == Subject::Method;
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_unknown));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    Say::new(format!("{} does not have the method {asked}.", wording::host(facts)), wording::refused(failure))
}
