//! Event streams that are kept open: the one of HTTP+SSE, the one the server speaks on unasked, and those that are resumed.

use alloc::string::String;
use alloc::vec::Vec;

use super::Session;
use super::reading::Place;
use super::requests::{self, Link};
use super::table::{Came, Step};
use crate::http::Method;
use crate::id::ExchangeId;
use crate::limits::{RESUME_WAIT, RESUME_WAIT_MIN, RESUMES, RESUMES_BARREN};
use crate::mcp::{self, Era, Revision};
use crate::time::Micros;
use crate::trace::{End, Purpose, Why};

/// The stream on which the server speaks unasked.
#[derive(Debug)]
pub(super) struct Listening {
    /// The exchange that carries it now.
    pub(super) on: ExchangeId,
}

/// An event stream that ended early and will be asked for again.
#[derive(Debug)]
pub(super) struct Resume {
    pub(super) at: Micros,
    /// The exchange that ended.
    ended: ExchangeId,
    place: Place,
}

impl Session {
    /// The first event of HTTP+SSE: where messages go (2024-11-05, transports). Another origin than the stream's would be
    /// sent the token of this one.
    pub(super) fn endpoint(&mut self, now: Micros, text: &str) {
        let Some(stream) = self.link.stream.filter(|_| self.link.endpoint.is_none()) else { return };
        let endpoint = self.about.server.join_within(text);
        let came = if endpoint.is_some() { Came::Good } else { Came::Refused };
        self.link.endpoint = endpoint;
        self.settle(now, stream, came);
    }

    /// The stream of HTTP+SSE ended, and its session with it: nothing that was asked can be answered any more.
    pub(super) fn stream_ended(&mut self, now: Micros, stream: ExchangeId, end: &End) {
        self.link = Link::default();
        let (orphans, others): (Vec<_>, Vec<_>) = self.waiting.drain(..).partition(|waiting| waiting.on == stream);
        self.waiting = others;
        for waiting in orphans {
            let came = match end {
                End::Failed(_) if waiting.step == Step::Endpoint => Came::Opaque,
                _ => Came::Refused,
            };
            self.came(now, &waiting, came);
        }
    }

    /// The conversation did not come about: what was opened for it is closed.
    pub(super) fn hang_up(&mut self, now: Micros) {
        if let Some(stream) = self.link.stream {
            self.abort(now, stream, Why::Done);
        }
        self.link = Link::default();
    }

    /// Opens the stream on which the server speaks unasked: GET, or `subscriptions/listen` (2026-07-28). HTTP+SSE has it open.
    pub(super) fn listen(&mut self, now: Micros) {
        if self.link.stream.is_some() {
            return;
        }
        let request = match self.link.era() {
            Era::Handshake => requests::get(&self.about, Method::Get, None, &self.link),
            Era::Stateless => {
                let id = self.next_id();
                let params = mcp::listen_params(&self.server, &self.subscribed);
                requests::ask(&self.about, id, "subscriptions/listen", &params, None, &self.link)
            }
        };
        let on = self.send(now, Purpose::Listen, request);
        self.listening = Some(Listening { on });
    }

    /// In the stateless era there is no request to subscribe to a resource: the stream is opened for the ones wanted
    /// (2026-07-28, subscriptions).
    pub(super) fn subscribe(&mut self, now: Micros, uri: String, wanted: bool) {
        self.subscribed.retain(|subscribed| *subscribed != uri);
        if wanted {
            self.subscribed.push(uri);
        }
        // Who does not listen need not begin to, to hear less.
        if wanted || self.is_listening() {
            self.close_listening(now);
            self.listen(now);
        }
    }

    /// Closes the stream, and with it the subscriptions of the stateless era.
    pub(super) fn unlisten(&mut self, now: Micros) {
        self.subscribed.clear();
        self.close_listening(now);
    }

    fn close_listening(&mut self, now: Micros) {
        if let Some(listening) = self.listening.take() {
            self.resumes.retain(|resume| resume.ended != listening.on);
            self.abort(now, listening.on, Why::Done);
        }
    }

    /// Ends the session: DELETE; with HTTP+SSE, closing the stream does it.
    pub(super) fn end_session(&mut self, now: Micros) {
        self.watching = None;
        self.unlisten(now);
        if self.link.stream.is_some() {
            return self.hang_up(now);
        }
        self.begin(now, Step::EndSession);
        self.link = Link::default();
    }

    /// Plans to ask for the rest of a stream that ended without the answer, if its events had ids (2025-03-26 to 2025-11-25,
    /// transports, resumability). False when that is not possible.
    pub(super) fn resume_later(&mut self, now: Micros, ended: ExchangeId, place: Option<Place>, end: &End) -> bool {
        let Some(mut place) = place else { return false };
        let in_era = self.link.revision.is_none_or(Revision::has_sessions);
        let broke = matches!(end, End::Complete | End::Cut(_));
        let probed = self.probing.is_some() && self.waiting.iter().any(|waiting| waiting.on == ended);
        if !in_era || !broke || probed || place.last_event.is_none() || place.barren >= RESUMES_BARREN || self.resumed >= RESUMES
        {
            return false;
        }
        self.resumed += 1;
        place.barren += 1;
        let wait = place.retry.map_or(RESUME_WAIT, |millis| millis.saturating_mul(1_000)).max(RESUME_WAIT_MIN);
        self.resumes.push(Resume { at: now.saturating_add(Micros(wait)), ended, place });
        true
    }

    /// Resumes what is due.
    pub(super) fn resume_due(&mut self, now: Micros) {
        let (due, later): (Vec<_>, Vec<_>) = self.resumes.drain(..).partition(|resume| resume.at <= now);
        self.resumes = later;
        for Resume { ended, place, .. } in due {
            let last: Option<String> = place.last_event.clone();
            let request = requests::get(&self.about, Method::Get, last.as_deref(), &self.link);
            let on = self.send(now, Purpose::Resume, request);
            if let Some(reading) = self.reading_mut(on) {
                reading.place = place;
            }
            self.waiting.iter_mut().filter(|waiting| waiting.on == ended).for_each(|waiting| waiting.on = on);
            if let Some(listening) = self.listening.as_mut().filter(|listening| listening.on == ended) {
                listening.on = on;
            }
        }
    }

    /// Drops the plan to resume a stream that nobody needs any more.
    pub(super) fn forget_resume(&mut self, ended: ExchangeId) {
        self.resumes.retain(|resume| resume.ended != ended);
    }
}
