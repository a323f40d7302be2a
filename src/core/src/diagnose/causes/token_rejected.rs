//! The server read the bearer token and does not accept it, and nothing this side can see is wrong with it.

use alloc::format;
use alloc::vec::Vec;

use super::super::{Cause, Certainty, Facts, Failure, Finding, Say, Subject, wording};
use crate::trace::TokenFacts;

pub(super) static CAUSE: Cause = Cause {
    slug: "token-rejected",
    title: "The server does not accept this token",
    page: include_str!("../pages/token-rejected.md"),
    find,
    say,
};

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_rejected = |failure: &Failure<'_>| {
        let bare = failure.status() == 401 && failure.about == Subject::Unsaid;
        failure.exchange.sent_token() && failure.is_refused() && (failure.about == Subject::Token || bare)
    };
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_rejected));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let token = match &facts.trace.about.token {
        TokenFacts::Opaque { chars } => format!("the token of {chars} characters"),
        TokenFacts::Jwt(jwt) if !jwt.issuer.is_empty() => format!("the token from {}", wording::quote(&jwt.issuer)),
        _ => "the token".into(),
    };
    let words = failure.words();
    let said = if words.is_empty() { "did not say why".into() } else { format!("said {}", wording::quote(&words)) };
    let hidden = match failure.status() {
        // Gateways that answer bad tokens with 404 make clients say "Session terminated".
        404 => " Clients take this 404 for a lost session and say so.",
        _ => "",
    };
    let how = match failure.status() {
        0 => "with an error".into(),
        status => format!("with {}", wording::status(status)),
    };
    Say {
        headline: format!("{} does not accept {token}.", wording::host(facts)),
        summary: format!("{} was refused {how}; the server {said}.{hidden}", wording::capital(&wording::step(failure.exchange))),
        missing: None,
    }
}
