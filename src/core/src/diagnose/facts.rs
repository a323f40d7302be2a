//! What the causes ask of a trace: which exchanges failed, how, and what the server said about it.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::failure::Failure;
use super::streams;
use super::{Cause, Certainty, Finding};
use crate::economy::Economy;
use crate::http::{ResponseHead, Sight, Url};
use crate::id::{EventRef, ExchangeId};
use crate::mcp::Era;
use crate::probe::{self, Came};
use crate::time::{Micros, Wall};
use crate::trace::{End, Exchange, Purpose, TokenFacts, Trace};

/// A trace, and the exchanges of it that failed.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The trace.
    pub trace: &'a Trace,
    economy: OnceCell<Economy>,
    // What every failure asks for is gathered once: a storm has thousands of them.
    asides: Vec<&'a Exchange>,
    initialized: Vec<&'a Exchange>,
    worked: Vec<(&'a Url, ExchangeId)>,
    readable: Vec<(String, Vec<&'a Exchange>)>,
    good: bool,
    /// What failed, in order. Not among them is what says nothing bad: probes, the end of a session, which a server may refuse,
    /// and ways in that were only tried.
    pub failures: Vec<Failure<'a>>,
}

/// How `initialize` without the refused session id came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fresh {
    /// A new session was opened: only the old id was wrong.
    Accepted,
    /// It was refused with the same status: then it is not about the session.
    RefusedAlike,
    /// It failed in another way, which says nothing about the session.
    FailedOtherwise,
}

impl<'a> Facts<'a> {
    /// The facts of a trace.
    pub fn of(trace: &'a Trace) -> Self {
        let under_way = |exchange: &Exchange| is_under_way(trace, exchange);
        let over = trace.exchanges().iter().filter(|exchange| !under_way(exchange));
        let failures: Vec<Failure<'_>> = over.filter_map(|exchange| Failure::of(trace, exchange)).collect();
        let lost =
            || trace.speaks_unknown_revision() || trace.stuck_between_eras().or_else(|| trace.discovers_nothing()).is_some();
        let all = || trace.exchanges().iter();
        Self {
            trace,
            economy: OnceCell::new(),
            asides: all().filter(|exchange| exchange.purpose.is_probe()).collect(),
            initialized: all().filter(|exchange| exchange.method() == Some("initialize") && exchange.succeeded()).collect(),
            worked: worked(trace),
            readable: readable(trace),
            good: failures.is_empty() && !lost(),
            failures,
        }
    }

    /// What the sessions of the trace cost.
    pub fn economy(&self) -> &Economy {
        self.economy.get_or_init(|| Economy::of(self.trace))
    }

    /// What no cause has explained so far, in order.
    pub(super) fn open(&self) -> impl Iterator<Item = &Failure<'a>> {
        self.failures.iter().filter(|failure| !failure.explained.get())
    }

    /// The first failure of that kind that no cause has explained so far.
    pub fn failure(&self, wanted: impl Fn(&Failure<'a>) -> bool) -> Option<&Failure<'a>> {
        self.first(&wanted)
    }

    /// One finding for all failures of that kind, marked on the first. They are explained by it: the causes that stand lower do
    /// not see them.
    pub(super) fn finding(
        &self,
        cause: &'static Cause,
        certainty: Certainty,
        wanted: impl Fn(&Failure<'a>) -> bool,
    ) -> Option<Finding> {
        self.finding_of(cause, certainty, &wanted)
    }

    // Every cause asks these with closures of its own: what is generic only passes them on, so that the rest is there once.
    fn first(&self, wanted: &dyn Fn(&Failure<'a>) -> bool) -> Option<&Failure<'a>> {
        self.open().find(|failure| wanted(failure))
    }

    fn finding_of(&self, cause: &'static Cause, certainty: Certainty, wanted: &dyn Fn(&Failure<'a>) -> bool) -> Option<Finding> {
        let mut found: Option<Finding> = None;
        for failure in self.open().filter(|failure| wanted(failure)) {
            found = Some(match found {
                Some(found) => found.and([failure.at]),
                None => Finding::new(cause, certainty, failure.at),
            });
            failure.explained.set(true);
        }
        found
    }

    /// The failure that a finding is marked on.
    pub fn failure_of(&self, finding: &Finding) -> Option<&Failure<'a>> {
        let at = finding.at()?;
        self.failure(|failure| failure.at == at)
    }

    /// The exchange that an event is about: with HTTP+SSE, and when a stream was resumed, not always the one it came in.
    pub fn about(&self, event: EventRef) -> ExchangeId {
        streams::about(self.trace, event)
    }

    /// The exchange that a finding is marked on.
    pub fn exchange_of(&self, finding: &Finding) -> Option<&'a Exchange> {
        self.trace.exchange(self.about(finding.at()?))
    }

    /// Whether an exchange was sent to find out what is wrong.
    pub(super) fn is_probe(&self, exchange: ExchangeId) -> bool {
        self.trace.exchange(exchange).is_some_and(|exchange| exchange.purpose.is_probe())
    }

    /// The requests sent after an exchange to learn one thing: what the session sends by itself, and the steps of the probe of that
    /// slug.
    pub(super) fn probes(&self, purpose: Purpose, slug: &str, after: ExchangeId) -> impl Iterator<Item = &'a Exchange> {
        let asked =
            move |probe: &&Exchange| probe.purpose == purpose || self.trace.probe_of(probe).map(|(of, _)| of) == Some(slug);
        self.asides.iter().copied().filter(move |probe| probe.id > after).filter(asked)
    }

    /// Whether a probe was tried after what a finding is about, or did not apply there.
    pub fn was_probed(&self, slug: &str, finding: &Finding) -> bool {
        let since = self.exchange_of(finding).map_or(Micros::ZERO, |exchange| exchange.at);
        self.trace.probes().iter().any(|run| run.slug == slug && run.at >= since)
    }

    /// What came for the first step of a probe that was tried after a failure, and where that shows.
    pub fn probed(&self, slug: &str, failure: &Failure<'_>) -> Option<(Came, EventRef)> {
        self.probed_by(slug, failure, |_| true)
    }

    /// The same, where it asked for what was refused: only then does what sets it apart make the difference.
    pub fn probed_alike(&self, slug: &str, failure: &Failure<'_>) -> Option<(Came, EventRef)> {
        self.probed_by(slug, failure, |probe| probe.method() == failure.exchange.method())
    }

    fn probed_by(&self, slug: &str, failure: &Failure<'_>, counts: impl Fn(&Exchange) -> bool) -> Option<(Came, EventRef)> {
        let first = |probe: &&Exchange| self.trace.probe_of(probe) == Some((slug, 0)) && probe.id > failure.exchange.id;
        let probe = self.asides.iter().copied().rfind(|probe| first(probe) && counts(probe))?;
        let at = if probe.response.is_some() { EventRef::response(probe.id) } else { EventRef::end(probe.id) };
        Some((probe::came(probe), at)).filter(|(came, _)| *came != Came::Open)
    }

    /// How `initialize` without the session id came out after a failure; `None` when none was sent or it is not over.
    pub fn started_over(&self, failure: &Failure<'_>) -> Option<(Fresh, EventRef)> {
        let came = |probe: &Exchange| {
            let response = EventRef::response(probe.id);
            match probe.answer {
                Some(at) if probe.succeeded() => (Fresh::Accepted, at),
                _ if probe.status() == failure.exchange.status() => (Fresh::RefusedAlike, response),
                _ => (Fresh::FailedOtherwise, if probe.response.is_some() { response } else { EventRef::end(probe.id) }),
            }
        };
        let probes = self.probes(Purpose::StartOver, "initialize-without-id", failure.exchange.id);
        let over = probes.filter(|probe| probe.is_over() || probe.succeeded()).map(came);
        // One that says nothing about the session does not stand in the way of a later one that does.
        over.fold(None, |told, now| match told {
            Some((Fresh::Accepted | Fresh::RefusedAlike, _)) => told,
            _ => Some(now),
        })
    }

    /// The last `initialize` before an exchange that was answered with a result.
    pub fn initialized_before(&self, exchange: &Exchange) -> Option<&'a Exchange> {
        self.initialized.iter().copied().rfind(|other| other.id < exchange.id)
    }

    /// Whether something was answered at the same address before.
    pub fn worked_before(&self, exchange: &Exchange) -> bool {
        self.worked.iter().any(|(url, first)| *first < exchange.id && **url == exchange.request.url)
    }

    /// Whether the protocol was spoken before an exchange: by a handshake, or by any answer at the same address.
    pub fn spoke_before(&self, exchange: &Exchange) -> bool {
        self.initialized_before(exchange).is_some() || self.worked_before(exchange)
    }

    /// Whether a conversation of an era came about.
    pub fn came_about(&self, era: Era) -> bool {
        let came_about = |exchange: &Exchange| exchange.era_sent() == Some(era) && exchange.succeeded();
        self.trace.exchanges().iter().any(|exchange| came_about(exchange) && !exchange.purpose.is_probe())
    }

    /// Whether nothing has gone wrong so far, so that something may be worth saying of what went well.
    pub const fn is_good(&self) -> bool {
        self.good
    }

    /// The last exchange before this one whose response could be read, at the same origin.
    pub fn readable_before(&self, exchange: &Exchange) -> Option<&'a Exchange> {
        self.readable(exchange).rfind(|other| other.id < exchange.id)
    }

    /// The exchanges at the same origin whose response could be read, but for those that seek a token.
    pub(super) fn readable(&self, exchange: &Exchange) -> impl DoubleEndedIterator<Item = &'a Exchange> {
        let origin = exchange.request.url.origin();
        self.readable.iter().filter(move |(known, _)| *known == origin).flat_map(|(_, there)| there.iter().copied())
    }

    /// How long before a moment the token's time was over, by the clock of the computer that made the recording.
    pub fn expired_for(&self, at: Micros) -> Option<Micros> {
        let TokenFacts::Jwt(jwt) = &self.trace.about.token else { return None };
        let (now, expiry) = (self.wall(at)?, Wall::from_secs(jwt.expires?));
        (expiry < now).then(|| now.saturating_sub(expiry))
    }

    /// The wall clock at a moment of the recording, of the computer that made it.
    pub fn wall(&self, at: Micros) -> Option<Wall> {
        self.trace.about.began.map(|began| began.saturating_add(at))
    }
}

/// Each address at which something was answered well, with the first exchange of which that is so.
fn worked(trace: &Trace) -> Vec<(&Url, ExchangeId)> {
    let mut worked: Vec<(&Url, ExchangeId)> = Vec::new();
    for exchange in trace.exchanges().iter().filter(|exchange| exchange.answered_well) {
        if worked.iter().all(|(url, _)| **url != exchange.request.url) {
            worked.push((&exchange.request.url, exchange.id));
        }
    }
    worked
}

/// The exchanges whose response could be read, by origin. Servers let pages read their metadata that let them read nothing else.
fn readable(trace: &Trace) -> Vec<(String, Vec<&Exchange>)> {
    let mut readable: Vec<(String, Vec<&Exchange>)> = Vec::new();
    let read = |exchange: &&Exchange| exchange.head().is_some_and(|head| head.sight != Sight::Opaque);
    for exchange in trace.exchanges().iter().filter(read).filter(|exchange| !exchange.purpose.seeks_token()) {
        let origin = exchange.request.url.origin();
        match readable.iter_mut().find(|(known, _)| *known == origin) {
            Some((_, there)) => there.push(exchange),
            None => readable.push((origin, alloc::vec![exchange])),
        }
    }
    readable
}

/// Whether it is too early to judge an exchange: what was refused may still be made good by another way in, and what was
/// accepted may still be answered on the stream of HTTP+SSE.
fn is_under_way(trace: &Trace, exchange: &Exchange) -> bool {
    let is_way =
        |other: &Exchange| other.purpose == Purpose::Discover || other.fallback || other.era_sent() == Some(Era::Stateless);
    // Nearly all are over: that is asked first.
    let tried = |other: &Exchange| other.id > exchange.id && !other.is_over() && !other.succeeded() && is_way(other);
    let cut = matches!(exchange.end, Some((_, End::Cut(_))));
    let accepted = exchange.aborted.is_none() && !cut && exchange.head().is_some_and(ResponseHead::is_success);
    let awaits = accepted && exchange.answer.is_none();
    let awaits = awaits && streams::answers_to(trace, exchange).is_some_and(|stream| !stream.is_over());
    awaits || (exchange.purpose.opens() && trace.exchanges().iter().any(tried))
}
