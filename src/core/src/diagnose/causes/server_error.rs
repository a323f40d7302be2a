//! The server took the request and failed while it worked on it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause { slug: "server-error", group: Group::Answer, title: "The server failed", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_broken = |failure: &Failure<'_>| failure.about == Subject::Internal || failure.status() >= 500;
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_broken));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    Say::new(format!("{} failed while it worked on {asked}.", wording::host(facts)), wording::refused(failure))
}
