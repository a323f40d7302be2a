//! The server wants a session id, and the request carried none.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "session-missing", group: Group::Session, title: "A request without a session id", find, say };

/// An id was issued and not sent, and the server takes the request for the first one of a new session, as the Go SDK does.
fn is_new_to_it(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let opened = facts.initialized_before(failure.exchange).and_then(Exchange::head);
    let issued = opened.is_some_and(|head| head.headers.has("mcp-session-id"));
    failure.about == Subject::Handshake && failure.without_session() && issued
}

/// Whether it is what opens a session, and carries no id unless the recording shows one.
fn opens(failure: &Failure<'_>) -> bool {
    failure.exchange.method() == Some("initialize") && !failure.in_session()
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_missing = |failure: &Failure<'_>| {
        let absent =
            failure.about == Subject::NoSession || (failure.about.is_session() && (failure.without_session() || opens(failure)));
        failure.is_refused() && (absent || is_new_to_it(facts, failure))
    };
    let unknown = |failure: &Failure<'_>| !failure.in_session() && !failure.without_session();
    let vague = facts.failure(is_missing).is_some_and(|failure| failure.about == Subject::SomeSession || unknown(failure));
    let certainty = if vague { Certainty::Likely } else { Certainty::Proven };
    out.extend(facts.finding(&CAUSE, certainty, is_missing));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let headline = if failure.in_session() {
        format!("{host} did not see the session id that {asked} carried.")
    } else if !failure.without_session() && asked != "initialize" {
        format!("{host} wants a session id. Whether {asked} carried one, this recording does not say.")
    } else if asked == "initialize" {
        format!("{host} wants a session id on initialize, the request that opens a session.")
    } else if is_new_to_it(facts, failure) {
        format!("{asked} was sent without the session id that {host} had issued.")
    } else if facts.initialized_before(failure.exchange).is_some() {
        format!("{host} wants a session id, and its answer to initialize held none.")
    } else {
        format!("{host} wants a session id, and {asked} carried none.")
    };
    Say::new(headline, wording::refused(failure)).unproven(finding, "The same request with a session id would prove it.")
}
