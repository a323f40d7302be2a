//! A web page or another document came back where an answer was due: a login page, the front page of an app, a proxy.

use alloc::format;
use alloc::vec::Vec;

use super::version_unsupported::{answered_at, is_of_another_kind};
use super::{Cause, Certainty, Facts, Failure, Finding, Group, Instead, Say, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "not-an-mcp-endpoint", group: Group::Address, title: "A web page answers at this address", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_page = |failure: &Failure<'_>| matches!(failure.instead(), Some(Instead::Document | Instead::OtherJson));
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_page));
    // A server of another protocol that is built on JSON-RPC, or one of MCP that answers whatever it likes.
    out.extend(answered_at(facts).filter(|_| is_of_another_kind(facts)).map(|at| Finding::new(&CAUSE, Certainty::Likely, at)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let url = &facts.trace.about.server;
    let Some(failure) = facts.failure_of(finding) else {
        let asked = facts.exchange_of(finding).map(|exchange| wording::capital(&wording::step(exchange))).unwrap_or_default();
        let answer = finding.at().and_then(|at| facts.trace.item_text(at)).unwrap_or_default();
        return Say::new(
            format!("{url} speaks JSON-RPC, and what it says is not MCP."),
            format!("{asked} was answered with {}, which has nothing of what its result has.", wording::quote(&answer)),
        )
        .unproven(
            finding,
            "The program that listens there is known to whoever runs it: a look at its documentation would tell.",
        );
    };
    let moved = failure.exchange.head().and_then(|head| head.redirected_to.as_ref());
    let moved = moved.map(|to| format!(" The request was redirected to {}.", wording::quote(to))).unwrap_or_default();
    let step = wording::step(failure.exchange);
    if failure.instead() == Some(Instead::Document) && facts.spoke_before(failure.exchange) {
        let page = wording::page(failure);
        return Say::new(
            format!("Something answered {step} with a web page, at an address that had spoken MCP before."),
            format!(
                "It sent {page}.{moved} The address is right: a proxy, a sign-in or the server itself put a page in the place of the answer."
            ),
        );
    }
    let asked = wording::capital(&step);
    if failure.instead() == Some(Instead::OtherJson) {
        let seen = wording::quote(&failure.body);
        return Say::new(
            format!("{url} belongs to another program, not to an MCP server."),
            format!("{asked} was answered with {seen}, which has nothing to do with the request.{moved}"),
        );
    }
    Say::new(
        format!("{url} is a web page, not an MCP endpoint."),
        format!("{asked} was answered with {}.{moved}", wording::page(failure)),
    )
}
