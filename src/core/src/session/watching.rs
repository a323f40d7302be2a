//! Watching: something light is asked again and again, until the session no longer answers and it is known why.

use super::table::{Came, Step};
use super::waiting::Waiting;
use super::{Session, requests};
use crate::limits::{WATCH_EVERY_MIN, WATCH_FAILURES, WATCH_ROUNDS};
use crate::rpc::Id;
use crate::time::Micros;

/// What is asked again and again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watching {
    every: Micros,
    /// When the next round is due; `None` as long as the conversation is being opened.
    next: Option<Micros>,
    rounds: u32,
    /// How many rounds in a row brought nothing.
    failures: u32,
}

impl Session {
    /// Watches the conversation; opens one first where there is none. Who watches already changes the interval.
    pub(super) fn watch(&mut self, now: Micros, every: Micros) {
        let every = every.max(Micros(WATCH_EVERY_MIN));
        let (rounds, failures) = self.watching.map_or((0, 0), |watching| (watching.rounds, watching.failures));
        let open = self.link.is_open();
        let opens = !open && !self.is_running();
        if opens {
            self.run(now);
        }
        self.watching = Some(Watching { every, next: open.then_some(now), rounds, failures });
        if open {
            self.next_round(now);
        }
    }

    /// Watches no more.
    pub(super) fn unwatch(&mut self, now: Micros) {
        self.forget_watching();
        if let Some(waiting) = self.waiting.iter().position(|waiting| waiting.step == Step::Watch) {
            let waiting = self.waiting.remove(waiting);
            self.abort(now, waiting.exchange, crate::trace::Why::Done);
        }
    }

    pub(super) const fn forget_watching(&mut self) {
        self.watching = None;
    }

    /// The conversation came about, or did not: watching begins, or is given up.
    pub(super) fn begin_watching(&mut self, now: Micros) {
        let open = self.link.is_open();
        self.watching = self.watching.filter(|watching| open || watching.next.is_some()).map(|watching| {
            let next = watching.next.or(Some(now.saturating_add(watching.every)));
            Watching { next, ..watching }
        });
    }

    /// When the next round is due.
    pub(super) fn round_due(&self) -> Option<Micros> {
        self.watching?.next
    }

    /// Asks once more, if nothing else is under way. A round that was missed, because something was or because the page slept, is
    /// not made up for.
    pub(super) fn next_round(&mut self, now: Micros) {
        let busy = !self.waiting.is_empty() || self.is_running();
        let Some(watching) = &mut self.watching else { return };
        watching.next = Some(now.saturating_add(watching.every));
        if busy {
            return;
        }
        if !self.link.is_open() || watching.rounds >= WATCH_ROUNDS {
            return self.forget_watching();
        }
        watching.rounds += 1;
        let id = self.next_id();
        let request = requests::light(&self.about, id, !self.server.supported.is_empty(), &self.link);
        let in_session = request.headers.has("mcp-session-id");
        let exchange = self.send(now, Step::Watch.purpose(), request);
        self.waiting.push(Waiting {
            step: Step::Watch,
            call: None,
            exchange,
            on: self.link.stream.unwrap_or(exchange),
            id: Some(Id::ours(id)),
            deadline: now.saturating_add(self.about.timeout),
            in_session,
            status: 0,
        });
    }

    /// What came of a round. A server that is down may come back, and is asked again; what it refuses itself ends the watch. True
    /// when nothing is to follow: that nothing answers is looked into once.
    pub(super) fn round_came(&mut self, waiting: &Waiting, came: Came) -> bool {
        let Some(watching) = &mut self.watching else { return false };
        if came == Came::Good {
            watching.failures = 0;
            return false;
        }
        watching.failures += 1;
        let again = watching.failures > 1 && came == Came::Opaque;
        let down = matches!(came, Came::Opaque | Came::Silent) || matches!(waiting.status, 408 | 429 | 500..);
        if !down || watching.failures >= WATCH_FAILURES {
            self.forget_watching();
        }
        again
    }
}
