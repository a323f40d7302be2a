//! The request is larger than the server, or a gateway in front of it, takes: its body, its headers, or its address.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "payload-too-large", group: Group::Answer, title: "The request is too large for the server", find, say };

/// 413 and 414 (RFC 9110 §15.5.14 and 15), 431 (RFC 6585 §5), or words that say so under another status, as nginx does for
/// headers (400).
fn is_too_large(failure: &Failure<'_>) -> bool {
    let bare = matches!(failure.status(), 413 | 414 | 431) && failure.about == Subject::Unsaid;
    failure.is_refused() && (failure.about == Subject::Size || bare)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    out.extend(facts.finding(&CAUSE, Certainty::Proven, is_too_large));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let request = &failure.exchange.request;
    let words = failure.words().to_ascii_lowercase();
    let (what, size): (&str, String) = match failure.status() {
        414 => ("an address as long as that of", format!(" It has {} characters.", request.url.target().chars().count())),
        431 => ("headers as large as those of", header_size(failure)),
        _ if words.contains("header") => ("headers as large as those of", header_size(failure)),
        _ => ("a body as large as that of", format!(" The body has {}.", wording::count_bytes(request.body.len() as u64))),
    };
    let asked = wording::step(failure.exchange);
    Say::new(format!("{} does not take {what} {asked}.", wording::host(facts)), wording::refused(failure) + &size)
}

/// What of the headers is usually the large one.
fn header_size(failure: &Failure<'_>) -> String {
    match failure.exchange.sent_token() {
        true => " A token with many claims or groups is the usual reason.".into(),
        false => " Cookies and values of extra headers are the usual reason.".into(),
    }
}
