//! The browser keeps a page of the web from this computer and its network, until the person allows it.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Reach, Say, wording};
use crate::trace::Permission;

pub(super) static CAUSE: Cause = Cause {
    slug: "local-network-blocked",
    group: Group::Reaching,
    title: "The browser keeps this page from the local network",
    find,
    say,
};

/// The permission says it, and whether anything is there at all says the request for events: a browser asks for the permission
/// once it has a connection, so without one nothing was kept (Local Network Access, §3.1, measured with Chromium 156).
fn judge(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<Certainty> {
    let kept = failure.how == How::Opaque && facts.asks_nearer() && !facts.answers_no_events(failure);
    let reach = facts.reach(failure).map(|(reach, _)| reach);
    match (facts.trace.about.local_network, reach) {
        _ if !kept => None,
        (Permission::Denied | Permission::Unasked, Some(Reach::Kept)) => Some(Certainty::Proven),
        (Permission::Denied, Some(Reach::Nothing) | None) => Some(Certainty::Likely),
        (Permission::Unasked, Some(Reach::Nothing) | None) => Some(Certainty::Possible),
        _ => None,
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let judged = |failure: &Failure<'_>| judge(facts, failure);
    let Some((failure, certainty)) = facts.open().find_map(|failure| Some((failure, judged(failure)?))) else { return };
    let reach = facts.reach(failure).map(|(_, at)| at);
    let found = facts.finding(&CAUSE, certainty, |failure| judged(failure).is_some());
    out.extend(found.map(|found| found.and(reach)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let about = &facts.trace.about;
    let (host, place) = (wording::host(facts), if about.server.is_loopback() { "this computer" } else { "your local network" });
    let page = about.page.as_deref().unwrap_or_default();
    let state = match about.local_network {
        Permission::Denied => "The permission for that is refused for this page; the lock beside its address changes it.",
        _ => "The browser asks for a permission, which was not given. Run again and allow it.",
    };
    let there = match facts.reach(failure) {
        Some((Reach::Kept, _)) => " Something is there: the browser says that it may not show an answer.",
        _ => "",
    };
    Say::new(
        format!("The browser keeps this page from {place}, where {host} is."),
        format!("{page} is a page of the web, and {host} is on {place}. {state}{there}"),
    )
    .unproven(finding, "A run with the permission given would tell whether anything answers there.")
}
