//! The server is there, and does not serve this path.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Fresh, Group, Say, Subject, phrases, token, wording};
use crate::said::{is_html, said_in};

pub(super) static CAUSE: Cause =
    Cause { slug: "endpoint-not-found", group: Group::Address, title: "Nothing is served at this path", find, say };

/// Whether the words are a router's own.
pub(super) fn is_of_a_router(failure: &Failure<'_>) -> bool {
    // A page says it in its heading, and more below.
    let heads = || is_html(&failure.body) && said_in(&failure.body).lines().any(phrases::is_of_a_router);
    phrases::is_of_a_router(&failure.words()) || heads()
}

/// A 404 at an address that never worked, with no session it could be about.
fn is_absent(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let bare = (failure.status() == 404 && failure.about == Subject::Unsaid) || token::is_unrouted(failure);
    let worked = facts.spoke_before(failure.exchange);
    let gone = failure.in_session() && facts.started_over(failure).is_some_and(|(fresh, _)| fresh == Fresh::RefusedAlike);
    bare && (gone || (!worked && !failure.in_session()))
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(failure) = facts.failure(|failure| is_absent(facts, failure)) else { return };
    let slash = facts.probed("trailing-slash", failure).filter(|(came, _)| came.is_taken()).map(|(_, at)| at);
    let proven = slash.is_some() || (is_of_a_router(failure) && !failure.in_session());
    let certainty = if proven { Certainty::Proven } else { Certainty::Likely };
    let found = facts.finding(&CAUSE, certainty, |failure| is_absent(facts, failure));
    out.extend(found.map(|found| found.and(slash)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let url = &failure.exchange.request.url;
    // HTTP+SSE: the server itself named this address, so what it calls itself and what it is called by differ.
    let named = match failure.stream {
        Some(_) => " The server named this path itself; mostly a proxy in front of it takes a part of the path off.",
        None => "",
    };
    let other = match facts.probed("trailing-slash", failure) {
        Some((came, at)) if came.is_taken() => {
            let path = facts.trace.exchange(at.exchange).map_or("", |probe| probe.request.url.path());
            format!(" {path} answers: that is the address to use.")
        }
        _ => String::new(),
    };
    Say::new(
        format!("{} serves nothing at {}.", wording::host_of(facts, url), url.path()),
        wording::refused(failure) + named + &other,
    )
    .unproven(finding, "An address of the same server that answers would prove it: try /mcp, /mcp/ or /sse.")
    .by_probe("trailing-slash")
}
