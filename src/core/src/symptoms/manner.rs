//! How an exchange failed, as clients tell it apart, and where in the conversation.

use crate::diagnose::{Failure, How, Instead};
use crate::http::Method;
use crate::id::EventRef;
use crate::mcp;
use crate::rpc::{Deviation, Id};
use crate::trace::{End, Exchange, Item, ItemKind, Place, Purpose, Trace};

/// How an exchange can fail, as clients tell it apart.
pub(super) const FAILURES: &[&str] = &[
    "network",
    "page-only",
    "status",
    "redirect",
    "error",
    "error-unplaced",
    "silent",
    "ended",
    "priming",
    "cut",
    "bad-event",
    "accepted",
    "empty",
    "not-json",
    "not-rpc",
    "wrong-type",
    "other-id",
    "text-id",
    "resumed",
    "not-replayed",
    "version",
    "malformed",
    "no-endpoint",
    "no-event",
    "foreign-endpoint",
    "too-large",
];

/// How some clients stumble over an exchange that came out well here.
pub(super) fn misread(trace: &Trace, exchange: &Exchange) -> Option<&'static str> {
    let at = exchange.answer.filter(|_| exchange.succeeded())?;
    if at.exchange != exchange.id && trace.exchange(at.exchange).is_some_and(|other| other.purpose == Purpose::Resume) {
        return Some("resumed");
    }
    let head = exchange.head().filter(|_| exchange.request.method == Method::Post)?;
    if at.exchange == exchange.id && !head.is_json() && !head.is_event_stream() {
        return Some("wrong-type");
    }
    if lacks_envelope(trace, exchange, at) {
        return Some("not-rpc");
    }
    let text = trace.item_text(at).unwrap_or_default();
    // Some look at what a tool gave, and others do not.
    let looked_at = exchange.method().filter(|method| *method == "initialize" || method.ends_with("/list"));
    if looked_at.is_some_and(|method| !mcp::lacking(method, &text).is_empty()) {
        return Some("malformed");
    }
    let opens = exchange.method() == Some("initialize") && exchange.purpose != Purpose::StartOver;
    let lost = trace.speaks_unknown_revision() || trace.stuck_between_eras().is_some();
    (opens && lost).then_some("version")
}

/// Whether the answer is no message to those who ask for `jsonrpc` in it.
fn lacks_envelope(trace: &Trace, exchange: &Exchange, answer: EventRef) -> bool {
    let messages = trace.item(answer).map(|item| item.messages.as_slice()).unwrap_or_default();
    let mut own = messages.iter().filter(|placed| placed.place == Place::Answers(exchange.id));
    own.any(|placed| placed.message.deviations.contains(&Deviation::Version))
}

/// Where in the conversation a client is.
pub(super) fn step(exchange: &Exchange) -> &'static str {
    let opens = exchange.purpose.opens() || matches!(exchange.method(), Some("initialize" | "server/discover"));
    match (exchange.request.method, exchange.method()) {
        _ if opens => "opening",
        _ if exchange.purpose == Purpose::Resume => "resume",
        (Method::Delete, _) => "end",
        (Method::Get, _) => "stream",
        (_, Some(method)) if method.starts_with("notifications/") => "notification",
        _ => "request",
    }
}

/// How it failed, as clients tell it apart.
pub(super) fn class(trace: &Trace, failure: &Failure<'_>) -> &'static str {
    let exchange = failure.exchange;
    let is_json = exchange.head().is_some_and(|head| head.is_json());
    let status = exchange.status();
    match failure.how {
        How::Opaque => "network",
        How::Silent => "silent",
        How::TooLarge => "too-large",
        How::Redirected => "redirect",
        How::Status(300..=399) => "redirect",
        How::Status(_) => "status",
        How::Error(_) if placed_elsewhere(trace, failure) => "error-unplaced",
        How::Error(_) => "error",
        How::Elsewhere => "foreign-endpoint",
        How::Cut => "cut",
        // HTTP+SSE: what was posted was accepted, and the answer was to come on the stream.
        How::Unanswered if failure.stream.is_some_and(|stream| matches!(stream.end, Some((_, End::Cut(_))))) => "cut",
        How::Unanswered if failure.stream.is_some() => "ended",
        How::Unanswered if exchange.is_stream() && exchange.purpose == Purpose::Endpoint => {
            let is_event = |item: &Item| matches!(item.what, ItemKind::Event { .. });
            if exchange.reply.items.iter().any(is_event) { "no-endpoint" } else { "no-event" }
        }
        How::Unanswered if status == Some(202) && !exchange.is_stream() => "accepted",
        How::Unanswered => match failure.instead() {
            Some(Instead::Incomplete) => "malformed",
            Some(Instead::OtherAnswer) if is_id_as_text(exchange) => "text-id",
            Some(Instead::OtherAnswer) => "other-id",
            Some(Instead::BeyondLimits) => "too-large",
            Some(Instead::QuietStream) if failure.resumed.is_some() => "not-replayed",
            Some(Instead::QuietStream) if promises_more(exchange) => "priming",
            Some(Instead::QuietStream) => "ended",
            Some(_) if exchange.is_stream() => "bad-event",
            Some(Instead::Nothing) if is_json => "empty",
            Some(Instead::NotJson | Instead::Document) if is_json => "not-json",
            Some(Instead::ForeignJson | Instead::OtherJson) if is_json => "not-rpc",
            _ => "wrong-type",
        },
    }
}

/// Whether the error names no request, or another one.
fn placed_elsewhere(trace: &Trace, failure: &Failure<'_>) -> bool {
    let Some(error) = &failure.error else { return false };
    let messages = trace.item(error.at).map(|item| item.messages.as_slice()).unwrap_or_default();
    let asked = failure.exchange.call().and_then(|call| call.asks());
    !messages.iter().any(|placed| placed.message.error().is_some() && placed.message.answers() == asked)
}

/// Whether the answer has the id of the request, as a string where a number was sent.
fn is_id_as_text(exchange: &Exchange) -> bool {
    let Some(Id::Number(asked)) = exchange.call().and_then(|call| call.asks()) else { return false };
    exchange.received().any(|(_, placed)| matches!(placed.message.answers(), Some(Id::Text(text)) if text == asked))
}

/// Whether an event stream gave an id before anything else: it means to be asked again (2025-11-25, transports, priming event).
fn promises_more(exchange: &Exchange) -> bool {
    exchange.reply.items.iter().any(|item| match &item.what {
        ItemKind::Event { id, .. } | ItemKind::Dataless { id } => id.is_some() && item.messages.is_empty(),
        _ => false,
    })
}
