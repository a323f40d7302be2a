//! Nothing answered: not the request, and not an opaque one that needs no permission to be answered.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "server-unreachable", group: Group::Reaching, title: "Nothing answered at this address", find, say };

/// Outside a browser a failed request is what it seems; in one, only a second, opaque request can tell.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_silent = |failure: &Failure<'_>| failure.how == How::Opaque && !facts.answers_all_the_same(failure);
    let Some(failure) = facts.failure(is_silent) else { return };
    let about = &facts.trace.about;
    let reached = facts.reached(failure);
    let certainty = match reached {
        _ if facts.is_mixed_content() => Certainty::Possible,
        // A browser may keep a page from the local network without asking the network (Chrome, local network access).
        Some(_) if about.server.is_loopback() || about.server.is_private() => Certainty::Likely,
        Some(_) => Certainty::Proven,
        None if about.page.is_none() => Certainty::Proven,
        None => Certainty::Possible,
    };
    let found = facts.finding(&CAUSE, certainty, is_silent);
    out.extend(found.map(|found| found.and(reached.map(|(_, at)| at))));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let host = wording::host(facts);
    let headline = match (finding.certainty, facts.readable_before(failure.exchange)) {
        (Certainty::Possible, _) => format!("{host} could not be reached, or the browser kept its answer."),
        (_, Some(_)) => format!("{host} stopped answering after it had answered before."),
        (_, None) => format!("Nothing answers at {host}."),
    };
    let probe = match facts.reached(failure) {
        Some(_) => " An opaque request, which needs no permission of the server, failed too.",
        None => "",
    };
    let missing = match finding.certainty {
        _ if facts.is_mixed_content() => {
            "This page is https and the address is http, which browsers block before anything is sent. Try the https address."
        }
        Certainty::Likely => "The address is on this machine or a private network. Allow this page to reach it, then run again.",
        _ => "An opaque request to the same address would tell whether anything answers there.",
    };
    Say::new(headline, wording::event(facts, failure.at) + probe).unproven(finding, missing)
}
