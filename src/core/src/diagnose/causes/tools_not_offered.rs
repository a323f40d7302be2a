//! The server works and has no tools: it does not offer any, or the list is empty.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Finding, Group, Say, wording};
use crate::id::EventRef;

pub(super) static CAUSE: Cause =
    Cause { slug: "tools-not-offered", group: Group::Offers, title: "The server offers no tools", find, say };

/// Worth a note on a good run only: where something failed, that is the reason.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(server) = facts.trace.server().filter(|_| facts.is_good()) else { return };
    let listed = facts.trace.tool_pages();
    let empty = facts.trace.tools_complete() && listed.iter().all(|page| page.count == 0);
    let at = match listed {
        [.., page] => empty.then_some(page.at),
        [] if server.offers("tools") => None,
        [] => opened(facts),
    };
    out.extend(at.map(|at| Finding::new(&CAUSE, Certainty::Proven, at).note()));
}

/// Where the server said what it offers.
fn opened(facts: &Facts<'_>) -> Option<EventRef> {
    let says = |method: Option<&str>| matches!(method, Some("initialize" | "server/discover"));
    let told = facts.trace.exchanges().iter().rfind(|exchange| says(exchange.method()) && exchange.succeeded());
    told.and_then(|exchange| exchange.answer)
}

fn say(_: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let offered = facts.trace.server().into_iter().flat_map(|server| &server.capabilities);
    let offered: Vec<String> = offered.map(|capability| wording::quote(&capability.name)).collect();
    if facts.trace.tool_pages().is_empty() {
        let named = if offered.is_empty() { "none".into() } else { wording::list(&offered) };
        return Say::new(format!("{host} does not offer tools."), format!("The capabilities that it names: {named}."));
    }
    Say::new(
        format!("{host} offers tools, and its list of them is empty."),
        "The list came to its end without one. A server may show each client the tools that its token allows.",
    )
}
