//! HTTP+SSE was asked for, and the server takes messages by POST only: it speaks Streamable HTTP.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, wording};
use crate::trace::Purpose;

pub(super) static CAUSE: Cause =
    Cause { slug: "streamable-only-server", group: Group::Address, title: "The server speaks Streamable HTTP only", find, say };

/// The GET for the event stream was refused. In JSON-RPC only an MCP server does that, and `Allow: POST` says where to turn.
fn judge(failure: &Failure<'_>) -> Option<Certainty> {
    let allow = failure.exchange.head().and_then(|head| head.headers.get("allow")).unwrap_or_default().to_ascii_uppercase();
    let told = failure.is_refused_in_rpc() || allow.contains("POST");
    match failure.status() {
        _ if failure.exchange.purpose != Purpose::Endpoint => None,
        0 => failure.is_refused_in_rpc().then_some(Certainty::Proven),
        400 | 405 | 406 if told => Some(Certainty::Proven),
        405 | 406 => Some(Certainty::Likely),
        _ => None,
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(certainty) = facts.open().find_map(judge) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judge(failure).is_some()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let headline = format!("{} has no event stream to open: it takes messages by POST.", wording::host(facts));
    let summary = format!("{} Choose Auto under Protocol, or a revision from 2025-03-26 on.", wording::refused(failure));
    Say::new(headline, summary).unproven(finding, "An initialize by POST that is answered would prove it.")
}
