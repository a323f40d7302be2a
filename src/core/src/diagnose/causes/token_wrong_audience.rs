//! The token is made out to another server, or by an issuer that this server does not know.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::audience::{Claim, Mismatch, mismatch};
use super::token::{Verdict, verdict};
use super::{Cause, Certainty, Facts, Finding, Group, Say, wording};
use crate::http::Url;
use crate::id::EventRef;
use crate::trace::TokenFacts;

pub(super) static CAUSE: Cause =
    Cause { slug: "token-wrong-audience", group: Group::Token, title: "The token is meant for another server", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &_| verdict(facts, failure).filter(|(is, _)| *is == Verdict::Misdirected);
    let first = facts.open().find_map(judged);
    let found = match first {
        Some((_, certainty)) => facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some()),
        None => note(facts),
    };
    let said = mismatch(facts.trace).and_then(|mismatch| mismatch.said);
    out.extend(found.map(|found| found.and(said)));
}

/// After a good run: the token names another server, and was accepted. A server must not take such a token (2025-06-18,
/// authorization, token handling), but it may only have another name.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let mut sent = facts.trace.exchanges().iter().filter(|exchange| exchange.sent_token() && exchange.succeeded());
    let first = sent.next().filter(|_| facts.failures.is_empty())?;
    let mismatch = mismatch(facts.trace)?;
    (mismatch.claim == Claim::Audience).then(|| Finding::new(&CAUSE, Certainty::Possible, EventRef::request(first.id)).note())
}

/// Whom the token is made out to, or by whom, quoted.
fn named(facts: &Facts<'_>, claim: Claim) -> String {
    let TokenFacts::Jwt(jwt) = &facts.trace.about.token else { return String::new() };
    match claim {
        Claim::Audience => wording::list(&jwt.audience.iter().take(3).map(|name| wording::quote(name)).collect::<Vec<_>>()),
        Claim::Issuer => wording::quote(&jwt.issuer),
    }
}

/// The host of the first server that the token is made out to.
fn first_host(facts: &Facts<'_>) -> Option<String> {
    let TokenFacts::Jwt(jwt) = &facts.trace.about.token else { return None };
    Url::parse(jwt.audience.first()?).ok().map(|url| url.authority())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let (host, mismatch) = (wording::host(facts), mismatch(facts.trace));
    let of = |Mismatch { claim, expected, said }: Mismatch| {
        let (named, expected) = (named(facts, claim), wording::quote(&expected));
        match (claim, said) {
            (Claim::Audience, Some(_)) => format!(" The aud of the token is {named}; {host} goes by {expected}."),
            (Claim::Audience, None) => format!(" The aud of the token is {named}; it was sent to {expected}."),
            (Claim::Issuer, _) => format!(" The iss of the token is {named}; {host} takes tokens from {expected}."),
        }
    };
    let claim = mismatch.as_ref().map(|mismatch| mismatch.claim);
    let differs = mismatch.map(of).unwrap_or_else(|| {
        // The server says so, and nothing here can be compared with it: then what the token says helps to see why.
        let named = named(facts, Claim::Audience);
        if named.is_empty() { String::new() } else { format!(" The aud of the token is {named}.") }
    });
    let Some(failure) = facts.failure_of(finding) else {
        return Say::new(
            format!("The token is made out to another server than {host}, which accepted it."),
            format!("Either both are the same, or {host} does not check whom tokens are meant for.{differs}"),
        );
    };
    let headline = match (claim, first_host(facts)) {
        (Some(Claim::Issuer), _) => format!("The token comes from an issuer that {host} does not name."),
        (Some(Claim::Audience), Some(other)) => format!("The token is made out to {other}, not to {host}."),
        _ => format!("{host} says that the token is meant for somebody else."),
    };
    Say::new(headline, wording::refused(failure) + &differs)
        .unproven(finding, "A token that is made out to this server and is accepted would prove it.")
}
