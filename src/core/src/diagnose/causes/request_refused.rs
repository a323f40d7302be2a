//! The server refused, and no other cause explains it: its own words are all there is.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "request-refused", group: Group::Answer, title: "The server refused for a reason of its own", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Possible, |failure: &Failure<'_>| failure.is_refused()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    Say::new(format!("{} refused {asked} for a reason of its own.", wording::host(facts)), wording::refused(failure))
        .unproven(finding, "The server's log for this moment says what it means.")
}
