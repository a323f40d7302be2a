//! The time of the token has not begun: one of the clocks is wrong, or the token was made for later.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::token::{Begin, SKEW, Verdict, early, verdict};
use super::{Cause, Certainty, Facts, Finding, Group, Say, wording};
use crate::id::EventRef;
use crate::time::Wall;
use crate::trace::TokenFacts;

pub(super) static CAUSE: Cause =
    Cause { slug: "token-not-yet-valid", group: Group::Token, title: "The time of the token has not begun", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &_| verdict(facts, failure).filter(|(is, _)| *is == Verdict::Early);
    let first = facts.open().find_map(judged);
    match first {
        Some((_, certainty)) => out.extend(facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some())),
        None => out.extend(note(facts)),
    }
}

/// After a good run: the token was accepted long before its time.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let mut sent = facts.trace.exchanges().iter().filter(|exchange| exchange.sent_token() && exchange.succeeded());
    let first = sent.next().filter(|_| facts.failures.is_empty())?;
    let (_, ahead) = early(facts, first.at)?;
    (ahead > SKEW).then(|| Finding::new(&CAUSE, Certainty::Possible, EventRef::request(first.id)).note())
}

/// When the time of the token begins, as its claim says.
fn begins(facts: &Facts<'_>, begin: Begin) -> String {
    let TokenFacts::Jwt(jwt) = &facts.trace.about.token else { return String::new() };
    let (claim, moment) = match begin {
        Begin::NotBefore => ("nbf", jwt.not_before),
        Begin::Issued => ("iat", jwt.issued),
    };
    let moment = moment.map(Wall::from_secs);
    moment.map(|moment| format!(" The {claim} of the token is {} {} UTC.", moment.date(), moment.time())).unwrap_or_default()
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(exchange) = facts.exchange_of(finding) else { return Say::default() };
    let (host, early) = (wording::host(facts), early(facts, exchange.at));
    let when = early.map(|(begin, _)| begins(facts, begin)).unwrap_or_default();
    let Some(failure) = facts.failure_of(finding) else {
        let ahead = early.map(|(_, ahead)| ahead).unwrap_or_default();
        return Say::new(
            format!("The time of the token begins in {ahead} by this computer's clock, and {host} accepted it."),
            format!("Either the clocks differ, or the server does not check the time of tokens.{when}"),
        );
    };
    let headline = match early {
        Some((Begin::NotBefore, ahead)) => {
            format!("The time of the token begins {ahead} after it was sent, by this computer's clock.")
        }
        Some((Begin::Issued, ahead)) => format!("The token was issued {ahead} after it was sent, by this computer's clock."),
        None => format!("{host} says that the token is not valid yet."),
    };
    Say::new(headline, wording::refused(failure) + &when)
        .unproven(finding, "The same run once both clocks are set right would prove it.")
}
