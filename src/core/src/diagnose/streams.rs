//! Which exchanges belong together: a stream and the requests for the rest of it, and HTTP+SSE, where one stream carries
//! every answer.

use crate::http::Method;
use crate::id::{EventRef, ExchangeId};
use crate::trace::{Exchange, Lack, Place, Trace};

/// The last request that asked for the rest of an exchange's event stream, by the id of its last event (2025-03-26 to
/// 2025-11-25, transports, resumability).
pub(super) fn resumed<'a>(trace: &'a Trace, exchange: &Exchange) -> Option<&'a Exchange> {
    let mut place = exchange.last_event()?;
    let mut last = None;
    for resume in trace.exchanges().iter().filter(|other| other.id > exchange.id) {
        if resume.request.method == Method::Get && resume.request.headers.get("last-event-id") == Some(place) {
            last = Some(resume);
            place = resume.last_event().unwrap_or(place);
        }
    }
    last
}

/// Whether the rest of an exchange's event stream may have been asked for: by a GET of which the recording does not hold the headers.
pub(super) fn may_be_resumed(trace: &Trace, exchange: &Exchange) -> bool {
    let hidden = exchange.lacks.has(Lack::RequestHeaders) && exchange.last_event().is_some();
    hidden && trace.exchanges().iter().any(|other| other.id > exchange.id && other.request.method == Method::Get)
}

/// HTTP+SSE: the stream that named the address which a message was posted to.
pub(super) fn answers_to<'a>(trace: &'a Trace, exchange: &Exchange) -> Option<&'a Exchange> {
    let names = |other: &&Exchange| other.id < exchange.id && other.endpoint.as_ref() == Some(&exchange.request.url);
    trace.exchanges().iter().rfind(names)
}

/// The exchange that an event is about: the one that it answers, on whatever stream it came, or its own.
pub(super) fn about(trace: &Trace, event: EventRef) -> ExchangeId {
    let placed = trace.item(event).into_iter().flat_map(|item| &item.messages);
    let answered = placed.into_iter().find_map(|placed| match placed.place {
        Place::Answers(exchange) => Some(exchange),
        _ => None,
    });
    answered.unwrap_or(event.exchange)
}
