//! The server understood the request and forbids it, and says neither that the token nor that the origin is the reason.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "forbidden", group: Group::Token, title: "The server forbids this request", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_forbidden = |failure: &Failure<'_>| failure.status() == 403 && failure.about == Subject::Unsaid;
    out.extend(facts.finding(&CAUSE, Certainty::Likely, is_forbidden));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    let silent = matches!(failure.words().to_ascii_lowercase().as_str(), "" | "forbidden" | "403 forbidden" | "access denied");
    let why = if silent { " and does not say why" } else { "" };
    Say::new(format!("{} forbids {asked}{why}.", wording::host(facts)), wording::refused(failure)).unproven(
        finding,
        "The same request from the command line, and once without the token, would show which part is refused.",
    )
}
