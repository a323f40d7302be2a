//! HTTP+SSE (2024-11-05): the event stream opened, and its first event, which says where to post messages, never came.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, wording};
use crate::trace::Purpose;

pub(super) static CAUSE: Cause = Cause {
    slug: "sse-endpoint-missing",
    group: Group::HttpSse,
    title: "The event stream does not say where to send messages",
    find,
    say,
};

fn is_nameless(failure: &Failure<'_>) -> bool {
    let waited = matches!(failure.how, How::Unanswered | How::Silent);
    failure.exchange.purpose == Purpose::Endpoint && failure.exchange.is_stream() && waited
}

/// Where HTTP+SSE was only tried, it may be an event stream of another kind.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let tried = facts.failure(is_nameless).is_some_and(|failure| failure.exchange.fallback);
    let certainty = if tried { Certainty::Likely } else { Certainty::Proven };
    out.extend(facts.finding(&CAUSE, certainty, is_nameless));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let span = wording::took(exchange, exchange.last_at());
    let events = wording::count(exchange.received().count(), "message");
    let end = match failure.how {
        How::Silent => {
            format!(
                "The stream was open{} and had brought {events}.",
                span.map(|span| format!(" for {span}")).unwrap_or_default()
            )
        }
        _ => format!("The stream ended{} with {events}.", span.map(|span| format!(" after {span}")).unwrap_or_default()),
    };
    let headline = format!("{} opened an event stream and never said where to send messages.", wording::host(facts));
    let summary = format!(
        "{end} The first event of HTTP+SSE must be of type endpoint. A proxy that buffers holds it back: try curl -N at the server itself."
    );
    Say::new(headline, summary)
        .unproven(finding, "The POST was refused first, so this may be an event stream of another kind, and not MCP at all.")
}
