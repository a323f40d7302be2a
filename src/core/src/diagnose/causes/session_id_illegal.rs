//! The session id has characters that it must not have, or the server changes it while the session lasts.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::session_stale::is_lost;
use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::characters::is_visible;
use crate::id::EventRef;
use crate::trace::{Exchange, SessionLine};

pub(super) static CAUSE: Cause =
    Cause { slug: "session-id-illegal", group: Group::Session, title: "The session id is not a legal one", find, say };

/// The session whose id is illegal, and the character.
fn illegal<'a>(facts: &Facts<'a>) -> Option<(&'a SessionLine, char)> {
    // A probe may send an id that no server has issued.
    let own = |line: &&SessionLine| line.issued.is_some() || line.used.iter().any(|id| !facts.is_probe(*id));
    facts.trace.sessions().iter().filter(own).find_map(|line| Some((line, line.illegal()?)))
}

/// The response that named another id than its request had carried. Only good ones count: Python SDK servers put a fresh id,
/// good for nothing, on refusals too (measured: mcp 1.12 to 2.3).
fn change<'a>(facts: &Facts<'a>) -> Option<&'a Exchange> {
    let changes = |exchange: &&Exchange| {
        let named = exchange.head().filter(|head| head.is_success()).and_then(|head| head.headers.get("mcp-session-id"));
        exchange.session_sent().zip(named).is_some_and(|(sent, named)| sent != named)
    };
    facts.trace.exchanges().iter().find(changes)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let (id, at, more) = match (illegal(facts), change(facts)) {
        (Some((line, _)), _) => (Some(&*line.id), line.issued.or(line.used.first().map(|id| EventRef::request(*id))), None),
        (None, Some(change)) => (change.session_sent(), Some(EventRef::response(change.id)), Some(change.id)),
        (None, None) => return,
    };
    let Some(at) = at else { return };
    // What was refused in that session, from then on.
    let spoilt = |failure: &Failure<'_>| {
        let after = more.is_none_or(|change| failure.exchange.id > change);
        let refused = is_lost(failure) || (failure.status() == 400 && failure.about == Subject::Unsaid);
        refused && failure.exchange.session_sent() == id && after
    };
    let found = facts.finding(&CAUSE, Certainty::Proven, spoilt);
    out.push(found.map_or_else(|| Finding::new(&CAUSE, Certainty::Proven, at).note(), |found| found.and([at])));
}

/// A character by its looks, or by its number where it has none.
fn named(c: char) -> String {
    match c {
        ' ' => "a space".to_string(),
        c if is_visible(c) => format!("“{c}”"),
        c => format!("U+{:04X}", u32::from(c)),
    }
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let seen = match facts.failure_of(finding) {
        Some(failure) => wording::refused(failure),
        None => "The session works here all the same; stricter clients and proxies refuse it.".to_string(),
    };
    match illegal(facts) {
        Some((_, c)) => Say::new(
            format!("The session id that {host} issued has {} in it, which is not allowed.", named(c)),
            format!("{seen} Only visible ASCII characters are allowed, from U+0021 to U+007E."),
        ),
        None => Say::new(
            format!("{host} changed the session id while the session lasted."),
            format!(
                "{seen} An id stays the same until the session ends; some clients go on with the old one, some with the new."
            ),
        ),
    }
}
