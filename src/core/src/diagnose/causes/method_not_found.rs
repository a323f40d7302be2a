//! The server speaks the protocol and does not have the method that was asked for.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::id::EventRef;
use crate::mcp::Era;
use crate::trace::{Exchange, Purpose};

/// JSON-RPC 2.0 §5.1.
const METHOD_NOT_FOUND: i64 = -32601;

pub(super) static CAUSE: Cause =
    Cause { slug: "method-not-found", group: Group::Answer, title: "The server does not know this method", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_unknown = |failure: &Failure<'_>| failure.about == Subject::Method;
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_unknown).or_else(|| note(facts)));
}

/// A server of the stateless era that does without `server/discover`, and works all the same (2026-07-28, discovery).
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let unknown = |exchange: &&Exchange| exchange.refusal().is_some_and(|(code, ..)| code == Some(METHOD_NOT_FOUND));
    let mut discovered = facts.trace.exchanges().iter().filter(|exchange| exchange.purpose == Purpose::Discover);
    let missing = discovered.find(unknown).filter(|_| facts.came_about(Era::Stateless))?;
    Some(Finding::new(&CAUSE, Certainty::Proven, EventRef::response(missing.id)).note())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let Some(failure) = facts.failure_of(finding) else {
        return Say::new(
            format!("{host} has no server/discover, which every server of 2026-07-28 must have."),
            "It could be asked for its tools all the same. What it offers besides is not known, and clients that begin with it give up.",
        );
    };
    let asked = wording::step(failure.exchange);
    Say::new(format!("{host} does not have the method {asked}."), wording::refused(failure))
}
