//! What came of an exchange, as far as a sentence about two recordings needs it.

use alloc::format;
use alloc::string::String;

use crate::http::{ResponseHead, Sight};
use crate::trace::{End, Exchange, Trace, Why};

/// What came of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// What was wanted, with this status.
    Well(u16),
    /// A refusal by its status.
    Status(u16),
    /// A refusal in JSON-RPC, with its code.
    Error(Option<i64>),
    /// A good status, and not the answer.
    Unanswered(u16),
    /// An event stream that ended before the answer.
    StreamEnded,
    /// A body or an event stream that broke off.
    BrokeOff,
    /// No response at all.
    NoResponse,
    /// Nothing within the limit.
    TimedOut,
    /// An answer too large to be read.
    TooLarge,
    /// The recording does not say: hidden, still under way, stopped, or not recorded.
    Unknown,
}

impl Came {
    /// Reads it from an exchange.
    pub(super) fn of(trace: &Trace, exchange: &Exchange) -> Self {
        let status = exchange.status();
        let good = exchange.head().is_some_and(ResponseHead::is_success);
        if exchange.head().is_some_and(|head| head.sight == Sight::Opaque) {
            return Self::Unknown;
        }
        let allowed = status.is_some() && trace.may_be_refused(exchange) && !exchange.purpose.is_probe();
        if allowed || (exchange.succeeded() && (good || status.is_none())) {
            return Self::Well(status.unwrap_or_default());
        }
        match exchange.aborted {
            Some((_, Why::TimedOut)) => return Self::TimedOut,
            Some((_, Why::TooLarge)) => return Self::TooLarge,
            Some((_, Why::Stopped)) => return Self::Unknown,
            _ => {}
        }
        if let Some(status) = status.filter(|_| !good) {
            return Self::Status(status);
        }
        if let Some((code, ..)) = exchange.refusal() {
            return Self::Error(code);
        }
        match (&exchange.end, status) {
            (Some((_, End::Failed(_))), None) => Self::NoResponse,
            (Some((_, End::Failed(_) | End::Cut(_))), _) => Self::BrokeOff,
            (Some((_, End::Complete)), Some(_)) if exchange.is_stream() => Self::StreamEnded,
            (Some((_, End::Complete)), Some(status)) => Self::Unanswered(status),
            _ => Self::Unknown,
        }
    }

    /// Whether two of them are apart, so that it says something.
    pub(super) fn parts_from(self, other: Self) -> bool {
        let known = self != Self::Unknown && other != Self::Unknown;
        // What went well went well, with 200 or with 202.
        known && self != other && !matches!((self, other), (Self::Well(_), Self::Well(_)))
    }

    /// It as a clause about somebody, beside the other one: `this recording got 404`.
    pub(super) fn clause(self, who: &str, beside: Self) -> String {
        let stream = matches!(beside, Self::StreamEnded | Self::BrokeOff | Self::Unanswered(_) | Self::TimedOut | Self::TooLarge);
        match self {
            Self::Well(_) if stream => format!("{who} got the answer"),
            Self::Well(0) => format!("{who} got an answer"),
            Self::Well(status) | Self::Status(status) => format!("{who} got {status}"),
            Self::Error(Some(code)) => format!("{who} got the error {code}"),
            Self::Error(None) => format!("{who} got an error"),
            Self::Unanswered(status) => format!("{who} got {status} without the answer"),
            Self::StreamEnded => format!("{who} got a stream that ended before the answer"),
            Self::BrokeOff => format!("{who} got an answer that broke off"),
            Self::NoResponse => format!("{who} got no response"),
            Self::TimedOut => format!("{who} got no answer within the limit"),
            Self::TooLarge => format!("{who} got an answer too large to read"),
            Self::Unknown => format!("{who} does not say what came"),
        }
    }
}
