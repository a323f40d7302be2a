//! The run: one step after the other, as the tables say, until the tools are listed or nothing is left to try.

use alloc::string::String;

use super::requests::Link;
use super::table::{self, Came, Step};
use super::waiting::Waiting;
use super::{Session, requests};
use crate::http::Method;
use crate::limits::{REACH_TIMEOUT, TOOLS_PAGES};
use crate::mcp::{self, Ask, Era, Revision, ServerFacts, Tool};
use crate::rpc::{Id, Kind, Message};
use crate::time::Micros;
use crate::trace::{Purpose, Why};

/// JSON-RPC 2.0 §5.1: the server does not have the method.
const METHOD_NOT_FOUND: i64 = -32601;

impl Session {
    /// Begins anew: nothing of an earlier run is sent along.
    pub(super) fn run(&mut self, now: Micros) {
        self.answered = false;
        self.forget_watching();
        self.abort_all(now, Why::Done);
        self.link = Link::default();
        self.server = ServerFacts::default();
        self.named_metadata = None;
        (self.answers, self.resumed, self.relisted) = (0, 0, 0);
        self.listed.clear();
        self.subscribed.clear();
        self.tried.clear();
        self.forget_tools();
        self.begin(now, table::first(self.about.ask));
    }

    pub(super) fn begin(&mut self, now: Micros, step: Step) {
        match step {
            Step::Initialize => self.link.revision = None,
            // Every request of that era names its revision, the first one too.
            Step::Discover => self.link.revision = Some(stateless(self.about.ask)),
            _ => {}
        }
        self.tried.push(step);
        // Only what wants an answer has an id.
        let id = if step.asks() { self.next_id() } else { 0 };
        let cursor = self.cursors.last().map(String::as_str);
        let again = self.blocked.as_ref().and_then(|blocked| requests::again(step, blocked));
        let request = again.unwrap_or_else(|| requests::step(&self.about, step, id, cursor, &self.link));
        let in_session = request.headers.has("mcp-session-id");
        let exchange = self.send(now, step.purpose(), request);
        if step == Step::Endpoint {
            self.link.stream = Some(exchange);
        }
        self.waiting.push(Waiting {
            step,
            call: None,
            exchange,
            on: self.link.stream.filter(|_| step.asks()).unwrap_or(exchange),
            id: step.asks().then(|| Id::ours(id)),
            deadline: now.saturating_add(self.patience(step)),
            in_session,
            status: 0,
        });
    }

    /// What a good or bad answer to a step means for the run.
    pub(super) fn take_answer(&mut self, waiting: &Waiting, message: &Message, text: &str) -> Came {
        if let Kind::Error { code, message, .. } = &message.kind {
            return self.refusal(waiting, Some((*code, message.as_str())), text);
        }
        match waiting.step {
            Step::Initialize => {
                self.server = mcp::read_initialize(text).unwrap_or_default();
                self.link.revision = self.server.revision().filter(|revision| revision.era() == Era::Handshake);
                match self.server.revision().map(Revision::era) {
                    Some(Era::Handshake) => Came::Good,
                    Some(Era::Stateless) => Came::Stateless,
                    // A client that does not know the server's revision should disconnect (2025-11-25, lifecycle).
                    None => Came::Refused,
                }
            }
            Step::Discover => match mcp::read_discover(text) {
                // A server of the handshake era may answer anything with an empty result.
                Some(facts) if !facts.supported.is_empty() => {
                    self.server = facts;
                    Came::Good
                }
                _ => Came::Refused,
            },
            Step::ListTools => self.take_tools(text),
            _ => Came::Good,
        }
    }

    /// Before the tools are listed, for the first time or anew.
    pub(super) fn forget_tools(&mut self) {
        self.cursors.clear();
        self.mirroring.clear();
    }

    fn take_tools(&mut self, text: &str) -> Came {
        let Some(page) = mcp::read_tools(text) else { return Came::Refused };
        if self.link.era() == Era::Stateless {
            let mirrors = |tool: &Tool| tool.raw.contains("x-mcp-header") && mcp::annotation_flaws(tool).is_empty();
            self.mirroring.extend(page.items.into_iter().filter(mirrors));
        }
        match page.next {
            Some(cursor) if self.cursors.len() + 1 < TOOLS_PAGES && !self.cursors.contains(&cursor) => {
                self.cursors.push(cursor);
                Came::More
            }
            _ => Came::Good,
        }
    }

    /// What a refusal of a step means; `error` is the code and message of its JSON-RPC error, if it is one.
    pub(super) fn refusal(&self, waiting: &Waiting, error: Option<(Option<i64>, &str)>, text: &str) -> Came {
        let opens = waiting.step.purpose().opens() && waiting.on == waiting.exchange;
        let not_here = opens && matches!(waiting.status, 400 | 404 | 405) && !about_access(text);
        let Some((code, message)) = error else {
            return if not_here { Came::NotHere } else { waiting.refused(false, text) };
        };
        let modern = code.is_some_and(|code| mcp::is_modern(code, waiting.status, message));
        match waiting.step {
            Step::Initialize if modern || names_stateless(text) => Came::Stateless,
            // Once, and in the same words when they are the ones asked for: a server may have just been updated.
            Step::Discover if names_stateless(text) && !self.asked_again() => Came::Again,
            Step::Discover if modern && code == Some(METHOD_NOT_FOUND) => Came::NoMethod,
            Step::Discover if modern => Came::Refused,
            _ if not_here => Came::Unclear,
            _ => waiting.refused(true, text),
        }
    }

    fn asked_again(&self) -> bool {
        self.tried.iter().filter(|step| **step == Step::Discover).count() > 1
    }

    /// Goes on to what follows a step.
    pub(super) fn came(&mut self, now: Micros, waiting: &Waiting, came: Came) {
        let (step, era) = (waiting.step, self.link.era());
        if matches!(step, Step::Probe | Step::ProbeEnd) {
            return self.probe_came(now, waiting, came);
        }
        if step == Step::Watch && self.round_came(waiting, came) {
            return self.rest(now);
        }
        if waiting.in_session && matches!(came, Came::SessionRefused | Came::Wordless) {
            self.link.session = None;
            self.link.lost = true;
            self.link.doubted = came == Came::Wordless && step == Step::ListTools;
        }
        if step.purpose().opens() && !matches!(came, Came::Good | Came::NoMethod | Came::Again) {
            self.hang_up(now);
        }
        let negotiates = self.about.ask == Ask::Auto && waiting.on == waiting.exchange;
        // Another way in that the browser blocks is one that is not there: that something answers is known by then.
        let fallback = negotiates && matches!(step, Step::Discover | Step::Endpoint);
        let came = if fallback && came == Came::Opaque { Came::NotHere } else { came };
        let other = table::negotiate(step, came).filter(|step| negotiates && !self.tried.contains(step));
        match other.or_else(|| table::next(era, step, came)) {
            // Where the handshake was for the sake of probes, it ends here.
            Some(Step::ListTools) if came == Came::Good && self.probing.is_some() => self.rest(now),
            // A server that offers no tools must not be asked for them (2025-11-25, lifecycle, operation).
            Some(Step::ListTools) if came != Came::NoMethod && !self.server.offers("tools") => self.rest(now),
            // Words that name the session need no more proof, and what a person called is not called again.
            Some(Step::StartedOver) if !self.link.doubted || self.link.fresh.is_none() => self.rest(now),
            // A GET that needs no permission was sent already.
            Some(Step::ReachGet) if self.blocked.as_ref().is_some_and(|blocked| blocked.method == Method::Get) => self.rest(now),
            Some(step) => self.begin(now, step),
            None => self.rest(now),
        }
    }

    /// How long a step may take.
    fn patience(&self, step: Step) -> Micros {
        let timeout = self.about.timeout;
        if step.purpose() == Purpose::Reach { timeout.min(Micros(REACH_TIMEOUT)) } else { timeout }
    }
}

/// Whether a refusal is about who asks or in which session, not about what: every other way in would be refused as well.
fn about_access(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["token", "bearer", "auth", "credential", "forbidden", "permission", "session"].iter().any(|word| text.contains(word))
}

/// The revision of the stateless era to speak.
fn stateless(ask: Ask) -> Revision {
    match ask {
        Ask::Only(revision) if revision.era() == Era::Stateless => revision,
        _ => Revision::LATEST,
    }
}

/// Whether a version error names a revision of the stateless era.
fn names_stateless(text: &str) -> bool {
    let supported = mcp::read_supported(text).unwrap_or_default();
    supported.iter().filter_map(|name| Revision::parse(name)).any(|revision| revision.era() == Era::Stateless)
}
