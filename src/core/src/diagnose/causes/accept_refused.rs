//! The server does not like the `Accept` header of the request.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "accept-refused", group: Group::Agreement, title: "The server refuses the accepted media types", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_accept = |failure: &Failure<'_>| {
        let bare = failure.status() == 406 && failure.about == Subject::Unsaid;
        failure.is_refused() && (failure.about == Subject::Accept || bare)
    };
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_accept));
    let is_unread = |failure: &Failure<'_>| failure.status() == 406 && failure.about == Subject::Unread;
    out.extend(facts.finding(&CAUSE, Certainty::Likely, is_unread));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let sent = failure.exchange.request.headers.get("accept").unwrap_or_default();
    let headline = format!("{} refuses the media types that the client accepts.", wording::host(facts));
    let both = ["application/json", "text/event-stream"].iter().all(|media_type| sent.contains(media_type));
    let accept = match sent {
        "" if !failure.exchange.lacked("accept") => "".to_string(),
        "" => " It was sent without an Accept header.".to_string(),
        _ if both => " It was sent with both media types: something on the way changed the header.".to_string(),
        _ => format!(" It was sent with Accept {}.", wording::quote(sent)),
    };
    Say::new(headline, wording::refused(failure) + &accept).unproven(finding, "What the server said would prove it.")
}
