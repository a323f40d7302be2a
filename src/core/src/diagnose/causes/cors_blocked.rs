//! Something answers at the address, and the browser does not let the page read it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Reach, Say, wording};
use crate::id::EventRef;
use crate::trace::{Exchange, Permission};

pub(super) static CAUSE: Cause =
    Cause { slug: "cors-blocked", group: Group::Reaching, title: "The browser may not show this page the answer", find, say };

/// A bare opaque failure is no proof: it takes a request that needs no permission and was answered.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let reach = |failure: &Failure<'_>| facts.reach(failure).filter(|(reach, _)| matches!(reach, Reach::Answered | Reach::Kept));
    let is_kept = |failure: &Failure<'_>| failure.how == How::Opaque && reach(failure).is_some();
    let Some(failure) = facts.failure(is_kept) else { return };
    let before = facts.readable_before(failure.exchange);
    let added = before.map(|before| added_headers(before, failure.exchange)).unwrap_or_default();
    // A server that answered pages before may have dropped this one request, unless the same was answered without permission.
    let may_be_dropped = before.is_some() && added.is_empty() && !facts.was_repeated(failure);
    // A name may lead to an address for which a browser wants a permission, and keep the page from it.
    let may_be_nearer = facts.trace.about.local_network == Permission::Denied && !facts.was_repeated(failure);
    let certainty =
        if failure.exchange.fallback || may_be_dropped || may_be_nearer { Certainty::Likely } else { Certainty::Proven };
    let events = reach(failure).map(|(_, at)| at).into_iter().chain(before.map(|before| EventRef::response(before.id)));
    let found = facts.finding(&CAUSE, certainty, is_kept);
    out.extend(found.map(|found| found.and(events).with("added", added)));
}

/// The headers that a failed request has and a readable one before it had not: what the preflight must allow in addition.
fn added_headers(before: &Exchange, failed: &Exchange) -> String {
    let added = failed.request.headers.iter().filter(|(name, _)| !before.request.headers.has(name));
    wording::list(&added.map(|(name, _)| name.to_string()).collect::<Vec<_>>())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let added = finding.param("added").unwrap_or_default();
    let (headline, open) = if !added.is_empty() {
        let two = added.contains(" and ") && !added.contains(',');
        let added = if two { format!("both {added}") } else { added.to_string() };
        (
            format!("{host} does not allow pages to send {added}."),
            format!("An earlier request without {added} could be read, so Access-Control-Allow-Headers does not name {added}."),
        )
    } else if facts.readable_before(failure.exchange).is_some() {
        (
            format!("{host} answers, and the browser may not show this page the answer to {asked}."),
            "An earlier answer could be read: this one is probably an error reply without CORS headers.".to_string(),
        )
    } else {
        (
            format!("{host} answers, and the browser may not show this page what it says."),
            "Not known from here: whether the preflight, the origin, a header, or an error reply without CORS headers is the reason.".to_string(),
        )
    };
    let seen = match facts.reach(failure) {
        Some((Reach::Kept, _)) => {
            "no request of this page is shown an answer, though something is there; Cross-Origin-Resource-Policy keeps the others out"
        }
        _ if failure.exchange.fallback => "another request to the same address was answered",
        _ if facts.was_repeated(failure) => "the same request was answered when it needed no permission",
        _ => "a request to the same address that needs no permission was answered",
    };
    let summary = format!("{asked} failed without a response, and {seen}. {open}");
    let missing = "An answer that can be read once the server allows it would prove it.";
    Say::new(headline, wording::capital(&summary)).unproven(finding, missing)
}
