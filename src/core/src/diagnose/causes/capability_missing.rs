//! One side asks for something that the other one did not offer: the server needs a capability of the client's, or the
//! client asks for a method that the server's capabilities leave out.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::json;
use crate::trace::Purpose;

pub(super) static CAUSE: Cause =
    Cause { slug: "capability-missing", group: Group::Agreement, title: "A capability that was not offered", find, say };

/// The capability of the server's that a method needs, and the option of it (2025-11-25, lifecycle, capability negotiation).
fn needed(method: &str) -> Option<(&'static str, &'static str)> {
    Some(match method {
        "completion/complete" => ("completions", ""),
        "logging/setLevel" => ("logging", ""),
        "resources/subscribe" | "resources/unsubscribe" => ("resources", "subscribe"),
        _ => match method.split('/').next()? {
            "tools" => ("tools", ""),
            "prompts" => ("prompts", ""),
            "resources" => ("resources", ""),
            _ => return None,
        },
    })
}

/// What the server did not offer and was asked for, as far as it has said what it offers.
fn left_out(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<String> {
    let (capability, option) = needed(failure.exchange.method()?).filter(|_| failure.about == Subject::Method)?;
    let server = facts.trace.server()?;
    match server.offers(capability) {
        false => Some(capability.into()),
        true if !option.is_empty() && !server.allows(capability, option) => Some(format!("{capability}.{option}")),
        true => None,
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_missing = |failure: &Failure<'_>| {
        failure.is_refused() && (failure.about == Subject::Capability || left_out(facts, failure).is_some())
    };
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_missing));
}

/// The capabilities that a refusal asks of the client: `elicitation.form and sampling`.
fn required(facts: &Facts<'_>, failure: &Failure<'_>) -> String {
    let text = failure.error.as_ref().and_then(|error| facts.trace.item_text(error.at)).unwrap_or_default();
    let scan = json::scan(&text);
    let wanted = scan.root(&text).and_then(|root| root.at(&["error", "data", "requiredCapabilities"]));
    let name = |(name, options): (alloc::borrow::Cow<'_, str>, json::Node<'_>)| {
        let option = options.entries().next().map(|(option, _)| format!(".{option}")).unwrap_or_default();
        wording::quote(&format!("{name}{option}"))
    };
    let names: Vec<String> = wanted.into_iter().flat_map(|wanted| wanted.entries()).map(name).collect();
    wording::list(&names)
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked, refused) = (wording::host(facts), wording::step(failure.exchange), wording::refused(failure));
    let Some(missing) = left_out(facts, failure) else {
        let wanted = required(facts, failure);
        let wanted = if wanted.is_empty() { "a capability".into() } else { wanted };
        let declared = " This client declares roots, sampling and elicitation, as far as the revision has them.";
        let declared = if failure.exchange.purpose != Purpose::Other { declared } else { "" };
        return Say::new(format!("{host} wants {wanted} of the client, which did not declare it."), refused + declared);
    };
    let offered: Vec<String> =
        facts.trace.server().into_iter().flat_map(|server| &server.capabilities).map(|c| wording::quote(&c.name)).collect();
    let offers = if offered.is_empty() { "nothing at all".into() } else { wording::list(&offered) };
    Say::new(
        format!("{host} does not offer {missing}, and {asked} was asked."),
        format!("{refused} Its capabilities name {offers}."),
    )
}
