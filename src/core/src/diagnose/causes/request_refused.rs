//! The server refused, and no other cause explains it: its own words are all there is.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Fresh, Group, Say, Subject, phrases, wording};
use crate::http::Scheme;
use crate::trace::{Exchange, Purpose};

pub(super) static CAUSE: Cause =
    Cause { slug: "request-refused", group: Group::Answer, title: "The server refused for a reason of its own", find, say };

/// Plain HTTP to a port that speaks HTTPS.
fn is_plain(failure: &Failure<'_>) -> bool {
    let plain = failure.exchange.request.url.scheme() == Scheme::Http && !failure.is_refused_in_rpc();
    plain && failure.is_refused() && phrases::wants_https(&failure.words())
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_plain));
    out.extend(facts.finding(&CAUSE, Certainty::Possible, |failure: &Failure<'_>| failure.is_refused()));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    if is_plain(failure) {
        return Say::new(
            format!("{} speaks https at this port, and the address begins with http.", wording::host(facts)),
            format!("{} Write https:// at the beginning of the address.", wording::refused(failure)),
        );
    }
    if failure.about == Subject::Unread {
        return unread(failure, facts)
            .unproven(finding, "What the server said would tell: its log, or the same request with curl -i.");
    }
    let again = |other: &Exchange| {
        let repeats = other.purpose == Purpose::Repeat && other.method() == failure.exchange.method();
        repeats && other.status() == failure.exchange.status()
    };
    let alike = match facts.trace.exchanges().iter().any(again) {
        true => " In a new session it was refused alike, so it is not about the session.",
        false => "",
    };
    let summary = wording::refused(failure) + alike;
    let say = Say::new(format!("{} refused {asked} for a reason of its own.", wording::host(facts)), summary)
        .unproven(finding, "The server's log for this moment says what it means.");
    // What would tell the session, the token or neither apart.
    match (failure.in_session(), facts.started_over(failure)) {
        _ if failure.status() == 0 => say,
        (true, None) => say.by_probe("initialize-without-id"),
        (true, Some((Fresh::Accepted, _))) => say.by_probe("control"),
        _ if failure.exchange.sent_token() => say.by_probe("no-token"),
        _ => say,
    }
}

/// What can be said of a refusal of which only the status is known.
fn unread(failure: &Failure<'_>, facts: &Facts<'_>) -> Say {
    let status = failure.status();
    let means = match status {
        400 => "a session id that is missing or no longer known, or a request that the server does not understand",
        401 => "that a token is missing or not accepted; some servers say it of a session that they no longer know",
        403 => "that the token may not do this, or that the server takes no requests from there",
        404 => "a session that the server no longer knows, or a path at which nothing is served",
        410 => "a session that is over, or an address that is out of service",
        422 => "that a session id is missing, or a request that the server does not understand",
        503 => "a server that is overloaded or starts, or one that holds as many sessions as it takes",
        _ => "a reason that only its words tell",
    };
    Say::new(
        format!("{} refused {} with {}.", wording::host(facts), wording::step(failure.exchange), wording::status(status)),
        format!("What it said is not in this recording. {status} mostly means {means}."),
    )
}
