//! The answer is JSON without the envelope of the protocol: an error of a gateway, the wrapping of a cloud function, or a message
//! whose envelope lacks something that this page gets along without.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::id::EventRef;
use crate::json;
use crate::mcp::Revision;
use crate::rpc::Deviation;
use crate::trace::{Exchange, Place, Purpose};

pub(super) static CAUSE: Cause =
    Cause { slug: "response-not-jsonrpc", group: Group::Answer, title: "The answer is JSON of another kind", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_foreign = |failure: &Failure<'_>| failure.instead() == Some(Instead::ForeignJson);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_foreign));
    out.extend(note(facts));
}

/// What this page gets along with in the answer to an exchange, and clients that check the envelope do not. The array of messages
/// came with 2025-03-26 and went with 2025-06-18.
fn flaw(facts: &Facts<'_>, exchange: &Exchange) -> Option<Deviation> {
    let answer = facts.trace.item(exchange.answer.filter(|_| exchange.succeeded())?)?;
    let placed = answer.messages.iter().find(|placed| placed.place == Place::Answers(exchange.id))?;
    let agreed = facts.trace.server().and_then(|server| server.revision());
    let batches = agreed == Some(Revision::V2025_03_26);
    let counts = |deviation: &Deviation| match deviation {
        Deviation::Version => true,
        Deviation::Batched => !batches && exchange.calls.len() < 2,
        _ => false,
    };
    placed.message.deviations.iter().copied().find(counts)
}

fn note(facts: &Facts<'_>) -> Option<Finding> {
    let counts = |exchange: &&Exchange| !exchange.purpose.is_probe() && exchange.purpose != Purpose::Watch;
    let read = facts.trace.exchanges().iter().filter(counts).filter(|exchange| flaw(facts, exchange).is_some());
    let at: Vec<EventRef> = read.filter_map(|exchange| exchange.answer).collect();
    let (first, rest) = at.split_first()?;
    Some(Finding::new(&CAUSE, Certainty::Proven, *first).and(rest.iter().copied()).note())
}

/// The status and body inside the wrapping that cloud functions return and a gateway should have taken off.
pub(super) fn unwrap(body: &str) -> Option<(i64, String)> {
    let scan = json::scan(body);
    let root = scan.root(body)?;
    let status = root.get("statusCode").or_else(|| root.get("status")).and_then(|status| status.as_i64())?;
    let inner = root.get("body").and_then(|inner| inner.as_str()).unwrap_or_default();
    Some((status, wording::words_in(&inner)))
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return say_note(finding, facts) };
    let (host, asked) = (wording::host(facts), wording::capital(&wording::step(failure.exchange)));
    let seen = wording::quote(&failure.body);
    match unwrap(&failure.body) {
        Some((status, inner)) => Say::new(
            format!("{host} wraps its answers: a {status} came inside a 200."),
            format!("{asked} was answered with {seen}. Inside is a {status}: {}.", wording::quote(&inner)),
        ),
        None => Say::new(
            format!("{host} answers with JSON that is not a message of the protocol."),
            format!("{asked} was answered with {seen}."),
        ),
    }
}

fn say_note(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(exchange) = facts.exchange_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(exchange));
    let answer = wording::quote(&finding.at().and_then(|at| facts.trace.item_text(at)).unwrap_or_default());
    match flaw(facts, exchange) {
        Some(Deviation::Batched) => Say::new(
            format!("{host} answered {asked} with an array, which most clients do not open."),
            format!(
                "The answer begins with {answer}. Only revision 2025-03-26 has arrays of messages; the Python SDK refuses one."
            ),
        ),
        _ => Say::new(
            format!("{host} answered {asked} without \"jsonrpc\": \"2.0\", and most clients refuse that."),
            format!("The answer begins with {answer}. The Python and TypeScript SDKs take a message without it for none at all."),
        ),
    }
}
