//! The address leads to another origin, and the token stays behind: who follows a redirect there takes it off.

use alloc::format;
use alloc::vec::Vec;

use super::redirected_endpoint::led_to;
use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::http::Url;

pub(super) static CAUSE: Cause =
    Cause { slug: "redirect-dropped-token", group: Group::Reaching, title: "The token was lost in a redirect", find, say };

/// Where a request with a token ended up, if that is another origin (Fetch standard, HTTP-redirect fetch, step 13).
fn elsewhere(failure: &Failure<'_>) -> Option<Url> {
    let sent = failure.exchange.sent_token();
    led_to(failure.exchange).filter(|to| sent && to.origin() != failure.exchange.request.url.origin())
}

/// A refusal that asks for a token there. One that says that the token has expired has seen it.
fn judge(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<Certainty> {
    elsewhere(failure)?;
    match (failure.status(), failure.about) {
        // Outside a browser it depends on the client.
        (_, Subject::Token) | (401, Subject::Unsaid) if facts.trace.about.page.is_some() => Some(Certainty::Proven),
        (_, Subject::Token) | (401 | 403, Subject::Unsaid) => Some(Certainty::Likely),
        _ => None,
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &Failure<'_>| judge(facts, failure);
    let Some(certainty) = facts.open().find_map(judged) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let Some(to) = elsewhere(failure) else { return Say::default() };
    let (from, there) = (&failure.exchange.request.url, wording::quote(&to.without_query()));
    // http to https on one host: the host alone would read as if nothing had changed.
    let (from, other) = match from.authority() == to.authority() {
        true => (from.origin(), to.origin()),
        false => (from.authority(), to.authority()),
    };
    Say::new(
        format!("{from} sends requests on to {other}, and the token does not go along."),
        format!(
            "{} The answer came from {there}. A redirect to another origin takes the Authorization header off; use that address.",
            wording::refused(failure)
        ),
    )
    .unproven(finding, "The same run with the address that it leads to would prove it.")
}
