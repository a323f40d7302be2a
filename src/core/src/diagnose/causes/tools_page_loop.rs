//! The list of tools does not come to an end: a cursor leads back, or to pages that hold nothing.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Finding, Group, Say, wording};
use crate::limits::TOOLS_PAGES;
use crate::trace::ToolPage;

pub(super) static CAUSE: Cause =
    Cause { slug: "tools-page-loop", group: Group::Offers, title: "The list of tools does not end", find, say };

/// What was read of the list can be used all the same, so it is a note.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let pages = facts.trace.tool_pages();
    let with_next = || pages.iter().filter(|page| page.next.is_some());
    let repeats = |page: &&ToolPage| with_next().take_while(|other| other.at != page.at).any(|other| other.next == page.next);
    let endless = pages.last().filter(|last| pages.len() >= TOOLS_PAGES && last.next.is_some());
    let found = if let Some(page) = with_next().find(repeats) {
        Some((page, Certainty::Proven, "repeats"))
    } else if let Some(page) = endless {
        Some((page, Certainty::Likely, "endless"))
    } else {
        with_next().find(|page| page.count == 0).map(|page| (page, Certainty::Possible, "empty"))
    };
    out.extend(found.map(|(page, certainty, how)| {
        let first = pages.iter().find(|other| other.next == page.next).map(|other| other.at);
        Finding::new(&CAUSE, certainty, page.at).and(first).with("how", how).note()
    }));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let host = wording::host(facts);
    let pages = wording::count(facts.trace.tool_pages().len(), "page");
    match finding.param("how") {
        Some("repeats") => Say::new(
            format!("The list of tools of {host} leads back to a page that was there before."),
            format!("A cursor came a second time, after {pages}. Clients that follow it never finish."),
        ),
        Some("endless") => Say::new(
            format!("{host} lists tools without coming to an end."),
            format!("{pages} were read, and the last one names another. This page stops here; other clients go on."),
        ),
        _ => Say::new(
            format!("{host} sends an empty page of tools that leads to another page."),
            "The specification allows it. Clients that stop at an empty page miss what comes after it.",
        ),
    }
}
