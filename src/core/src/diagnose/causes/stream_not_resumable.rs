//! An event stream ended before the answer, the client asked for the rest of it, and did not get it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "stream-not-resumable", group: Group::Answer, title: "The rest of the event stream cannot be had", find, say };

/// The request for the rest was refused, without naming another reason.
fn is_refused(failure: &Failure<'_>) -> bool {
    let asks = failure.exchange.request.headers.has("last-event-id");
    let bare = matches!(failure.about, Subject::Unsaid | Subject::Params | Subject::Internal | Subject::Method);
    asks && bare && matches!(failure.status(), 400 | 404 | 405 | 500 | 501)
}

/// The stream was opened again, and ended again without the answer.
const fn brought_nothing(failure: &Failure<'_>) -> bool {
    failure.resumed.is_some() && !failure.is_refused()
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let refused = facts.finding(&CAUSE, Certainty::Proven, is_refused);
    let nothing = facts.finding(&CAUSE, Certainty::Likely, brought_nothing);
    out.extend(refused.into_iter().chain(nothing).map(|found| {
        let ended = facts.exchange_of(&found).and_then(|resume| resumes(facts, resume));
        found.and(ended.map(|stream| EventRef::end(stream.id)))
    }));
}

/// The stream that a request asks for the rest of.
fn resumes<'a>(facts: &Facts<'a>, resume: &Exchange) -> Option<&'a Exchange> {
    let place = resume.request.headers.get("last-event-id")?;
    let ended = |other: &&Exchange| other.id < resume.id && other.last_event() == Some(place);
    facts.trace.exchanges().iter().rfind(ended)
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let host = wording::host(facts);
    if failure.is_refused() {
        let headline = format!("{host} ended the event stream early, and refuses to give the rest.");
        return Say::new(headline, format!("{} What the stream still owed is lost.", wording::refused(failure)));
    }
    let asked = wording::step(failure.exchange);
    Say::new(
        format!("{host} closed the event stream before it answered {asked}, and brought nothing when asked for the rest."),
        "The stream was asked for again with Last-Event-ID, was opened, and ended without the answer.",
    )
    .unproven(finding, "The log of the server would tell whether the answer was ever made, or was made and not kept.")
}
