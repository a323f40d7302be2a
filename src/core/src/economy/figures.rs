//! The figures of an economy in words, for a table that a person reads.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Count, Economy, Fate};
use crate::numbers::{count, grouped};
use crate::time::Micros;

/// Fewer requests than this have no rate worth saying.
const RATED: usize = 10;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What is counted.
    pub name: &'static str,
    /// The number.
    pub value: String,
    /// What it comes to; empty for nothing.
    pub note: String,
}

/// What the sessions came to, in one sentence: `12 sessions were opened for 12 tool calls, and none was ended.`
pub fn summary(economy: &Economy) -> String {
    let Count { seen, unsure } = economy.opened;
    let ended = economy.counted().filter(|session| session.fate == Fate::Ended).count();
    let purpose = economy.purpose();
    match (seen, ended) {
        (0, _) if unsure > 0 => "Whether sessions were opened cannot be seen: CORS may hide their ids.".to_string(),
        (0, _) if economy.sessions.iter().any(|session| !session.opened) => {
            "The session was opened before this recording began.".to_string()
        }
        (0, _) => "No session was opened.".to_string(),
        (1, _) if economy.unused() == 1 => "One session was opened, and nothing was asked in it.".to_string(),
        (1, _) => format!("One session was opened, for {purpose}."),
        (n, _) if economy.unused() == n => {
            format!("{} were opened, and nothing was asked in any of them.", count(n as u64, "session"))
        }
        (n, 0) => format!("{} were opened for {purpose}, and none was ended.", count(n as u64, "session")),
        (n, ended) if n == ended => format!("{} were opened for {purpose}, and each was ended.", count(n as u64, "session")),
        (n, ended) => format!("{} were opened for {purpose}, and {ended} of them ended.", count(n as u64, "session")),
    }
}

/// A span in milliseconds, without the unit: `0.9`, `41`, `2,412`.
pub fn millis(span: Micros) -> String {
    match span.0 {
        micros @ 1..10_000 => format!("{}.{}", micros / 1_000, micros % 1_000 / 100),
        micros => grouped(micros / 1_000),
    }
}

/// The figures of a recording, the ones that say something.
pub fn figures(economy: &Economy) -> Vec<Figure> {
    let mut lines = Vec::new();
    let mut add = |name, value: String, note: String| lines.push(Figure { name, value, note });
    let Count { seen, unsure } = economy.opened;
    if seen + unsure > 0 {
        let hidden = if unsure > 0 { "CORS hides the ids" } else { "" };
        let at_once =
            if economy.at_once() > 1 { format!("{} held at once", grouped(economy.at_once() as u64)) } else { String::new() };
        add("Sessions opened", economy.opened.to_string(), join([hidden.to_string(), at_once]));
    }
    let with = |fate| economy.counted().filter(|session| session.fate == fate).count();
    for (name, number, note) in [
        ("Never used", economy.unused(), ""),
        ("Never ended", with(Fate::Left), "given up for a later one"),
        ("Open", with(Fate::Open), "when the recording stops"),
        ("Refused", with(Fate::Refused), "by the server, at the last request"),
        ("Reopened", economy.reopened(), "each after an earlier one"),
    ] {
        if number > 0 {
            add(name, grouped(number as u64), note.to_string());
        }
    }
    if economy.calls != Count::default() {
        let each = if economy.calls.unsure == 0 { per_call(economy) } else { String::new() };
        add("Tool calls", economy.calls.to_string(), each);
    }
    let [least, median, most] = economy.per_session().unwrap_or_default();
    let in_each = match (least, most) {
        (_, 0) => String::new(),
        (least, most) if least == most => format!("{} in each session", grouped(most as u64)),
        _ => format!("{} to {} in each session, median {}", grouped(least as u64), grouped(most as u64), grouped(median as u64)),
    };
    add("HTTP requests", grouped(economy.requests as u64), in_each);
    if economy.probes > 0 {
        add("Probes", grouped(economy.probes as u64), "not counted above".to_string());
    }
    match economy.span {
        Some((from, to)) => {
            let span = to.saturating_sub(from);
            add("Time", span.to_string(), rate(economy.requests, span.0));
        }
        None => add("Time", "unknown".to_string(), "the recording has no times".to_string()),
    }
    lines
}

/// What one call of a tool costs: `1 session and 3.1 requests each`.
fn per_call(economy: &Economy) -> String {
    let calls = economy.calls.seen;
    let sessions = if economy.opened.unsure == 0 && economy.opened.seen > 0 {
        format!("{} and ", counted(tenths(economy.opened.seen, calls), "session"))
    } else {
        String::new()
    };
    format!("{sessions}{} each", counted(tenths(economy.requests, calls), "request"))
}

/// So many tenths of a thing.
fn counted(tenths: usize, thing: &str) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => count(whole as u64, thing),
        (whole, tenth) => format!("{}.{tenth} {thing}s", grouped(whole as u64)),
    }
}

/// A ratio in tenths, rounded.
fn tenths(n: usize, of: usize) -> usize {
    (n * 20 / of.max(1)).div_ceil(2)
}

/// How often, over so many microseconds; empty where that says nothing.
fn rate(requests: usize, micros: u64) -> String {
    if requests < RATED || micros < 1_000 {
        return String::new();
    }
    let per = |unit: u64| usize::try_from(requests as u64 * unit / (micros / 10)).unwrap_or(usize::MAX);
    let units = [("a second", per(1_000_000)), ("a minute", per(60_000_000)), ("an hour", per(3_600_000_000))];
    let (unit, tenths) = units.into_iter().find(|(_, tenths)| *tenths >= 10).unwrap_or(units[2]);
    // From ten on, a tenth says nothing.
    let tenths = if tenths >= 100 { tenths / 10 * 10 } else { tenths };
    format!("{} {unit}", counted(tenths, "request"))
}

fn join(parts: [String; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
