//! The server does not like the `Accept` header of the request.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause {
    slug: "accept-refused",
    title: "The server refuses the accepted media types",
    page: include_str!("../pages/accept-refused.md"),
    find,
    say,
};

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_accept = |failure: &Failure<'_>| {
        let bare = failure.status() == 406 && failure.about == Subject::Unsaid;
        failure.is_refused() && (failure.about == Subject::Accept || bare)
    };
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_accept));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let sent = failure.exchange.request.headers.get("accept").unwrap_or_default();
    let headline = format!("{} refuses the media types that the client accepts.", wording::host(facts));
    let accept =
        if sent.is_empty() { "no Accept header was sent".into() } else { format!("Accept was {}", wording::quote(sent)) };
    Say::new(headline, format!("{} On the wire, {accept}.", wording::refused(failure)))
}
