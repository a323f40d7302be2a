//! The address exists and does not take POST requests.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "method-not-allowed", group: Group::Agreement, title: "The endpoint takes no POST", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_refused = |failure: &Failure<'_>| failure.status() == 405 && failure.about == Subject::Unsaid;
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_refused));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let (url, method) = (&exchange.request.url, exchange.request.method.as_str());
    let allow = match exchange.head().and_then(|head| head.headers.get("allow")) {
        Some(allow) => format!(" Allow names {}.", wording::quote(allow)),
        None => " The Allow header is not visible.".into(),
    };
    Say::new(format!("{} takes no {method} requests at {}.", url.authority(), url.path()), wording::refused(failure) + &allow)
}
