//! Trying probes: one after the other, each step a request like any other, under a limit that no answer can lift.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::experiment::{Handshake, Probing, UnderWay};
use super::table::{Came, Step};
use super::waiting::Waiting;
use super::{Session, requests};
use crate::http::{Method, ResponseHead};
use crate::id::ExchangeId;
use crate::limits::PROBE_TIMEOUT;
use crate::mcp::{Ask as Chosen, Transport};
use crate::probe::{self, Ask, Id as SessionId, Setting};
use crate::rpc::Id;
use crate::time::Micros;
use crate::trace::{What, Why};

impl Session {
    /// Tries one probe, in the conversation that is open or in one of its own.
    pub(super) fn try_probe(&mut self, now: Micros, slug: &str) {
        let Some(probe) = probe::by_slug(slug) else { return };
        let needed = probe.wants_conversation(&self.probe_setting());
        self.begin_probing(now, Probing::new([probe], false), needed);
    }

    /// Tries every probe.
    pub(super) fn check_up(&mut self, now: Micros) {
        self.begin_probing(now, Probing::new(probe::all().iter().copied(), true), true);
    }

    fn begin_probing(&mut self, now: Micros, mut probing: Probing, needs_conversation: bool) {
        self.linger_until = None;
        let handshake = needs_conversation && !self.probe_setting().open;
        if handshake {
            probing.handshake = Handshake::UnderWay;
        }
        self.probing = Some(probing);
        if handshake { self.run(now) } else { self.go_on_probing(now) }
    }

    /// What is known now.
    pub(super) fn probe_setting(&self) -> Setting {
        let chosen = match self.about.ask {
            Chosen::Only(revision) => Some(revision),
            Chosen::Auto => None,
        };
        let chosen_sse = self.link.revision.is_none() && chosen.is_some_and(|it| it.transport() == Transport::HttpSse);
        let probing = self.probing.as_ref();
        Setting {
            revision: self.link.revision.or(chosen),
            over_sse: self.link.stream.is_some() || chosen_sse,
            open: self.link.is_open(),
            session: self.link.session.is_some(),
            token: self.about.token.is_some(),
            answered: self.answered,
            path: self.about.server.with_other_slash().is_some(),
            fresh: probing.is_some_and(|probing| probing.handshake == Handshake::Tried),
            checkup: probing.is_some_and(|probing| probing.checkup),
        }
    }

    /// When the pause before the next step ends.
    pub(super) fn pause_ends(&self) -> Option<Micros> {
        self.probing.as_ref()?.now.as_ref()?.pause_ends
    }

    /// Goes on with the next step, or the next probe, or to the end.
    pub(super) fn go_on_probing(&mut self, now: Micros) {
        if let Some(probing) = self.probing.as_mut().filter(|probing| probing.handshake == Handshake::UnderWay) {
            probing.handshake = Handshake::Tried;
        }
        while self.waiting.is_empty() && self.probing.is_some() {
            let Some(under_way) = self.under_way() else {
                self.next_probe(now);
                continue;
            };
            if under_way.pause_ends.is_some_and(|at| at > now) {
                return;
            }
            if !self.send_step(now) && !self.end_one_probed(now) {
                self.close_probe();
            }
        }
    }

    fn under_way(&mut self) -> Option<&mut UnderWay> {
        self.probing.as_mut()?.now.as_mut()
    }

    /// Takes up the next probe, or records why it is left out. Without one, the probing is over.
    fn next_probe(&mut self, now: Micros) {
        let setting = self.probe_setting();
        let Some(probing) = &mut self.probing else { return };
        let left_out = probe::applies_within(probing.left, &setting, probing.queue.make_contiguous());
        let Some(probe) = probing.queue.pop_front() else {
            self.probing = None;
            return self.rest(now);
        };
        if left_out.is_ok() {
            probing.now = Some(UnderWay::new(probe, setting.open));
        }
        self.record(now, What::Probe(probe.slug.to_owned(), left_out.err()));
    }

    /// Sends the next step, with those that go at once with it; or begins the pause before it. False when there is none, or it
    /// cannot be sent: it is in a session that an earlier step was not given.
    fn send_step(&mut self, now: Micros) -> bool {
        let (mut sent, open) = (false, self.link.is_open());
        while let Some(under_way) = self.under_way() {
            let Some(step) = under_way.probe.steps.get(under_way.sent).filter(|step| !sent || step.at_once) else { break };
            if step.pause > Micros::ZERO && under_way.pause_ends.is_none() {
                under_way.pause_ends = Some(now.saturating_add(step.pause));
                return true;
            }
            // What was planned for an open conversation would open one now.
            if step.ask == Ask::Light && under_way.was_open && !open {
                break;
            }
            let session = match step.session {
                SessionId::Of(n) => match under_way.issued.get(n).cloned().flatten() {
                    Some(id) => Some(id),
                    None => break,
                },
                SessionId::Forged => Some(probe::FORGED_ID.to_owned()),
                SessionId::Left => None,
                SessionId::InUse => self.link.session.clone(),
            };
            self.send_probe(now, step, session);
            sent = true;
        }
        sent
    }

    fn send_probe(&mut self, now: Micros, step: &'static probe::Step, session: Option<String>) {
        let id = self.next_id();
        let discovers = !self.server.supported.is_empty();
        let request = requests::probe(&self.about, step, id, session, discovers, &self.link);
        let asks = request.method == Method::Post;
        let in_session = step.is_plain() && request.headers.has("mcp-session-id");
        let exchange = self.send(now, Step::Probe.purpose(), request);
        if let Some(under_way) = self.under_way() {
            under_way.sent += 1;
            under_way.pause_ends = None;
            under_way.exchanges.push(exchange);
            under_way.issued.push(None);
        }
        let on_stream = self.link.stream.filter(|_| asks && step.ask == Ask::Light);
        self.waiting.push(Waiting {
            step: Step::Probe,
            call: None,
            exchange,
            on: on_stream.unwrap_or(exchange),
            id: asks.then(|| Id::ours(id)),
            deadline: now.saturating_add(self.about.timeout.min(Micros(PROBE_TIMEOUT))),
            in_session,
            status: 0,
        });
    }

    /// The head of the answer to a step is there. It is all that some steps want.
    pub(super) fn probe_response(&mut self, now: Micros, exchange: ExchangeId, head: &ResponseHead) {
        let Some((n, step)) = self.under_way().and_then(|under_way| under_way.step_of(exchange)) else { return };
        let good = head.is_success();
        if let Some(id) = head.headers.get("mcp-session-id").filter(|_| good)
            && matches!(step.ask, Ask::Initialize | Ask::OtherEra | Ask::Light)
            && self.link.session.as_deref() != Some(id)
            && let Some(under_way) = self.under_way()
        {
            under_way.issued[n] = Some(id.to_owned());
            under_way.open.push(id.to_owned());
        }
        match step.ask {
            Ask::Reach | Ask::ReachEvents => {
                self.abort(now, exchange, Why::Done);
                self.settle(now, exchange, Came::Good);
            }
            // A stream that opened has shown what it was asked for; a refusal is read to its end, for what it says.
            Ask::Stream | Ask::Light if good && head.is_event_stream() && !self.awaits_message(exchange) => {
                self.abort(now, exchange, Why::Done);
                self.settle(now, exchange, Came::Good);
            }
            Ask::End if good => self.settle(now, exchange, Came::Good),
            _ => {}
        }
    }

    /// Whether a request has an id, so that a message answers it.
    fn awaits_message(&self, exchange: ExchangeId) -> bool {
        self.waiting.iter().any(|waiting| waiting.exchange == exchange && waiting.id.is_some())
    }

    /// A step, or the end of a session, came out in some way.
    pub(super) fn probe_came(&mut self, now: Micros, waiting: &Waiting, came: Came) {
        let gone = came == Came::Wordless && matches!(waiting.status, 404 | 410);
        if waiting.in_session && (came == Came::SessionRefused || gone) {
            self.link.session = None;
            self.link.lost = true;
        }
        self.abort_unless_stream(now, waiting.exchange);
        if let Some(under_way) = self.under_way()
            && let Some((_, step)) = under_way.step_of(waiting.exchange)
            && step.ask == Ask::End
            && let SessionId::Of(of) = step.session
            && let Some(id) = under_way.issued.get(of).cloned().flatten()
        {
            // It was asked for, whatever came of it.
            under_way.open.retain(|open| *open != id);
        }
        if self.waiting.is_empty() {
            self.go_on_probing(now);
        }
    }

    /// What a step left open is of no more use, but for the stream of HTTP+SSE.
    fn abort_unless_stream(&mut self, now: Micros, exchange: ExchangeId) {
        if self.link.stream != Some(exchange) {
            self.abort(now, exchange, Why::Done);
        }
    }

    /// Ends one of the sessions that the probe opened; false when there is none.
    fn end_one_probed(&mut self, now: Micros) -> bool {
        let Some(id) = self.under_way().and_then(|under_way| under_way.open.pop()) else { return false };
        let exchange = self.send_end(now, id);
        self.waiting.push(Waiting {
            step: Step::ProbeEnd,
            call: None,
            exchange,
            on: exchange,
            id: None,
            deadline: now.saturating_add(self.about.timeout.min(Micros(PROBE_TIMEOUT))),
            in_session: false,
            status: 0,
        });
        true
    }

    fn send_end(&mut self, now: Micros, id: String) -> ExchangeId {
        let request = requests::end_of(&self.about, id, &self.link);
        self.send(now, Step::ProbeEnd.purpose(), request)
    }

    fn close_probe(&mut self) {
        if let Some(probing) = &mut self.probing {
            probing.now = None;
        }
    }

    /// The probing was stopped: the sessions that are still open are ended, and nobody waits for what comes of it.
    pub(super) fn end_probed(&mut self, now: Micros, left: Probing) {
        let open: Vec<String> = left.now.into_iter().flat_map(|under_way| under_way.open).collect();
        for id in open {
            self.send_end(now, id);
        }
        self.rest(now);
    }
}
