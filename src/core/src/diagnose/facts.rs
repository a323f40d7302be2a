//! What the causes ask of a trace: which exchanges failed, how, and what the server said about it.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::reply::{Instead, instead};
use super::subject::Subject;
use super::wording;
use super::{Cause, Certainty, Finding};
use crate::http::Sight;
use crate::id::EventRef;
use crate::time::{Micros, Wall};
use crate::trace::{End, Exchange, ItemKind, Purpose, TokenFacts, Trace, Why};

/// How much of a body is read for what it says, in characters.
const TEXT_CHARS: usize = 2_000;

/// A trace, and the exchanges of it that failed.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The trace.
    pub trace: &'a Trace,
    /// What failed, in order. Probes are not among them, and neither is the end of a session, which a server may refuse.
    pub failures: Vec<Failure<'a>>,
}

/// An exchange that is over and did not bring what it was sent for.
#[derive(Debug)]
pub struct Failure<'a> {
    /// The exchange.
    pub exchange: &'a Exchange,
    /// How it failed.
    pub how: How,
    /// The beginning of what the server sent, as text.
    pub body: String,
    /// Code and message of the JSON-RPC error that refused it, under whatever status.
    pub error: Option<(Option<i64>, String)>,
    /// What the server's words are about.
    pub about: Subject,
    /// The event the failure is marked on.
    pub at: EventRef,
}

/// How an exchange failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// No response, and the browser does not say why.
    Opaque,
    /// No answer within the limit.
    Silent,
    /// The answer is larger than this page reads.
    TooLarge,
    /// A redirect that was not followed; a page cannot see where it leads (Fetch standard, opaque-redirect response).
    Redirected,
    /// A status outside 200 to 299.
    Status(u16),
    /// A JSON-RPC error under a good status, with its code.
    Error(Option<i64>),
    /// The body broke off.
    Cut,
    /// A good status, a complete body, and no answer in it.
    Unanswered,
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
        Self { trace, failures: trace.exchanges().iter().filter_map(|exchange| Failure::of(trace, exchange)).collect() }
    }

    /// The first failure of that kind.
    pub fn failure(&self, wanted: impl Fn(&Failure<'a>) -> bool) -> Option<&Failure<'a>> {
        self.first(&wanted)
    }

    /// One finding for all failures of that kind, marked on the first.
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
        self.failures.iter().find(|failure| wanted(failure))
    }

    fn finding_of(&self, cause: &'static Cause, certainty: Certainty, wanted: &dyn Fn(&Failure<'a>) -> bool) -> Option<Finding> {
        let mut events = self.failures.iter().filter(|failure| wanted(failure)).map(|failure| failure.at);
        Some(Finding::new(cause, certainty, events.next()?).and(events))
    }

    /// The failure that a finding is marked on.
    pub fn failure_of(&self, finding: &Finding) -> Option<&Failure<'a>> {
        let at = finding.at()?;
        self.failure(|failure| failure.exchange.id == at.exchange)
    }

    /// The exchange that a finding is marked on.
    pub fn exchange_of(&self, finding: &Finding) -> Option<&'a Exchange> {
        self.trace.exchange(finding.at()?.exchange)
    }

    /// The probe of a kind that was sent after an exchange.
    fn probe(&self, purpose: Purpose, after: &Exchange) -> Option<&'a Exchange> {
        self.trace.exchanges().iter().find(|probe| probe.purpose == purpose && probe.id > after.id)
    }

    /// Whether anything answered the opaque request that followed a failure; `None` when none was sent or it is not over.
    pub fn reached(&self, failure: &Failure<'_>) -> Option<(bool, EventRef)> {
        let probe = self.probe(Purpose::Reach, failure.exchange)?;
        match (&probe.response, &probe.end) {
            (Some(_), _) => Some((true, EventRef::response(probe.id))),
            (None, Some((_, End::Failed(_)))) => Some((false, EventRef::end(probe.id))),
            _ => None,
        }
    }

    /// Whether something answered the opaque request that followed a failure.
    pub fn answers_opaquely(&self, failure: &Failure<'_>) -> bool {
        self.reached(failure).is_some_and(|(answered, _)| answered)
    }

    /// How `initialize` without the session id came out after a failure; `None` when none was sent or it is not over.
    pub fn started_over(&self, failure: &Failure<'_>) -> Option<(Fresh, EventRef)> {
        let probe = self.probe(Purpose::StartOver, failure.exchange).filter(|probe| probe.is_over() || probe.succeeded())?;
        let response = EventRef::response(probe.id);
        Some(match probe.answer {
            Some(at) if probe.succeeded() => (Fresh::Accepted, at),
            _ if probe.status() == failure.exchange.status() => (Fresh::RefusedAlike, response),
            _ => (Fresh::FailedOtherwise, if probe.response.is_some() { response } else { EventRef::end(probe.id) }),
        })
    }

    /// The last `initialize` before an exchange that was answered with a result.
    pub fn initialized_before(&self, exchange: &Exchange) -> Option<&'a Exchange> {
        let mut earlier = self.trace.exchanges().iter().rev().filter(|other| other.id < exchange.id);
        earlier.find(|other| other.method() == Some("initialize") && other.succeeded())
    }

    /// The last exchange before this one whose response could be read, at the same origin.
    pub fn readable_before(&self, exchange: &Exchange) -> Option<&'a Exchange> {
        let origin = exchange.request.url.origin();
        let mut earlier = self.trace.exchanges().iter().rev().filter(|other| other.id < exchange.id);
        earlier.find(|other| other.request.url.origin() == origin && other.head().is_some_and(|head| head.sight != Sight::Opaque))
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

    /// Whether the page is https and the address plain http to another machine: the browser sends nothing then
    /// (Mixed Content, W3C), and an opaque failure says nothing about the server.
    pub fn is_mixed_content(&self) -> bool {
        let about = &self.trace.about;
        let secure_page = about.page.as_ref().is_some_and(|page| page.starts_with("https://"));
        secure_page && about.server.scheme() == crate::http::Scheme::Http && !about.server.is_loopback()
    }
}

impl<'a> Failure<'a> {
    fn of(trace: &'a Trace, exchange: &'a Exchange) -> Option<Self> {
        let refusal = refusal(trace, exchange);
        let how = how(exchange, refusal.as_ref().map(|(code, ..)| *code))?;
        let body = trace.body_start(exchange.id, TEXT_CHARS);
        let challenge = exchange.head().and_then(|head| head.headers.get("www-authenticate")).unwrap_or_default();
        let message = refusal.as_ref().map_or("", |(_, message, _)| message);
        // Of a page only its message counts: what else stands in it speaks of anything.
        let said = if wording::is_html(&body) { wording::words_in(&body) } else { body.clone() };
        let code = refusal.as_ref().and_then(|(code, ..)| *code);
        let about = match how {
            How::Status(status) => Subject::of(&format!("{challenge}\n{said}"), code, status),
            How::Error(code) => Subject::of(message, code, 200),
            _ => Subject::Unsaid,
        };
        let at = mark(exchange, how, refusal.as_ref().map(|(.., at)| *at));
        Some(Self { exchange, how, body, error: refusal.map(|(code, message, _)| (code, message)), about, at })
    }

    /// The status of the response; 0 when there is none or it was good.
    pub const fn status(&self) -> u16 {
        match self.how {
            How::Status(status) => status,
            _ => 0,
        }
    }

    /// Whether the server refused it: by a status or by a JSON-RPC error.
    pub const fn is_refused(&self) -> bool {
        matches!(self.how, How::Status(_) | How::Error(_) | How::Redirected)
    }

    /// What stands where the answer should be, for a good status without one.
    pub fn instead(&self) -> Option<Instead> {
        instead(self)
    }

    /// Whether the request carried a session id.
    pub fn in_session(&self) -> bool {
        self.exchange.session_sent().is_some()
    }

    /// The code of the JSON-RPC error, under whatever status.
    pub fn code(&self) -> Option<i64> {
        self.error.as_ref().and_then(|(code, _)| *code)
    }

    /// What the server said, in its own words: the message of an error, the text of a page.
    pub fn words(&self) -> String {
        match &self.error {
            Some((_, message)) if !message.is_empty() => message.clone(),
            _ => wording::words_in(&self.body),
        }
    }

    /// Whether the request went to the message endpoint of the HTTP+SSE transport, which names its session in the query
    /// (2024-11-05, transports).
    pub fn is_legacy_post(&self) -> bool {
        let target = self.exchange.request.url.target().to_ascii_lowercase();
        target.contains("session_id=") || target.contains("sessionid=")
    }
}

/// The error that refused an exchange: its code, its message, and where it stands, on whatever stream it came.
fn refusal(trace: &Trace, exchange: &Exchange) -> Option<(Option<i64>, String, EventRef)> {
    let here = exchange.refusal().map(|(code, message, at)| (code, message.to_owned(), at));
    let elsewhere = || {
        let at = exchange.answer.filter(|at| at.exchange != exchange.id)?;
        let (code, message) = trace.item(at)?.messages.iter().find_map(|placed| placed.message.error())?;
        Some((code, message.to_owned(), at))
    };
    here.or_else(elsewhere)
}

/// How an exchange failed; `None` when it did not, or is not over.
fn how(exchange: &Exchange, refusal: Option<Option<i64>>) -> Option<How> {
    if exchange.may_be_refused() || exchange.succeeded() {
        return None;
    }
    match (exchange.aborted, &exchange.end) {
        (Some((_, Why::TimedOut)), _) => return Some(How::Silent),
        (Some((_, Why::TooLarge)), _) => return Some(How::TooLarge),
        (_, Some((_, End::Failed(_)))) => return Some(How::Opaque),
        _ => {}
    }
    if exchange.head().is_some_and(|head| head.sight == Sight::Opaque) {
        return Some(How::Redirected);
    }
    if let Some(status) = exchange.status().filter(|status| !(200..300).contains(status)) {
        // A refusal is judged once its body is there: what it says is half of what it means.
        return exchange.is_over().then_some(How::Status(status));
    }
    if let Some(code) = refusal {
        return Some(How::Error(code));
    }
    let items = &exchange.reply.items;
    match &exchange.end {
        Some((_, End::Cut(_))) => Some(How::Cut),
        Some(_) if items.iter().any(|item| matches!(item.what, ItemKind::Truncated(_))) => Some(How::Cut),
        Some(_) if items.iter().any(|item| matches!(item.what, ItemKind::Oversize(_))) => Some(How::TooLarge),
        Some((_, End::Complete)) => Some(How::Unanswered),
        _ => None,
    }
}

/// The event a failure is marked on: what showed it, or the end where nothing did.
fn mark(exchange: &Exchange, how: How, refusal: Option<EventRef>) -> EventRef {
    let item = |wanted: fn(&ItemKind) -> bool| {
        exchange.reply.items.iter().find(|item| wanted(&item.what)).map(|item| EventRef::item(exchange.id, item.n))
    };
    let (response, end) = (EventRef::response(exchange.id), EventRef::end(exchange.id));
    match how {
        How::Opaque | How::Silent | How::TooLarge => end,
        How::Status(_) | How::Redirected => response,
        How::Error(_) => refusal.unwrap_or(response),
        How::Cut => item(|what| matches!(what, ItemKind::Truncated(_))).unwrap_or(end),
        How::Unanswered if exchange.is_stream() => end,
        How::Unanswered => item(|what| *what == ItemKind::Body).unwrap_or(response),
    }
}
