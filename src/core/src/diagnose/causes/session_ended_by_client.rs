//! The session was ended from this side, and then it was used again.

use alloc::format;
use alloc::vec::Vec;

use super::session_stale::is_lost;
use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Say, Subject, wording};
use crate::http::Method;
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "session-ended-by-client", group: Group::Session, title: "The client ended this session itself", find, say };

/// What a failure has to do with the end of its session.
struct After<'a> {
    /// The DELETE.
    end: &'a Exchange,
    certainty: Certainty,
}

/// The DELETE that explains a failure.
fn after<'a>(facts: &Facts<'a>, failure: &Failure<'a>) -> Option<After<'a>> {
    let exchange = failure.exchange;
    let own = |other: &Exchange| !other.purpose.is_probe();
    let ends = |other: &&Exchange| other.request.method == Method::Delete && other.session_sent().is_some() && own(other);
    let mut earlier = facts.trace.exchanges().iter().filter(|other| other.id < exchange.id);
    let is_broken = matches!(failure.how, How::Cut | How::Unanswered | How::Opaque);
    match exchange.session_sent() {
        Some(id) if is_lost(failure) => {
            let end = earlier.filter(ends).find(|end| end.session_sent() == Some(id))?;
            accepted(end).map(|certainty| After { end, certainty })
        }
        // What was under way when the session was ended goes with it.
        Some(id) if is_broken => {
            let mut later = facts.trace.exchanges().iter().filter(|other| other.id > exchange.id);
            let end = later.find(|end| ends(end) && end.session_sent() == Some(id) && end.at <= exchange.last_at())?;
            accepted(end).map(|_| After { end, certainty: Certainty::Likely })
        }
        // A client that has ended its session knows the id no more, as that of the TypeScript SDK does.
        None if failure.without_session()
            && failure.is_refused()
            && (failure.about.is_session() || failure.about == Subject::Handshake) =>
        {
            let end = earlier.rfind(|other| ends(other) || (other.method() == Some("initialize") && own(other))).filter(ends)?;
            accepted(end).map(|certainty| After { end, certainty })
        }
        _ => None,
    }
}

/// How sure it is that a DELETE ended the session; `None` when the server refused to.
fn accepted(end: &Exchange) -> Option<Certainty> {
    match end.status() {
        Some(200..=299) => Some(Certainty::Proven),
        // The answer was not seen: the server may have acted on it all the same.
        None => Some(Certainty::Likely),
        Some(_) => None,
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(After { end, certainty }) = facts.open().find_map(|failure| after(facts, failure)) else { return };
    let found = facts.finding(&CAUSE, certainty, |failure| after(facts, failure).is_some());
    out.extend(found.map(|found| found.and([EventRef::request(end.id)])));
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(failure) = facts.failure_of(finding) else { return Say::default() };
    let Some(After { end, .. }) = after(facts, failure) else { return Say::default() };
    let asked = wording::step(failure.exchange);
    let session = wording::session(facts, end.session_sent().unwrap_or_default());
    let refused = if failure.is_refused() {
        wording::refused(failure)
    } else {
        format!("{} was under way, and its answer never came.", wording::capital(&asked))
    };
    let headline = if end.id < failure.exchange.id {
        let span = wording::between(facts, end.at, failure.exchange.at);
        let before = span.map(|span| format!("{span} before")).unwrap_or_else(|| "before".into());
        let carried = if failure.in_session() { "" } else { ", and the next request carried none" };
        format!("The client had ended {session} itself, {before} {asked} was sent{carried}.")
    } else {
        format!("The client ended {session} while {asked} was under way.")
    };
    Say::new(headline, refused).unproven(finding, "The same requests without the DELETE would show whether it is the reason.")
}
