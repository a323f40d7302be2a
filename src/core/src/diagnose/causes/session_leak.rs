//! Sessions are opened and never ended: the server keeps each of them until it expires.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, session_storm, wording};
use crate::economy::{Economy, Fate, SessionUse};
use crate::http::Method;
use crate::id::EventRef;
use crate::trace::Exchange;

/// So many sessions that were left for a later one are a habit. One or two can be a connection that broke.
const LEAK: usize = 3;

/// So many of the events that issued a session are shown as evidence.
const SHOWN: usize = 3;

pub(super) static CAUSE: Cause =
    Cause { slug: "session-leak", group: Group::Session, title: "Sessions are opened and never ended", find, say };

/// The sessions that were given up for a later one; empty when they are too few to say something.
pub(super) fn left(economy: &Economy) -> Vec<&SessionUse> {
    let left: Vec<&SessionUse> = economy.counted().filter(|session| session.fate == Fate::Left).collect();
    if left.len() >= LEAK { left } else { Vec::new() }
}

/// Where the server did not let a session be ended that it knows. It may (2025-03-26 and later, transports, session
/// management); then sessions stay until they expire, whatever clients do.
fn refused_end<'a>(facts: &Facts<'a>) -> Option<&'a Exchange> {
    let is_end = |exchange: &&Exchange| exchange.request.method == Method::Delete && !exchange.purpose.is_probe();
    facts
        .trace
        .exchanges()
        .iter()
        .filter(is_end)
        .find(|exchange| exchange.session_sent().is_some() && matches!(exchange.status(), Some(405 | 501)))
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    // What a storm leaves behind is told with the storm.
    if out.iter().any(|found| found.cause == &session_storm::CAUSE) {
        return;
    }
    let left = left(facts.economy());
    let full = |failure: &Failure<'_>| failure.about == Subject::Crowd;
    let issued = left.iter().take(SHOWN).chain(left.last()).map(|session| session.at);
    if let Some(first) = left.first() {
        let refused = facts.finding(&CAUSE, Certainty::Proven, full);
        let found = refused.unwrap_or_else(|| Finding::new(&CAUSE, Certainty::Likely, first.at).note());
        out.push(found.and(issued));
    } else if let Some(end) = refused_end(facts).filter(|_| facts.is_good()) {
        out.push(Finding::new(&CAUSE, Certainty::Proven, EventRef::response(end.id)).note());
    }
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let (host, economy) = (wording::host(facts), facts.economy());
    let left = left(economy);
    if let ([], Some(end)) = (&*left, refused_end(facts)) {
        let status = wording::status(end.status().unwrap_or_default());
        return Say::new(
            format!("{host} does not let clients end a session."),
            format!("DELETE was answered with {status}. A server may do so; then it keeps each session until it expires."),
        );
    }
    let unused = left.iter().filter(|session| session.asked == 0).count();
    let never = match unused {
        0 => "none of them was ended",
        n if n == left.len() => "none of them was used or ended",
        _ => "none of them was ended, some not even used",
    };
    let count = left.len();
    match facts.failure_of(finding) {
        Some(failure) => Say::new(
            format!("{count} sessions were given up without being ended, until {host} refused the next."),
            format!("Another was opened each time, and {never}. Then {}", wording::refused(failure)),
        ),
        None => Say::new(
            format!("{count} sessions were opened at {host} and given up without being ended."),
            format!("Another was opened each time, and {never}. They stay on the server until they expire."),
        ),
    }
}
