//! HTTP+SSE (2024-11-05): a message was posted for a session whose event stream is gone, or is held by another process.

use alloc::format;
use alloc::vec::Vec;

use super::endpoint_not_found::is_of_a_router;
use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, Subject, wording};
use crate::http::ResponseHead;
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "sse-session-lost", group: Group::HttpSse, title: "The event stream of this session is gone", find, say };

/// A refused message, or one that was accepted and whose answer never came on the stream. A router's 404 for the address that
/// an open stream has just named is about the address.
fn is_lost(failure: &Failure<'_>) -> bool {
    let unsaid = failure.about == Subject::Unsaid && !failure.is_refused_in_rpc();
    let bare = match failure.status() {
        404 => !(failure.stream.is_some() && is_of_a_router(failure)),
        400 => failure.words().is_empty(),
        _ => false,
    };
    let accepted = failure.exchange.head().is_some_and(ResponseHead::is_success);
    let unanswered = accepted && matches!(failure.how, How::Unanswered | How::Silent);
    failure.is_legacy_post() && (failure.about.is_session() || (unsaid && bare) || unanswered)
}

/// The stream of the session, if the server had ended it by then.
fn ended<'a>(failure: &Failure<'a>) -> Option<&'a Exchange> {
    let by_server = |stream: &&Exchange| stream.end.is_some() && stream.aborted.is_none();
    let before = |stream: &&Exchange| !failure.is_refused() || stream.last_at() <= failure.exchange.last_at();
    failure.stream.filter(by_server).filter(before)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(failure) = facts.failure(is_lost) else { return };
    let over = ended(failure).map(|stream| EventRef::end(stream.id));
    let certainty = match failure.about {
        Subject::Session | Subject::NoSession => Certainty::Proven,
        _ if failure.how == How::Unanswered && over.is_some() => Certainty::Proven,
        _ if failure.is_refused() || failure.how == How::Silent => Certainty::Likely,
        _ => Certainty::Possible,
    };
    out.extend(facts.finding(&CAUSE, certainty, is_lost).map(|found| found.and(over)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let open = failure.stream.is_some() && ended(failure).is_none();
    let headline = match (failure.is_refused(), open) {
        (true, true) => format!("{host} does not know the session of the event stream that it holds open."),
        (false, true) => format!("{host} accepted {asked} and never answered on the event stream."),
        (_, false) => format!("{host} no longer has the event stream that {asked} belongs to."),
    };
    let summary = match (failure.is_refused(), open) {
        (true, true) => format!(
            "{} Its stream was open all the while: the message reached another process than the stream.",
            wording::refused(failure)
        ),
        (true, false) => wording::refused(failure),
        (false, true) => {
            format!("{asked} was accepted, and within {} nothing on the open stream answered it.", facts.trace.about.timeout)
        }
        (false, false) => format!("{asked} was accepted, and its answer never came on the event stream."),
    };
    Say::new(headline, wording::capital(&summary))
        .unproven(finding, "A refusal that names the session would prove it; with several processes, every other attempt works.")
}
