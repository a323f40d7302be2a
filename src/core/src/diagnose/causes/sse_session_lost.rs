//! HTTP+SSE (2024-11-05): a message was posted for a session whose event stream is gone.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Instead, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause { slug: "sse-session-lost", title: "The event stream of this session is gone", find, say };

/// A refused message, or one that was accepted and whose answer never came on the stream.
fn is_lost(failure: &Failure<'_>) -> bool {
    let refused = failure.about.is_session() || (failure.status() == 404 && failure.about == Subject::Unsaid);
    failure.is_legacy_post() && (refused || failure.instead() == Some(Instead::Nothing))
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(failure) = facts.failure(is_lost) else { return };
    let certainty = match failure.about {
        Subject::Session | Subject::NoSession => Certainty::Proven,
        _ if failure.is_refused() => Certainty::Likely,
        _ => Certainty::Possible,
    };
    out.extend(facts.finding(&CAUSE, certainty, is_lost));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let summary = match failure.is_refused() {
        true => wording::refused(failure),
        false => format!("{asked} was accepted, and its answer never came on the event stream."),
    };
    Say::new(format!("{host} no longer has the event stream that {asked} belongs to."), summary)
        .unproven(finding, "A refusal that names the session would prove it.")
}
