//! The connection broke while the answer was on its way.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, wording};
use crate::trace::End;

pub(super) static CAUSE: Cause = Cause { slug: "stream-cut", group: Group::Answer, title: "The answer broke off", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, |failure: &Failure<'_>| failure.how == How::Cut));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let body = if exchange.is_stream() { "event stream" } else { "body" };
    let end = match &exchange.end {
        Some((_, End::Cut(text))) if !text.is_empty() => format!(" The browser says {}.", wording::quote(text)),
        _ => " It ended as if it were complete.".into(),
    };
    let span = wording::took(exchange, exchange.last_at());
    let bytes = wording::count_bytes(exchange.reply.bytes);
    let headline = format!("The answer of {} to {} broke off.", wording::host(facts), wording::step(exchange));
    let stopped = if exchange.reply.bytes == 0 {
        let within = span.map(|span| format!(" in {span}")).unwrap_or_default();
        format!("None of the {body} reached this page{within}; a browser may drop what came just before the break.")
    } else {
        format!("The {body} stopped after {bytes}{}.", span.map(|span| format!(" and {span}")).unwrap_or_default())
    };
    Say::new(headline, format!("{stopped}{end}"))
}
