//! The request carries a session id that the server no longer knows: it was restarted, it let the session expire, or
//! another instance answered.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::request_before_initialized::is_uninitialized;
use super::{Came, Cause, Certainty, Facts, Failure, Finding, Fresh, Group, Say, Subject, wording};
use crate::id::EventRef;
use crate::trace::{Exchange, Purpose};

pub(super) static CAUSE: Cause =
    Cause { slug: "session-stale", group: Group::Session, title: "The server no longer knows this session", find, say };

/// A refusal in a session: the words name the session, or there are none and the status is the one for it.
pub(super) fn is_lost(failure: &Failure<'_>) -> bool {
    let bare = matches!(failure.status(), 404 | 410) && failure.about == Subject::Unsaid;
    let named = matches!(failure.about, Subject::Session | Subject::SomeSession);
    // Where it is not known whether an id was sent, words that fit both say nothing; and what opens a session is sent without one.
    let may_be =
        !failure.without_session() && !is_uninitialized(failure) && !matches!(failure.exchange.method(), Some("initialize"));
    failure.is_refused() && ((named && (failure.in_session() || may_be)) || (bare && failure.in_session()))
}

/// Whether the words leave no doubt: that a server is not initialized says it also of a session that it never kept.
fn names_session(failure: &Failure<'_>) -> bool {
    failure.about == Subject::Session && !is_uninitialized(failure)
}

/// Whether the same was answered in the same session before: only what the server once knew can it know no longer.
fn was_known(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let (session, method) = (failure.exchange.session_sent(), failure.exchange.method());
    let alike = |other: &&Exchange| other.session_sent() == session && other.method() == method;
    facts.trace.exchanges().iter().filter(alike).any(|other| other.id < failure.exchange.id && other.succeeded())
}

/// Whether something was answered in the same session afterwards: a session that is lost stays lost.
fn lives_on(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let later = |other: &&Exchange| other.id > failure.exchange.id && other.session_sent() == failure.exchange.session_sent();
    facts.trace.exchanges().iter().filter(later).any(|other| other.answered_well)
}

/// The same request in other sessions, or in none.
fn elsewhere<'a>(facts: &Facts<'a>, failure: &Failure<'a>) -> impl Iterator<Item = &'a Exchange> {
    let (session, method) = (failure.exchange.session_sent(), failure.exchange.method());
    facts.trace.exchanges().iter().filter(move |other| other.session_sent() != session && other.method() == method)
}

/// Whether it was refused alike there: then it is what is asked that is refused.
fn is_refused_anywhere(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    elsewhere(facts, failure).any(|other| other.status() == failure.exchange.status() && !other.succeeded())
}

/// Where it was answered in a session that was opened later.
fn answered_later(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<EventRef> {
    let later = |other: &&Exchange| other.id > failure.exchange.id && other.session_sent().is_some() && other.succeeded();
    elsewhere(facts, failure).find(later).and_then(|other| other.answer)
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

/// A 400 in words that nobody knows, or without any, where a new session is accepted (WebFlux sends nothing). To what a person
/// called it is mostly about what was called.
fn may_be_lost(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let wordless = failure.status() == 400 && failure.about == Subject::Unsaid && !failure.is_refused_in_rpc();
    let accepted = || facts.started_over(failure).is_some_and(|(fresh, _)| fresh == Fresh::Accepted);
    failure.in_session() && wordless && failure.exchange.purpose != Purpose::Call && accepted()
}

/// A refusal in a session of which only the status is in the recording: with these a session is refused that the server does not know.
fn may_be_unknown(failure: &Failure<'_>) -> bool {
    failure.in_session() && failure.about == Subject::Unread && matches!(failure.status(), 400 | 404 | 410)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_stale = |failure: &Failure<'_>| {
        let stale = is_lost(failure) || is_told_apart(facts, failure) || may_be_lost(facts, failure);
        let contradicted = || is_refused_anywhere(facts, failure) || lives_on(facts, failure);
        stale && (names_session(failure) || !contradicted())
    };
    let Some(failure) = facts.failure(is_stale) else {
        let contradicted = |failure: &Failure<'_>| is_refused_anywhere(facts, failure) || lives_on(facts, failure);
        let may_be = |failure: &Failure<'_>| may_be_unknown(failure) && !contradicted(failure);
        return out.extend(facts.finding(&CAUSE, Certainty::Possible, may_be));
    };
    let control = facts.probed("control", failure).filter(|(came, _)| *came == Came::Refused(failure.status()));
    let fresh = facts.started_over(failure);
    // Under a good status the words may be a tool's, about some other session.
    let says_so = names_session(failure) && failure.status() != 0;
    let later = answered_later(facts, failure);
    // Where nobody says so, a new session that is accepted is not enough: what was refused must be answered in one. A 400 that
    // does not come back there may have been about anything.
    let apart = later.is_some() || was_known(facts, failure);
    let shows = names_session(failure) || (is_lost(failure) && apart) || is_told_apart(facts, failure);
    let certainty = match fresh {
        // The words of some servers fit a request without an id as well.
        _ if !failure.in_session() => Certainty::Likely,
        Some((Fresh::Accepted, _)) if shows => Certainty::Proven,
        _ if says_so => Certainty::Proven,
        Some((Fresh::RefusedAlike, _)) if failure.about == Subject::Unsaid => return,
        _ => Certainty::Likely,
    };
    let found = facts.finding(&CAUSE, certainty, is_stale);
    let probes = [control.map(|(_, at)| at), fresh.map(|(_, at)| at), later];
    out.extend(found.map(|found| found.and(probes.into_iter().flatten())));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let id = failure.exchange.session_sent().unwrap_or_default();
    let session = wording::session(facts, id);
    if may_be_unknown(failure) {
        return Say::new(format!("{} may no longer know {session}.", wording::host(facts)), wording::refused(failure))
            .unproven(finding, "What the server said would tell: its log, or the same request with curl -i.");
    }
    let opened = facts.trace.sessions().iter().find(|line| line.id == id).and_then(|line| line.issued);
    let opened = opened.and_then(|at| facts.trace.exchange(at.exchange)).and_then(|opened| opened.response.as_ref());
    // The recordings of some programs have no times.
    let opened = opened.filter(|(at, _)| *at < failure.exchange.at);
    let issued = opened
        .and_then(|(at, _)| wording::between(facts, *at, failure.exchange.at))
        .map_or_else(String::new, |span| format!(", which it issued {span} earlier"));
    let probe = match facts.started_over(failure) {
        Some((Fresh::Accepted, _)) if answered_later(facts, failure).is_some() => {
            " A new session was accepted at once, and the same was answered in it."
        }
        Some((Fresh::Accepted, _)) => " A new session was accepted at once.",
        Some(_) => " A new session could not be opened either.",
        None => "",
    };
    let missing = match facts.started_over(failure) {
        _ if !failure.in_session() => {
            "A recording with the headers would prove it: it shows whether the request carried a session id, and which."
        }
        Some((Fresh::Accepted, _)) => "The same request, answered in a new session, would prove it.",
        _ => "An initialize without the session id that succeeds would prove it.",
    };
    Say::new(format!("{} no longer knows {session}{issued}.", wording::host(facts)), wording::refused(failure) + probe)
        .unproven(finding, missing)
        .by_probe("initialize-without-id")
}
