//! The server asks for authorization and the request carried none.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Facts, Finding, Group, Say, token, wording};
use crate::trace::Purpose;

pub(super) static CAUSE: Cause =
    Cause { slug: "token-missing", group: Group::Token, title: "The server wants a token and none was sent", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &_| token::verdict(facts, failure).filter(|(is, _)| *is == token::Verdict::Missing);
    let Some((_, certainty)) = facts.open().find_map(judged) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let host = wording::host(facts);
    if token::hides_credentials(facts, failure) {
        let headline = format!("{host} asks for a token. Whether one was sent, this recording does not say.");
        let summary = format!("{} The program that made the recording left credentials out.", wording::refused(failure));
        return Say::new(headline, summary)
            .unproven(finding, "A recording with its Authorization headers would tell whether a token was sent.");
    }
    if let Some(header) = token::wanted_header(failure) {
        let bearer = if failure.exchange.sent_token() { ", and not the bearer token that was sent" } else { "" };
        return Say::new(
            format!("{host} wants its credentials in the header {header}, which was not sent."),
            format!("{} It asks for {header}{bearer}: Add a header puts it into every request.", wording::refused(failure)),
        )
        .unproven(finding, "The same request with that header would prove it.");
    }
    if let Some(to) = token::signs_in_at(failure) {
        return Say::new(
            format!("{host} sends {} on to a place where people sign in.", wording::step(failure.exchange)),
            format!("{} It names {}, and no token was sent.", wording::refused(failure), wording::quote(&to.without_query())),
        )
        .unproven(finding, "The same request with a bearer token would prove it.");
    }
    let headline = match failure.exchange.purpose {
        _ if token::asks_for_password(failure) => format!("{host} asks for a user name and a password, not for a bearer token."),
        Purpose::Other => format!("{host} asks for a token, and this request carried none."),
        _ => format!("{host} asks for a token, and none was given."),
    };
    Say::new(headline, format!("{} The request had no Authorization header.", wording::refused(failure))).unproven(
        finding,
        "The same request with a bearer token would prove it: the extra headers may hold credentials of another kind.",
    )
}
