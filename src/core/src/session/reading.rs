//! What arrives: heads, bytes and ends, read as far as the session needs it to go on.

use alloc::vec::Vec;

use super::Session;
use super::table::{Came, Step};
use crate::http::{Request, ResponseHead, Sight};
use crate::id::{EventRef, ExchangeId};
use crate::limits::JSON_BODY_BYTES;
use crate::rpc::{Id, Kind, Message};
use crate::time::Micros;
use crate::trace::{End, Found, ItemKind, Purpose, StreamDecoder, Why, read_body};

/// A response that is still arriving.
#[derive(Debug, Default)]
pub(super) struct Reading {
    stream: Option<StreamDecoder>,
    /// A body that is no stream, up to the limit.
    body: Vec<u8>,
    too_large: bool,
    /// How many items were found in it.
    items: u32,
    /// The request, as it can be sent without permission.
    opaque: Option<Request>,
    pub(super) place: Place,
}

/// Where an event stream stands, for the request that resumes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// The id of the last event that had one; also of an earlier exchange of the same stream.
    pub(super) last_event: Option<alloc::string::String>,
    /// How long to wait before asking again, in milliseconds, as the server said.
    pub(super) retry: Option<u64>,
    /// How many exchanges in a row brought no event with an id.
    pub(super) barren: u32,
}

impl Reading {
    /// Nothing has arrived yet; `opaque` is the request as it can be sent without permission.
    pub(super) fn of(opaque: Option<Request>) -> Self {
        Self { opaque, ..Self::default() }
    }

    /// Numbers what was found, and remembers where the stream stands.
    fn note(&mut self, exchange: ExchangeId, found: Vec<Found>) -> Vec<(EventRef, Found)> {
        let mut numbered = Vec::new();
        for item in found {
            match &item.what {
                ItemKind::Event { id: Some(id), .. } | ItemKind::Dataless { id: Some(id) } => {
                    self.place.last_event = Some(id.clone()).filter(|id| !id.is_empty());
                    self.place.barren = 0;
                }
                ItemKind::Retry(millis) => self.place.retry = Some(*millis),
                _ => {}
            }
            numbered.push((EventRef::item(exchange, self.items), item));
            self.items += 1;
        }
        numbered
    }

    fn finish(&mut self, exchange: ExchangeId) -> Vec<(EventRef, Found)> {
        let mut found = Vec::new();
        match self.stream.take() {
            Some(stream) => stream.finish(&mut |item| found.push(item)),
            None if self.too_large => {}
            None => found.extend(read_body(&self.body)),
        }
        self.note(exchange, found)
    }
}

impl Session {
    pub(super) fn reading_mut(&mut self, exchange: ExchangeId) -> Option<&mut Reading> {
        self.reading.iter_mut().find(|(id, _)| *id == exchange).map(|(_, reading)| reading)
    }

    pub(super) fn done_reading(&mut self, exchange: ExchangeId) -> Option<Reading> {
        let at = self.reading.iter().position(|(id, _)| *id == exchange)?;
        Some(self.reading.remove(at).1)
    }

    pub(super) fn response(&mut self, now: Micros, exchange: ExchangeId, head: &ResponseHead) {
        self.answered |= head.sight != Sight::Opaque;
        self.note_head(exchange, head);
        let aside = self.is_searching_on(exchange);
        let Some(reading) = self.reading_mut(exchange) else { return };
        reading.stream = (head.is_event_stream() && !aside).then(StreamDecoder::default);
        for waiting in self.waiting.iter_mut().filter(|waiting| waiting.exchange == exchange || waiting.on == exchange) {
            waiting.status = head.status;
        }
        let Some(step) = self.waiting.iter().find(|waiting| waiting.exchange == exchange).map(|waiting| waiting.step) else {
            return;
        };
        if step == Step::Initialize && head.is_success() && self.link.stream.is_none() {
            self.link.session = head.headers.get("mcp-session-id").map(Into::into);
        }
        if step == Step::StartOver && head.is_success() {
            self.link.fresh = head.headers.get("mcp-session-id").map(Into::into);
        }
        let announced = head.headers.get("content-length").and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
        if step == Step::Probe {
            self.probe_response(now, exchange, head);
        } else if step.purpose() == Purpose::Reach {
            self.abort(now, exchange, Why::Done);
            self.settle(now, exchange, Came::Good);
        } else if announced > JSON_BODY_BYTES && !head.is_event_stream() {
            self.abort(now, exchange, Why::TooLarge);
            self.settle(now, exchange, Came::Refused);
        } else if matches!(step, Step::Initialized | Step::StartedOver | Step::EndSession | Step::ProbeEnd) && head.is_success() {
            self.settle(now, exchange, Came::Good);
        }
    }

    pub(super) fn read(&mut self, exchange: ExchangeId, bytes: &[u8]) -> Vec<(EventRef, Found)> {
        let awaited = self.waiting.iter().any(|waiting| waiting.on == exchange || waiting.exchange == exchange);
        let awaited = awaited || self.is_searching_on(exchange);
        let Some(reading) = self.reading_mut(exchange) else { return Vec::new() };
        let mut found = Vec::new();
        if let Some(stream) = &mut reading.stream {
            stream.feed(bytes, &mut |item| found.push(item));
        } else if !awaited {
            // What came for nobody is in the trace; holding it here as well would let a server fill the memory.
        } else if reading.body.len() + bytes.len() <= JSON_BODY_BYTES {
            reading.body.extend_from_slice(bytes);
        } else {
            reading.too_large = true;
            reading.body = Vec::new();
        }
        reading.note(exchange, found)
    }

    pub(super) fn found(&mut self, now: Micros, at: EventRef, found: &Found) {
        if matches!(&found.what, ItemKind::Event { kind, .. } if kind == "endpoint") && self.link.stream == Some(at.exchange) {
            self.endpoint(now, &found.text);
        }
        for (n, message) in found.messages.iter().enumerate() {
            let text = found.text_of(n);
            match &message.kind {
                Kind::Request { id, method } => self.asked(now, at, id, method),
                Kind::Notification { method } => self.notified(now, method, &text),
                _ => self.answered(now, at, message, &text),
            }
        }
    }

    /// An answer belongs to the request with its id, on whichever stream it comes.
    fn answered(&mut self, now: Micros, at: EventRef, message: &Message, text: &str) {
        let Some(id) = message.answers() else { return };
        let awaits = |id: &Id| self.waiting.iter().position(|waiting| waiting.id.as_ref() == Some(id));
        let Some(slot) = awaits(id).or_else(|| awaits(&id.spelled()?)) else { return };
        let waiting = self.waiting.remove(slot);
        let came = match waiting.call.clone() {
            Some(call) => self.take_call(now, at, &waiting, call, message, text),
            None => self.take_answer(&waiting, message, text),
        };
        self.came(now, &waiting, came);
    }

    /// Takes what an exchange waited for off the list, and goes on.
    pub(super) fn settle(&mut self, now: Micros, exchange: ExchangeId, came: Came) {
        if let Some(slot) = self.waiting.iter().position(|waiting| waiting.exchange == exchange) {
            let waiting = self.waiting.remove(slot);
            self.came(now, &waiting, came);
        }
    }

    pub(super) fn end(&mut self, now: Micros, exchange: ExchangeId, end: &End) {
        let Some(mut reading) = self.done_reading(exchange) else { return };
        if matches!(end, End::Failed(_)) {
            self.blocked = reading.opaque.take().or(self.blocked.take());
        }
        // Only what was an event stream has a rest to ask for.
        let place = reading.stream.is_some().then(|| reading.place.clone());
        let found = reading.finish(exchange);
        if self.is_searching_on(exchange) {
            return self.search_ended(now, end, found.first().map(|(_, found)| found));
        }
        found.iter().for_each(|(at, item)| self.found(now, *at, item));
        if self.link.stream == Some(exchange) {
            return self.stream_ended(now, exchange, end);
        }
        let listened = self.listening.as_ref().is_some_and(|listening| listening.on == exchange);
        let Some(waiting) = self.waiting.iter().find(|waiting| waiting.on == exchange || waiting.exchange == exchange) else {
            if listened && !self.resume_later(now, exchange, place, end) {
                self.listening = None;
            }
            return;
        };
        let accepted = (200..300).contains(&waiting.status) && *end == End::Complete;
        if waiting.on != exchange && accepted {
            // HTTP+SSE: the answer comes on the stream.
            return;
        }
        let error = found.iter().flat_map(|(_, item)| &item.messages).find_map(Message::error);
        let came = match end {
            End::Failed(_) => Came::Opaque,
            End::Complete | End::Cut(_) | End::Aborted => {
                self.refusal(waiting, error, found.first().map_or("", |(_, item)| &item.text))
            }
        };
        let asked = waiting.exchange;
        if !self.resume_later(now, exchange, place, end) {
            self.settle(now, asked, came);
        }
    }
}
