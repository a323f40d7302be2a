//! A watch as it stands: how often the session was seen to live, and the moments in which that changed.
//!
//! A pure view of a trace, so a watch that was saved is told as it was live.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::id::EventRef;
use crate::mcp::{self, ServerFacts};
use crate::probe::{self, Came};
use crate::sort::sort_by;
use crate::time::{Micros, Wall};
use crate::trace::{Command, Exchange, Purpose, TokenFacts, Trace, letter};

/// What is more than so late was not late by chance: the page slept.
const LATE: Micros = Micros::from_secs(5);

/// What a refusal means for the watch. Silence does not: who is silent may come back.
const OVER: &str = "The watch ends with it.";

/// A watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// What is asked: `ping`; empty before the first round.
    pub asks: String,
    /// How often.
    pub every: Micros,
    /// When it began.
    pub began: Micros,
    /// When the person ended it.
    pub ended: Option<Micros>,
    /// How many rounds there were.
    pub rounds: usize,
    /// How many of them were answered.
    pub answered: usize,
    /// When the last answer came, and how long it took.
    pub last: Option<(Micros, Micros)>,
    /// What changed, in the order of time.
    pub moments: Vec<Moment>,
}

/// A moment in which something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Micros,
    /// What.
    pub change: Change,
    /// What that means, in a sentence or two.
    pub says: String,
    /// The event that shows it.
    pub event: Option<EventRef>,
}

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The server no longer knows the session.
    SessionLost,
    /// The token's time is over.
    TokenExpired,
    /// The server refuses for another reason.
    Refused,
    /// It does not answer.
    Down,
    /// It answers again.
    Back,
    /// Another version of it answers.
    Replaced,
    /// This page slept and asked nothing.
    Slept,
}

impl Change {
    /// The word the page carries in `data-change`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SessionLost => "session-lost",
            Self::TokenExpired => "token-expired",
            Self::Refused => "refused",
            Self::Down => "down",
            Self::Back => "back",
            Self::Replaced => "replaced",
            Self::Slept => "slept",
        }
    }

    /// A few words for it, for a line of the ladder.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SessionLost => "The server no longer knows the session",
            Self::TokenExpired => "The token’s time is over",
            Self::Refused => "The server refuses from here on",
            Self::Down => "No answer as it should be from here on",
            Self::Back => "Answered again",
            Self::Replaced => "Another version of the server answers",
            Self::Slept => "This page slept until here",
        }
    }

    /// Whether something is wrong from then on.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::SessionLost | Self::TokenExpired | Self::Refused | Self::Down)
    }
}

/// The last watch of a recording; `None` when nothing was watched.
pub fn watched(trace: &Trace) -> Option<Watched> {
    let mut current: Option<(Micros, Micros, Option<Micros>)> = None;
    for (at, command) in trace.commands() {
        match (command, current) {
            // Another interval is the same watch.
            (Command::Watch(every), Some((began, _, None))) => current = Some((began, *every, None)),
            (Command::Watch(every), _) => current = Some((*at, *every, None)),
            (Command::Unwatch | Command::Stop | Command::Run | Command::EndSession, Some((began, every, None))) => {
                current = Some((began, every, Some(*at)));
            }
            _ => {}
        }
    }
    let (began, every, ended) = current?;
    let until = ended.unwrap_or(Micros(u64::MAX));
    let is_round = |exchange: &&Exchange| exchange.purpose == Purpose::Watch && (began..=until).contains(&exchange.at);
    let rounds: Vec<&Exchange> = trace.exchanges().iter().filter(is_round).collect();
    let good = |exchange: &&&Exchange| exchange.succeeded();
    let last = rounds.iter().rfind(good).map(|exchange| (exchange.last_at(), exchange.last_at().saturating_sub(exchange.at)));
    Some(Watched {
        asks: rounds.first().and_then(|round| round.method()).unwrap_or_default().to_string(),
        every,
        began,
        ended,
        answered: rounds.iter().filter(good).count(),
        last,
        moments: moments(trace, &rounds, every),
        rounds: rounds.len(),
    })
}

fn moments(trace: &Trace, rounds: &[&Exchange], every: Micros) -> Vec<Moment> {
    let mut moments = Vec::new();
    let mut down: Option<Micros> = None;
    let mut version = trace.server().cloned();
    for (n, round) in rounds.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| rounds.get(n));
        moments.extend(before.and_then(|before| slept(trace, before, round, every)));
        match (probe::came(round), down) {
            (Came::Open, _) => {}
            (Came::Taken, since) => {
                moments.extend(since.map(|since| back(round, since)));
                moments.extend(discovered(trace, round, &mut version));
                down = None;
            }
            (_, Some(_)) => {}
            (came, None) => {
                moments.push(lost(trace, round, came));
                down = Some(round.at);
            }
        }
    }
    moments.extend(expired(trace, rounds, &moments));
    sort_by(&mut moments, |moment| [moment.at.0, 0, 0]);
    moments
}

/// How a round failed, after one that did not.
fn lost(trace: &Trace, round: &Exchange, came: Came) -> Moment {
    let at = round.last_at();
    let event = Some(if round.response.is_some() { EventRef::response(round.id) } else { EventRef::end(round.id) });
    let words = probe::words(trace, round);
    let name = |id: &str| trace.sessions().iter().position(|line| line.id == id);
    let session = round.session_sent().and_then(name).map(|n| format!("Session {}", letter(n)));
    let fresh = trace.exchanges().iter().find(|probe| probe.purpose == Purpose::StartOver && probe.id > round.id);
    let status = match came {
        Came::Refused(status) => status,
        _ => 0,
    };
    let (change, says) = match (fresh, session) {
        (Some(fresh), Some(session)) if fresh.succeeded() => {
            let then = replaced(trace, fresh).unwrap_or_else(|| "the server restarted, or let it expire".to_string());
            (Change::SessionLost, format!("{session} was refused: {words}. A new one was accepted at once: {then}. {OVER}"))
        }
        _ if matches!(status, 401 | 403) && expiry(trace).is_some_and(|expiry| expiry <= round.at) => {
            (Change::TokenExpired, format!("The token’s time is over, and it is refused: {words}. {OVER}"))
        }
        _ if matches!(came, Came::Hidden | Came::Silent) || matches!(status, 408 | 429 | 500..) => {
            (Change::Down, format!("No answer as it should be: {words}."))
        }
        _ => (Change::Refused, format!("It is refused: {words}. {OVER}")),
    };
    Moment { at, change, says, event }
}

fn back(round: &Exchange, since: Micros) -> Moment {
    let at = round.last_at();
    let says = format!("It is answered again, after {}.", at.saturating_sub(since));
    Moment { at, change: Change::Back, says, event: Some(EventRef::response(round.id)) }
}

/// A silence that is longer than the interval: nobody asked.
fn slept(trace: &Trace, before: &Exchange, round: &Exchange, every: Micros) -> Option<Moment> {
    let late = round.at.saturating_sub(before.last_at()).saturating_sub(every);
    let busy =
        trace.exchanges().iter().any(|other| other.id > before.id && other.id < round.id && other.purpose != Purpose::Reach);
    (late > LATE.max(every) && !busy).then(|| Moment {
        at: round.at,
        change: Change::Slept,
        says: format!("This page slept: for {} nothing was asked.", round.at.saturating_sub(before.last_at())),
        event: Some(EventRef::request(round.id)),
    })
}

/// What the server says of itself now, when that is not what it said before.
fn replaced(trace: &Trace, fresh: &Exchange) -> Option<String> {
    let now = mcp::read_initialize(&trace.item_text(fresh.answer?)?)?;
    let before = trace.server()?;
    differ(before, &now).then(|| format!("the server was replaced, {} before, {} now", named(before), named(&now)))
}

/// The same in the stateless era, where each round says which version answers.
fn discovered(trace: &Trace, round: &Exchange, version: &mut Option<ServerFacts>) -> Option<Moment> {
    let text = trace.item_text(round.answer.filter(|_| round.method() == Some("server/discover"))?)?;
    let now = mcp::read_discover(&text)?;
    let before = version.replace(now.clone())?;
    differ(&before, &now).then(|| Moment {
        at: round.last_at(),
        change: Change::Replaced,
        says: format!("The server was replaced: {} before, {} now.", named(&before), named(&now)),
        event: round.answer,
    })
}

fn differ(before: &ServerFacts, now: &ServerFacts) -> bool {
    (&before.name, &before.version) != (&now.name, &now.version)
}

fn named(server: &ServerFacts) -> String {
    format!("{} {}", server.name, server.version).trim().to_string()
}

/// When the token's time is over, counted from the beginning of the recording, by the clock of the computer that made it.
fn expiry(trace: &Trace) -> Option<Micros> {
    let TokenFacts::Jwt(jwt) = &trace.about.token else { return None };
    let (began, expires) = (trace.about.began?, Wall::from_secs(jwt.expires?));
    (expires > began).then(|| expires.saturating_sub(began))
}

/// The token's time was over while the server went on answering.
fn expired(trace: &Trace, rounds: &[&Exchange], moments: &[Moment]) -> Option<Moment> {
    let at = expiry(trace)?;
    let first = rounds.first().filter(|first| first.at < at)?;
    let after = rounds.iter().find(|round| round.at >= at && round.succeeded())?;
    let told = moments.iter().any(|moment| moment.change == Change::TokenExpired && moment.at >= first.at);
    (!told).then(|| Moment {
        at,
        change: Change::TokenExpired,
        says: "The token’s time was over by this computer’s clock. The server went on answering.".to_string(),
        event: Some(EventRef::request(after.id)),
    })
}
