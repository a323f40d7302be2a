//! Everything about the selected event: what the specification says of it, what was sent, what came back, when.

use inspector_core::explain::{SpecNote, spec_notes};
use inspector_core::export::curl::{Shell, curl};
use inspector_core::http::{HeaderValue, Headers, ResponseHead, SecretSlot, Sight, reason_phrase};
use inspector_core::id::{EventRef, Part};
use inspector_core::sse::Inside;
use inspector_core::time::Micros;
use inspector_core::trace::{End, Exchange, ItemKind, Lack, Trace, Why, letter};
use leptos::prelude::*;

use super::copied::copied;
use super::dom::{El, View, el, live, memo, row};
use super::json_tree::json_tree;
use super::shown::shown;
use crate::store::Store;

/// The longest body that is no JSON and is shown whole, in characters.
const BODY_CHARS: usize = 20_000;

/// Headers that would explain a response and that CORS hides unless the server exposes them (Fetch standard,
/// CORS-safelisted response-header names).
fn telling(exchange: &Exchange, status: u16) -> Vec<&'static str> {
    let opens_session = exchange.method() == Some("initialize") && (200..300).contains(&status);
    [
        ("mcp-session-id", opens_session),
        ("www-authenticate", matches!(status, 401 | 403)),
        ("retry-after", matches!(status, 429 | 503)),
        ("allow", status == 405),
    ]
    .into_iter()
    .filter_map(|(name, tells)| tells.then_some(name))
    .collect()
}

/// The pane "Detail".
pub(super) fn detail() -> View {
    let store = Store::get();
    // What can still change of an exchange, so that the pane stays as it is while others go on.
    let grown = memo(move || {
        let exchange = store.selected.get()?.exchange;
        let of = |exchange: &Exchange| (exchange.reply.bytes, exchange.response.is_some(), exchange.is_over());
        store.with_trace(|trace| trace.exchange(exchange).map(of)).flatten()
    });
    live(move || {
        grown.track();
        let Some(at) = store.selected.get() else {
            let hint = "Select a row of the diagram to see what was on the wire.";
            return View::from(el("p").class("quiet").child(hint));
        };
        untrack(|| store.with_trace(|trace| trace.exchange(at.exchange).map(|exchange| event(trace, exchange, at))).flatten())
            .into()
    })
}

fn event(trace: &Trace, exchange: &Exchange, at: EventRef) -> El {
    el("section")
        .class("detail")
        .attr("aria-label", "Detail")
        .child(heading(exchange, at))
        .child(notes(spec_notes(trace, at)))
        .child(matches!(at.part, Part::Item(_)).then(|| item(trace, at)))
        .child(sent(trace, exchange))
        .child(exchange.response.as_ref().map(|(_, head)| received(trace, exchange, head)))
        .child(timing(exchange))
        .child(again(exchange))
}

fn heading(exchange: &Exchange, at: EventRef) -> El {
    let method = if exchange.lacks.has(Lack::Http) { "request" } else { exchange.request.method.as_str() };
    let what = exchange.method().unwrap_or(method);
    let (chip, tone) = match exchange.status() {
        Some(status) if (200..300).contains(&status) => (status.to_string(), "ok"),
        Some(status) => (format!("{status} {}", reason_phrase(status)), "bad"),
        None if exchange.head().is_some_and(|head| head.sight.is_body_alone()) => ("answered".to_owned(), "mut"),
        None if exchange.head().is_some() => ("answered, unreadable".to_owned(), "mut"),
        None if exchange.lacks.has(Lack::Http) => ("no answer in this recording".to_owned(), "mut"),
        None if exchange.is_over() => ("no response".to_owned(), "bad"),
        None => ("waiting".to_owned(), "mut"),
    };
    let part = match at.part {
        Part::Request => "request".to_owned(),
        Part::Response => "response".to_owned(),
        Part::Item(n) => format!("item {}", n + 1),
        Part::End => "end".to_owned(),
    };
    el("header")
        .child(el("span").class(&format!("chip {tone}")).child(chip))
        .child(el("h3").child(shown(what)))
        .child(el("span").class("spring"))
        .child(el("span").class("mono").child(format!("#{} {part}", exchange.id)))
}

fn notes(notes: Vec<SpecNote>) -> View {
    let title = notes.first().map(|note| el("h4").child(format!("What the specification says ({})", note.revision)));
    let rules =
        notes.iter().map(|note| el("li").child(note.text).child(el("span").class("quiet").child(format!(" {}", note.chapter))));
    (title, el("ul").class("rules").children(rules)).into()
}

fn item(trace: &Trace, at: EventRef) -> View {
    let Some(item) = trace.item(at) else {
        return el("p").class("quiet").child("This event was counted and not kept: the stream was too long.").into();
    };
    let what = match &item.what {
        ItemKind::Body if trace.exchange(at.exchange).is_some_and(|exchange| exchange.lacks.has(Lack::Http)) => {
            return (el("h4").child("The message"), trace.item_text(at).map(json_tree)).into();
        }
        ItemKind::Body => return ().into(),
        ItemKind::Event { kind, id } => {
            format!("Event of type {kind}{}", id.as_ref().map(|id| format!(", id {id}")).unwrap_or_default())
        }
        ItemKind::Dataless { .. } => "Fields without data: nothing is dispatched".to_owned(),
        ItemKind::Comment(_) => "A comment, which clients ignore".to_owned(),
        ItemKind::Retry(millis) => format!("Reconnection time: {millis} ms"),
        ItemKind::Ignored(_) => "A line that the rules say to ignore".to_owned(),
        ItemKind::Oversize(bytes) => format!("An event of {bytes} bytes: too large to be kept whole"),
        ItemKind::Truncated(Inside::Character) => "The stream ended inside a character".to_owned(),
        ItemKind::Truncated(Inside::Line) => "The stream ended inside a line".to_owned(),
        ItemKind::Truncated(Inside::Event) => "The stream ended before the blank line that completes this event".to_owned(),
    };
    let span = format!("bytes {} to {}", item.span.start, item.span.end);
    let data = trace.item_text(at).filter(|text| !text.is_empty()).map(json_tree);
    let raw = match trace.item_bytes(at) {
        Some(bytes) => el("pre").attr("tabindex", "0").child(shown(&visible_bytes(&bytes))),
        None => el("p").class("quiet").child("Not kept: the stream was too long."),
    };
    let raw = el("details").class("raw-bytes").child(el("summary").child(format!("Raw event-stream bytes, {span}"))).child(raw);
    (el("h4").child(what), data, raw).into()
}

/// Bytes as text in which line ends can be told apart.
fn visible_bytes(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.replace("\r\n", "␍␊\n").replace('\r', "␍\n").replace("\n\n", "␊\n␊\n")
}

/// The command that sends it again; none where it would have to make up what the recording lacks.
fn again(exchange: &Exchange) -> Option<View> {
    let whole = exchange.lacks.leave_requests_whole();
    whole.then(|| copied(curl(&exchange.request, Shell::Posix), "The command; secrets go into variables", false))
}

/// What the recording does not hold, in a sentence.
fn missing(what: &str) -> El {
    el("p").class("quiet").child(format!("Not in this recording: {what}."))
}

fn sent(trace: &Trace, exchange: &Exchange) -> View {
    let (request, lacks) = (&exchange.request, exchange.lacks);
    let line = match (lacks.has(Lack::Http), lacks.has(Lack::Address)) {
        (true, _) => None,
        (false, true) => Some(format!("{} {}", request.method.as_str(), request.url.target())),
        (false, false) => Some(format!("{} {}", request.method.as_str(), request.url)),
    };
    let of_requests = [Lack::Address, Lack::Http, Lack::RequestHeaders, Lack::Requests];
    let told = |lack: &Lack| lacks.has(*lack) && !(*lack == Lack::RequestHeaders && lacks.has(Lack::Http));
    let told: Vec<&str> = of_requests.into_iter().filter(told).map(Lack::words).collect();
    let body: View = match &request.secret_field {
        Some(field) => el("pre").attr("tabindex", "0").child(shown(&format!("{}&{}=•••", request.body, field.name))).into(),
        None if request.body.starts_with(['{', '[']) => json_tree(request.body.clone()).into(),
        None => (!request.body.is_empty()).then(|| el("pre").attr("tabindex", "0").child(shown(&request.body))).into(),
    };
    row::<View>([
        el("h4").child("Sent").into(),
        line.map(|line| el("p").class("mono line").child(shown(&line))).into(),
        header_table(trace, &request.headers, &[]).into(),
        body,
        (!told.is_empty()).then(|| missing(&told.join("; "))).into(),
    ])
}

fn received(trace: &Trace, exchange: &Exchange, head: &ResponseHead) -> View {
    if head.sight == Sight::Opaque {
        let why = "Something answered. The browser hides status, headers and body of an opaque response from every page.";
        return (el("h4").child("Received"), el("p").child(why)).into();
    }
    let hidden: Vec<&str> = match head.sight {
        Sight::CorsFiltered => telling(exchange, head.status).into_iter().filter(|name| !head.headers.has(name)).collect(),
        _ => Vec::new(),
    };
    let to = head.redirected_to.as_ref().map(|url| el("p").class("word").child("Redirected to ").child(shown(url)));
    let (title, lacking) = match head.sight {
        Sight::Messages | Sight::Events => ("Received".to_owned(), Some("status and headers")),
        Sight::Listed => (status(head), Some("headers, but for those that are shown")),
        _ => (status(head), None),
    };
    row::<View>([
        el("h4").child(title).into(),
        to.into(),
        header_table(trace, &head.headers, &hidden).into(),
        body(trace, exchange),
        exchange.lacks.has(Lack::Answers).then(|| missing(Lack::Answers.words())).into(),
        lacking.map(missing).into(),
    ])
}

fn status(head: &ResponseHead) -> String {
    format!("Received: {} {}", head.status, reason_phrase(head.status))
}

fn body(trace: &Trace, exchange: &Exchange) -> View {
    let reply = &exchange.reply;
    if exchange.head().is_some_and(|head| head.sight == Sight::Messages) && reply.items.len() > 1 {
        return el("p").class("quiet").child(format!("{} messages, each a row of its own.", reply.items.len())).into();
    }
    if exchange.is_stream() {
        let count = reply.items.len() as u64 + reply.dropped_items;
        let sum = format!("An event stream of {count} items, {} bytes.", reply.bytes);
        return el("p").class("quiet").child(sum).into();
    }
    let Some(first) = reply.items.first() else { return ().into() };
    let at = EventRef::item(exchange.id, first.n);
    if first.messages.iter().any(|placed| !matches!(placed.message.kind, inspector_core::rpc::Kind::NotJson { .. }))
        && let Some(text) = trace.item_text(at)
    {
        return json_tree(text).into();
    }
    let start = trace.body_start(exchange.id, BODY_CHARS);
    let more = (reply.bytes > start.len() as u64)
        .then(|| el("p").class("quiet").child(format!("{} bytes in all; the beginning is shown.", reply.bytes)));
    (el("pre").attr("tabindex", "0").child(shown(&start)), more).into()
}

fn header_table(trace: &Trace, headers: &Headers, hidden: &[&str]) -> El {
    let known = headers.iter().map(|(name, value)| {
        let value: View = match value {
            HeaderValue::Secret(SecretSlot::Client) => "Basic •••".into(),
            HeaderValue::Secret(_) if name.eq_ignore_ascii_case("authorization") => "Bearer •••".into(),
            HeaderValue::Secret(_) => "•••".into(),
            HeaderValue::Text(text) if name.eq_ignore_ascii_case("mcp-session-id") => session(trace, text),
            HeaderValue::Text(text) => shown(text).into(),
        };
        table_row(&name.to_ascii_lowercase(), el("td").child(value))
    });
    let unknown = hidden.iter().map(|name| table_row(name, el("td").class("unknown").child("hidden by CORS, if it was sent")));
    el("table").class("headers").child(el("tbody").children(known.chain(unknown)))
}

fn table_row(name: &str, cell: El) -> El {
    el("tr").child(el("th").attr("scope", "row").child(name)).child(cell)
}

fn session(trace: &Trace, id: &str) -> View {
    let n = trace.sessions().iter().position(|line| line.id == id);
    let name = n.map(|n| (el("b").class(&format!("s{}", n % 4)).child(letter(n)), " "));
    (name, shown(id)).into()
}

fn timing(exchange: &Exchange) -> View {
    if exchange.lacks.has(Lack::Times) {
        return (el("h4").child("Timing"), missing(Lack::Times.words())).into();
    }
    if exchange.lacks.has(Lack::Spans) {
        let at = el("table")
            .class("headers")
            .child(el("tbody").child(table_row("seen", el("td").child(format!("{} after the start", exchange.at)))));
        return (el("h4").child("Timing"), at, missing(Lack::Spans.words())).into();
    }
    let since = |at: Micros| at.saturating_sub(exchange.at).to_string();
    let mut rows = vec![("sent", format!("{} after the start", exchange.at))];
    if let Some((at, _)) = &exchange.response {
        rows.push(("response began", format!("after {}", since(*at))));
    }
    if let Some(at) = exchange.reply.last_byte {
        rows.push(("last byte", format!("after {}, {} bytes in all", since(at), exchange.reply.bytes)));
    }
    if let Some((at, end)) = &exchange.end {
        let how = match end {
            End::Complete => "complete".to_owned(),
            End::Aborted => "given up by this page".to_owned(),
            End::Failed(text) => format!("failed: “{text}”"),
            End::Cut(text) => format!("broke off: “{text}”"),
        };
        rows.push(("ended", format!("after {}, {how}", since(*at))));
    }
    if let Some((at, why)) = exchange.aborted {
        let why = match why {
            Why::Stopped => "you stopped it",
            Why::TimedOut => "no answer within the limit",
            Why::TooLarge => "the answer is larger than this page reads",
            Why::Done => "nothing more was to be learned",
        };
        rows.push(("given up", format!("after {}: {why}", since(at))));
    }
    let rows = rows.into_iter().map(|(name, text)| table_row(name, el("td").child(text)));
    (el("h4").child("Timing"), el("table").class("headers").child(el("tbody").children(rows))).into()
}
