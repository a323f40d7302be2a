//! Giving up: one exchange, everything that is under way, or what is left when nothing more is wanted.

use alloc::vec::Vec;

use super::questions::Question;
use super::requests::Link;
use super::{Output, Session};
use crate::id::ExchangeId;
use crate::time::Micros;
use crate::trace::{What, Why};

impl Session {
    pub(super) fn abort(&mut self, now: Micros, exchange: ExchangeId, why: Why) {
        // Nobody waits any more for the answers to what was asked there.
        self.questions.retain(|question| !matches!(question, Question::Request { at, .. } if at.exchange == exchange));
        if self.done_reading(exchange).is_some() {
            self.record(now, What::Abort(exchange, why));
            self.outputs.push_back(Output::Abort(exchange));
        }
    }

    /// Gives up whatever is under way. Sessions that a probe opened are ended all the same.
    pub(super) fn stop(&mut self, now: Micros) {
        let left = self.probing.take();
        self.watching = None;
        self.abort_all(now, Why::Stopped);
        left.into_iter().for_each(|left| self.end_probed(now, left));
    }

    pub(super) fn abort_all(&mut self, now: Micros, why: Why) {
        for waiting in core::mem::take(&mut self.waiting) {
            // What is answered on another stream than its own is over itself; the trace says of it too that it was given up.
            if self.reading_mut(waiting.exchange).is_none() {
                self.record(now, What::Abort(waiting.exchange, why));
            }
        }
        self.resumes.clear();
        self.questions.clear();
        self.changed.clear();
        self.search = None;
        self.listening = None;
        let open: Vec<ExchangeId> = self.reading.iter().map(|(exchange, _)| *exchange).collect();
        open.into_iter().for_each(|exchange| self.abort(now, exchange, why));
        if self.link.stream.is_some() {
            // With its stream the session of HTTP+SSE is gone.
            self.link = Link::default();
        }
    }

    /// What is still open and not kept open on purpose, as the streams of HTTP+SSE and of [`Command::Listen`] are.
    pub(super) fn leftovers(&self) -> impl Iterator<Item = ExchangeId> {
        let listening = self.listening.as_ref().map(|listening| listening.on);
        let kept = [self.link.stream, listening, self.search.as_ref().map(|search| search.on)];
        self.reading.iter().map(|(id, _)| *id).filter(move |id| !kept.contains(&Some(*id)))
    }

    pub(super) fn abort_leftovers(&mut self, now: Micros) {
        let open: Vec<ExchangeId> = self.leftovers().collect();
        open.into_iter().for_each(|exchange| self.abort(now, exchange, Why::Done));
    }
}
