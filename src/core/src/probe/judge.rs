//! What came of a probe: the verdict, read from the exchanges it left.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Probe;
use crate::http::{Mode, ResponseHead, Sight};
use crate::id::EventRef;
use crate::limits::PROBE_TIMEOUT;
use crate::mcp::{self, Era, Revision, SpecNote};
use crate::said;
use crate::time::Micros;
use crate::trace::{End, Exchange, LeftOut, ProbeRun, Trace, Why};

/// How much of a body is read for what it says, in characters.
const TEXT_CHARS: usize = 2_000;

/// JSON-RPC 2.0 §5.1: the server does not have the method. So it took the request, and only has no such thing.
const METHOD_NOT_FOUND: i64 = -32601;

/// How what came compares with what the specification says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As the specification wants it, or as it leaves open.
    AsExpected,
    /// Not as it wants it.
    Differs,
    /// The browser hid what came: nothing is known.
    Unseen,
    /// It was left out, stopped, or could not go on.
    NotTried,
}

impl Verdict {
    /// The words for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsExpected => "as expected",
            Self::Differs => "differs",
            Self::Unseen => "cannot be seen from a page",
            Self::NotTried => "not tried",
        }
    }

    /// One word for it, as the page carries it in `data-verdict`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AsExpected => "as-expected",
            Self::Differs => "differs",
            Self::Unseen => "unseen",
            Self::NotTried => "not-tried",
        }
    }
}

/// What came of a probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// How it compares with the specification.
    pub verdict: Verdict,
    /// What that means, in one sentence.
    pub says: String,
    /// The events that show it.
    pub evidence: Vec<EventRef>,
}

impl Judged {
    pub(super) fn new(verdict: Verdict, says: impl Into<String>) -> Self {
        Self { verdict, says: says.into(), evidence: Vec::new() }
    }

    pub(super) fn expected(says: impl Into<String>) -> Self {
        Self::new(Verdict::AsExpected, says)
    }

    pub(super) fn unseen(says: impl Into<String>) -> Self {
        Self::new(Verdict::Unseen, says)
    }

    pub(super) fn not_tried(says: impl Into<String>) -> Self {
        Self::new(Verdict::NotTried, says)
    }

    pub(super) fn differs(says: impl Into<String>) -> Self {
        Self::new(Verdict::Differs, says)
    }
}

/// What came for one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// A result, or acceptance where no result is due.
    Taken,
    /// A JSON-RPC error under a good status, with its code.
    Error(Option<i64>),
    /// A status outside 200 to 299.
    Refused(u16),
    /// A good status and no answer.
    NoAnswer,
    /// Nothing within the limit.
    Silent,
    /// Nothing that the browser shows.
    Hidden,
    /// It was stopped, or is not over.
    Open,
}

impl Came {
    /// Whether something refused the request before it was looked at: for its token, for how many there were, or because the server
    /// is not well. It says nothing of what was tried.
    pub const fn is_refused_at_the_door(self) -> bool {
        matches!(self, Self::Refused(401 | 403 | 407 | 429 | 500..))
    }

    /// Whether the server took the request as part of a conversation, whether or not it has the method.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Taken | Self::Error(Some(METHOD_NOT_FOUND)))
    }
}

/// What came for a request.
pub fn came(exchange: &Exchange) -> Came {
    // That something answered is all that an opaque request can be told.
    if exchange.request.mode != Mode::Cors && exchange.response.is_some() {
        return Came::Taken;
    }
    match (exchange.aborted, &exchange.end) {
        _ if exchange.succeeded() => return Came::Taken,
        (Some((_, Why::TimedOut)), _) => return Came::Silent,
        (_, Some((_, End::Failed(_)))) => return Came::Hidden,
        (Some((_, Why::Stopped)), _) | (None, None) => return Came::Open,
        _ => {}
    }
    match (exchange.head(), exchange.refusal()) {
        (None, _) => Came::Open,
        (Some(head), _) if head.sight == Sight::Opaque => Came::Hidden,
        (Some(head), _) if !head.is_success() => Came::Refused(head.status),
        (_, Some((code, ..))) => Came::Error(code),
        _ => Came::NoAnswer,
    }
}

/// What came for a request, in words: the status, and what the server said.
pub fn words(trace: &Trace, exchange: &Exchange) -> String {
    let body = || said::words_in(&trace.body_start(exchange.id, TEXT_CHARS));
    let with = |status: String, words: String| {
        if words.is_empty() { status } else { format!("{status}: {}", said::quote(&words)) }
    };
    match came(exchange) {
        Came::Taken if exchange.request.mode != Mode::Cors => "something answered".to_string(),
        Came::Taken => {
            let to = exchange.head().and_then(|head| head.redirected_to.as_ref());
            let to = to.map(|to| format!(", redirected to {to}")).unwrap_or_default();
            format!("{}{to}", said::status(exchange.status().unwrap_or(200)))
        }
        Came::Error(code) => {
            let message = exchange.refusal().map(|(_, message, _)| message.to_string()).unwrap_or_default();
            with(code.map_or_else(|| "an error".to_string(), |code| format!("error {code}")), message)
        }
        Came::Refused(status) => with(said::status(status), body()),
        Came::NoAnswer => format!("{}, and no answer in it", said::status(exchange.status().unwrap_or(200))),
        Came::Silent => format!("no answer within {}", Micros(PROBE_TIMEOUT)),
        Came::Hidden => "nothing that the browser shows".to_string(),
        Came::Open => "stopped before it was answered".to_string(),
    }
}

/// A probe that was tried, with what it left.
pub struct Tried<'a> {
    /// The recording.
    pub trace: &'a Trace,
    /// The probe as it was tried.
    pub run: &'a ProbeRun,
}

impl<'a> Tried<'a> {
    /// The exchange of a step; `None` when it did not come to it.
    pub fn step(&self, n: usize) -> Option<&'a Exchange> {
        self.trace.exchange(*self.run.steps.get(n)?)
    }

    /// What came for a step.
    pub fn came(&self, n: usize) -> Came {
        self.step(n).map_or(Came::Open, came)
    }

    /// What came for a step, in words.
    pub fn words(&self, n: usize) -> String {
        self.step(n).map(|exchange| words(self.trace, exchange)).unwrap_or_default()
    }

    /// How many of the steps were taken, and how many were sent.
    pub fn taken(&self) -> (usize, usize) {
        let sent = self.run.steps.len();
        ((0..sent).filter(|n| self.came(*n).is_taken()).count(), sent)
    }

    /// The session id that a step was given.
    pub fn issued(&self, n: usize) -> Option<&'a str> {
        let head = self.step(n)?.head().filter(|head| head.is_success());
        head.and_then(|head| head.headers.get("mcp-session-id"))
    }

    /// The era that was spoken when it was tried.
    pub fn era(&self) -> Era {
        self.revision().era()
    }

    /// The revision that was spoken.
    pub fn revision(&self) -> Revision {
        spoken(self.trace)
    }

    /// How another probe came out, when it was tried last.
    pub fn other(&self, slug: &str) -> Option<Came> {
        let run = self.trace.probes().iter().rfind(|run| run.slug == slug && run.left_out.is_none())?;
        Some(Tried { trace: self.trace, run }.came(0))
    }
}

fn spoken(trace: &Trace) -> Revision {
    trace.spoken().map_or_else(|| trace.about.ask.revision(), |spoken| spoken.revision)
}

/// What the specification says of a probe at the revision that is spoken in a recording.
pub fn expects(probe: &Probe, trace: &Trace) -> Vec<SpecNote> {
    let revision = spoken(trace);
    probe.rules.iter().flat_map(|step| mcp::rules(*step, revision)).collect()
}

/// Judges a probe that was tried, or left out.
pub fn judge(probe: &Probe, trace: &Trace, run: &ProbeRun) -> Judged {
    let tried = Tried { trace, run };
    let sent: Vec<&Exchange> = (0..run.steps.len()).filter_map(|n| tried.step(n)).collect();
    let shows = |exchange: &&Exchange| match exchange.head() {
        Some(_) => EventRef::response(exchange.id),
        None => EventRef::end(exchange.id),
    };
    let evidence: Vec<EventRef> = sent.iter().map(shows).collect();
    let judged = if let Some(why) = run.left_out {
        Judged::not_tried(left_out(why))
    } else if sent.is_empty() || sent.iter().any(|exchange| came(exchange) == Came::Open) {
        let under_way = !trace.commands().iter().any(|(at, command)| *command == crate::trace::Command::Stop && *at >= run.at);
        Judged::not_tried(if under_way { "It is under way." } else { "It was stopped before it was over." })
    } else if let Some(hidden) =
        sent.iter().find(|exchange| came(exchange) == Came::Hidden && exchange.request.mode == Mode::Cors)
    {
        let words = format!(
            "The browser shows nothing of the answer to request {}: whether it was refused, or only kept from this page, cannot be seen here.",
            hidden.id
        );
        Judged::new(Verdict::Unseen, words)
    } else {
        (probe.judge)(&tried)
    };
    Judged { evidence, ..judged }
}

/// Why a probe was left out, as a sentence.
pub const fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::NoToken => "No token was given, so there is none to leave out or to change.",
        LeftOut::NoSession => "The server keeps no session here, so there is no id to try.",
        LeftOut::NotOpen => "The handshake did not pass, and this takes an open conversation.",
        LeftOut::OtherTransport => "It is about Streamable HTTP, and this server is spoken to over HTTP+SSE.",
        LeftOut::OtherRevision => "It is about something that this revision does not have.",
        LeftOut::Shown => "The handshake has shown it already.",
        LeftOut::NoPath => "The address has no path to which a slash could be added.",
        LeftOut::Limit => "A checkup has no request left for it, because others tell more. It can be tried alone.",
    }
}

/// Whether a response is an event stream that opened.
pub(super) fn opened_stream(exchange: &Exchange) -> bool {
    exchange.is_stream() && exchange.head().is_some_and(ResponseHead::is_success)
}
