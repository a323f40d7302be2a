//! The session is known to one process of the server and not to the others, and requests reach them by turns.

use alloc::format;
use alloc::vec::Vec;

use super::session_stale::is_lost;
use super::{Cause, Certainty, Facts, Failure, Finding, Fresh, Group, Say, Subject, wording};
use crate::id::EventRef;
use crate::time::Micros;
use crate::trace::{Exchange, SessionLine};

/// A server that has just issued an id has not let it expire, and is hardly ever restarted at that moment.
const FRESH: Micros = Micros::from_secs(2);

/// The probe that sends several requests in one session at once.
const PROBE: &str = "parallel-requests";

pub(super) static CAUSE: Cause = Cause {
    slug: "session-not-shared",
    group: Group::Session,
    title: "Only one process of the server knows the session",
    find,
    say,
};

/// A request that was refused because the session was not known, and where the session was known again afterwards. A server
/// that has lost a session never knows it again.
fn by_turns<'a>(facts: &Facts<'a>, line: &SessionLine) -> Option<(Failure<'a>, EventRef)> {
    let used = || line.used.iter().filter_map(|id| facts.trace.exchange(*id));
    let answered: Vec<&Exchange> = used().filter(|exchange| exchange.succeeded() && exchange.answer.is_some()).collect();
    // Of the probes the one that asks this. Others change more about a request than when it is sent.
    let counts = |exchange: &&Exchange| {
        !exchange.purpose.is_probe() || facts.trace.probe_of(exchange).is_some_and(|(slug, _)| slug == PROBE)
    };
    used().filter(counts).find_map(|exchange| {
        let unknown = Failure::read(facts.trace, exchange).filter(is_unknown)?;
        // Only an answer proves that the session is known: notifications are taken by servers that look at nothing. And where
        // the refusal names no session, it may be about what was asked.
        let comparable = |other: &&Exchange| is_named(&unknown) || other.method() == exchange.method();
        // The requests of the probe are sent at once: none of them is the later one.
        let at_once = |other: &Exchange| exchange.probe.is_some_and(|own| other.probe.is_some_and(|step| step.run == own.run));
        let later = answered.iter().copied().filter(|other| other.id > exchange.id || at_once(other));
        let again = later.filter(comparable).find_map(|other| other.answer)?;
        Some((unknown, again))
    })
}

/// Whether a request was refused as one of a session that is not known, and not by an error of what it asked for.
fn is_unknown(failure: &Failure<'_>) -> bool {
    is_lost(failure) && failure.status() != 0
}

fn is_named(failure: &Failure<'_>) -> bool {
    failure.about != Subject::Unsaid
}

/// A refusal of the first request that carried an id which had just been issued.
fn is_newborn(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let id = failure.exchange.session_sent();
    let line = facts.trace.sessions().iter().find(|line| id == Some(&*line.id));
    let issued = line.and_then(|line| facts.trace.when(line.issued?));
    let first = line.is_some_and(|line| line.used.first() == Some(&failure.exchange.id));
    let soon = issued.is_some_and(|issued| failure.exchange.at.saturating_sub(issued) <= FRESH);
    // A server may not have a path for notifications, and where the times are unknown nothing is known of how soon it was.
    let clear = is_named(failure) || failure.exchange.wants_answer();
    is_unknown(failure) && first && soon && clear && facts.economy().span.is_some() && !was_refused_alike(facts, failure)
}

/// Whether `initialize` without the id was refused in the same way: then the refusal is not about the session.
fn was_refused_alike(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    matches!(facts.started_over(failure), Some((Fresh::RefusedAlike, _)))
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    if let Some((unknown, again)) = facts.trace.sessions().iter().find_map(|line| by_turns(facts, line)) {
        let id = unknown.exchange.session_sent();
        let of_it = |failure: &Failure<'_>| is_unknown(failure) && failure.exchange.session_sent() == id;
        let found = facts.finding(&CAUSE, Certainty::Proven, of_it);
        // Where only a probe was refused, nothing has failed yet.
        let found = found.unwrap_or_else(|| Finding::new(&CAUSE, Certainty::Proven, unknown.at).note());
        return out.push(found.and([again]));
    }
    let Some(failure) = facts.failure(|failure| is_newborn(facts, failure)) else { return };
    let fresh = facts.started_over(failure).map(|(_, at)| at);
    let id = failure.exchange.session_sent();
    let of_it = |failure: &Failure<'_>| is_unknown(failure) && failure.exchange.session_sent() == id;
    out.extend(facts.finding(&CAUSE, Certainty::Likely, of_it).map(|found| found.and(fresh)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.exchange_of(finding).and_then(|exchange| Failure::read(facts.trace, exchange)) else {
        return Say::default();
    };
    let (host, id) = (wording::host(facts), failure.exchange.session_sent().unwrap_or_default());
    let session = wording::session(facts, id);
    let line = facts.trace.sessions().iter().find(|line| line.id == id);
    let refused = wording::refused(&failure);
    if let Some((_, again)) = line.and_then(|line| by_turns(facts, line)) {
        let again = facts.trace.exchange(facts.about(again)).map(wording::step).unwrap_or_default();
        let used = || line.into_iter().flat_map(|line| &line.used).filter_map(|id| facts.trace.exchange(*id));
        let known = wording::count(used().filter(|exchange| exchange.succeeded()).count(), "request");
        return Say::new(
            format!("{host} knows {session} now and then: {again} was answered after it had been unknown."),
            format!("{refused} In the same session {known} went well. A session that was lost would have stayed lost."),
        );
    }
    let issued = line.and_then(|line| facts.trace.when(line.issued?));
    let after = issued.and_then(|issued| wording::between(facts, issued, failure.exchange.at)).unwrap_or_default();
    Say::new(
        format!("{host} did not know {session} {after} after it had issued it."),
        format!("{refused} That is too soon for a restart: another process answered, or the server does not keep its sessions."),
    )
    .unproven(finding, "The same id, refused once and accepted again, would prove it.")
}
