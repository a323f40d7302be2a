//! One client opens session after session, uses each for a request or two, and ends none.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::id::EventRef;
use crate::trace::SessionLine;

/// So many short sessions that are never ended are a storm.
const STORM: usize = 5;

/// A session with at most so many requests is short: the handshake and one call.
const SHORT: usize = 3;

/// So many of the responses that issued a session are shown as evidence.
const SHOWN: usize = 3;

pub(super) static CAUSE: Cause =
    Cause { slug: "session-storm", group: Group::Session, title: "A new session for every request", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let short = |line: &&SessionLine| line.ended.is_none() && line.used.len() <= SHORT;
    let issued: Vec<EventRef> = facts.trace.sessions().iter().filter(short).filter_map(|line| line.issued).collect();
    let Some(last) = issued.last().filter(|_| issued.len() >= STORM) else { return };
    let full = |failure: &Failure<'_>| {
        let crowded = failure.about == Subject::Crowd || matches!(failure.status(), 429 | 503);
        crowded && failure.exchange.id > last.exchange
    };
    let found = match facts.failure(full) {
        Some(failure) if failure.about == Subject::Crowd => facts.finding(&CAUSE, Certainty::Proven, full),
        Some(_) => facts.finding(&CAUSE, Certainty::Likely, full),
        None => Some(Finding::new(&CAUSE, Certainty::Likely, *last).note()),
    };
    let shown = issued.iter().take(SHOWN).chain([last]).copied();
    out.extend(found.map(|found| found.and(shown).with("sessions", format!("{}", issued.len()))));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let (host, sessions) = (wording::host(facts), finding.param("sessions").unwrap_or_default());
    let opened = format!("{sessions} sessions were opened at {host}, used for a request or two each, and never ended");
    match facts.failure_of(finding) {
        Some(failure) => Say::new(
            format!("{sessions} sessions were opened and none was ended, until {host} refused the next."),
            format!("{opened}. Then {}", wording::refused(failure)),
        ),
        None => Say::new(format!("{opened}."), "Each one takes memory on the server until it expires."),
    }
    .unproven(finding, "A refusal that names the number of sessions would prove it.")
}
