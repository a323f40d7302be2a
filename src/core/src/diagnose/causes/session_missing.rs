//! The server wants a session id, and the request carried none.

use alloc::format;
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause { slug: "session-missing", title: "A request without a session id", find, say };

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let is_missing = |failure: &Failure<'_>| {
        let absent = failure.about == Subject::NoSession || (failure.about.is_session() && !failure.in_session());
        failure.is_refused() && absent
    };
    let vague = facts.failure(is_missing).is_some_and(|failure| failure.about == Subject::SomeSession);
    let certainty = if vague { Certainty::Likely } else { Certainty::Proven };
    out.extend(facts.finding(&CAUSE, certainty, is_missing));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let (host, asked) = (wording::host(facts), wording::step(failure.exchange));
    let headline = if failure.in_session() {
        format!("{host} did not see the session id that {asked} carried.")
    } else if asked == "initialize" {
        format!("{host} wants a session id on initialize, the request that opens a session.")
    } else if facts.initialized_before(failure.exchange).is_some() {
        format!("{host} wants a session id, and its answer to initialize held none.")
    } else {
        format!("{host} wants a session id, and {asked} carried none.")
    };
    Say::new(headline, wording::refused(failure)).unproven(finding, "The same request with a session id would prove it.")
}
