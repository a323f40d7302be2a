//! One side opens with a handshake, and the other one has none, or the reverse: 2026-07-28 has no `initialize`.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Came, Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::id::EventRef;
use crate::mcp::{self, Era, Revision};

pub(super) static CAUSE: Cause =
    Cause { slug: "era-mismatch", group: Group::Agreement, title: "Only one side opens with a handshake", find, say };

/// How sure it is that a refusal is one of the era. The revisions that the server names prove it; where it names none, an
/// error that only stateless servers send, or the wish for a session in answer to a request that has no such thing, tells.
fn judge(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<Certainty> {
    let sent = failure.exchange.era_sent().filter(|_| failure.is_refused())?;
    let named: Vec<Era> =
        failure.supported(facts.trace).iter().filter_map(|name| Revision::parse(name)).map(Revision::era).collect();
    if !named.is_empty() {
        return (!named.contains(&sent)).then_some(Certainty::Proven);
    }
    let code = failure.code().filter(|_| failure.supported(facts.trace).is_empty());
    let status = failure.exchange.status().unwrap_or_default();
    let wants_session = matches!(failure.about, Subject::NoSession | Subject::Session | Subject::Handshake);
    match (sent, code) {
        (Era::Handshake, _) if failure.exchange.method() != Some("initialize") => None,
        (Era::Handshake, Some(-32022..=-32020)) => Some(Certainty::Proven),
        (Era::Handshake, Some(code)) => mcp::is_modern(code, status, &failure.words()).then_some(Certainty::Likely),
        (Era::Handshake, None) => None,
        (Era::Stateless, _) => {
            (wants_session && !failure.in_session() && !facts.came_about(Era::Stateless)).then_some(Certainty::Likely)
        }
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let first = facts.open().find_map(|failure| Some((judge(facts, failure)?, facts.probed("other-era", failure))));
    // What opens a conversation in the other era was tried, and taken.
    let taken = first.and_then(|(_, probe)| probe).filter(|(came, _)| *came == Came::Taken).map(|(_, at)| at);
    let certainty = first.map(|(certainty, _)| if taken.is_some() { Certainty::Proven } else { certainty });
    let found = certainty.and_then(|certainty| facts.finding(&CAUSE, certainty, |failure| judge(facts, failure).is_some()));
    let stuck = || facts.trace.stuck_between_eras().and_then(|opened| opened.answer.or(Some(EventRef::response(opened.id))));
    let found = found.map(|found| found.and(taken));
    out.extend(found.or_else(|| stuck().map(|at| Finding::new(&CAUSE, Certainty::Proven, at))));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let Some(failure) = facts.failure_of(finding) else {
        let named = facts.trace.server().map(|server| server.protocol_version.as_str()).unwrap_or_default();
        return Say::new(
            format!("{host} answered initialize with {named}, a revision that has no initialize."),
            "Nothing can follow in a handshake of that revision. Choose it under Protocol, which begins without one.".to_string(),
        );
    };
    let (asked, refused) = (wording::step(failure.exchange), wording::refused(failure));
    let named = wording::supported(failure, facts);
    match failure.exchange.era_sent() {
        Some(Era::Stateless) => Say::new(
            format!("{host} wants a handshake first, and {asked} was sent without one."),
            format!("{refused}{named} Choose Auto under Protocol, or a revision up to 2025-11-25."),
        )
        .unproven(finding, "A run with Auto would prove it: it begins with initialize.")
        .by_probe("other-era"),
        _ => Say::new(
            format!("{host} takes no handshake, and {asked} is part of one."),
            format!("{refused}{named} Choose Auto or 2026-07-28 under Protocol; a client must be able to speak it."),
        )
        .unproven(finding, "A run with 2026-07-28 would prove it: it begins with server/discover.")
        .by_probe("other-era"),
    }
}
