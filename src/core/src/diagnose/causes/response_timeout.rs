//! No answer came within the limit.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, Subject, phrases, wording};

pub(super) static CAUSE: Cause = Cause { slug: "response-timeout", group: Group::Answer, title: "No answer in time", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(certainty) = facts.open().find_map(judge) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judge(failure).is_some()));
}

/// Nothing came, or somebody on the way says that nothing came: 408 (RFC 9110 §15.5.9), or the error by which clients and bridges
/// say so to the next one.
fn judge(failure: &Failure<'_>) -> Option<Certainty> {
    let unsaid = failure.about == Subject::Unsaid;
    match failure.how {
        How::Silent => Some(Certainty::Proven),
        How::Status(408) if unsaid => Some(Certainty::Likely),
        How::Error(_) if unsaid => phrases::is_late(&failure.words()).then_some(Certainty::Likely),
        _ => None,
    }
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let open = match &exchange.response {
        None => "The connection was open and no response had come.".into(),
        Some((at, head)) => {
            let body = if exchange.is_stream() { "the event stream" } else { "the body" };
            let (status, after) = (wording::status(head.status), wording::after(exchange, *at));
            let bytes = wording::count_bytes(exchange.reply.bytes);
            format!("{status} came{after}; {body} was still open with {bytes} received.")
        }
    };
    let (host, asked) = (wording::host(facts), wording::step(exchange));
    Say::new(format!("{host} did not answer {asked} within {}.", facts.trace.about.timeout), open)
}
