//! Which rules of the specification bear on an event of a recording, at the revision that was spoken there.

use alloc::vec;
use alloc::vec::Vec;

use crate::http::{Method, ResponseHead, Sight};
use crate::id::{EventRef, Part};
use crate::json;
pub use crate::mcp::SpecNote;
use crate::mcp::{Revision, Step, rules};
use crate::rpc::{Kind, Message};
use crate::trace::{End, Exchange, Item, ItemKind, Place, Placed, Purpose, Trace, Why};

/// Characters of a refusal that are searched for what it is about.
const REFUSAL_CHARS: usize = 2_000;

/// What the specification says of an event, the most telling first.
pub fn spec_notes(trace: &Trace, at: EventRef) -> Vec<SpecNote> {
    let Some(exchange) = trace.exchange(at.exchange) else { return Vec::new() };
    let steps = match at.part {
        Part::Request => of_request(exchange),
        Part::Response => of_response(trace, exchange),
        Part::Item(_) => trace.item(at).map(|item| of_item(trace, exchange, item)).unwrap_or_default(),
        Part::End => of_end(exchange),
    };
    let revision = spoken(trace, exchange, at.part);
    steps.into_iter().flat_map(|step| rules(step, revision)).collect()
}

/// The revision that counts for a part of an exchange: what its header says, else what was agreed on, else what was
/// asked for. When `initialize` is sent, nothing has been agreed on yet.
fn spoken(trace: &Trace, exchange: &Exchange, part: Part) -> Revision {
    let opening = exchange.method() == Some("initialize");
    let sent = exchange.request.headers.get("mcp-protocol-version").and_then(Revision::parse);
    let agreed = trace.server().and_then(|server| server.revision()).filter(|_| !opening || part != Part::Request);
    let asked = || opening.then(|| asked(&exchange.request.body)).flatten();
    sent.or(agreed).or_else(asked).unwrap_or(trace.about.ask.revision())
}

fn asked(body: &str) -> Option<Revision> {
    let scan = json::scan(body);
    Revision::parse(&scan.root(body)?.at(&["params", "protocolVersion"])?.as_str()?)
}

fn of_request(exchange: &Exchange) -> Vec<Step> {
    let headers = &exchange.request.headers;
    let mut steps = match exchange.request.method {
        _ if exchange.purpose == Purpose::Reach => return vec![Step::Opaque],
        Method::Get if headers.has("last-event-id") => vec![Step::Resume, Step::GetStream],
        Method::Get => vec![Step::GetStream],
        Method::Delete => vec![Step::EndSession],
        Method::Post if exchange.calls.len() > 1 => vec![Step::Batch],
        Method::Post => match exchange.method() {
            Some("initialize") if exchange.purpose == Purpose::StartOver => vec![Step::StartOver, Step::Initialize],
            Some("initialize") => vec![Step::Initialize],
            Some("notifications/initialized") => vec![Step::Initialized],
            Some("tools/list") if exchange.request.body.contains("\"cursor\"") => vec![Step::ToolsPage],
            Some("tools/list") => vec![Step::ToolsList],
            _ if exchange.call().is_some_and(|call| call.answers().is_some()) => vec![Step::AnswerId],
            _ => Vec::new(),
        },
    };
    let posted = exchange.request.method == Method::Post;
    steps.extend(posted.then_some(Step::Post));
    steps.extend(exchange.wants_answer().then_some(Step::RequestId));
    steps.extend(exchange.session_sent().map(|_| Step::SessionSent));
    steps.extend(headers.has("mcp-protocol-version").then_some(Step::VersionHeader));
    steps.extend(exchange.sent_token().then_some(Step::TokenSent));
    steps
}

fn of_response(trace: &Trace, exchange: &Exchange) -> Vec<Step> {
    let Some(head) = exchange.head() else { return Vec::new() };
    if head.sight == Sight::Opaque {
        return vec![Step::Opaque];
    }
    if !head.is_success() {
        return of_refusal(trace, exchange, head);
    }
    let issued = trace.sessions().iter().any(|line| line.issued == Some(EventRef::response(exchange.id)));
    let mut steps = match exchange.request.method {
        Method::Get => vec![Step::GetStream],
        Method::Delete => vec![Step::EndSession],
        Method::Post if !exchange.wants_answer() => vec![Step::Accepted],
        Method::Post if exchange.is_stream() => vec![Step::StreamAnswer, Step::Answer],
        Method::Post => {
            let told = exchange.reply.items.iter().flat_map(|item| of_item(trace, exchange, item));
            told.chain([Step::Answer]).collect()
        }
    };
    steps.splice(0..0, issued.then_some(Step::SessionIssued));
    steps
}

fn of_refusal(trace: &Trace, exchange: &Exchange, head: &ResponseHead) -> Vec<Step> {
    let said = trace.body_start(exchange.id, REFUSAL_CHARS).to_ascii_lowercase();
    let opening = exchange.method() == Some("initialize");
    let in_session = exchange.session_sent().is_some();
    // Servers refuse sessions with many a status; what the body names tells which rule was meant.
    let about_session = said.contains("session");
    let about_version = said.contains("protocol version") || said.contains("protocol-version");
    let mut steps = match (head.status, exchange.request.method) {
        (400, _) if about_version => vec![Step::VersionRefused],
        (404, _) if in_session => vec![Step::SessionUnknown],
        (400, _) if !in_session && !opening => vec![Step::SessionMissing],
        (_, _) if in_session && about_session => vec![Step::SessionUnknown],
        (401, _) => vec![Step::Unauthorized],
        (403, _) => vec![Step::Forbidden],
        (405, Method::Get) => vec![Step::GetStream],
        (405, Method::Delete) => vec![Step::EndSession],
        (405, Method::Post) => vec![Step::PostNotAllowed],
        (406, _) => vec![Step::NotAcceptable],
        _ => Vec::new(),
    };
    let tries_older = opening && (400..500).contains(&head.status) && !matches!(head.status, 401 | 403 | 406);
    steps.extend(tries_older.then_some(Step::InitializeRefused));
    steps.extend((!exchange.wants_answer() && exchange.call().is_some()).then_some(Step::Accepted));
    steps
}

fn of_item(trace: &Trace, exchange: &Exchange, item: &Item) -> Vec<Step> {
    match &item.what {
        ItemKind::Comment(_) | ItemKind::Ignored(_) => vec![Step::Comment],
        ItemKind::Retry(_) => vec![Step::Retry],
        ItemKind::Dataless { .. } => vec![Step::Priming],
        ItemKind::Event { .. } if item.messages.is_empty() => vec![Step::Priming],
        ItemKind::Truncated(_) => vec![Step::StreamBroke],
        ItemKind::Event { .. } | ItemKind::Body => {
            item.messages.first().map(|placed| of_message(trace, exchange, placed)).unwrap_or_default()
        }
        ItemKind::Oversize(_) => Vec::new(),
    }
}

fn of_message(trace: &Trace, exchange: &Exchange, placed: &Placed) -> Vec<Step> {
    let asked = match placed.place {
        Place::Answers(to) => trace.exchange(to).unwrap_or(exchange).method(),
        _ => None,
    };
    match &placed.message.kind {
        Kind::Request { method, .. } if method == "ping" => vec![Step::Ping],
        Kind::Request { .. } => vec![Step::ServerRequest],
        Kind::Notification { .. } => vec![Step::ServerNotification],
        Kind::Result { .. } if asked == Some("initialize") => vec![Step::Negotiated],
        Kind::Result { .. } if asked == Some("tools/list") => vec![Step::ToolsListed],
        Kind::Result { .. } | Kind::Error { .. } => vec![Step::AnswerId],
        Kind::Foreign | Kind::NotJson { .. } => vec![Step::Answer],
    }
}

fn of_end(exchange: &Exchange) -> Vec<Step> {
    let truncated = exchange.reply.items.last().is_some_and(|item| matches!(item.what, ItemKind::Truncated(_)));
    match (exchange.aborted, &exchange.end) {
        (Some((_, Why::TimedOut)), _) => vec![Step::TimedOut, Step::Cancelled],
        (Some((_, Why::Stopped)), _) => vec![Step::Cancelled],
        (Some(_), _) => Vec::new(),
        (None, Some((_, End::Failed(_)))) if exchange.response.is_none() => vec![Step::Opaque],
        (None, Some((_, End::Failed(_) | End::Cut(_)))) => vec![Step::StreamBroke],
        (None, Some((_, End::Complete))) if truncated => vec![Step::StreamBroke],
        (None, Some((_, End::Complete))) if exchange.is_stream() && exchange.call().and_then(Message::asks).is_some() => {
            vec![Step::StreamAnswer]
        }
        (None, Some((_, End::Complete | End::Aborted)) | None) => Vec::new(),
    }
}
