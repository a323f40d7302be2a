//! What time brings: limits that run out, streams to ask for again, pauses that end, rounds that are due.

use alloc::vec::Vec;

use super::waiting::Waiting;
use super::{Output, Session};
use crate::id::ExchangeId;
use crate::limits::LINGER;
use crate::time::Micros;
use crate::trace::{What, Why};

impl Session {
    pub(super) fn tick(&mut self, now: Micros) {
        let late = |waiting: &&Waiting| waiting.deadline <= now && !self.is_held(waiting);
        let timed_out: Vec<ExchangeId> = self.waiting.iter().filter(late).map(|waiting| waiting.exchange).collect();
        // While probes are tried, nothing else is sent.
        let resume = self.probing.is_none() && self.resumes.iter().any(|resume| resume.at <= now);
        let paused = self.pause_ends().is_some_and(|at| at <= now);
        let round = self.round_due().is_some_and(|at| at <= now);
        let lingered = self.linger_until.is_some_and(|at| at <= now) && self.waiting.is_empty();
        let search = self.search.as_ref().is_some_and(|search| search.deadline <= now);
        if timed_out.is_empty() && !resume && !paused && !round && !lingered && !search {
            return;
        }
        self.record(now, What::Tick);
        timed_out.into_iter().for_each(|exchange| self.timed_out(now, exchange));
        // First, so that nothing is given up that is only sent now.
        if lingered {
            self.linger_until = None;
            self.abort_leftovers(now);
        }
        if search {
            self.give_search_up(now, Why::TimedOut);
        }
        if resume {
            self.resume_due(now);
        }
        if paused {
            self.go_on_probing(now);
        }
        if round {
            self.next_round(now);
        }
    }

    /// Called when nothing follows what has just come out.
    pub(super) fn rest(&mut self, now: Micros) {
        if self.probing.is_some() {
            return self.go_on_probing(now);
        }
        self.begin_watching(now);
        self.linger_until = Some(now.saturating_add(Micros(LINGER)));
        self.list_what_changed(now);
    }

    pub(super) fn set_wake(&mut self) {
        let resumes = self.resumes.iter().filter(|_| self.probing.is_none()).map(|resume| resume.at);
        let linger = self.linger_until.filter(|_| self.waiting.is_empty() && self.leftovers().next().is_some());
        let deadlines = self.waiting.iter().filter(|waiting| !self.is_held(waiting)).map(|waiting| waiting.deadline);
        let search = self.search.as_ref().map(|search| search.deadline);
        let wake_at = deadlines.chain(resumes).chain(linger).chain(self.pause_ends()).chain(self.round_due()).chain(search).min();
        if wake_at != self.wake_at {
            self.wake_at = wake_at;
            self.outputs.push_back(Output::WakeAt(wake_at));
        }
    }
}
