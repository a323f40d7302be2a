//! What is known of a server whose answer the browser does not show: whether anything answers there, and who keeps it back.

use super::facts::Facts;
use super::failure::Failure;
use crate::http::{Method, Mode, Scheme, Url};
use crate::id::EventRef;
use crate::trace::{End, Exchange, Permission, Purpose};

/// What came of the requests that follow an opaque failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The same request was answered when it needed no permission: the browser keeps the answer from the page.
    Answered,
    /// Something is there, and the browser keeps every request to it: it tells that it may not show an answer, and nothing more.
    Kept,
    /// Other requests are answered, and this one is not, whether or not it needs permission: the server drops it.
    Dropped,
    /// Nothing was answered.
    Nothing,
}

/// How far from the network at large an address is (Local Network Access, §2.1, IP address space).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    Public,
    Private,
    Loopback,
}

impl Space {
    fn of(url: &Url) -> Self {
        match url {
            url if url.is_loopback() => Self::Loopback,
            url if url.is_private() => Self::Private,
            _ => Self::Public,
        }
    }
}

impl<'a> Facts<'a> {
    /// What came of the requests that were sent after an opaque failure, and where that shows: those of the session itself, the probe
    /// for it, or where another way in was tried instead, a later request that could be read. `None` when nothing came back yet.
    pub fn reach(&self, failure: &Failure<'_>) -> Option<(Reach, EventRef)> {
        let failed = failure.exchange;
        let sent = || self.probes(Purpose::Reach, "reachability", failed.id).filter(|probe| outcome(probe).is_some());
        let answered = |probe: &&Exchange| outcome(probe).is_some_and(|(answered, _)| answered);
        let of = |reach, probe: &Exchange| outcome(probe).map(|(_, at)| (reach, at));
        let opaque = || sent().filter(|probe| probe.request.mode == Mode::Opaque);
        let alike = || opaque().filter(|probe| probe.request.method == failed.request.method);
        let other = || opaque().filter(|probe| probe.request.method != failed.request.method);
        let events = || sent().filter(|probe| probe.request.mode == Mode::Events);
        if let Some(probe) = alike().find(answered) {
            return of(Reach::Answered, probe);
        }
        // A GET says nothing of a POST that was not repeated.
        if let Some(probe) = other().find(answered) {
            return of(if alike().next().is_some() { Reach::Dropped } else { Reach::Answered }, probe);
        }
        if let Some(probe) = events().find(answered) {
            // Only an opaque GET that fails as well tells it from a server that drops other requests.
            let kept = opaque().any(|probe| probe.request.method == Method::Get);
            return of(Reach::Kept, probe).filter(|_| kept);
        }
        if let Some(probe) = sent().last() {
            return of(Reach::Nothing, probe);
        }
        let mut readable = self.readable(failed).filter(|_| failed.fallback);
        let later = readable.find(|other| other.id > failed.id)?;
        Some((Reach::Answered, EventRef::response(later.id)))
    }

    /// Whether the request that failed was answered in the same form, without permission.
    pub fn was_repeated(&self, failure: &Failure<'_>) -> bool {
        let same = |probe: &Exchange| {
            let (sent, failed) = (&probe.request, &failure.exchange.request);
            sent.mode == Mode::Opaque && sent.method == failed.method && sent.body == failed.body && probe.response.is_some()
        };
        self.probes(Purpose::Reach, "reachability", failure.exchange.id).any(same)
    }

    /// Whether it is known that an address does not answer events either: nothing is there then, whatever the browser keeps.
    pub fn answers_no_events(&self, failure: &Failure<'_>) -> bool {
        let mut events = self.probes(Purpose::Reach, "reachability", failure.exchange.id);
        events.any(|probe| probe.request.mode == Mode::Events && probe.response.is_none() && probe.end.is_some())
    }

    /// Whether the page is https and the address plain http to another machine: the browser sends nothing then (Mixed Content, W3C).
    /// Browsers that ask for a permission to reach private addresses do without this rule there (Local Network Access, §3.3).
    pub fn is_mixed_content(&self) -> bool {
        let about = &self.trace.about;
        let secure_page = about.page.as_ref().is_some_and(|page| page.starts_with("https://"));
        let exempt = about.server.is_private() && about.local_network != Permission::Unknown;
        secure_page && about.server.scheme() == Scheme::Http && !about.server.is_loopback() && !exempt
    }

    /// Whether the page asks an address that is nearer to this computer than its own, for which browsers want a permission (Local
    /// Network Access, §2.2).
    pub fn asks_nearer(&self) -> bool {
        let about = &self.trace.about;
        let page = about.page.as_ref().and_then(|page| Url::parse(page).ok());
        page.is_some_and(|page| Space::of(&page) < Space::of(&about.server))
    }
}

/// Whether a request that shows nothing was answered, and where that shows. One that is held open for long has found somebody.
fn outcome(probe: &Exchange) -> Option<(bool, EventRef)> {
    match (&probe.response, &probe.end) {
        (Some(_), _) => Some((true, EventRef::response(probe.id))),
        (None, Some((_, End::Failed(_)))) => Some((false, EventRef::end(probe.id))),
        (None, _) if probe.aborted.is_some() => Some((true, EventRef::end(probe.id))),
        _ => None,
    }
}
