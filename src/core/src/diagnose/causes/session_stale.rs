//! The request carries a session id that the server no longer knows: it was restarted, it let the session expire, or
//! another instance answered.

use alloc::format;
use alloc::string::{String, ToString};

use super::super::{Cause, Certainty, Facts, Failure, Finding, Say, Subject, wording};

pub(super) static CAUSE: Cause = Cause {
    slug: "session-stale",
    title: "The server no longer knows this session",
    page: include_str!("../pages/session-stale.md"),
    find,
    say,
};

/// A refusal in a session: the words name the session, or there are no words and the status is the one for it.
fn is_stale(failure: &Failure<'_>) -> bool {
    let bare = failure.status() == 404 && failure.about == Subject::Unsaid;
    failure.in_session() && failure.is_refused() && (failure.about == Subject::Session || bare)
}

fn find(facts: &Facts<'_>, out: &mut alloc::vec::Vec<Finding>) {
    let Some(failure) = facts.failure(is_stale) else { return };
    let fresh = facts.started_over(failure);
    let named = failure.about == Subject::Session;
    let certainty = match fresh {
        _ if named => Certainty::Proven,
        Some((true, _)) => Certainty::Proven,
        // Refused without the id as well: then it is not the session.
        Some((false, _)) => return,
        None => Certainty::Likely,
    };
    let found = facts.finding(&CAUSE, certainty, is_stale);
    out.extend(found.map(|found| found.and(fresh.map(|(_, at)| at))));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let id = failure.exchange.session_sent().unwrap_or_default();
    let session = wording::session(facts, id);
    let host = wording::host(facts);
    let issued = facts.trace.sessions().iter().find(|line| line.id == id).and_then(|line| line.issued);
    let issued = issued.and_then(|at| facts.trace.exchange(at.exchange));
    let since = issued.map_or_else(String::new, |opened| {
        format!(", issued {} before", wording::between(opened.last_at().min(failure.exchange.at), failure.exchange.at))
    });
    let fresh = facts.started_over(failure);
    let probe = match fresh {
        Some((true, _)) => " A new session without the id was accepted at once.",
        Some((false, _)) => " A new session was refused too.",
        None => "",
    };
    let seen = match failure.words() {
        words if words.is_empty() => "said nothing more".to_string(),
        words => format!("said {}", wording::quote(&words)),
    };
    let answer = match failure.status() {
        0 => format!("{} was refused", wording::step(failure.exchange)),
        status => format!("{} was answered with {}", wording::step(failure.exchange), wording::status(status)),
    };
    Say {
        headline: format!("{host} no longer knows {session}{since}."),
        summary: format!("{}; the server {seen}.{probe}", wording::capital(&answer)),
        missing: (finding.certainty != Certainty::Proven)
            .then(|| "An initialize without the session id that succeeds would prove it.".to_string()),
    }
}
