//! What stands on the rows of what a server sent: responses, the events of a stream, refusals.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};

use super::phrases::{bytes, count, decimal, short};
use super::words::Teller;
use crate::http::{Method, ResponseHead, Sight, reason_phrase};
use crate::id::{EventRef, ExchangeId};
use crate::json;
use crate::mcp::{self, ResultKind};
use crate::rpc::Kind;
use crate::time::Micros;
use crate::trace::{Exchange, Item, ItemKind, Place, Placed, letter};

/// Characters of a refusal's body that are read for its message.
const REFUSAL_CHARS: usize = 4_000;

impl Teller<'_> {
    /// A response with its body, and whether something is wrong with it.
    pub(super) fn response(&mut self, exchange: &Exchange) -> (String, bool) {
        let Some(head) = exchange.head() else { return (String::new(), false) };
        if head.sight == Sight::Opaque {
            return ("something answered (unreadable)".to_owned(), false);
        }
        if exchange.purpose.seeks_token() {
            return self.aside(exchange, head);
        }
        if head.sight.is_body_alone() {
            return ("event stream · its status is not in this recording".to_owned(), false);
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
        } else if head.status == 202 && !exchange.wants_answer() {
            say("accepted");
        } else if head.status == 202 && self.answered_elsewhere(exchange) {
            say("accepted; the answer comes on the stream");
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
        let on_response =
            |n: &usize| self.trace.sessions().get(*n).and_then(|line| line.issued) == Some(EventRef::response(exchange.id));
        if let Some(session) = self.issued(exchange).filter(on_response) {
            say(&format!("session {} issued", letter(session)));
        }
        (label, failed)
    }

    /// Whether a request is answered on another stream than its own: with HTTP+SSE always, else when its stream was resumed.
    fn answered_elsewhere(&self, exchange: &Exchange) -> bool {
        let stream = |other: &Exchange| other.id < exchange.id && other.names_endpoint();
        exchange.wants_answer()
            && match exchange.answer {
                Some(at) => at.exchange != exchange.id,
                None => self.trace.exchanges().iter().filter(|other| other.request.method == Method::Get).any(stream),
            }
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
            Some((number, says)) if number.starts_with("result ") && matches!(placed.place, Place::Answers(_)) => says.to_owned(),
            None if self.issued(exchange).is_some() => return (media, failed),
            _ => summary,
        };
        let more = item.messages.len() - 1;
        let more = if more > 0 { format!(" and {}", count(more as u64, "more message")) } else { String::new() };
        (format!("{media} · {summary}{more}"), failed)
    }

    /// An item of a stream, and whether something is wrong with it.
    pub(super) fn item(&mut self, exchange: &Exchange, item: &Item) -> (String, bool) {
        let event = EventRef::item(exchange.id, item.n);
        match &item.what {
            ItemKind::Event { kind, id } => {
                let Some(placed) = item.messages.first() else { return (without_data(item, id.as_deref()), false) };
                let more = item.messages.len() - 1;
                let more = if more > 0 { format!(" and {}", count(more as u64, "more message")) } else { String::new() };
                if kind == "endpoint" {
                    // HTTP+SSE (2024-11-05): the data is an address, not a message.
                    let address = self.trace.item_text(event).unwrap_or_default();
                    let Some(session) = self.issued(exchange) else {
                        return (format!("event: endpoint → {}", short(&address)), false);
                    };
                    // The rest of the address is the session id, which works like a password while the session lives.
                    let path = address.split('?').next().unwrap_or_default();
                    return (format!("event: endpoint → {} · session {} issued", short(path), letter(session)), false);
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
            ItemKind::Body => {
                let said = item.messages.first().map(|placed| self.message(item, event, placed));
                let (summary, failed) = said.unwrap_or_else(|| ("not JSON".to_owned(), true));
                let more = item.messages.len().saturating_sub(1);
                let more = if more > 0 { format!(" and {}", count(more as u64, "more message")) } else { String::new() };
                (summary + &more, failed)
            }
            ItemKind::Truncated(_) => (String::new(), false),
        }
    }

    /// What a received message is, and whether it is a refusal or out of place.
    fn message(&mut self, item: &Item, event: EventRef, placed: &Placed) -> (String, bool) {
        match &placed.message.kind {
            Kind::Result { id } => match placed.place {
                Place::Answers(to) => (format!("result {id}{}", self.says(to, item, event)), false),
                Place::Duplicate(_) => (format!("result {id}, once more"), true),
                _ => (format!("result {id}, never asked for"), true),
            },
            Kind::Error { code, message, .. } => {
                let code = code.map(|code| format!(" {code}")).unwrap_or_default();
                let message = if message.is_empty() { String::new() } else { format!(": {}", short(message)) };
                (format!("error{code}{message}"), true)
            }
            Kind::Request { id, method } => (format!("{} (id {id})", short(method)), false),
            Kind::Notification { method } if method == "notifications/progress" => (self.progress(item, event), false),
            Kind::Notification { method } => (short(method), false),
            Kind::Foreign => ("not JSON-RPC".to_owned(), true),
            Kind::NotJson { .. } => ("not JSON".to_owned(), true),
        }
    }

    /// What an answer says, as the rest of a sentence: the number of tools, the revisions a server speaks, a tool’s failure.
    fn says(&mut self, asked: ExchangeId, item: &Item, event: EventRef) -> String {
        let Some(method) = self.trace.exchange(asked).and_then(Exchange::method) else { return String::new() };
        let telling = matches!(method, "tools/list" | "server/discover" | "tools/call" | "prompts/get" | "resources/read");
        let Some(text) = telling.then(|| self.text(item, event)).flatten() else { return String::new() };
        if let ResultKind::InputRequired { .. } = mcp::read_result_kind(&text) {
            return ", asks for input first".to_owned();
        }
        match method {
            "tools/list" => {
                let Some(page) = mcp::read_tools(&text) else { return String::new() };
                let more = if page.next.is_some() { ", more to come" } else { "" };
                format!(", {}{more}", count(page.items.len() as u64, "tool"))
            }
            "server/discover" => {
                let speaks = mcp::read_discover(&text).map(|facts| facts.supported.join(", ")).unwrap_or_default();
                if speaks.is_empty() { String::new() } else { format!(", speaks {}", short(&speaks)) }
            }
            "tools/call" if mcp::read_call(&text).is_some_and(|call| call.is_error) => ", the tool reports an error".to_owned(),
            _ => String::new(),
        }
    }

    fn progress(&mut self, item: &Item, event: EventRef) -> String {
        let progress = self.text(item, event).and_then(|text| mcp::read_progress(&text));
        let Some(progress) = progress else { return "notifications/progress".to_owned() };
        let total = progress.total.map(|total| format!(" of {}", decimal(total))).unwrap_or_default();
        let message = if progress.message.is_empty() { String::new() } else { format!(": {}", progress.message) };
        short(&format!("progress {}{total}{message}", decimal(progress.progress)))
    }

    /// The text of an item that is read again for what it says, as long as there is room for it.
    fn text(&mut self, item: &Item, event: EventRef) -> Option<String> {
        let size = item.span.end - item.span.start;
        if size > self.budget {
            return None;
        }
        self.budget -= size;
        self.trace.item_text(event)
    }

    /// Why a server refused, in its own words, or the reason phrase of the status.
    pub(super) fn refusal(&self, exchange: &Exchange, head: &ResponseHead) -> String {
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
        Some(id) if item.n <= 1 => format!("priming event, id {}", short(id)),
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
