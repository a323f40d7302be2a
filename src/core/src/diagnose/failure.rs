//! One failure: how an exchange failed, where that shows, and what the server said about it.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

use super::reply::{Instead, instead, is_no_stream};
use super::streams;
use super::subject::Subject;
use crate::http::Sight;
use crate::id::EventRef;
use crate::mcp;
use crate::rpc::Deviation;
use crate::said::{said_in, words_in};
use crate::trace::{End, Exchange, ItemKind, Lack, Purpose, Trace, Why};

/// How much of a body is read for what it says, in characters.
const TEXT_CHARS: usize = 2_000;

/// How long the name of a revision is.
const DATE_CHARS: usize = 10;

/// A refusal up to this length is a sentence of its own, and no echo of the request.
const SENTENCE_BYTES: usize = 200;

/// An exchange that is over and did not bring what it was sent for.
#[derive(Debug)]
pub struct Failure<'a> {
    /// The exchange.
    pub exchange: &'a Exchange,
    /// How it failed.
    pub how: How,
    /// The beginning of what the server sent, as text.
    pub body: String,
    /// The JSON-RPC error that refused it, under whatever status.
    pub error: Option<Refusal>,
    /// What the server's words are about.
    pub about: Subject,
    /// The event the failure is marked on.
    pub at: EventRef,
    /// The last request that asked for the rest of its event stream, when there was one.
    pub resumed: Option<&'a Exchange>,
    /// HTTP+SSE: the stream that its answer was to come on.
    pub stream: Option<&'a Exchange>,
    /// Whether a cause has explained it: the causes that stand lower do not see it any more.
    pub(super) explained: Cell<bool>,
}

/// A JSON-RPC error, on whatever stream it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its code.
    pub code: Option<i64>,
    /// Its message.
    pub message: String,
    /// Where it stands.
    pub at: EventRef,
    /// Whether it has the envelope of JSON-RPC: errors of other interfaces have the same form without it.
    pub enveloped: bool,
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
    /// The event stream of HTTP+SSE named an address at another origin.
    Elsewhere,
    /// The body broke off.
    Cut,
    /// A good status, a complete body, and no answer in it.
    Unanswered,
}

impl<'a> Failure<'a> {
    /// The failure of an exchange that counts for how the conversation came out.
    pub(super) fn of(trace: &'a Trace, exchange: &'a Exchange) -> Option<Self> {
        let counts = !trace.may_be_refused(exchange) && !trace.is_superseded(exchange);
        if counts { Self::read(trace, exchange) } else { None }
    }

    /// How an exchange failed, whatever became of the conversation: for a client that does not know another way in, the first
    /// refusal is the end of it.
    pub(crate) fn read(trace: &'a Trace, exchange: &'a Exchange) -> Option<Self> {
        if exchange.succeeded() {
            return None;
        }
        let error = refusal(trace, exchange);
        let body = trace.body_start(exchange.id, TEXT_CHARS);
        let how = how(exchange, &body, error.as_ref())?;
        let resumed = streams::resumed(trace, exchange);
        let ended = matches!(how, How::Cut | How::Unanswered);
        // A stream that is asked for again is not over yet; when that is refused, the refusal is what failed.
        if ended
            && (resumed.is_some_and(|resume| !resume.is_over() || !resume.succeeded())
                || streams::may_be_resumed(trace, exchange))
        {
            return None;
        }
        let challenge = exchange.head().and_then(|head| head.headers.get("www-authenticate")).unwrap_or_default();
        let code = error.as_ref().and_then(|error| error.code);
        let message = error.as_ref().map_or("", |error| &error.message);
        let about = match how {
            How::Status(status) => Subject::of(&format!("{challenge}\n{}", said_in(&body)), code, status),
            How::Error(code) => Subject::of(message, code, 200),
            _ => Subject::Unsaid,
        };
        let of_revisions = || !supported(trace, error.as_ref()).is_empty() || names_revision(exchange, how, &body);
        let about = if about.is_open() && of_revisions() { Subject::Version } else { about };
        let unread = about == Subject::Unsaid && matches!(how, How::Status(_)) && exchange.lacks.has(Lack::Answers);
        let about = if unread { Subject::Unread } else { about };
        let at = match resumed {
            Some(resume) if ended => EventRef::end(resume.id),
            _ => mark(exchange, how, error.as_ref()),
        };
        let stream = streams::answers_to(trace, exchange);
        Some(Self { exchange, how, body, error, about, at, resumed, stream, explained: Cell::new(false) })
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

    /// Whether it was refused in JSON-RPC, as the server itself does it and nobody in front of it.
    pub fn is_refused_in_rpc(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.enveloped)
    }

    /// What stands where the answer should be, for a good status without one.
    pub fn instead(&self) -> Option<Instead> {
        instead(self)
    }

    /// Whether the request carried a session id.
    pub fn in_session(&self) -> bool {
        self.exchange.session_sent().is_some()
    }

    /// Whether it is known that the request carried no session id. Where the recording does not hold headers, it may have carried one.
    pub fn without_session(&self) -> bool {
        self.exchange.lacked("mcp-session-id")
    }

    /// The code of the JSON-RPC error, under whatever status.
    pub fn code(&self) -> Option<i64> {
        self.error.as_ref().and_then(|error| error.code)
    }

    /// What the server said, in its own words: the message of an error, the text of a page.
    pub fn words(&self) -> String {
        match &self.error {
            Some(error) if !error.message.is_empty() => error.message.clone(),
            _ => words_in(&self.body),
        }
    }

    /// The revisions that the refusal says the server speaks, as they stand in it; none when it does not say.
    pub fn supported(&self, trace: &Trace) -> Vec<String> {
        supported(trace, self.error.as_ref())
    }

    /// Whether the request went to the message endpoint of the HTTP+SSE transport: the one that a stream named, or one that
    /// names its session in the query, as those of the SDKs do (2024-11-05, transports).
    pub fn is_legacy_post(&self) -> bool {
        let target = self.exchange.request.url.target().to_ascii_lowercase();
        self.stream.is_some() || target.contains("session_id=") || target.contains("sessionid=")
    }
}

/// The error that refused an exchange, on whatever stream it came.
fn refusal(trace: &Trace, exchange: &Exchange) -> Option<Refusal> {
    let here = exchange.refusal().map(|(.., at)| at);
    let at = here.or(exchange.answer.filter(|at| at.exchange != exchange.id))?;
    let messages = trace.item(at)?.messages.iter().map(|placed| &placed.message);
    let (error, (code, message)) = messages.filter_map(|message| Some((message, message.error()?))).next()?;
    let enveloped = !error.deviations.contains(&Deviation::Version);
    Some(Refusal { code, message: message.to_owned(), at, enveloped })
}

fn supported(trace: &Trace, error: Option<&Refusal>) -> Vec<String> {
    let text = error.and_then(|error| trace.item_text(error.at));
    text.and_then(|text| mcp::read_supported(&text)).unwrap_or_default()
}

/// Whether a short refusal repeats the revision that was asked for, in whatever words. A long one may repeat the whole request.
fn names_revision(exchange: &Exchange, how: How, body: &str) -> bool {
    let asked = exchange.request.body.split_once("\"protocolVersion\":\"").and_then(|(_, rest)| rest.get(..DATE_CHARS));
    let asked = asked.or_else(|| exchange.request.headers.get("mcp-protocol-version"));
    let said = said_in(body);
    let short = said.len() <= SENTENCE_BYTES && !said.contains('{');
    matches!(how, How::Status(400)) && short && asked.is_some_and(|asked| said.contains(asked))
}

/// How an exchange failed that did not succeed; `None` when it is not over, or was given up on purpose.
fn how(exchange: &Exchange, body: &str, error: Option<&Refusal>) -> Option<How> {
    if exchange.purpose == Purpose::Endpoint && exchange.reply.items.iter().any(|item| item.is_endpoint()) {
        return Some(How::Elsewhere);
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
        let judged = exchange.is_over() || exchange.lacks.has(Lack::Answers);
        return judged.then_some(How::Status(status));
    }
    if let Some(error) = error {
        return Some(How::Error(error.code));
    }
    // A result came, without what it is for; whether its stream is still open makes no difference.
    if exchange.answer.is_some() {
        return Some(How::Unanswered);
    }
    let items = &exchange.reply.items;
    match &exchange.end {
        _ if exchange.aborted.is_some() => None,
        Some((_, End::Cut(_))) => Some(How::Cut),
        Some(_) if items.iter().any(|item| matches!(item.what, ItemKind::Truncated(_))) && !is_no_stream(body) => Some(How::Cut),
        Some(_) if items.iter().any(|item| matches!(item.what, ItemKind::Oversize(_))) => Some(How::TooLarge),
        // What is posted in HTTP+SSE is answered on the stream, and as long as that is open it can still come.
        Some((_, End::Complete)) => Some(How::Unanswered),
        _ => None,
    }
}

/// The event a failure is marked on: what showed it, or the end where nothing did.
fn mark(exchange: &Exchange, how: How, error: Option<&Refusal>) -> EventRef {
    let item = |wanted: fn(&ItemKind) -> bool| {
        exchange.reply.items.iter().find(|item| wanted(&item.what)).map(|item| EventRef::item(exchange.id, item.n))
    };
    let (response, end) = (EventRef::response(exchange.id), EventRef::end(exchange.id));
    match how {
        How::Opaque | How::Silent | How::TooLarge => end,
        How::Status(_) | How::Redirected => response,
        How::Error(_) => error.map_or(response, |error| error.at),
        How::Elsewhere => item(|what| matches!(what, ItemKind::Event { kind, .. } if kind == "endpoint")).unwrap_or(response),
        How::Cut => item(|what| matches!(what, ItemKind::Truncated(_))).unwrap_or(end),
        How::Unanswered if exchange.answer.is_some() => exchange.answer.unwrap_or(response),
        How::Unanswered if exchange.is_stream() => end,
        How::Unanswered => item(|what| *what == ItemKind::Body).unwrap_or(response),
    }
}
