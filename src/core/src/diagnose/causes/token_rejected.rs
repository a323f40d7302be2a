//! The server read the bearer token and does not accept it, and nothing this side can see is wrong with it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::token::{self, Verdict, verdict};
use super::{Cause, Facts, Finding, Group, Say, wording};
use crate::trace::TokenFacts;

pub(super) static CAUSE: Cause =
    Cause { slug: "token-rejected", group: Group::Token, title: "The server does not accept this token", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &_| verdict(facts, failure).filter(|(is, _)| *is == Verdict::Rejected);
    let Some((_, certainty)) = facts.open().find_map(judged) else { return };
    let probe = facts.failure(|failure| judged(failure).is_some()).and_then(|failure| facts.probed_alike("no-token", failure));
    let found = facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some());
    out.extend(found.map(|found| found.and(probe.map(|(_, at)| at))));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let named = match &facts.trace.about.token {
        TokenFacts::Jwt(jwt) if !jwt.issuer.is_empty() => format!("the token from {}", wording::quote(&jwt.issuer)),
        _ => "this token".to_string(),
    };
    // Clients take the status for the whole truth: Python 1.x shows a gateway's 404 as "Session terminated".
    let misleading = if failure.status() == 404 {
        " Clients take this 404 for a lost session, which it is not.".to_string()
    } else {
        String::new()
    };
    let alone = match facts.probed_alike("no-token", failure) {
        Some((came, _)) if came.is_taken() => " The same request without it was answered.",
        _ => "",
    };
    let host = wording::host(facts);
    if let Some(to) = token::signs_in_at(failure) {
        return Say::new(
            format!("{host} does not accept {named}: it sends the request on to where people sign in."),
            format!("{} It names {}.", wording::refused(failure), wording::quote(&to.without_query())),
        )
        .unproven(finding, "The same request with a token that works elsewhere would prove it.");
    }
    let headline = match token::asks_for_password(failure) {
        true => format!("{host} asks for a user name and a password, not for a bearer token."),
        false => format!("{host} does not accept {named}."),
    };
    Say::new(headline, wording::refused(failure) + &misleading + alone)
        .unproven(finding, "The handshake passed with this token; the error may be about a token that the server itself uses.")
}
