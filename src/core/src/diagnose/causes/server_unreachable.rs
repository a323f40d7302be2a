//! Nothing answered: not the request, and not an opaque one that needs no permission to be answered.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::super::{Cause, Certainty, Facts, Failure, Finding, How, Say, wording};

pub(super) static CAUSE: Cause = Cause {
    slug: "server-unreachable",
    title: "Nothing answered at this address",
    page: include_str!("../pages/server-unreachable.md"),
    find,
    say,
};

fn is_opaque(failure: &Failure<'_>) -> bool {
    failure.how == How::Opaque
}

/// Outside a browser a failed request is what it seems; in one, only a second, opaque request can tell.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(failure) = facts.failure(is_opaque) else { return };
    let about = &facts.trace.about;
    let local = about.server.is_loopback() || about.server.is_private();
    let reached = facts.reached(failure);
    let certainty = match reached {
        Some((true, _)) => return,
        _ if facts.is_mixed_content() => Certainty::Possible,
        // A browser may keep a page from the local network without asking the network (Chrome, local network access).
        Some((false, _)) if local => Certainty::Likely,
        Some((false, _)) => Certainty::Proven,
        None if about.page.is_none() => Certainty::Proven,
        None => Certainty::Possible,
    };
    let found = facts.finding(&CAUSE, certainty, is_opaque);
    out.extend(found.map(|found| found.and(reached.map(|(_, at)| at))));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let host = wording::host(facts);
    let before = facts.readable_before(failure.exchange).is_some();
    let headline = match (finding.certainty, before) {
        (Certainty::Possible, _) => format!("{host} could not be reached, or the browser kept its answer."),
        (_, true) => format!("{host} stopped answering after the handshake had begun."),
        (_, false) => format!("Nothing answers at {host}."),
    };
    let probe = match facts.reached(failure) {
        Some(_) => " An opaque request, which needs no permission of the server, failed too.",
        None => "",
    };
    let missing = match finding.certainty {
        Certainty::Proven => None,
        _ if facts.is_mixed_content() => Some(
            "This page is https and the address is http, which browsers block before anything is sent. Use the https address, or open this page over http.",
        ),
        Certainty::Likely => Some(
            "The address is on this machine or a private network: allow this page to reach the local network, then run again.",
        ),
        Certainty::Possible => Some("An opaque request to the same address would tell whether anything answers there."),
    };
    Say {
        headline,
        summary: format!("{}{probe}", wording::event(facts, failure.at)),
        missing: missing.map(|text| text.to_string()),
    }
}
