//! Everything about the selected event: what the specification says of it, what was sent, what came back, when.

use inspector_core::explain::{SpecNote, spec_notes};
use inspector_core::export::curl::{Shell, curl};
use inspector_core::http::{HeaderValue, Headers, Request, ResponseHead, Sight, reason_phrase};
use inspector_core::id::{EventRef, Part};
use inspector_core::sse::Inside;
use inspector_core::time::Micros;
use inspector_core::trace::{End, Exchange, ItemKind, Trace, Why, letter};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::json_tree::JsonTree;
use super::shown::Shown;
use crate::platform::clipboard;
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
#[component]
pub(super) fn Detail() -> impl IntoView {
    let store = Store::get();
    move || {
        let Some(at) = store.selected.get() else {
            return view! { <p class="quiet">"Select a row of the diagram to see what was on the wire."</p> }.into_any();
        };
        store.with_trace(|trace| trace.exchange(at.exchange).map(|exchange| event(trace, exchange, at))).flatten().into_any()
    }
}

fn event(trace: &Trace, exchange: &Exchange, at: EventRef) -> AnyView {
    let command = curl(exchange, Shell::Posix);
    view! {
        <section class="detail" aria-label="Detail">
            {heading(exchange, at)}
            {notes(spec_notes(trace, at))}
            {matches!(at.part, Part::Item(_)).then(|| item(trace, at))}
            {sent(trace, &exchange.request)}
            {exchange.response.as_ref().map(|(_, head)| received(trace, exchange, head))}
            {timing(exchange)}
            <CopyCurl command/>
        </section>
    }
    .into_any()
}

fn heading(exchange: &Exchange, at: EventRef) -> impl IntoView + use<> {
    let what = exchange.method().unwrap_or_else(|| exchange.request.method.as_str()).to_owned();
    let (chip, tone) = match exchange.status() {
        Some(status) if (200..300).contains(&status) => (status.to_string(), "ok"),
        Some(status) => (format!("{status} {}", reason_phrase(status)), "bad"),
        None if exchange.head().is_some() => ("answered, unreadable".to_owned(), "mut"),
        None if exchange.is_over() => ("no response".to_owned(), "bad"),
        None => ("waiting".to_owned(), "mut"),
    };
    let part = match at.part {
        Part::Request => "request".to_owned(),
        Part::Response => "response".to_owned(),
        Part::Item(n) => format!("item {}", n + 1),
        Part::End => "end".to_owned(),
    };
    view! {
        <header>
            <span class=format!("chip {tone}")>{chip}</span>
            <h3><Shown text=what/></h3>
            <span class="spring"></span>
            <span class="mono">{format!("#{} {part}", exchange.id)}</span>
        </header>
    }
}

fn notes(notes: Vec<SpecNote>) -> impl IntoView {
    let note = |note: SpecNote| {
        view! {
            <h4>{format!("What the specification says ({}, {})", note.revision, note.chapter)}</h4>
            <p>{note.text}</p>
        }
    };
    notes.into_iter().map(note).collect_view()
}

fn item(trace: &Trace, at: EventRef) -> AnyView {
    let Some(item) = trace.item(at) else {
        return view! { <p class="quiet">"This event was counted and not kept: the stream was too long."</p> }.into_any();
    };
    let what = match &item.what {
        ItemKind::Body => return ().into_any(),
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
    let data = trace.item_text(at).filter(|text| !text.is_empty()).map(|text| view! { <JsonTree text/> });
    let raw = trace.item_bytes(at).map(|bytes| visible_bytes(&bytes));
    view! {
        <h4>{what}</h4>
        {data}
        <details class="raw-bytes">
            <summary>{format!("Raw event-stream bytes, {span}")}</summary>
            {raw.map_or_else(
                || view! { <p class="quiet">"Not kept: the stream was too long."</p> }.into_any(),
                |raw| view! { <pre tabindex="0"><Shown text=raw/></pre> }.into_any(),
            )}
        </details>
    }
    .into_any()
}

/// Bytes as text in which line ends can be told apart.
fn visible_bytes(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.replace("\r\n", "␍␊\n").replace('\r', "␍\n").replace("\n\n", "␊\n␊\n")
}

fn sent(trace: &Trace, request: &Request) -> impl IntoView + use<> {
    let line = format!("{} {}", request.method.as_str(), request.url);
    let body = (!request.body.is_empty()).then(|| view! { <JsonTree text=request.body.clone()/> });
    view! {
        <h4>"Sent"</h4>
        <p class="mono line"><Shown text=line/></p>
        {header_table(trace, &request.headers, &[])}
        {body}
    }
}

fn received(trace: &Trace, exchange: &Exchange, head: &ResponseHead) -> AnyView {
    if head.sight == Sight::Opaque {
        return view! {
            <h4>"Received"</h4>
            <p>"Something answered. The browser hides status, headers and body of an opaque response from every page."</p>
        }
        .into_any();
    }
    let hidden: Vec<&str> = match head.sight {
        Sight::CorsFiltered => telling(exchange, head.status).into_iter().filter(|name| !head.headers.has(name)).collect(),
        _ => Vec::new(),
    };
    let to = head.redirected_to.clone().map(|url| view! { <p class="word">"Redirected to " <Shown text=url/></p> });
    view! {
        <h4>{format!("Received: {} {}", head.status, reason_phrase(head.status))}</h4>
        {to}
        {header_table(trace, &head.headers, &hidden)}
        {body(trace, exchange)}
    }
    .into_any()
}

fn body(trace: &Trace, exchange: &Exchange) -> AnyView {
    let reply = &exchange.reply;
    if exchange.is_stream() {
        let count = reply.items.len() as u64 + reply.dropped_items;
        return view! { <p class="quiet">{format!("An event stream of {count} items, {} bytes.", reply.bytes)}</p> }.into_any();
    }
    let Some(first) = reply.items.first() else { return ().into_any() };
    let at = EventRef::item(exchange.id, first.n);
    if first.messages.iter().any(|placed| !matches!(placed.message.kind, inspector_core::rpc::Kind::NotJson { .. }))
        && let Some(text) = trace.item_text(at)
    {
        return view! { <JsonTree text/> }.into_any();
    }
    let start = trace.body_start(exchange.id, BODY_CHARS);
    let more = (reply.bytes > start.len() as u64).then(|| format!("{} bytes in all; the beginning is shown.", reply.bytes));
    view! {
        <pre tabindex="0"><Shown text=start/></pre>
        {more.map(|more| view! { <p class="quiet">{more}</p> })}
    }
    .into_any()
}

fn header_table(trace: &Trace, headers: &Headers, hidden: &[&str]) -> impl IntoView + use<> {
    let rows: Vec<AnyView> = headers
        .iter()
        .map(|(name, value)| {
            let value = match value {
                HeaderValue::Secret(_) if name.eq_ignore_ascii_case("authorization") => "Bearer •••".into_any(),
                HeaderValue::Secret(_) => "•••".into_any(),
                HeaderValue::Text(text) if name.eq_ignore_ascii_case("mcp-session-id") => session(trace, text).into_any(),
                HeaderValue::Text(text) => view! { <Shown text=text.clone()/> }.into_any(),
            };
            view! { <tr><th scope="row">{name.to_ascii_lowercase()}</th><td>{value}</td></tr> }.into_any()
        })
        .collect();
    let unknown: Vec<AnyView> = hidden
        .iter()
        .map(|name| {
            view! { <tr><th scope="row">{(*name).to_owned()}</th><td class="unknown">"hidden by CORS, if it was sent"</td></tr> }
                .into_any()
        })
        .collect();
    view! { <table class="headers"><tbody>{rows} {unknown}</tbody></table> }
}

fn session(trace: &Trace, id: &str) -> impl IntoView + use<> {
    let n = trace.sessions().iter().position(|line| line.id == id);
    let name = n.map(|n| view! { <b class=format!("s{}", n % 4)>{letter(n)}</b> " " });
    view! { {name} <Shown text=id.to_owned()/> }
}

fn timing(exchange: &Exchange) -> impl IntoView + use<> {
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
    let rows = rows.into_iter().map(|(name, text)| view! { <tr><th scope="row">{name}</th><td>{text}</td></tr> }).collect_view();
    view! {
        <h4>"Timing"</h4>
        <table class="headers"><tbody>{rows}</tbody></table>
    }
}

#[component]
fn CopyCurl(command: String) -> impl IntoView {
    let copied = RwSignal::new("");
    let command = StoredValue::new(command);
    let copy = move |_| {
        spawn_local(async move {
            let said = if clipboard::copy(&command.get_value()).await { "Copied." } else { "The browser did not allow copying." };
            copied.set(said);
        });
    };
    view! {
        <div class="row">
            <button type="button" on:click=copy>"Copy as curl"</button>
            <span role="status">{copied}</span>
        </div>
        <details>
            <summary>"The command; your token goes into $TOKEN"</summary>
            <pre tabindex="0">{command.get_value()}</pre>
        </details>
    }
}
