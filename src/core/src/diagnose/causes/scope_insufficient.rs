//! The token is accepted, and what it allows is not enough for this request.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "scope-insufficient", group: Group::Token, title: "The token is good and does not allow this", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_scope = |failure: &Failure<'_>| failure.is_refused() && failure.about == Subject::Scope;
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_scope));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let headline = format!("The token does not allow {} at {}.", wording::step(failure.exchange), wording::host(facts));
    Say::new(headline, wording::refused(failure))
}
