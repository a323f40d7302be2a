//! The page is https and the address plain http: the browser sends nothing.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Reach, Say, wording};

pub(super) static CAUSE: Cause =
    Cause { slug: "mixed-content", group: Group::Reaching, title: "A secure page may not call plain http", find, say };

/// Both addresses prove it: no browser sends such a request (Mixed Content, W3C, §4.4), unless this one was told to. Then
/// something could be read from there, or is answered when it needs no permission.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_kept = |failure: &Failure<'_>| {
        let let_through = matches!(facts.reach(failure), Some((Reach::Answered | Reach::Dropped, _)));
        failure.how == How::Opaque && !let_through && facts.readable_before(failure.exchange).is_none()
    };
    if facts.is_mixed_content() {
        out.extend(facts.finding(&CAUSE, Certainty::Proven, is_kept));
    }
}

fn say(_: &Finding, facts: &Facts<'_>) -> Say {
    let about = &facts.trace.about;
    let (host, page) = (about.server.authority(), about.page.as_deref().unwrap_or_default());
    Say::new(
        format!("This page is https and {host} is called over plain http, so the browser sends nothing."),
        format!(
            "The page is at {page}, the address is {}. Nothing is known of the server. Try the address with https.",
            wording::quote(&about.server.without_query())
        ),
    )
}
