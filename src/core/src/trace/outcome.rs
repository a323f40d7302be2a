//! How a recording came out.

use super::Trace;
use super::exchange::Exchange;
use super::record::{Command, End, Purpose, Why};

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
        if exchanges.iter().any(failed) || exchanges.is_empty() {
            return Outcome::Failed;
        }
        let stopped = matches!(self.commands().last(), Some((_, Command::Stop)));
        if stopped
            && exchanges.iter().any(|exchange| matches!(exchange.aborted, Some((_, Why::Stopped))) && !exchange.succeeded())
        {
            return Outcome::Stopped;
        }
        if exchanges.iter().any(unanswered) { Outcome::Failed } else { Outcome::Ok }
    }
}

/// Whether an exchange was refused or broke.
fn failed(exchange: &Exchange) -> bool {
    // A probe is sent because something failed; ending a session may be refused by a correct server (405).
    if exchange.purpose.is_probe() || exchange.purpose == Purpose::EndSession {
        return false;
    }
    let gave_up = matches!(exchange.aborted, Some((_, Why::TimedOut | Why::TooLarge)));
    let broke = matches!(exchange.end, Some((_, End::Failed(_) | End::Cut(_))));
    let refused = exchange.status().is_some_and(|status| !(200..300).contains(&status)) || exchange.refusal().is_some();
    !exchange.succeeded() && (gave_up || broke || refused || (exchange.end.is_some() && unanswered(exchange)))
}

fn unanswered(exchange: &Exchange) -> bool {
    !exchange.purpose.is_probe() && exchange.purpose != Purpose::EndSession && !exchange.succeeded()
}
