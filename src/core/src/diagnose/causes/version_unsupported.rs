//! The two sides do not speak a common revision of the protocol.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::id::EventRef;
use crate::json;
use crate::mcp::{Revision, ServerFacts};
use crate::trace::{Exchange, Lack, Purpose};

pub(super) static CAUSE: Cause =
    Cause { slug: "version-unsupported", group: Group::Agreement, title: "Client and server share no revision", find, say };

fn is_refused(failure: &Failure<'_>) -> bool {
    failure.is_refused() && failure.about == Subject::Version
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_refused));
    out.extend(answered_at(facts).filter(|_| !is_of_another_kind(facts)).map(|at| Finding::new(&CAUSE, Certainty::Proven, at)));
}

/// Where `initialize` or `server/discover` was answered with a result that names no revision that anybody knows.
pub(super) fn answered_at(facts: &Facts<'_>) -> Option<EventRef> {
    let opens = |exchange: &&Exchange| exchange.method() == Some("initialize") && exchange.purpose != Purpose::StartOver;
    let unknown = facts.trace.speaks_unknown_revision();
    let opened = facts.trace.exchanges().iter().find(opens).filter(|_| unknown);
    let opened = opened.or_else(|| facts.trace.discovers_nothing())?;
    opened.answer.or(Some(EventRef::response(opened.id)))
}

/// Whether that result has nothing of what it should have (2025-11-25, lifecycle; 2026-07-28, discovery).
pub(super) fn is_of_another_kind(facts: &Facts<'_>) -> bool {
    let names = |server: &ServerFacts| facts.trace.speaks_unknown_revision() && !server.protocol_version.is_empty();
    let of_mcp = |server: &ServerFacts| names(server) || !server.name.is_empty() || !server.capabilities.is_empty();
    !facts.trace.server().is_some_and(of_mcp)
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let (host, asked) = (wording::host(facts), facts.trace.about.ask.revision());
    if let Some(failure) = facts.failure_of(finding) {
        let named = failure.exchange.request.headers.get("mcp-protocol-version");
        let sent = named.or((!failure.exchange.lacks.has(Lack::RequestHeaders)).then_some(asked.as_str()));
        let supported = wording::supported(failure, facts);
        let known = failure.supported(facts.trace).iter().any(|name| Revision::parse(name).is_some());
        let choose = match known {
            true => " Choose one of them under Protocol.",
            false if supported.is_empty() => "",
            false => " This page speaks none of them.",
        };
        let refused = wording::refused(failure);
        let spoken =
            sent.map_or_else(|| "the revision it was asked for".into(), |sent| format!("revision {sent} of the protocol"));
        return Say::new(format!("{host} does not speak {spoken}."), refused + &supported + choose);
    }
    let named = facts.trace.server().map(|server| server.protocol_version.as_str()).unwrap_or_default();
    if let Some(told) = facts.trace.discovers_nothing() {
        return Say::new(
            format!("{host} answered server/discover without naming a revision of the protocol."),
            format!("The result of {} has no supportedVersions.", wording::step(told)),
        );
    }
    if named.is_empty() {
        return Say::new(
            format!("{host} answered initialize without naming a revision of the protocol."),
            format!("It was asked for {}; the result has no protocolVersion.", asked_for(facts)),
        );
    }
    Say::new(
        format!("{host} answered with a revision of the protocol that nobody published."),
        format!("It was asked for {} and chose {}.", asked_for(facts), wording::quote(named)),
    )
}

/// The revision that `initialize` asked for: another client's recording holds it where nobody chose one here.
fn asked_for(facts: &Facts<'_>) -> String {
    let opening = facts.trace.exchanges().iter().find(|exchange| exchange.method() == Some("initialize"));
    let body = opening.map_or("", |exchange| exchange.request.body.as_str());
    let scan = json::scan(body);
    let asked = scan.root(body).and_then(|root| root.at(&["params", "protocolVersion"])?.as_str());
    asked.map_or_else(|| facts.trace.about.ask.revision().to_string(), |asked| wording::revision(&asked))
}
