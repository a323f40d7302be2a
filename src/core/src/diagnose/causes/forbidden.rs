//! The server understood the request and forbids it, and says neither that the token nor that the origin is the reason.

use alloc::format;
use alloc::vec::Vec;

use super::{Came, Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "forbidden", group: Group::Token, title: "The server forbids this request", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_forbidden = |failure: &Failure<'_>| failure.status() == 403 && failure.about == Subject::Unsaid;
    let probe = facts.failure(is_forbidden).and_then(|failure| facts.probed("no-token", failure));
    // Told apart from a request without a token, the token is known, and not allowed to do this.
    let known = probe.is_some_and(|(came, _)| came == Came::Refused(401));
    let certainty = if known { Certainty::Proven } else { Certainty::Likely };
    let found = facts.finding(&CAUSE, certainty, is_forbidden);
    out.extend(found.map(|found| found.and(probe.map(|(_, at)| at))));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    let silent = matches!(failure.words().to_ascii_lowercase().as_str(), "" | "forbidden" | "403 forbidden" | "access denied");
    let why = if silent { " and does not say why" } else { "" };
    let came = |probed: Option<(Came, _)>| probed.map(|(came, _)| came);
    let (told, missing) = match came(facts.probed("no-token", failure)) {
        Some(Came::Refused(401)) => (" Without the token a request is answered with 401, so the server knows the token.", ""),
        Some(Came::Refused(403)) if came(facts.probed_alike("no-token", failure)).is_some() => (
            " Without the token it is answered the same, so the token makes no difference.",
            "The same request from the command line would show whether this page, or its place in the network, is refused.",
        ),
        _ if failure.exchange.sent_token() => {
            ("", "The same request without the token would show whether the token is what is refused.")
        }
        _ => {
            ("", "The same request from the command line would show whether this page, or its place in the network, is refused.")
        }
    };
    let say = Say::new(format!("{} forbids {asked}{why}.", wording::host(facts)), wording::refused(failure) + told);
    let say = say.unproven(finding, missing);
    if failure.exchange.sent_token() { say.by_probe("no-token") } else { say }
}
