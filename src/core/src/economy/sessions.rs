//! The sessions of a recording one by one: what was asked in each, and how it ended.

use alloc::vec::Vec;

use crate::http::Method;
use crate::id::{EventRef, ExchangeId};
use crate::sort::sort_by;
use crate::time::Micros;
use crate::trace::{Exchange, SessionLine, Trace};

/// What was done in one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionUse {
    /// Its place in [`Trace::sessions`], which gives it its letter.
    pub n: usize,
    /// Where it is first seen: the event that issued it, or the first request that carried it.
    pub at: EventRef,
    /// When that was.
    pub from: Micros,
    /// When the last thing happened in it.
    pub to: Micros,
    /// Whether it was opened in this recording.
    pub opened: bool,
    /// Whether a probe opened it.
    pub probe: bool,
    /// The requests in it, the one that opened it and the one that ended it among them; not those of probes.
    pub uses: Vec<Use>,
    /// How often the server was asked for something: JSON-RPC requests, but for `initialize`.
    pub asked: usize,
    /// How many of them called a tool.
    pub calls: usize,
    /// How it ended.
    pub fate: Fate,
}

/// One request in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Where it stands.
    pub at: EventRef,
    /// When it was sent.
    pub when: Micros,
}

/// How a session ended, as far as the recording shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was ended: by DELETE, over HTTP+SSE with its stream.
    Ended,
    /// The server refused what was sent in it last.
    Refused,
    /// It was not ended, and nothing was sent in it any more once a later one was asked for.
    Left,
    /// It was not ended when the recording stopped, and may be in use.
    Open,
}

impl Fate {
    /// In a word or two, for a table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Refused => "refused",
            Self::Left => "never ended",
            Self::Open => "open",
        }
    }
}

impl SessionUse {
    /// The exchange that opened it, or that is the first in it.
    pub(super) const fn began(&self) -> ExchangeId {
        self.at.exchange
    }

    /// The last exchange in it.
    pub(super) fn last_use(&self) -> ExchangeId {
        self.uses.last().map_or(self.at.exchange, |last| last.at.exchange)
    }
}

/// What was done in each session.
pub(super) fn uses(trace: &Trace) -> Vec<SessionUse> {
    let mut sessions: Vec<SessionUse> =
        trace.sessions().iter().enumerate().filter_map(|(n, line)| use_of(trace, n, line)).collect();
    // What comes first and last is told by the order of the requests: a recording need not have times.
    let opens = |exchange: &&Exchange| exchange.method() == Some("initialize") && !exchange.purpose.is_probe();
    let newest = trace.exchanges().iter().rfind(opens).map(|exchange| exchange.id);
    for session in sessions.iter_mut().filter(|session| session.fate == Fate::Open) {
        if newest.is_some_and(|newest| newest > session.last_use()) {
            session.fate = Fate::Left;
        }
    }
    sessions
}

fn use_of(trace: &Trace, n: usize, line: &SessionLine) -> Option<SessionUse> {
    let opener = line.issued.and_then(|at| trace.exchange(at.exchange));
    let used = line.used.iter().filter_map(|id| trace.exchange(*id));
    // With HTTP+SSE the stream that opened it is no request in it; that one carries the session from then on.
    let own = opener.into_iter().chain(used).filter(|exchange| !exchange.purpose.is_probe());
    let exchanges: Vec<&Exchange> = own.collect();
    let first = opener.or(exchanges.first().copied())?;
    let when = line.issued.and_then(|at| trace.when(at)).unwrap_or(first.at);
    let calls = || exchanges.iter().flat_map(|exchange| &exchange.calls);
    Some(SessionUse {
        n,
        at: line.issued.unwrap_or(EventRef::request(first.id)),
        from: when,
        to: exchanges.iter().map(|exchange| exchange.last_at()).fold(when, Micros::max),
        opened: line.issued.is_some(),
        probe: opener.is_some_and(|opener| opener.purpose.is_probe()),
        asked: calls().filter(|call| call.asks().is_some() && call.method() != Some("initialize")).count(),
        calls: calls().filter(|call| call.method() == Some("tools/call")).count(),
        fate: fate(line, &exchanges),
        uses: exchanges.iter().map(|exchange| Use { at: EventRef::request(exchange.id), when: exchange.at }).collect(),
    })
}

fn fate(line: &SessionLine, exchanges: &[&Exchange]) -> Fate {
    if line.ended.is_some() {
        return Fate::Ended;
    }
    // A server without an event stream of its own answers the GET for it with 405 (2025-03-26, transports), and one that lets
    // nobody end a session the DELETE.
    let judged = exchanges.iter().rfind(|exchange| exchange.request.method != Method::Get);
    match judged.and_then(|exchange| exchange.status()) {
        Some(400 | 401 | 403 | 404 | 410 | 422) => Fate::Refused,
        _ => Fate::Open,
    }
}

/// The most sessions that were there at once: from the exchange that opened each to the one that ended it.
pub(super) fn at_once<'a>(sessions: impl Iterator<Item = &'a SessionUse>) -> usize {
    let mut changes: Vec<(ExchangeId, bool)> = Vec::new();
    for session in sessions {
        changes.push((session.began(), true));
        if matches!(session.fate, Fate::Ended | Fate::Refused) {
            changes.push((session.last_use(), false));
        }
    }
    sort_by(&mut changes, |(at, opens)| [u64::from(at.0), u64::from(*opens), 0]);
    let (mut now, mut most) = (0_usize, 0);
    for (_, opens) in changes {
        now = if opens { now + 1 } else { now.saturating_sub(1) };
        most = most.max(now);
    }
    most
}
