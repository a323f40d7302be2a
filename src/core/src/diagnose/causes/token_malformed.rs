//! What was pasted is not the token as it was issued: quotes, `Bearer` twice, a line break, a placeholder.

use alloc::format;
use alloc::vec::Vec;

use super::token::{Verdict, verdict};
use super::{Cause, Certainty, Facts, Finding, Group, Say, wording};
use crate::id::EventRef;
use crate::trace::TokenFlaw;

pub(super) static CAUSE: Cause =
    Cause { slug: "token-malformed", group: Group::Token, title: "The token was damaged while it was copied", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(flaw) = facts.trace.about.token_flaws.first() else { return };
    let judged = |failure: &_| verdict(facts, failure).filter(|(is, _)| *is == Verdict::Malformed);
    let certainty = facts.open().find_map(judged).map(|(_, certainty)| certainty);
    let refused = certainty.and_then(|certainty| facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some()));
    let accepted = || {
        let sent = facts.trace.exchanges().iter().find(|exchange| exchange.sent_token() && exchange.succeeded())?;
        Some(Finding::new(&CAUSE, Certainty::Possible, EventRef::request(sent.id)).note())
    };
    out.extend(refused.or_else(accepted).map(|found| found.with("flaw", describe(*flaw))));
}

/// The flaw, as the end of a sentence that begins with "The token".
const fn describe(flaw: TokenFlaw) -> &'static str {
    match flaw {
        TokenFlaw::HeaderLine => "is a whole header line; only the part after “Bearer” belongs here",
        TokenFlaw::BearerTwice => "begins with “Bearer”, which is added again when it is sent",
        TokenFlaw::Quoted => "stands in quotes",
        TokenFlaw::Whitespace => "has a space inside",
        TokenFlaw::LineBreak => "has a line break inside",
        TokenFlaw::Invisible => "holds an invisible character",
        TokenFlaw::NotAscii => "holds a character that tokens cannot have",
        TokenFlaw::Placeholder => "is the placeholder of an example",
        TokenFlaw::Truncated => "is a JSON Web Token without its end",
    }
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let flaw = finding.param("flaw").unwrap_or_default();
    let seen = match facts.failure_of(finding) {
        Some(failure) => wording::refused(failure),
        None => format!("{} accepted it all the same.", wording::host(facts)),
    };
    Say::new(format!("The token {flaw}."), seen)
        .unproven(finding, "A run with the token as it was issued would show whether anything else is wrong.")
}
