//! The server issued a session, and CORS hides the header with its id from the page.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, Say, Subject, wording};
use crate::http::Sight;
use crate::id::EventRef;

pub(super) static CAUSE: Cause =
    Cause { slug: "session-header-hidden", group: Group::Reaching, title: "The page cannot read the session id", find, say };

/// A refusal without a session id, after an `initialize` whose headers could not all be seen.
fn is_hidden(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    let opened = facts.initialized_before(failure.exchange).and_then(|opened| opened.head());
    let hidden = opened.is_some_and(|head| head.sight == Sight::CorsFiltered && !head.headers.has("mcp-session-id"));
    let bare = failure.about == Subject::Unsaid && matches!(failure.status(), 400 | 404) && !failure.is_refused_in_rpc();
    // The Go SDK takes a request without an id for the first one of a new session.
    let named = failure.about.is_session() || failure.about == Subject::Handshake;
    hidden && !failure.in_session() && failure.is_refused() && (named || bare)
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(failure) = facts.failure(|failure| is_hidden(facts, failure)) else { return };
    let certainty = match failure.about {
        Subject::NoSession | Subject::Session => Certainty::Proven,
        // A missing id is refused with 400 (2025-03-26, transports). A 404 can be about anything.
        Subject::Unsaid if failure.status() == 404 => Certainty::Possible,
        _ => Certainty::Likely,
    };
    let opened = facts.initialized_before(failure.exchange).map(|opened| EventRef::response(opened.id));
    let found = facts.finding(&CAUSE, certainty, |failure| is_hidden(facts, failure));
    out.extend(found.map(|found| found.and(opened)));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let headline = format!("{} opened a session, and the browser hides its id from this page.", wording::host(facts));
    let summary = format!("initialize succeeded without a visible Mcp-Session-Id. Then {}", wording::refused(failure));
    Say::new(headline, summary).unproven(finding, "Expose the header as shown below and run again.")
}
