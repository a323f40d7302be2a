//! One client opens session after session and uses each for a call or two, where one would serve them all.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, session_leak, wording};
use crate::economy::{Economy, Fate, SessionUse};
use crate::sort::sort_by;
use crate::time::Micros;
use crate::trace::Lack;

/// So many short sessions in a short time are a storm.
const STORM: usize = 5;

/// A session is short in which so much was asked at most: a call, and the list of tools that some clients ask for with it.
const SHORT: usize = 2;

/// The time in which they are opened: a program that runs now and then opens a session each time, and rightly so.
const SOON: Micros = Micros::from_secs(60);

/// So many of the events that issued a session are shown as evidence.
const SHOWN: usize = 3;

pub(super) static CAUSE: Cause =
    Cause { slug: "session-storm", group: Group::Session, title: "A new session for every request", find, say };

/// The sessions of a storm; empty when there is none.
fn storm(economy: &Economy) -> Vec<&SessionUse> {
    let mut short: Vec<&SessionUse> = economy.counted().filter(|session| (1..=SHORT).contains(&session.asked)).collect();
    sort_by(&mut short, |session| [session.from.0, u64::from(session.at.exchange.0), 0]);
    let soon = |some: &[&SessionUse]| {
        some.last().zip(some.first()).is_some_and(|(last, first)| last.from.saturating_sub(first.from) <= SOON)
    };
    // Without times their order has to do.
    let quick = short.len() >= STORM && (economy.span.is_none() || short.windows(STORM).any(soon));
    let usual = short.len() * 2 > economy.opened.seen;
    if quick && usual { short } else { Vec::new() }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let sessions = storm(facts.economy());
    let (first, last) = (sessions.first().map(|session| session.at), sessions.last().map(|session| session.at));
    let full = |failure: &Failure<'_>| {
        let says_so = failure.about == Subject::Crowd;
        let after = last.is_some_and(|last| failure.exchange.id > last.exchange);
        (says_so && (after || sessions.is_empty())) || (after && matches!(failure.status(), 429 | 503))
    };
    let says_so = facts.failure(full).map(|failure| failure.about == Subject::Crowd);
    let found = match (last, says_so) {
        // Who has opened the others cannot be seen: sessions that are used for long and left fill a server too.
        // Where no session can be seen, they may as well be used for long.
        (None, Some(_)) if facts.trace.about.lacks.has(Lack::RequestHeaders) => facts.finding(&CAUSE, Certainty::Possible, full),
        (None, Some(_)) if session_leak::left(facts.economy()).is_empty() => facts.finding(&CAUSE, Certainty::Likely, full),
        (None, _) => None,
        (Some(_), Some(true)) => facts.finding(&CAUSE, Certainty::Proven, full),
        (Some(_), Some(false)) => facts.finding(&CAUSE, Certainty::Likely, full),
        (Some(_), None) => first.map(|first| Finding::new(&CAUSE, Certainty::Likely, first).note()),
    };
    out.extend(found.map(|found| found.and(sessions.iter().take(SHOWN).map(|session| session.at)).and(last)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let sessions = storm(facts.economy());
    let (opened, purpose) = (sessions.len(), purpose(&sessions));
    let ended = sessions.iter().filter(|session| session.fate == Fate::Ended).count();
    let none_ended = if ended == 0 { " and none was ended" } else { "" };
    let each = sessions.iter().map(|session| session.uses.len()).sum::<usize>() / opened.max(1);
    let each =
        format!("Each took {} with its handshake; one session would have served them all.", wording::count(each, "request"));
    match facts.failure_of(finding) {
        Some(failure) if finding.certainty == Certainty::Possible => Say::new(
            format!("{host} holds as many sessions as it takes, and opens no other."),
            format!("{} Who opened them, this recording does not say.", wording::refused(failure)),
        ),
        Some(failure) if sessions.is_empty() => Say::new(
            format!("{host} holds as many sessions as it takes, and opens no other."),
            format!("{} They were opened before this recording began.", wording::refused(failure)),
        ),
        Some(failure) => Say::new(
            format!("{opened} sessions were opened for {purpose}{none_ended}, until {host} refused the next."),
            format!("{each} Then {}", wording::refused(failure)),
        ),
        None => Say::new(
            format!("{opened} sessions were opened at {host} for {purpose}{none_ended}."),
            format!("{each}{}", waste(opened - ended)),
        ),
    }
    .unproven(finding, unproven(&sessions))
}

/// What the sessions were opened for: calls of tools, or where there were none whatever was asked.
fn purpose(sessions: &[&SessionUse]) -> String {
    let sum = |of: fn(&SessionUse) -> usize| sessions.iter().map(|session| of(session)).sum::<usize>();
    match sum(|session| session.calls) {
        0 => wording::count(sum(|session| session.asked), "request"),
        calls => wording::count(calls, "tool call"),
    }
}

/// What sessions that nobody ended cost the server.
fn waste(unended: usize) -> String {
    if unended == 0 { String::new() } else { format!(" The {unended} that were not ended stay on the server until they expire.") }
}

const fn unproven(sessions: &[&SessionUse]) -> &'static str {
    match sessions {
        [] => "The log of the server, or a recording of its client, would show who opens sessions and does not end them.",
        _ => "A refusal that names the number of sessions would prove it.",
    }
}
