//! What stands on a row: the label above the arrow, the note at its other end, and its tone.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::phrases::{bytes, count, grouped, short};
use super::steps::{Ending, Happening, Step};
use super::{RowKind, Tone};
use crate::http::{Method, ResponseHead, Sight, reason_phrase};
use crate::id::{EventRef, ExchangeId, Part};
use crate::json;
use crate::mcp;
use crate::rpc::{Kind, Message};
use crate::sse::Inside;
use crate::time::Micros;
use crate::trace::{Exchange, Item, ItemKind, Place, Placed, Purpose, Trace, Why, letter};

/// Bytes of tool lists that are read again for one diagram, to count the tools. A flood of them must not slow the page.
const COUNTED_BYTES: u64 = 4 * 1024 * 1024;

/// Characters of a refusal's body that are read for its message.
const REFUSAL_CHARS: usize = 4_000;

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
    trace: &'a Trace,
    sessions: BTreeMap<&'a str, usize>,
    issued: BTreeMap<ExchangeId, usize>,
    /// Pages of tools asked for since the first one.
    page: u32,
    /// Bytes of tool lists that may still be read.
    budget: u64,
}

impl<'a> Teller<'a> {
    pub(super) fn new(trace: &'a Trace) -> Self {
        let lines = || trace.sessions().iter().enumerate();
        Self {
            trace,
            sessions: lines().map(|(n, line)| (line.id.as_str(), n)).collect(),
            issued: lines().filter_map(|(n, line)| Some((line.issued?.exchange, n))).collect(),
            page: 0,
            budget: COUNTED_BYTES,
        }
    }

    /// The session an exchange belongs to once its response is there.
    pub(super) fn session(&self, exchange: &Exchange) -> Option<usize> {
        self.issued.get(&exchange.id).copied().or_else(|| self.session_sent(exchange))
    }

    pub(super) fn session_sent(&self, exchange: &Exchange) -> Option<usize> {
        self.sessions.get(exchange.session_sent()?).copied()
    }

    /// The words of a step.
    pub(super) fn tell(&mut self, step: &Step<'_>) -> Words {
        let exchange = step.exchange;
        let probe = exchange.purpose.is_probe();
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
        let tone = match (failed, probe) {
            (true, _) => Tone::Failed,
            (false, true) => Tone::Muted,
            (false, false) => Tone::Normal,
        };
        Words { kind, label, note, tone, session }
    }

    fn request(&mut self, exchange: &Exchange) -> String {
        let request = &exchange.request;
        let mut label = request.method.as_str().to_owned();
        if request.url != self.trace.about.server {
            label.push(' ');
            let elsewhere = request.url.origin() != self.trace.about.server.origin();
            label.push_str(&short(&if elsewhere { request.url.to_string() } else { request.url.target().to_owned() }));
        }
        let what = match exchange.purpose {
            Purpose::Reach => return label + ", opaque (is anything there?)",
            Purpose::StartOver => return label + " initialize, without the id (probe)",
            _ => self.call(exchange),
        };
        if !what.is_empty() {
            label.push(' ');
            label.push_str(&what);
        }
        label
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

    fn response(&mut self, exchange: &Exchange) -> (String, bool) {
        let Some(head) = exchange.head() else { return (String::new(), false) };
        if head.sight == Sight::Opaque {
            return ("something answered (unreadable)".to_owned(), false);
        }
        let mut label = head.status.to_string();
        let mut say = |text: &str| {
            if !text.is_empty() {
                label.push_str(" · ");
                label.push_str(text);
            }
        };
        if head.redirected_to.is_some() {
            say("redirected");
        }
        if !head.is_success() {
            say(&self.refusal(exchange, head));
            // A server need not offer the GET stream, nor let clients end sessions (2025-03-26, transports).
            let allowed = head.status == 405 && exchange.request.method != Method::Post;
            return (label, !allowed);
        }
        let mut failed = false;
        if head.is_event_stream() {
            say("event stream opened");
        } else if let Some(item) = exchange.reply.items.first() {
            let (text, wrong) = self.body(exchange, head, item);
            failed = wrong;
            say(&text);
        } else if exchange.is_over() && exchange.wants_answer() {
            failed = true;
            say("no body");
        } else if exchange.wants_answer() && head.is_json() {
            say("JSON");
        }
        if let Some(session) = self.issued.get(&exchange.id) {
            say(&format!("session {} issued", letter(*session)));
        }
        (label, failed)
    }

    /// The body of a good response that is no event stream.
    fn body(&mut self, exchange: &Exchange, head: &ResponseHead, item: &Item) -> (String, bool) {
        let media = if head.is_json() { "JSON".to_owned() } else { short(&head.media_type()) };
        let media = if media.is_empty() { "no content type".to_owned() } else { media };
        if let ItemKind::Oversize(size) = item.what {
            return (format!("{media} · {}, too large to read", bytes(size)), true);
        }
        let Some(placed) = item.messages.first() else { return (media, exchange.wants_answer()) };
        let (summary, failed) = self.message(item, EventRef::item(exchange.id, item.n), placed);
        let summary = match summary.split_once(", ") {
            // On one line with the answer's request, the number says nothing new.
            Some((number, tools)) if number.starts_with("result ") && tools.contains("tool") => tools.to_owned(),
            None if self.issued.contains_key(&exchange.id) => return (media, failed),
            _ => summary,
        };
        let more = item.messages.len() - 1;
        let more = if more > 0 { format!(" and {}", count(more as u64, "more message")) } else { String::new() };
        (format!("{media} · {summary}{more}"), failed)
    }

    fn item(&mut self, exchange: &Exchange, item: &Item) -> (String, bool) {
        let event = EventRef::item(exchange.id, item.n);
        match &item.what {
            ItemKind::Event { kind, id } => {
                let Some(placed) = item.messages.first() else { return (without_data(item, id.as_deref()), false) };
                let more = item.messages.len() - 1;
                let more = if more > 0 { format!(" and {}", count(more as u64, "more message")) } else { String::new() };
                if kind == "endpoint" {
                    // HTTP+SSE (2024-11-05): the data is an address, not a message.
                    let address = self.trace.item_text(event).unwrap_or_default();
                    return (format!("event: endpoint → {}", short(&address)), false);
                }
                let (summary, failed) = self.message(item, event, placed);
                let (kind, answer) = (short(kind), placed.message.method().is_none());
                let label = match (answer, kind.as_str()) {
                    (false, "message") => format!("event: {summary}{more}"),
                    _ => format!("event: {kind} → {summary}{more}"),
                };
                (label, failed)
            }
            ItemKind::Dataless { id } => (without_data(item, id.as_deref()), false),
            ItemKind::Comment(text) if text.trim().is_empty() => (": (empty comment)".to_owned(), false),
            ItemKind::Comment(text) => (format!(": {}", short(text)), false),
            ItemKind::Retry(millis) => (format!("reconnect after {}", Micros::from_millis(*millis)), false),
            ItemKind::Ignored(line) => (format!("ignored line: {}", short(line)), false),
            ItemKind::Oversize(size) => (format!("event of {}, too large to keep", bytes(*size)), true),
            ItemKind::Body | ItemKind::Truncated(_) => (String::new(), false),
        }
    }

    /// What a received message is, and whether it is a refusal or out of place.
    fn message(&mut self, item: &Item, event: EventRef, placed: &Placed) -> (String, bool) {
        match &placed.message.kind {
            Kind::Result { id } => match placed.place {
                Place::Answers(to) => (format!("result {id}{}", self.tools(to, item, event)), false),
                Place::Duplicate(_) => (format!("result {id}, once more"), true),
                _ => (format!("result {id}, never asked for"), true),
            },
            Kind::Error { code, message, .. } => {
                let code = code.map(|code| format!(" {code}")).unwrap_or_default();
                let message = if message.is_empty() { String::new() } else { format!(": {}", short(message)) };
                (format!("error{code}{message}"), true)
            }
            Kind::Request { id, method } => (format!("{} (id {id})", short(method)), false),
            Kind::Notification { method } => (short(method), false),
            Kind::Foreign => ("not JSON-RPC".to_owned(), true),
            Kind::NotJson { .. } => ("not JSON".to_owned(), true),
        }
    }

    /// The number of tools in an answer to `tools/list`, as the rest of a sentence.
    fn tools(&mut self, asked: ExchangeId, item: &Item, event: EventRef) -> String {
        let size = item.span.end - item.span.start;
        let lists = self.trace.exchange(asked).and_then(Exchange::method) == Some("tools/list");
        if !lists || size > self.budget {
            return String::new();
        }
        self.budget -= size;
        let Some(page) = self.trace.item_text(event).and_then(|text| mcp::read_tools(&text)) else { return String::new() };
        let more = if page.next.is_some() { ", more to come" } else { "" };
        format!(", {}{more}", count(page.tools.len() as u64, "tool"))
    }

    /// Why a server refused, in its own words, or the reason phrase of the status.
    fn refusal(&self, exchange: &Exchange, head: &ResponseHead) -> String {
        let phrase = reason_phrase(head.status);
        let said = match exchange.refusal() {
            Some((code, "", _)) => code.map(|code| format!("error {code}")).unwrap_or_default(),
            Some((_, message, _)) => message.to_owned(),
            None => refusal_text(head, &self.trace.body_start(exchange.id, REFUSAL_CHARS)),
        };
        let said = said.trim();
        // "Bad Request: No valid session ID provided" after "400" says one thing twice.
        let rest = said.get(..phrase.len()).filter(|start| !phrase.is_empty() && start.eq_ignore_ascii_case(phrase));
        let rest = rest.and_then(|_| said.get(phrase.len()..)?.strip_prefix(':')).unwrap_or(said);
        short(if rest.is_empty() { phrase } else { rest })
    }
}

/// An event that carries no message. At the start of a stream it gives an id to resume from (2025-11-25, transports).
fn without_data(item: &Item, id: Option<&str>) -> String {
    match id {
        Some(id) if item.n == 0 => format!("priming event, id {}", short(id)),
        Some(id) => format!("event without data, id {}", short(id)),
        None => "event without data".to_owned(),
    }
}

/// The message in a refusal's body that is not JSON-RPC.
fn refusal_text(head: &ResponseHead, body: &str) -> String {
    let body = body.trim_start_matches('\u{FEFF}').trim();
    if head.media_type() == "text/html" || body.starts_with('<') {
        return if body.is_empty() { String::new() } else { "an HTML page".to_owned() };
    }
    if !body.starts_with(['{', '[']) {
        return body.to_owned();
    }
    let scan = json::scan(body);
    let Some(root) = scan.root(body) else { return String::new() };
    // OAuth (RFC 6750 §3, RFC 6749 §5.2), problem details (RFC 9457), and what gateways use.
    let keys = ["error_description", "message", "detail", "error", "title", "Message"];
    let text = keys.into_iter().find_map(|key| root.get(key)?.as_str());
    text.map_or_else(|| json::preview(body, REFUSAL_CHARS), |text| text.into_owned())
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

/// A row as a sentence: who says what to whom, for readers who do not see the arrows.
pub(super) fn sentence(words: &Words, step: &Step<'_>, client: &str) -> String {
    let label = Spoken(&words.label);
    let comma = if words.note.is_empty() { "" } else { ", " };
    let note = words.note.as_str();
    let n = step.exchange.id;
    let after = step.at.saturating_sub(step.exchange.at);
    match (words.kind, step.event.part) {
        (RowKind::Request, _) => format!("Request {n}, {client} to server: {label}{comma}{note}."),
        (RowKind::Response, _) => {
            let failed = if words.tone == Tone::Failed { " (failed)" } else { "" };
            format!("Response {n}, server to {client} after {after}: {label}{failed}.")
        }
        (RowKind::Comment, _) => format!("Stream {n}, server to {client}: comment {label}."),
        (_, Part::Item(_)) if words.kind != RowKind::Dropped => format!("Stream {n}, server to {client}: {label}."),
        (RowKind::Dropped | RowKind::StreamEnd, _) => format!("Stream {n}: {label}."),
        (RowKind::TimedOut, _) => format!("Request {n}: {label}."),
        _ => format!("Request {n} after {after}: {label}."),
    }
}

/// A label with its signs read out.
struct Spoken<'a>(&'a str);

impl fmt::Display for Spoken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = self.0.strip_prefix(": ").unwrap_or(self.0);
        let mut comma = "";
        for part in label.split(" · ").flat_map(|part| part.split(" → ")) {
            f.write_str(comma)?;
            f.write_str(part)?;
            comma = ", ";
        }
        Ok(())
    }
}
