//! HTTP+SSE (2024-11-05): the event stream sends its messages to another origin, and a client must not follow it there: it
//! would take the token along.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "sse-endpoint-foreign", group: Group::HttpSse, title: "Messages would go to another origin", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, |failure: &Failure<'_>| failure.how == How::Elsewhere));
}

/// The address without its query, which holds the session id.
fn without_query(address: &str) -> String {
    wording::quote(address.split('?').next().unwrap_or_default())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let stream = &failure.exchange.request.url;
    let named = facts.trace.item_text(failure.at).unwrap_or_default();
    let (here, there) = (stream.origin(), without_query(&named));
    let headline = match stream.join(&named) {
        Some(url) if url.host() == stream.host() && url.scheme() != stream.scheme() => {
            format!(
                "{} wants messages over {}, and was called over {}.",
                stream.host(),
                url.scheme().as_str(),
                stream.scheme().as_str()
            )
        }
        Some(url) => format!("{} wants its messages sent to {}.", wording::host_of(facts, stream), url.authority()),
        None => format!("{} names an address for messages that cannot be called.", wording::host_of(facts, stream)),
    };
    let summary = format!(
        "The stream was opened at {here}, and its endpoint event names {there}. Nothing is sent there: the token would go along. Usually a proxy changes the scheme or the host; let the server name a path only."
    );
    Say::new(headline, summary)
}
