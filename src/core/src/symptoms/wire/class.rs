//! How an exchange failed, as clients tell it apart.

use crate::diagnose::{Failure, How, Instead};
use crate::json;
use crate::trace::{End, Exchange, ItemKind, Purpose, Trace};

/// How an exchange can fail, as clients tell it apart.
pub(in super::super) const FAILURES: &[&str] = &[
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
    "version",
    "malformed",
    "no-endpoint",
    "foreign-endpoint",
    "too-large",
];

/// How a client misunderstands an answer that is well formed.
pub(super) fn misunderstood(trace: &Trace, exchange: &Exchange) -> Option<&'static str> {
    let asked = exchange.method() == Some("initialize") && exchange.succeeded() && exchange.purpose != Purpose::StartOver;
    let lost = trace.speaks_unknown_revision() || trace.stuck_between_eras().is_some();
    if !asked || !lost {
        return None;
    }
    let text = exchange.answer.and_then(|at| trace.item_text(at)).unwrap_or_default();
    let scan = json::scan(&text);
    let result = scan.root(&text).and_then(|root| root.get("result"));
    let named = result.is_some_and(|result| result.get("protocolVersion").is_some_and(|version| version.as_str().is_some()));
    Some(if named { "version" } else { "malformed" })
}

/// How it failed, as clients tell it apart.
pub(super) fn of(trace: &Trace, failure: &Failure<'_>) -> &'static str {
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
        How::Unanswered if exchange.is_stream() && exchange.purpose == Purpose::Endpoint => "no-endpoint",
        How::Unanswered if status == Some(202) && !exchange.is_stream() => "accepted",
        How::Unanswered => match failure.instead() {
            Some(Instead::OtherAnswer) => "other-id",
            Some(Instead::BeyondLimits) => "too-large",
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

/// Whether an event stream gave an id before anything else: it means to be asked again (2025-11-25, transports, priming event).
fn promises_more(exchange: &Exchange) -> bool {
    exchange.reply.items.iter().any(|item| match &item.what {
        ItemKind::Event { id, .. } | ItemKind::Dataless { id } => id.is_some() && item.messages.is_empty(),
        _ => false,
    })
}
