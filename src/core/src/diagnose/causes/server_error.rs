//! The server took the request and failed while it worked on it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

/// JSON-RPC 2.0 §5.1.
const INTERNAL_ERROR: i64 = -32603;

pub(super) static CAUSE: Cause = Cause { slug: "server-error", group: Group::Answer, title: "The server failed", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    // A server that takes no more says 503 too, and what else it says may not be in the recording.
    let unread = |failure: &Failure<'_>| failure.status() == 503 && failure.about == Subject::Unread;
    let is_broken = |failure: &Failure<'_>| failure.about == Subject::Internal || (failure.status() >= 500 && !unread(failure));
    // Words may speak of something that is meant to fail; the code of JSON-RPC and the status do not.
    let said = |failure: &&Failure<'_>| is_broken(failure) && (failure.status() >= 500 || failure.code() == Some(INTERNAL_ERROR));
    let certainty = if facts.open().any(|failure| said(&failure)) { Certainty::Proven } else { Certainty::Likely };
    out.extend(facts.finding(&CAUSE, certainty, is_broken));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    Say::new(format!("{} failed while it worked on {asked}.", wording::host(facts)), wording::refused(failure))
}
