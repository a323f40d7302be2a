//! How a recording came out.

use super::Trace;
use super::exchange::Exchange;
use super::record::{Command, End, Purpose, Why};
use crate::http::Method;

/// How a recording came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything asked was answered.
    Ok,
    /// Something asked was refused, or never answered.
    Failed,
    /// The person stopped it.
    Stopped,
}

impl Outcome {
    /// The word the page carries in `data-outcome`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }
}

impl Trace {
    /// How the recording came out, as it stands; while something is still under way it says nothing yet.
    pub fn outcome(&self) -> Outcome {
        let exchanges = || self.exchanges().iter().filter(|exchange| !self.is_superseded(exchange));
        if exchanges().any(failed) || self.is_empty() || self.speaks_unknown_revision() {
            return Outcome::Failed;
        }
        // Ending the session afterwards does not undo the stop.
        let stopped = self.commands().iter().rfind(|(_, command)| *command != Command::EndSession);
        let stopped = matches!(stopped, Some((_, Command::Stop)));
        if stopped && exchanges().any(|exchange| matches!(exchange.aborted, Some((_, Why::Stopped))) && !exchange.succeeded()) {
            return Outcome::Stopped;
        }
        if exchanges().any(unanswered) { Outcome::Failed } else { Outcome::Ok }
    }

    /// Whether another way in worked after this one was refused: then it was a step of finding out, not a failure (2025-11-25,
    /// transports, backwards compatibility; 2026-07-28, versioning).
    pub fn is_superseded(&self, exchange: &Exchange) -> bool {
        let asked_again = |later: &Exchange| exchange.purpose == Purpose::Discover && later.purpose == Purpose::Discover;
        let worked = |later: &Exchange| later.id > exchange.id && (later.fallback || asked_again(later)) && later.succeeded();
        exchange.purpose.opens() && !exchange.succeeded() && self.exchanges().iter().any(worked)
    }

    /// Whether `initialize` was answered without a revision that is known here: that ends the handshake, well formed as
    /// the answer may be (2025-11-25, lifecycle).
    pub fn speaks_unknown_revision(&self) -> bool {
        let initialized = |exchange: &Exchange| exchange.method() == Some("initialize") && exchange.succeeded();
        let unknown = self.server().is_none_or(|server| server.revision().is_none());
        unknown && self.exchanges().iter().any(|exchange| exchange.purpose != Purpose::StartOver && initialized(exchange))
    }
}

/// Whether a refusal says nothing bad: of a probe, which is sent because something failed; of the end of a session, which a
/// server need not allow; of the GET for an event stream, which a server without one answers with 405 (2025-03-26 and
/// later, transports); of `subscriptions/listen`, which a server need not have; and of another way in that was tried.
pub(super) fn may_be_refused(exchange: &Exchange) -> bool {
    let no_stream =
        exchange.purpose != Purpose::Endpoint && exchange.request.method == Method::Get && exchange.status() == Some(405);
    let no_subscriptions = exchange.purpose == Purpose::Listen && exchange.status() == Some(404);
    let by_nature = exchange.purpose.is_probe() || exchange.purpose == Purpose::EndSession || exchange.fallback;
    by_nature || no_stream || no_subscriptions
}

/// Whether an exchange was refused or broke.
fn failed(exchange: &Exchange) -> bool {
    if may_be_refused(exchange) {
        return false;
    }
    let gave_up = matches!(exchange.aborted, Some((_, Why::TimedOut | Why::TooLarge)));
    let broke = matches!(exchange.end, Some((_, End::Failed(_) | End::Cut(_))));
    // An exchange that was given up also ends, but that is not the server's doing.
    let complete = matches!(exchange.end, Some((_, End::Complete)));
    let refused = exchange.status().is_some_and(|status| !(200..300).contains(&status)) || exchange.refusal().is_some();
    !exchange.succeeded() && (gave_up || broke || refused || (complete && unanswered(exchange)))
}

fn unanswered(exchange: &Exchange) -> bool {
    // What was cancelled on purpose needs no answer, and a stream to listen on has none while it is open.
    let cancelled = exchange.purpose == Purpose::Call && matches!(exchange.aborted, Some((_, Why::Stopped)));
    let listens = exchange.purpose == Purpose::Listen && exchange.is_stream();
    !may_be_refused(exchange) && !exchange.succeeded() && !cancelled && !listens
}
