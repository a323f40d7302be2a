//! What stands on a row: the label above the arrow, the note at its other end, and its tone; and what requests say.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::aside;
use super::phrases::{count, grouped, short};
use super::steps::{Ending, Happening, Step};
use super::{RowKind, Tone};
use crate::http::{Method, Mode};
use crate::id::ExchangeId;
use crate::json;
use crate::probe;
use crate::rpc::{Kind, Message};
use crate::sort::sort_by;
use crate::sse::Inside;
use crate::time::Micros;
use crate::trace::{Exchange, ItemKind, Lack, Purpose, Trace, Why, letter};

/// Bytes of tool lists that are read again for one diagram, to count the tools. A flood of them must not slow the page.
const COUNTED_BYTES: u64 = 4 * 1024 * 1024;

/// The words of a row.
pub(super) struct Words {
    pub(super) kind: RowKind,
    pub(super) label: String,
    pub(super) note: String,
    pub(super) tone: Tone,
    pub(super) session: Option<usize>,
}

/// Finds the words for the steps of a recording, in their order.
pub(super) struct Teller<'a> {
    pub(super) trace: &'a Trace,
    /// The session each exchange was part of when its request left.
    sessions: BTreeMap<ExchangeId, usize>,
    /// The sessions that responses issued, in the order of their exchanges.
    issued: Vec<(ExchangeId, usize)>,
    /// Pages of tools asked for since the first one.
    page: u32,
    /// Bytes of tool lists that may still be read.
    pub(super) budget: u64,
    /// Whether one authorization server was asked at most.
    one_issuer: bool,
}

impl<'a> Teller<'a> {
    pub(super) fn new(trace: &'a Trace) -> Self {
        let mut sessions = BTreeMap::new();
        let mut issued = Vec::new();
        for (n, line) in trace.sessions().iter().enumerate() {
            sessions.extend(line.used.iter().map(|exchange| (*exchange, n)));
            issued.extend(line.issued.map(|event| (event.exchange, n)));
        }
        sort_by(&mut issued, |(exchange, _)| [u64::from(exchange.0), 0, 0]);
        let one_issuer = aside::others(trace).len() < 2;
        Self { trace, sessions, issued, page: 0, budget: COUNTED_BYTES, one_issuer }
    }

    /// The session an exchange belongs to once its response is there.
    pub(super) fn session(&self, exchange: &Exchange) -> Option<usize> {
        self.issued(exchange).or_else(|| self.session_sent(exchange))
    }

    /// The session that the response of an exchange issued.
    pub(super) fn issued(&self, exchange: &Exchange) -> Option<usize> {
        let at = self.issued.binary_search_by_key(&exchange.id, |(id, _)| *id).ok()?;
        self.issued.get(at).map(|(_, session)| *session)
    }

    pub(super) fn session_sent(&self, exchange: &Exchange) -> Option<usize> {
        self.sessions.get(&exchange.id).copied()
    }

    /// The words of a step.
    pub(super) fn tell(&mut self, step: &Step<'_>) -> Words {
        let exchange = step.exchange;
        // What was only tried is no failure when it is refused, as long as another way in worked.
        let tried = !exchange.succeeded() && (exchange.fallback || self.trace.is_superseded(exchange));
        // What a probe is refused is what it was sent to see.
        let tried = tried || matches!(exchange.purpose, Purpose::Probe | Purpose::ProbeEnd);
        let probe = exchange.purpose.is_probe() || tried;
        let session = if matches!(step.what, Happening::Request) { self.session_sent(exchange) } else { self.session(exchange) };
        let mut note = String::new();
        let (kind, label, failed) = match &step.what {
            Happening::Request => {
                note = exchange.call().and_then(Message::asks).map(|id| format!("id {id}")).unwrap_or_default();
                (RowKind::Request, self.request(exchange), false)
            }
            Happening::Response => {
                let (label, failed) = self.response(exchange);
                (RowKind::Response, label, failed)
            }
            Happening::Item(item) => {
                let (label, failed) = self.item(exchange, item);
                let comment = matches!(item.what, ItemKind::Comment(_));
                (if comment { RowKind::Comment } else { RowKind::Event }, label, failed)
            }
            Happening::Dropped(n) => {
                let plural = if *n == 1 { "" } else { "s" };
                (RowKind::Dropped, format!("{} event{plural} not kept", grouped(*n)), false)
            }
            Happening::End(end) => ending(end, exchange, step.at),
        };
        let tone = match (failed && !tried, probe) {
            (true, _) => Tone::Failed,
            (false, true) => Tone::Muted,
            (false, false) => Tone::Normal,
        };
        Words { kind, label, note, tone, session }
    }

    fn request(&mut self, exchange: &Exchange) -> String {
        let request = &exchange.request;
        if exchange.lacks.has(Lack::Http) {
            let asked = self.call(exchange);
            return if asked.is_empty() { "a request that is not in this recording".to_owned() } else { asked };
        }
        let mut label = request.method.as_str().to_owned();
        if request.url != self.trace.about.server {
            label.push(' ');
            // The lane says who is asked, when there is one for it.
            let own_lane = exchange.purpose.seeks_token() && self.one_issuer;
            let elsewhere = request.url.origin() != self.trace.about.server.origin() && !own_lane;
            // With HTTP+SSE the query is the session id; the lifeline says whose.
            let hidden = exchange.session_sent().is_none() && self.session_sent(exchange).is_some();
            label.push_str(&short(&match (elsewhere, hidden) {
                (true, _) => request.url.to_string(),
                (false, true) => request.url.path().to_owned(),
                (false, false) => request.url.target().to_owned(),
            }));
        }
        let what = match exchange.purpose {
            Purpose::Reach => return label + ", " + Self::reach(request.mode),
            Purpose::StartOver => return label + " initialize, without the id (probe)",
            Purpose::ResourceMetadata | Purpose::IssuerMetadata | Purpose::Token => return label + aside::asks(exchange.purpose),
            Purpose::Endpoint => return label + " event stream (HTTP+SSE)",
            Purpose::Probe | Purpose::ProbeEnd => return label + &self.of_probe(exchange),
            Purpose::Watch => return label + " " + &self.call(exchange) + " (watch)",
            Purpose::Repeat => return label + " " + &self.call(exchange) + ", in a new session (probe)",
            Purpose::Listen if request.method == Method::Get => return label + " event stream, to listen",
            _ => self.call(exchange),
        };
        if !what.is_empty() {
            label.push(' ');
            label.push_str(&what);
        }
        label
    }

    /// What a request that shows nothing is for.
    const fn reach(mode: Mode) -> &'static str {
        match mode {
            Mode::Events => "for events (is anything there?)",
            _ => "opaque (is anything there?)",
        }
    }

    /// What a request of a probe asks for, and what sets it apart.
    fn of_probe(&mut self, exchange: &Exchange) -> String {
        let asks = match exchange.request.mode {
            Mode::Cors => self.call(exchange),
            mode => Self::reach(mode).to_owned(),
        };
        let step = self.trace.probe_of(exchange).and_then(|(slug, n)| probe::by_slug(slug)?.steps.get(n));
        let apart = step.map(probe::Step::apart).filter(|apart| !apart.is_empty());
        let space = if asks.is_empty() { "" } else { " " };
        let comma = if apart.is_some() { ", " } else { "" };
        format!("{space}{asks}{comma}{}", apart.unwrap_or_default())
    }

    /// What a request asks for.
    fn call(&mut self, exchange: &Exchange) -> String {
        let request = &exchange.request;
        let Some(call) = exchange.call() else {
            return match request.method {
                Method::Get => match request.headers.get("last-event-id") {
                    Some(id) => format!("event stream, after event {}", short(id)),
                    None if request.headers.get("accept").is_some_and(|accept| accept.contains("text/event-stream")) => {
                        "event stream".to_owned()
                    }
                    None => String::new(),
                },
                Method::Delete => self.session_sent(exchange).map(|n| format!("session {}", letter(n))).unwrap_or_default(),
                Method::Post => String::new(),
            };
        };
        if exchange.calls.len() > 1 {
            return format!("{} in one batch", count(exchange.calls.len() as u64, "message"));
        }
        match &call.kind {
            Kind::Request { method, .. } | Kind::Notification { method } if method == "tools/list" => {
                let further = param(&request.body, "cursor").is_some();
                self.page = if further { self.page + 1 } else { 1 };
                if further { format!("tools/list, page {}", self.page) } else { method.clone() }
            }
            Kind::Request { method, .. } | Kind::Notification { method } => {
                let subject = match method.as_str() {
                    "tools/call" | "prompts/get" => param(&request.body, "name"),
                    "resources/read" => param(&request.body, "uri"),
                    _ => None,
                };
                short(&subject.map_or_else(|| method.clone(), |subject| format!("{method} {subject}")))
            }
            Kind::Result { id } => format!("answer to the server’s request {id}"),
            Kind::Error { id: Some(id), .. } => format!("refusal of the server’s request {id}"),
            Kind::Error { id: None, .. } => "error".to_owned(),
            Kind::Foreign => "JSON that is not JSON-RPC".to_owned(),
            Kind::NotJson { .. } => "a body that is not JSON".to_owned(),
        }
    }
}

fn ending(end: &Ending<'_>, exchange: &Exchange, at: Micros) -> (RowKind, String, bool) {
    let said = |text: &str| if text.is_empty() { String::new() } else { format!(": “{}”", short(text)) };
    match end {
        Ending::Closed(None) => (RowKind::StreamEnd, "stream ended".to_owned(), false),
        Ending::Closed(Some(inside)) => (RowKind::Failure, format!("stream ended inside {}", place(*inside)), true),
        Ending::NoAnswer(text) => (RowKind::Failure, format!("no answer{}", said(text)), true),
        Ending::Cut(_, Some(inside)) => (RowKind::Failure, format!("stream broke inside {}", place(*inside)), true),
        Ending::Cut(text, None) if exchange.is_stream() => (RowKind::Failure, format!("stream broke{}", said(text)), true),
        Ending::Cut(text, None) => (RowKind::Failure, format!("body broke off{}", said(text)), true),
        Ending::GaveUp(Some(Why::TimedOut)) => {
            let waited = at.saturating_sub(exchange.at);
            (RowKind::TimedOut, format!("timed out after {waited}"), true)
        }
        Ending::GaveUp(Some(Why::Stopped)) => (RowKind::Stopped, "stopped".to_owned(), false),
        Ending::GaveUp(Some(Why::TooLarge)) => (RowKind::Failure, "given up: the answer is too large to read".to_owned(), true),
        Ending::GaveUp(Some(Why::Done)) => (RowKind::StreamEnd, "closed by the client: nothing more is needed".to_owned(), false),
        Ending::GaveUp(None) => (RowKind::Stopped, "given up by the client".to_owned(), false),
    }
}

const fn place(inside: Inside) -> &'static str {
    match inside {
        Inside::Event | Inside::Line => "an event",
        Inside::Character => "a character",
    }
}

/// A string among the parameters of a request.
fn param(body: &str, key: &str) -> Option<String> {
    let scan = json::scan(body);
    Some(scan.root(body)?.at(&["params", key])?.as_str()?.into_owned())
}
