//! Something answers at the address, and the browser does not let the page read it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, wording};
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "cors-blocked", group: Group::Reaching, title: "The browser may not show this page the answer", find, say };

/// A bare opaque failure is no proof: it takes an opaque request that was answered. On mixed content the browser decides
/// alone, and the server has no say in it.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_kept = |failure: &Failure<'_>| failure.how == How::Opaque && facts.answers_all_the_same(failure);
    let Some(failure) = facts.failure(is_kept) else { return };
    let certainty = match failure.exchange.fallback {
        _ if facts.is_mixed_content() => Certainty::Possible,
        // No opaque request was sent; another one to the same address was answered.
        true => Certainty::Likely,
        false => Certainty::Proven,
    };
    let before = facts.readable_before(failure.exchange);
    let events = facts.reached(failure).map(|(_, at)| at).into_iter().chain(before.map(|before| EventRef::response(before.id)));
    let added = before.map(|before| added_headers(before, failure.exchange)).unwrap_or_default();
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
    let other = if failure.exchange.fallback { "another" } else { "an opaque" };
    let summary = format!("{asked} failed without a response, and {other} request to the same address was answered. {open}");
    let missing = match facts.is_mixed_content() {
        true => {
            "This page is https and the address is http, which browsers block before anything is sent. Try the https address."
        }
        false => "An answer that can be read once the server allows it would prove it.",
    };
    Say::new(headline, wording::capital(&summary)).unproven(finding, missing)
}
