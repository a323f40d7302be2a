//! What stands in a body where the answer should be.

use super::facts::{Failure, How};
use super::wording::is_html;
use crate::rpc;
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
    /// JSON that is no message of the protocol.
    ForeignJson,
    /// Text that claims to be JSON and is not.
    NotJson,
    /// A body of another type.
    OtherType,
    /// An event stream, complete and in order.
    QuietStream,
}

/// What was found instead of an answer; `None` for a failure of another kind.
pub(super) fn instead(failure: &Failure<'_>) -> Option<Instead> {
    if failure.how != How::Unanswered {
        return None;
    }
    let exchange = failure.exchange;
    let media_type = exchange.head().map(|head| head.media_type()).unwrap_or_default();
    let is_json = exchange.head().is_some_and(|head| head.is_json());
    let mut placed = exchange.received().map(|(_, placed)| placed);
    let other_answer = |place: Place| matches!(place, Place::Orphan | Place::Unnamed | Place::Duplicate(_));
    Some(if placed.any(|placed| other_answer(placed.place)) {
        Instead::OtherAnswer
    } else if exchange.is_stream() {
        match first_bad(failure) {
            Some(true) => Instead::NotJson,
            Some(false) => Instead::ForeignJson,
            None => Instead::QuietStream,
        }
    } else if exchange.reply.bytes == 0 || (exchange.status() == Some(202) && exchange.received().next().is_none()) {
        Instead::Nothing
    } else if media_type == "text/html" || is_html(&failure.body) {
        Instead::Document
    } else {
        match first_bad(failure) {
            Some(false) => Instead::ForeignJson,
            _ if is_json => Instead::NotJson,
            _ => Instead::OtherType,
        }
    })
}

/// Whether the first piece of text that is no message of the protocol is not even JSON; `None` when there is no such piece.
fn first_bad(failure: &Failure<'_>) -> Option<bool> {
    let mut messages = failure.exchange.received().map(|(_, placed)| &placed.message);
    let bad = messages.find(|message| !message.is_rpc() || message.method().is_some() && !failure.exchange.is_stream())?;
    Some(matches!(bad.kind, rpc::Kind::NotJson { .. }))
}
