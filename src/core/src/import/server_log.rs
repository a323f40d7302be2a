//! Logs of servers and HTTP clients: one line for each request (access lines), and lines of names with values that say more of it.
//!
//! Such a log has the status, and next to nothing of what was said. What it does not hold is unknown.

mod access;
mod line;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use line::Line;

use super::entry::{Entry, NOWHERE, traces};
use super::stamp::Stamp;
use super::{ImportError, Imported};
use crate::http::{Headers, Method, ResponseHead, Sight, Url};
use crate::limits::RECORDING_EXCHANGES;
use crate::numbers::count;
use crate::time::Micros;
use crate::trace::{Lack, Lacks, TokenFacts};

/// What was read of a log.
#[derive(Default)]
pub(super) struct Log {
    entries: Vec<Entry>,
    /// What the lines since the last answer say of a request whose answer has not come.
    open: Option<Line>,
    /// Lines that say nothing of a request.
    others: usize,
    /// Requests that browsers send before others.
    preflights: usize,
    /// Requests beyond what one recording holds.
    more: usize,
    addressed: bool,
    timed: bool,
    dated: bool,
    /// Whether a line says how long an answer took.
    measured: bool,
    /// Whether a line says that a token came, or that none did.
    tokens: [bool; 2],
}

/// Finds the requests in a text.
pub(super) fn find(text: &str) -> Log {
    let mut log = Log::default();
    text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| log.line(line));
    log.close();
    log
}

impl Log {
    /// Whether there is any request.
    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn line(&mut self, text: &str) {
        let line = Line::read(text);
        if !line.says() {
            self.others += 1;
            return;
        }
        if line.is_preflight {
            self.preflights += 1;
            return;
        }
        // Another request begins, and what was known of the one before is all there is.
        if self.open.as_ref().is_some_and(|open| !open.goes_with(&line)) {
            self.close();
        }
        let mut open = self.open.take().unwrap_or_default();
        open.add(line);
        let answered = open.status.is_some();
        self.open = Some(open);
        if answered {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take().filter(Line::is_request) else { return };
        self.tokens[0] |= open.token == Some(true);
        self.tokens[1] |= open.token == Some(false);
        self.addressed |= open.target.as_deref().is_some_and(|target| target.contains("://"));
        self.timed |= open.at.is_some();
        self.measured |= open.took.is_some();
        self.dated |= open.at.is_some_and(|stamp: Stamp| stamp.zoned);
        if self.entries.len() < RECORDING_EXCHANGES {
            self.entries.extend(entry(open));
        } else {
            self.more += 1;
        }
    }
}

fn entry(line: Line) -> Option<Entry> {
    let target = line.target.unwrap_or_else(|| "/".into());
    let url = if target.contains("://") { Url::parse(&target) } else { Url::parse(&format!("{NOWHERE}{target}")) }.ok()?;
    let mut headers = Headers::new();
    line.headers.iter().for_each(|(name, value)| headers.push(name, value.as_str()));
    if line.token == Some(true) {
        headers.push_secret("authorization", crate::http::SecretSlot::Token);
    }
    let mut entry = Entry::new(line.method.unwrap_or(Method::Post), url, headers, String::new());
    entry.at = line.at.map(|stamp| stamp.at);
    entry.wait = line.took.unwrap_or(Micros::ZERO);
    entry.end = None;
    entry.head =
        line.status.map(|status| ResponseHead { status, redirected_to: None, headers: Headers::new(), sight: Sight::Listed });
    Some(entry)
}

/// A recording for each server.
pub(super) fn read(mut log: Log) -> Result<Imported, ImportError> {
    let all = log.entries.len();
    // Other paths are left out where some are plainly of the protocol.
    if log.entries.iter().any(is_of_the_protocol) {
        log.entries.retain(is_of_the_protocol);
    }
    let left_out = all - log.entries.len();
    let mut lacks = Vec::from([Lack::RequestHeaders, Lack::Requests, Lack::Answers]);
    lacks.extend((!log.addressed).then_some(Lack::Address));
    lacks.extend((!log.timed).then_some(Lack::Times));
    lacks.extend((!log.measured).then_some(Lack::Spans));
    let lacks = Lacks::of(lacks);
    log.entries.iter_mut().for_each(|entry| entry.lacks = lacks);
    let mut traces = traces(log.entries, true);
    for trace in &mut traces {
        trace.about.began = trace.about.began.filter(|_| log.dated);
        if log.tokens == [false, true] {
            trace.about.token = TokenFacts::None;
        }
    }
    let note = |n: usize, thing: &str, why: &str| (n > 0).then(|| format!("{} left out: {why}.", count(n as u64, thing)));
    let notes = [
        note(left_out, "request", "to other paths"),
        note(log.more, "request", "more than this page holds, the later ones"),
        note(log.preflights, "preflight", "what a browser asks before it sends a request is not shown here"),
        note(log.others, "line", "not about a request"),
    ];
    Ok(Imported { source: "log of requests".into(), traces, notes: notes.into_iter().flatten().collect() })
}

/// Whether a path is one at which MCP servers are usually found.
fn is_of_the_protocol(entry: &Entry) -> bool {
    let path = entry.request.url.path().to_ascii_lowercase();
    let known = ["mcp", "sse", "message", "messages", "oauth-protected-resource", "oauth-authorization-server"];
    path.split('/').any(|part| known.contains(&part)) || entry.request.headers.has("mcp-session-id")
}
