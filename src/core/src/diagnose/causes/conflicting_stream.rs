//! A second event stream was asked for where the server allows one.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, wording};
use crate::http::Method;
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "conflicting-stream", group: Group::Agreement, title: "The session has its event stream already", find, say };

/// 409 (RFC 9110 §15.5.10) for a GET: the SDKs answer so when the stream that is asked for is open.
fn is_conflict(failure: &Failure<'_>) -> bool {
    failure.status() == 409 && failure.exchange.request.method == Method::Get
}

/// The stream of the same session that was open at that moment, as far as this recording shows.
fn other<'a>(facts: &Facts<'a>, failure: &Failure<'_>) -> Option<&'a Exchange> {
    let here = failure.exchange;
    let is_other = |other: &&Exchange| {
        let stream = other.request.method == Method::Get && other.is_stream() && other.session_sent() == here.session_sent();
        stream && other.id < here.id && (!other.is_over() || other.last_at() >= here.at)
    };
    facts.trace.exchanges().iter().rfind(is_other)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(failure) = facts.failure(is_conflict) else { return };
    let other = other(facts, failure).map(|other| EventRef::response(other.id));
    let says_so = failure.words().to_ascii_lowercase().contains("stream");
    let certainty = if other.is_some() || says_so { Certainty::Proven } else { Certainty::Likely };
    out.extend(facts.finding(&CAUSE, certainty, is_conflict).map(|found| found.and(other)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let holder = match other(facts, failure) {
        Some(_) => "The one that this recording opened earlier was still open.",
        None => "The one that is open was not opened in this recording, or the server has not noticed that it is gone.",
    };
    Say::new(
        format!("{} allows one event stream per session, and has one open.", wording::host(facts)),
        format!("{} {holder}", wording::refused(failure)),
    )
    .unproven(finding, "A refusal that names the stream would prove it.")
}
