//! The server does not like the `Content-Type` of the request.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause {
    slug: "content-type-refused",
    group: Group::Agreement,
    title: "The server refuses the media type of the request",
    find,
    say,
};

/// 415 (RFC 9110 §15.5.16), or words that name the type under another status. Some servers answer with 415 to JSON that
/// they cannot make sense of (rmcp), and then say so.
fn judge(failure: &Failure<'_>) -> Option<Certainty> {
    match (failure.status(), failure.about) {
        _ if !failure.is_refused() => None,
        (_, Subject::ContentType) => Some(Certainty::Proven),
        (415, Subject::Unsaid) if failure.words().is_empty() => Some(Certainty::Proven),
        (415, Subject::Unsaid | Subject::Unread) => Some(Certainty::Likely),
        _ => None,
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(certainty) = facts.open().find_map(judge) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judge(failure).is_some()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let left = match failure.exchange.request.headers.get("content-type") {
        Some("application/json") => {
            "It left here with Content-Type application/json, as the protocol wants it: something on the way changed it, or this path takes other requests."
                .into()
        }
        Some(other) => format!("It was sent with Content-Type {}, and must be application/json.", wording::quote(other)),
        None if !failure.exchange.lacked("content-type") => "It must be application/json.".into(),
        None => "It was sent without a Content-Type, and must be application/json.".into(),
    };
    Say::new(format!("{host} refuses the media type of {asked}."), format!("{} {left}", wording::refused(failure)))
        .unproven(finding, "The same request past every proxy, at the server itself, would prove it.")
}
