//! The answer is JSON without the envelope of the protocol: an error of a gateway, or the wrapping of a cloud function.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};
use crate::json;

pub(super) static CAUSE: Cause =
    Cause { slug: "response-not-jsonrpc", group: Group::Answer, title: "The answer is JSON of another kind", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_foreign = |failure: &Failure<'_>| failure.instead() == Some(Instead::ForeignJson);
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_foreign));
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
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
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
