//! What stands in a body where the answer should be.

use super::failure::{Failure, How};
use crate::json::{self, Node};
use crate::rpc;
use crate::said::is_html;
use crate::trace::Place;

/// What was found instead of an answer under a good status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// No bytes at all, or the word of a 202.
    Nothing,
    /// An HTML page.
    Document,
    /// An answer to something else.
    OtherAnswer,
    /// A result that lacks what it is for.
    Incomplete,
    /// JSON of another program, which knows nothing of the request: the answer of a health check, for example.
    OtherJson,
    /// JSON that is no message of the protocol and tells of a failure, or wraps something else.
    ForeignJson,
    /// JSON beyond what this page reads.
    BeyondLimits,
    /// Text that claims to be JSON and is not.
    NotJson,
    /// A body of another type.
    OtherType,
    /// An event whose data is no message of the protocol.
    BadEvent,
    /// An event stream, complete and in order.
    QuietStream,
}

/// What was found instead of an answer; `None` for a failure of another kind.
pub(super) fn instead(failure: &Failure<'_>) -> Option<Instead> {
    if failure.how != How::Unanswered {
        return None;
    }
    let exchange = failure.exchange;
    if exchange.answer.is_some() {
        return Some(Instead::Incomplete);
    }
    let media_type = exchange.head().map(|head| head.media_type()).unwrap_or_default();
    // Without a type that is known, the body itself says what it is.
    let is_json = exchange.head().is_some_and(|head| head.is_json() || !head.tells_its_type());
    let bad = first_bad(failure);
    let mut placed = exchange.received().map(|(_, placed)| placed);
    let other_answer = |place: Place| matches!(place, Place::Orphan | Place::Unnamed | Place::Duplicate(_));
    Some(if placed.any(|placed| other_answer(placed.place)) {
        Instead::OtherAnswer
    } else if exchange.is_stream() {
        match bad {
            Some(Instead::BeyondLimits) => Instead::BeyondLimits,
            Some(_) => Instead::BadEvent,
            None if is_html(&failure.body) => Instead::Document,
            None if is_no_stream(&failure.body) => Instead::OtherType,
            None => Instead::QuietStream,
        }
    } else if exchange.reply.bytes == 0 || (exchange.status() == Some(202) && exchange.received().next().is_none()) {
        Instead::Nothing
    } else if media_type == "text/html" || is_html(&failure.body) {
        Instead::Document
    } else {
        match bad {
            Some(Instead::ForeignJson) if failure.exchange.purpose.opens() && is_of_another(&failure.body) => Instead::OtherJson,
            Some(Instead::NotJson) | None if !is_json => Instead::OtherType,
            // What begins like no message is not read as one: a string, a number, `null`.
            None if json::scan(&failure.body).error.is_none() => Instead::ForeignJson,
            bad => bad.unwrap_or(Instead::NotJson),
        }
    })
}

/// What the first piece of text is that is no message of the protocol; `None` when there is no such piece.
fn first_bad(failure: &Failure<'_>) -> Option<Instead> {
    // What names an address for messages is no message itself.
    let items = failure.exchange.reply.items.iter().filter(|item| !item.is_endpoint());
    let mut messages = items.flat_map(|item| &item.messages).map(|placed| &placed.message);
    // In a body an echo of the request is as foreign as anything; on a stream requests of the server are welcome.
    let bad = messages.find(|message| !message.is_rpc() || (message.method().is_some() && !failure.exchange.is_stream()))?;
    Some(match &bad.kind {
        rpc::Kind::NotJson { reason, .. } if reason.ends_with("are not read") => Instead::BeyondLimits,
        rpc::Kind::NotJson { .. } => Instead::NotJson,
        _ => Instead::ForeignJson,
    })
}

/// Whether the body of an event stream is none: it begins as JSON or a page does, which no line of a stream can.
pub(super) fn is_no_stream(body: &str) -> bool {
    body.trim_start().starts_with(['{', '[', '<'])
}

/// Whether JSON is an object of another program, which has no member that tells of a failure, or that wraps something else.
fn is_of_another(body: &str) -> bool {
    let scan = json::scan(body);
    let members = ["statusCode", "body", "detail", "message", "error", "errors", "errorMessage", "result", "jsonrpc", "id"];
    let tells = |root: Node<'_>| members.iter().any(|member| root.get(member).is_some());
    scan.root(body).is_some_and(|root| root.is_object() && !tells(root))
}
