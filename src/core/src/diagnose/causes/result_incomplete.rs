//! A result lacks members that the schema requires. This page reads what is there; clients that check what they get do not.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::id::EventRef;
use crate::mcp;
use crate::trace::{Exchange, Purpose};

/// So many missing members are named.
const NAMED: usize = 3;

pub(super) static CAUSE: Cause =
    Cause { slug: "result-incomplete", group: Group::Answer, title: "A result lacks what it must have", find, say };

/// What the result that answered an exchange lacks.
fn lacks(facts: &Facts<'_>, exchange: &Exchange) -> Vec<String> {
    let text = exchange.answer.and_then(|at| facts.trace.item_text(at));
    exchange.method().zip(text).map(|(method, text)| mcp::lacking(method, &text)).unwrap_or_default()
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let lists_nothing = |failure: &Failure<'_>| failure.instead() == Some(Instead::Incomplete);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, lists_nothing));
    if !facts.trace.speaks_unknown_revision() {
        out.extend(note(facts));
    }
}

/// What this page gets along with, it goes on after.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let counts = |exchange: &&Exchange| !exchange.purpose.is_probe() && exchange.purpose != Purpose::Watch;
    let read = facts.trace.exchanges().iter().filter(counts).filter(|exchange| exchange.succeeded());
    let at: Vec<EventRef> =
        read.filter(|exchange| !lacks(facts, exchange).is_empty()).filter_map(|exchange| exchange.answer).collect();
    let (first, rest) = at.split_first()?;
    Some(Finding::new(&CAUSE, Certainty::Proven, *first).and(rest.iter().copied()).note())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(exchange) = facts.exchange_of(finding) else { return Say::default() };
    let (host, asked, all) = (wording::host(facts), wording::step(exchange), lacks(facts, exchange));
    let mut named: Vec<String> = all.iter().take(NAMED).cloned().collect();
    if all.len() > NAMED {
        named.push(String::from("more"));
    }
    let named = wording::list(&named);
    let answer = finding.at().and_then(|at| facts.trace.item_text(at)).unwrap_or_default();
    Say::new(
        format!("{host} answered {asked} without {named}, and clients that check answers stop there."),
        format!(
            "The answer begins with {}. The specification requires {named}; clients that check refuse the whole result.",
            wording::quote(&answer)
        ),
    )
}
