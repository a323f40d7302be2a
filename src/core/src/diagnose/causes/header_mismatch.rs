//! The server compared the headers of a request with its body, and they say different things (2026-07-28, standard headers).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "header-mismatch", group: Group::Agreement, title: "Headers and body say different things", find, say };

/// The headers that repeat what the body says.
const MIRRORS: [&str; 3] = ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"];

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_mismatch = |failure: &Failure<'_>| failure.is_refused() && failure.about == Subject::Headers;
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_mismatch));
}

/// What the request carried of those headers when it left.
fn carried(exchange: &Exchange) -> String {
    let sent = |name: &&str| exchange.request.headers.get(name).map(|value| format!("{name}: {}", wording::quote(value)));
    let sent: Vec<String> = MIRRORS.iter().filter_map(sent).collect();
    wording::list(&sent)
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let (host, asked, carried) = (wording::host(facts), wording::step(exchange), carried(exchange));
    let as_asked = exchange.method().is_some() && exchange.request.headers.get("mcp-method") == exchange.method();
    let left = match as_asked && exchange.request.headers.has("mcp-protocol-version") {
        true => format!("It left here with {carried}, so something on the way took a header off or changed it."),
        false if !exchange.lacked("mcp-method") && !exchange.request.headers.has("mcp-method") => {
            "What its headers said is not in this recording.".into()
        }
        false if carried.is_empty() => "It was sent without any of the headers that repeat the body.".into(),
        false => format!("It was sent with {carried}, which is not all, or not what the body says."),
    };
    Say::new(
        format!("{host} does not find in the headers what the body of {asked} says."),
        format!("{} {left}", wording::refused(failure)),
    )
}
