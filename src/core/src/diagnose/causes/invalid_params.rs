//! The server knows the method and does not accept what was sent with it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::trace::Purpose;

pub(super) static CAUSE: Cause =
    Cause { slug: "invalid-params", group: Group::Answer, title: "The server does not accept the parameters", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_invalid = |failure: &Failure<'_>| failure.about == Subject::Params;
    out.extend(facts.finding(&CAUSE, Certainty::Likely, is_invalid));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    let missing = match failure.exchange.purpose {
        Purpose::Call => "What the server lists says what it takes: compare the name and the arguments with it.",
        _ => "Some servers use this code for a method they lack, or for a request ahead of the handshake.",
    };
    Say::new(format!("{} does not accept the parameters of {asked}.", wording::host(facts)), wording::refused(failure))
        .unproven(finding, missing)
}
