//! Nothing answered: not the request, and not an opaque one that needs no permission to be answered.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Reach, Say, wording};
use crate::trace::Permission;

pub(super) static CAUSE: Cause =
    Cause { slug: "server-unreachable", group: Group::Reaching, title: "Nothing answered at this address", find, say };

/// Outside a browser a failed request is what it seems; in one, only requests that need no permission can tell. One that is
/// dropped with and without permission, while others are answered, was dropped by the server.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_silent = |failure: &Failure<'_>| failure.how == How::Opaque && !is_kept(facts, failure);
    let Some(failure) = facts.failure(is_silent) else { return };
    let about = &facts.trace.about;
    let reach = facts.reach(failure);
    // What is proven is that this browser gets nothing from there. Why, whether the network, a certificate or a redirect in a
    // circle, no browser tells a page.
    let certainty = match reach {
        Some((Reach::Nothing, _)) if may_be_kept_out(facts, failure) => Certainty::Likely,
        Some(_) => Certainty::Proven,
        None if about.page.is_none() => Certainty::Proven,
        None => Certainty::Possible,
    };
    let found = facts.finding(&CAUSE, certainty, is_silent);
    out.extend(found.map(|found| found.and(reach.map(|(_, at)| at))));
}

/// Whether the browser is what keeps the answer back.
fn is_kept(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    matches!(facts.reach(failure), Some((Reach::Answered | Reach::Kept, _)))
}

/// Whether the browser may have kept the page from the local network without asking the network; it says so, or does not know of
/// it.
fn may_be_kept_out(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    facts.asks_nearer() && facts.trace.about.local_network != Permission::Granted && !is_known_dead(facts, failure)
}

/// Whether the browser knows of a permission and would have said that it keeps an answer back.
fn is_known_dead(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    facts.trace.about.local_network != Permission::Unknown && facts.answers_no_events(failure)
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, url) = (wording::host(facts), &failure.exchange.request.url);
    let reach = facts.reach(failure).map(|(reach, _)| reach);
    let headline = match (finding.certainty, facts.readable_before(failure.exchange)) {
        _ if is_bad_port(url.port()) => format!("Browsers do not call port {}, which belongs to another protocol.", url.port()),
        _ if reach == Some(Reach::Dropped) => {
            format!("{host} closes the connection at {} without an answer.", wording::step(failure.exchange))
        }
        (Certainty::Possible, _) => format!("{host} could not be reached, or the browser kept its answer."),
        (_, Some(_)) => format!("{host} stopped answering after it had answered before."),
        (_, None) if facts.trace.about.page.is_some() => format!("This browser gets no answer from {host}."),
        (_, None) => format!("Nothing answers at {host}."),
    };
    let probe = match reach {
        Some(Reach::Dropped) => " It failed in the same way when it needed no permission, while a GET is answered.",
        Some(_) => {
            " Requests that need no permission of the server failed too. Whether it is the network, the certificate or a redirect \
             that leads in a circle, curl -v tells."
        }
        None => "",
    };
    let missing = match finding.certainty {
        Certainty::Likely => "The address is on this machine or a private network. Allow this page to reach it, then run again.",
        _ => "An opaque request to the same address would tell whether anything answers there.",
    };
    Say::new(headline, wording::event(facts, failure.at) + probe).unproven(finding, missing).by_probe("reachability")
}

/// Ports that browsers do not connect to (Fetch standard, §2.9, port blocking).
#[rustfmt::skip]
const BAD_PORTS: &[u16] = &[
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117,
    119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
    989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

fn is_bad_port(port: u16) -> bool {
    BAD_PORTS.contains(&port)
}
