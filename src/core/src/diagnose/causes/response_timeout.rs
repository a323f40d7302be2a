//! No answer came within the limit.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, wording};

pub(super) static CAUSE: Cause = Cause { slug: "response-timeout", group: Group::Answer, title: "No answer in time", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, |failure: &Failure<'_>| failure.how == How::Silent));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let open = match &exchange.response {
        None => "The connection was open and no response had come.".into(),
        Some((at, head)) => {
            let body = if exchange.is_stream() { "the event stream" } else { "the body" };
            let (status, after) = (wording::status(head.status), wording::between(exchange.at, *at));
            let bytes = wording::count_bytes(exchange.reply.bytes);
            format!("{status} came after {after}; {body} was still open with {bytes} received.")
        }
    };
    let (host, asked) = (wording::host(facts), wording::step(exchange));
    Say::new(format!("{host} did not answer {asked} within {}.", facts.trace.about.timeout), open)
}
