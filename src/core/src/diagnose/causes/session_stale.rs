//! The request carries a session id that the server no longer knows: it was restarted, it let the session expire, or
//! another instance answered.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Came, Cause, Certainty, Facts, Failure, Finding, Fresh, Group, Say, Subject, wording};
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "session-stale", group: Group::Session, title: "The server no longer knows this session", find, say };

/// A refusal in a session: the words name the session, or there are none and the status is the one for it.
pub(super) fn is_lost(failure: &Failure<'_>) -> bool {
    let bare = failure.status() == 404 && failure.about == Subject::Unsaid;
    let named = matches!(failure.about, Subject::Session | Subject::SomeSession);
    failure.in_session() && failure.is_refused() && (named || bare)
}

/// Whatever was said, and in whatever language: the session was answered before, something light in it is refused alike now, and a
/// new one is accepted.
fn is_told_apart(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let answered = |other: &Exchange| {
        other.id < failure.exchange.id && other.session_sent() == failure.exchange.session_sent() && other.answered_well
    };
    let alike = facts.probed("control", failure).is_some_and(|(came, _)| came == Came::Refused(failure.status()));
    failure.about == Subject::Unsaid
        && failure.in_session()
        && alike
        && matches!(facts.started_over(failure), Some((Fresh::Accepted, _)))
        && facts.trace.exchanges().iter().any(answered)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_lost = |failure: &Failure<'_>| is_lost(failure) || is_told_apart(facts, failure);
    let Some(failure) = facts.failure(is_lost) else { return };
    let control = facts.probed("control", failure).filter(|(came, _)| *came == Came::Refused(failure.status()));
    let fresh = facts.started_over(failure);
    // Under a good status the words may be a tool's, about some other session.
    let says_so = failure.about == Subject::Session && failure.status() != 0;
    let certainty = match fresh {
        Some((Fresh::Accepted, _)) => Certainty::Proven,
        _ if says_so => Certainty::Proven,
        Some((Fresh::RefusedAlike, _)) if failure.about == Subject::Unsaid => return,
        _ => Certainty::Likely,
    };
    let found = facts.finding(&CAUSE, certainty, is_lost);
    let probes = [control.map(|(_, at)| at), fresh.map(|(_, at)| at)];
    out.extend(found.map(|found| found.and(probes.into_iter().flatten())));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let id = failure.exchange.session_sent().unwrap_or_default();
    let session = wording::session(facts, id);
    let opened = facts.trace.sessions().iter().find(|line| line.id == id).and_then(|line| line.issued);
    let opened = opened.and_then(|at| facts.trace.exchange(at.exchange)).and_then(|opened| opened.response.as_ref());
    // The recordings of some programs have no times.
    let opened = opened.filter(|(at, _)| *at < failure.exchange.at);
    let issued = opened
        .map_or_else(String::new, |(at, _)| format!(", which it issued {} earlier", wording::between(*at, failure.exchange.at)));
    let probe = match facts.started_over(failure) {
        Some((Fresh::Accepted, _)) => " A new session was accepted at once.",
        Some(_) => " A new session could not be opened either.",
        None => "",
    };
    Say::new(format!("{} no longer knows {session}{issued}.", wording::host(facts)), wording::refused(failure) + probe)
        .unproven(finding, "An initialize without the session id that succeeds would prove it.")
        .by_probe("initialize-without-id")
}
