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
        let lost = self.speaks_unknown_revision() || self.stuck_between_eras().or_else(|| self.discovers_nothing()).is_some();
        if exchanges().any(|exchange| self.failed(exchange)) || self.is_empty() || lost {
            return Outcome::Failed;
        }
        // Ending the session afterwards does not undo the stop, nor does looking for a token.
        let undoes = |command: &Command| *command != Command::EndSession && !command.is_aside();
        let mut asked = self.commands().iter().rev().map(|(_, command)| command).filter(|command| undoes(command));
        let stopped = matches!(asked.next(), Some(Command::Stop));
        // Between two steps of a probe nothing is under way that could break off.
        let probing = matches!(asked.next(), Some(Command::Checkup | Command::Probe(_)));
        if stopped && probing {
            return Outcome::Stopped;
        }
        if stopped && exchanges().any(|exchange| matches!(exchange.aborted, Some((_, Why::Stopped))) && !exchange.succeeded()) {
            return Outcome::Stopped;
        }
        if exchanges().any(|exchange| self.is_unanswered(exchange)) { Outcome::Failed } else { Outcome::Ok }
    }

    /// Whether a refusal of an exchange says nothing bad: of a probe, which is sent because something failed; of the end of a
    /// session, which a server need not allow; of the GET for an event stream, which a server without one answers with 405
    /// (2025-03-26 and later, transports); of `subscriptions/listen`, which a server need not have; and of another way in
    /// that was tried in vain.
    pub fn may_be_refused(&self, exchange: &Exchange) -> bool {
        let streams = !matches!(exchange.purpose, Purpose::Endpoint | Purpose::Resume);
        let no_stream = streams && exchange.request.method == Method::Get && exchange.status() == Some(405);
        let no_subscriptions = exchange.purpose == Purpose::Listen && exchange.status() == Some(404);
        let by_nature = exchange.purpose.is_probe() || exchange.request.method == Method::Delete;
        by_nature || no_stream || no_subscriptions || self.is_a_vain_try(exchange)
    }

    /// Whether an exchange was refused or broke.
    fn failed(&self, exchange: &Exchange) -> bool {
        if exchange.succeeded() || self.may_be_refused(exchange) {
            return false;
        }
        let gave_up = matches!(exchange.aborted, Some((_, Why::TimedOut | Why::TooLarge)));
        let broke = matches!(exchange.end, Some((_, End::Failed(_) | End::Cut(_))));
        // An exchange that was given up also ends, but that is not the server's doing.
        let complete = matches!(exchange.end, Some((_, End::Complete)));
        let refused = exchange.status().is_some_and(|status| !(200..300).contains(&status)) || exchange.refusal().is_some();
        gave_up || broke || refused || (complete && exchange.aborted.is_none() && self.is_unanswered(exchange))
    }

    fn is_unanswered(&self, exchange: &Exchange) -> bool {
        // What was cancelled on purpose needs no answer.
        let cancelled = exchange.purpose == Purpose::Call && matches!(exchange.aborted, Some((_, Why::Stopped)));
        // Nothing waits for what becomes of these two: they tell only once they are refused.
        let aside = matches!(exchange.purpose, Purpose::Answer | Purpose::Cancel);
        !exchange.succeeded() && !cancelled && !aside && !self.may_be_refused(exchange)
    }
}
