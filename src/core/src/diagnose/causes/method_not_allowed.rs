//! The address exists and does not take POST requests.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, phrases, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "method-not-allowed", group: Group::Agreement, title: "The endpoint takes no POST", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(certainty) = facts.open().find_map(judge) else { return };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judge(failure).is_some()));
}

/// 405 (RFC 9110 §15.5.6), the 501 of servers that know no POST at all (§15.6.2), or words that say so under another status, as
/// CloudFront does (403).
fn judge(failure: &Failure<'_>) -> Option<Certainty> {
    match failure.status() {
        405 if failure.about == Subject::Unread => Some(Certainty::Likely),
        _ if failure.about != Subject::Unsaid => None,
        405 => Some(Certainty::Proven),
        501 => Some(Certainty::Likely),
        400 | 403 | 404 if !failure.is_refused_in_rpc() => phrases::refuses_method(&failure.body).then_some(Certainty::Likely),
        _ => None,
    }
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let exchange = failure.exchange;
    let (url, method) = (&exchange.request.url, exchange.request.method.as_str());
    let allow = match exchange.head().and_then(|head| head.headers.get("allow")) {
        Some(allow) => format!(" Allow names {}.", wording::quote(allow)),
        None if failure.about == Subject::Unread => "".into(),
        None => " The Allow header is not visible.".into(),
    };
    Say::new(
        format!("{} takes no {method} requests at {}.", wording::host_of(facts, url), url.path()),
        wording::refused(failure) + &allow,
    )
    .unproven(finding, "A GET of the same address that is answered would show that only the method is refused.")
}
