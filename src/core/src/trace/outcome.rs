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
        let exchanges = self.exchanges();
        if exchanges.iter().any(failed) || exchanges.is_empty() || self.speaks_unknown_revision() {
            return Outcome::Failed;
        }
        // Ending the session afterwards does not undo the stop.
        let stopped = self.commands().iter().rfind(|(_, command)| *command != Command::EndSession);
        let stopped = matches!(stopped, Some((_, Command::Stop)));
        if stopped
            && exchanges.iter().any(|exchange| matches!(exchange.aborted, Some((_, Why::Stopped))) && !exchange.succeeded())
        {
            return Outcome::Stopped;
        }
        if exchanges.iter().any(unanswered) { Outcome::Failed } else { Outcome::Ok }
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
/// server need not allow; and of the GET for an event stream, which a server without one answers with 405 (2025-03-26 and
/// later, transports).
pub(super) fn may_be_refused(exchange: &Exchange) -> bool {
    let no_stream = exchange.request.method == Method::Get && exchange.status() == Some(405);
    exchange.purpose.is_probe() || exchange.purpose == Purpose::EndSession || no_stream
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
    !may_be_refused(exchange) && !exchange.succeeded()
}
