//! A request came before the handshake was complete, as the server sees it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::http::{ResponseHead, Sight};
use crate::mcp::Era;
use crate::trace::{Exchange, Purpose};

pub(super) static CAUSE: Cause = Cause {
    slug: "request-before-initialized",
    group: Group::Session,
    title: "A request before the handshake was complete",
    find,
    say,
};

/// JSON-RPC 2.0 §5.1. The Python SDK says no more to a request that comes too early.
const INVALID_PARAMS: i64 = -32602;

fn judge(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<Certainty> {
    let exchange = failure.exchange;
    let opens = matches!(exchange.method(), Some("initialize" | "ping"));
    if !failure.is_refused() || opens || !exchange.wants_answer() || exchange.era_sent() == Some(Era::Stateless) {
        return None;
    }
    match failure.about {
        // A client that was given an id and did not send it is another matter.
        Subject::Handshake if !may_be_issued(facts, exchange) || failure.in_session() => Some(Certainty::Proven),
        Subject::Session if is_uninitialized(failure) && failure.without_session() => {
            facts.initialized_before(exchange).is_none().then_some(Certainty::Likely)
        }
        Subject::Session if is_uninitialized(failure) && is_refused_anew(facts, failure) => Some(Certainty::Likely),
        Subject::Params if failure.code() == Some(INVALID_PARAMS) && began(facts, failure) && !is_complete(facts, failure) => {
            Some(Certainty::Likely)
        }
        _ => None,
    }
}

/// Whether a refusal says that a handshake is missing, and names no session.
pub(super) fn is_uninitialized(failure: &Failure<'_>) -> bool {
    let words = failure.words().to_ascii_lowercase();
    words.contains("not initiali") && !words.contains("session")
}

/// Whether the same was refused in the same words in a session that was opened for it.
fn is_refused_anew(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let again = |other: &&Exchange| {
        other.purpose == Purpose::Repeat && other.id > failure.exchange.id && other.method() == failure.exchange.method()
    };
    // A server that answers by turns loses what it knew; this one has never answered anything but the handshake.
    let answered = |other: &Exchange| other.session_sent().is_some() && other.wants_answer() && other.succeeded();
    // And one that refused the end of the handshake too keeps nothing from one request to the next.
    if !is_complete(facts, failure) || facts.trace.exchanges().iter().any(answered) {
        return false;
    }
    let mut repeated = facts.trace.exchanges().iter().filter(again).filter_map(|other| Failure::read(facts.trace, other));
    repeated.any(|repeated| repeated.about == failure.about)
}

/// Whether the handshake before an exchange issued a session id, or may have, because the recording does not hold its headers.
fn may_be_issued(facts: &Facts<'_>, exchange: &Exchange) -> bool {
    let opened = facts.initialized_before(exchange).and_then(Exchange::head);
    let unknown = |head: &ResponseHead| matches!(head.sight, Sight::Listed | Sight::Messages | Sight::Events);
    opened.is_some_and(|head| head.headers.has("mcp-session-id") || unknown(head))
}

/// Whether the session of a request began in this recording, so that its handshake would be in it too.
fn began(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let issued = |id: &str| facts.trace.sessions().iter().any(|line| line.id == id && line.issued.is_some());
    failure.stream.is_some() || failure.exchange.session_sent().is_some_and(issued)
}

/// Whether the handshake of the same session was complete before a request: `initialize` answered, and the notification taken.
fn is_complete(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let here = failure.exchange;
    // With HTTP+SSE the session is in the address, else in the header, which the notification carries too.
    let same = |other: &&Exchange| {
        let session = other.session_sent() == here.session_sent() && other.request.url == here.request.url;
        session && other.id < here.id && other.succeeded()
    };
    let mut earlier = facts.trace.exchanges().iter().filter(same);
    earlier.any(|other| other.method() == Some("notifications/initialized"))
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &Failure<'_>| judge(facts, failure);
    let Some(certainty) = facts.open().find_map(judged) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let seen = match (facts.initialized_before(failure.exchange).is_some(), is_complete(facts, failure)) {
        (_, true) => "The handshake was complete here: the server lost it, or another process answered.",
        (true, false) => "initialize was answered, and no notifications/initialized was taken in this session before.",
        (false, false) => "No initialize was answered in this session before.",
    };
    Say::new(
        format!("{host} takes {asked} for a request that came before the handshake was complete."),
        format!("{} {seen}", wording::refused(failure)),
    )
    .unproven(finding, "The same request after initialize and notifications/initialized would prove it.")
}
