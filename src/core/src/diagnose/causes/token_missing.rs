//! The server asks for authorization and the request carried none.

use alloc::format;
use alloc::vec::Vec;

use super::token::{Verdict, hides_credentials, verdict};
use super::{Cause, Facts, Finding, Group, Say, wording};
use crate::trace::Purpose;

pub(super) static CAUSE: Cause =
    Cause { slug: "token-missing", group: Group::Token, title: "The server wants a token and none was sent", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &_| verdict(facts, failure).filter(|(is, _)| *is == Verdict::Missing);
    let Some((_, certainty)) = facts.open().find_map(judged) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let host = wording::host(facts);
    if hides_credentials(facts, failure) {
        let headline = format!("{host} asks for a token. Whether one was sent, this recording does not say.");
        let summary = format!("{} The program that made the recording left credentials out.", wording::refused(failure));
        return Say::new(headline, summary)
            .unproven(finding, "A recording with its Authorization headers would tell whether a token was sent.");
    }
    let headline = match failure.exchange.purpose {
        Purpose::Other => format!("{host} asks for a token, and this request carried none."),
        _ => format!("{host} asks for a token, and none was given."),
    };
    Say::new(headline, format!("{} The request had no Authorization header.", wording::refused(failure))).unproven(
        finding,
        "The same request with a bearer token would prove it: the extra headers may hold credentials of another kind.",
    )
}
