//! What sessions cost: how many were opened and for what, how each of them ended, and how long answers took.
//!
//! A pure view of a trace, whoever made it. What a recording does not hold is unknown here, never zero: a session id that CORS
//! hides, a request without its headers or its body, a log without times. What was sent to find out what is wrong
//! (`Purpose::is_probe`) is counted apart, so that looking at a server does not change what is said of its clients.

mod figures;
mod latency;
mod sessions;
mod strip;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use figures::{Figure, figures, millis, summary};
pub use latency::{Latency, Spread};
pub use sessions::{Fate, SessionUse, Use};
pub use strip::{Bar, Strip, strip};

use crate::http::{Method, Sight};
use crate::numbers::count;
use crate::sort::sort_by;
use crate::time::Micros;
use crate::trace::{Exchange, Trace};

/// What the sessions of a recording cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Economy {
    /// The sessions, in the order of [`Trace::sessions`].
    pub sessions: Vec<SessionUse>,
    /// Sessions that were opened in the recording.
    pub opened: Count,
    /// HTTP requests.
    pub requests: usize,
    /// Calls of tools.
    pub calls: Count,
    /// When the first request left and when the last thing happened; `None` when the recording has no times.
    pub span: Option<(Micros, Micros)>,
    /// How long answers took, by method, the most frequent first.
    pub latencies: Vec<Latency>,
    /// Requests that were sent to find out what is wrong; none of the other numbers counts them.
    pub probes: usize,
}

/// A count of which a part may be hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// So many were seen.
    pub seen: usize,
    /// So many more may have been, and the recording does not say.
    pub unsure: usize,
}

/// `12`, `at least 12`, `unknown`.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.seen, self.unsure) {
            (0, 1..) => f.write_str("unknown"),
            (seen, 1..) => write!(f, "at least {seen}"),
            (seen, 0) => seen.fmt(f),
        }
    }
}

impl Economy {
    /// The economy of a recording, as far as it goes.
    pub fn of(trace: &Trace) -> Self {
        let sessions = sessions::uses(trace);
        let counted = || trace.exchanges().iter().filter(|exchange| !exchange.purpose.is_probe());
        let opened = sessions.iter().filter(|session| session.opened && !session.probe).count();
        let calls = counted().flat_map(|exchange| &exchange.calls).filter(|call| call.method() == Some("tools/call")).count();
        Self {
            opened: Count {
                seen: opened,
                unsure: may_have_opened(trace).filter(|exchange| !exchange.purpose.is_probe()).count(),
            },
            requests: counted().count(),
            calls: Count { seen: calls, unsure: counted().filter(|exchange| is_unread(exchange)).count() },
            span: span(trace),
            latencies: latency::by_method(trace),
            probes: trace.exchanges().len() - counted().count(),
            sessions,
        }
    }

    /// The sessions that were opened in the recording and not by a probe.
    pub fn counted(&self) -> impl Iterator<Item = &SessionUse> {
        self.sessions.iter().filter(|session| session.opened && !session.probe)
    }

    /// Opened sessions in which nothing was ever asked.
    pub fn unused(&self) -> usize {
        self.counted().filter(|session| session.asked == 0).count()
    }

    /// Opened sessions that nobody ended and the server did not refuse.
    pub fn unended(&self) -> usize {
        self.counted().filter(|session| matches!(session.fate, Fate::Left | Fate::Open)).count()
    }

    /// Opened sessions that were given up for a later one without being ended.
    pub fn left(&self) -> usize {
        self.counted().filter(|session| session.fate == Fate::Left).count()
    }

    /// How often a session was opened after an earlier one was given up, ended or refused.
    pub fn reopened(&self) -> usize {
        let first_idle = self.counted().map(|session| session.last_use()).min();
        self.counted().filter(|session| first_idle.is_some_and(|idle| idle < session.began())).count()
    }

    /// The most sessions that the server had to hold at once, as far as the recording shows.
    pub fn at_once(&self) -> usize {
        sessions::at_once(self.counted())
    }

    /// Requests in each opened session, the smallest number, the median and the largest; `None` when none was opened.
    pub fn per_session(&self) -> Option<[usize; 3]> {
        let mut counts: Vec<usize> = self.counted().map(|session| session.uses.len()).collect();
        sort_by(&mut counts, |count| [*count as u64, 0, 0]);
        Some([*counts.first()?, *counts.get(counts.len() / 2)?, *counts.last()?])
    }

    /// What the sessions were opened for, in words: `12 tool calls`, or where no tool was called `12 requests`.
    pub fn purpose(&self) -> String {
        let asked: usize = self.counted().map(|session| session.asked).sum();
        match (self.calls.seen, self.calls.unsure) {
            (0, _) => count(asked as u64, "request"),
            (seen, 0) => count(seen as u64, "tool call"),
            (seen, _) => format!("at least {}", count(seen as u64, "tool call")),
        }
    }
}

/// When the recording begins and ends. A log without times gives every event the same one: then nothing is known, and not
/// that it all took no time.
fn span(trace: &Trace) -> Option<(Micros, Micros)> {
    let first = trace.exchanges().first()?.at;
    let last = trace.exchanges().iter().map(Exchange::last_at).fold(first, Micros::max);
    (first < last).then_some((first, last))
}

/// The handshakes that may have opened a session whose id cannot be seen.
fn may_have_opened(trace: &Trace) -> impl Iterator<Item = &Exchange> {
    let hidden = |exchange: &Exchange| {
        exchange.head().is_some_and(|head| head.sight != Sight::Full && !head.headers.has("mcp-session-id"))
    };
    let opens = move |exchange: &&Exchange| exchange.method() == Some("initialize") && exchange.succeeded() && hidden(exchange);
    // A server that takes anything without an id has none to hide.
    let without = |exchange: &Exchange| {
        exchange.wants_answer() && exchange.method() != Some("initialize") && exchange.session_sent().is_none()
    };
    // Over HTTP+SSE the session is the address that the stream names.
    let told = |exchange: &Exchange| exchange.names_endpoint() || (without(exchange) && exchange.succeeded());
    let told = trace.exchanges().iter().any(told);
    trace.exchanges().iter().filter(move |_| !told).filter(opens)
}

/// Whether it cannot be told what a request asked: a log that has no bodies.
fn is_unread(exchange: &Exchange) -> bool {
    exchange.request.method == Method::Post && exchange.request.body.is_empty()
}
