//! The server guards against DNS rebinding and does not know the origin of the page, or the host name it was called by.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause {
    slug: "origin-or-host-rejected",
    group: Group::Reaching,
    title: "The server refuses this page or this host name",
    find,
    say,
};

/// 421 means that the host is not served here (RFC 9110 §15.5.20); MCP servers use it for a host they do not know.
fn is_guarded(failure: &Failure<'_>) -> bool {
    let bare = failure.status() == 421 && failure.about == Subject::Unsaid;
    failure.is_refused() && (failure.about == Subject::Origin || bare)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let named = facts.failure(is_guarded).is_some_and(|failure| failure.about == Subject::Origin);
    let certainty = if named { Certainty::Proven } else { Certainty::Likely };
    out.extend(facts.finding(&CAUSE, certainty, is_guarded));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let host = wording::host(facts);
    let origin = failure.words().to_ascii_lowercase().contains("origin");
    let headline = match (&facts.trace.about.page, origin) {
        (Some(page), true) => format!("{host} does not accept requests from pages at {page}."),
        (None, true) => format!("{host} does not accept requests from this origin."),
        (_, false) => format!("The server does not accept requests for the host name {host}."),
    };
    Say::new(headline.to_string(), wording::refused(failure))
        .unproven(finding, "A refusal that names the host or the origin would prove it.")
}
