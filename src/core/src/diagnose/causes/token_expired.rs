//! The token says itself that its time is over, or the server says so.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::token::{Verdict, verdict};
use super::{Cause, Certainty, Facts, Finding, Group, Say, wording};
use crate::id::EventRef;
use crate::time::{Micros, Wall};
use crate::trace::{Exchange, TokenFacts};

/// A token that ends within this time after a good run is worth a note.
const SOON: Micros = Micros::from_secs(300);

pub(super) static CAUSE: Cause =
    Cause { slug: "token-expired", group: Group::Token, title: "The token is past its time", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &_| verdict(facts, failure).filter(|(is, _)| *is == Verdict::Expired);
    let first = facts.open().find_map(judged);
    match first {
        Some((_, certainty)) => out.extend(facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some())),
        None => out.extend(note(facts)),
    }
}

/// After a good run: the token is past its time and was accepted, or is about to be.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let mut sent = facts.trace.exchanges().iter().rev().filter(|exchange| exchange.sent_token() && exchange.succeeded());
    let last = sent.next().filter(|_| facts.failures.is_empty())?;
    let certainty = if facts.expired_for(last.at).is_some() { Certainty::Proven } else { Certainty::Possible };
    let near = certainty == Certainty::Proven || left(facts, last).is_some_and(|left| left <= SOON);
    near.then(|| Finding::new(&CAUSE, certainty, EventRef::request(last.id)).note())
}

/// When the time of the token is over.
fn until(facts: &Facts<'_>) -> Option<Wall> {
    let TokenFacts::Jwt(jwt) = &facts.trace.about.token else { return None };
    jwt.expires.map(Wall::from_secs)
}

/// The time the token had left when a request was sent.
fn left(facts: &Facts<'_>, exchange: &Exchange) -> Option<Micros> {
    Some(until(facts)?.saturating_sub(facts.wall(exchange.at)?))
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(exchange) = facts.exchange_of(finding) else { return Say::default() };
    let (host, expired) = (wording::host(facts), facts.expired_for(exchange.at));
    let Some(failure) = facts.failure_of(finding) else {
        return match (expired, left(facts, exchange)) {
            (Some(ago), _) => Say::new(
                format!("The token expired {ago} ago by this computer's clock, and {host} accepted it."),
                String::from("Either the clocks differ, or the server does not check the time of tokens."),
            ),
            (None, left) => Say::new(
                format!("The token expires in {} by this computer's clock.", left.unwrap_or(Micros::ZERO)),
                String::from("It was accepted now and will be refused then."),
            ),
        };
    };
    let headline = match expired {
        Some(ago) => format!("The token had expired {ago} before it was sent, by this computer's clock."),
        None => format!("{host} says that the token has expired."),
    };
    let when =
        until(facts).map(|until| format!(" The exp of the token is {} {} UTC.", until.date(), until.time())).unwrap_or_default();
    Say::new(headline, wording::refused(failure) + &when).unproven(finding, "The same run with a fresh token would prove it.")
}
