//! One exchange as a person thinks of it: a request, its response, what the body held, and how it ended.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::lacks::{Lack, Lacks};
use super::probes::ProbeStep;
use super::record::{End, Purpose, Why};
use crate::http::{Request, ResponseHead, Sight, Url};
use crate::id::{EventRef, ExchangeId};
use crate::mcp::{Era, Revision};
use crate::rpc::Message;
use crate::sse::Inside;
use crate::time::Micros;

/// A request and everything that came back for it.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Its number.
    pub id: ExchangeId,
    /// When the request left.
    pub at: Micros,
    /// Why the session sent it.
    pub purpose: Purpose,
    /// The step of the probe that it is.
    pub probe: Option<ProbeStep>,
    /// Whether it tries another way in, after the first one was refused: being refused too mostly says nothing new.
    pub fallback: bool,
    /// The request.
    pub request: Request,
    /// What the recording does not hold of it.
    pub lacks: Lacks,
    /// The messages of the request body; more than one only in a batch.
    pub calls: Vec<Message>,
    /// When the response head arrived, and what it said.
    pub response: Option<(Micros, ResponseHead)>,
    /// What the body held.
    pub reply: Reply,
    /// HTTP+SSE: where its stream said to post messages, if that is at the same origin (2024-11-05, transports).
    pub endpoint: Option<Url>,
    /// Where the answer to the first call stands, once it is there.
    pub answer: Option<EventRef>,
    /// Whether that answer is a result and not an error. It may have come in another exchange, on an event stream.
    pub answered_well: bool,
    /// When and why this side gave up.
    pub aborted: Option<(Micros, Why)>,
    /// When and how it ended.
    pub end: Option<(Micros, End)>,
}

/// The body of a response.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// What was in it, in order: all, or the first and the last when there were too many to keep.
    pub items: Vec<Item>,
    /// Items that were counted and not kept; they stood after the first [`limits::STREAM_ITEMS_HEAD`] ones.
    ///
    /// [`limits::STREAM_ITEMS_HEAD`]: crate::limits::STREAM_ITEMS_HEAD
    pub dropped_items: u64,
    /// Bytes received.
    pub bytes: u64,
    /// When the last byte came.
    pub last_byte: Option<Micros>,
}

/// One thing in a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its number in the body, from 0, counting those not kept.
    pub n: u32,
    /// When its last byte came.
    pub at: Micros,
    /// The bytes of the body it was read from.
    pub span: Range<u64>,
    /// What it is.
    pub what: ItemKind,
    /// The messages in it.
    pub messages: Vec<Placed>,
}

/// What an item is. Texts are cut to a length for display; the bytes are in the trace.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// The whole body, when it is no event stream.
    Body,
    /// An event of the stream (WHATWG HTML §9.2.6).
    Event {
        /// Its type; `message` when none was given.
        kind: String,
        /// The last event id as of this event.
        id: Option<String>,
    },
    /// Fields without data, which dispatch nothing: a priming event has an id and empty data (2025-11-25, transports).
    Dataless {
        /// The id it sets.
        id: Option<String>,
    },
    /// A comment; servers send them to keep a connection open.
    Comment(String),
    /// A new reconnection time in milliseconds.
    Retry(u64),
    /// A line that the rules say to ignore.
    Ignored(String),
    /// An event too large to keep; so many bytes of data.
    Oversize(u64),
    /// The stream ended here, inside an event; the bytes after the last whole event.
    Truncated(Inside),
}

/// A message in a body, and the request it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The message.
    pub message: Message,
    /// What it answers.
    pub place: Place,
}

/// How a received message relates to what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The answer to that exchange's call.
    Answers(ExchangeId),
    /// A second answer to that exchange's call.
    Duplicate(ExchangeId),
    /// An answer with an id that was never asked, or asked with another type.
    Orphan,
    /// An error that names no request: it refuses the one it came back for.
    Unnamed,
    /// Not an answer.
    Other,
}

impl Item {
    /// Whether it is the event that names the message endpoint of HTTP+SSE (2024-11-05, transports).
    pub fn is_endpoint(&self) -> bool {
        matches!(&self.what, ItemKind::Event { kind, .. } if kind == "endpoint")
    }
}

impl Exchange {
    /// The first message of the request.
    pub fn call(&self) -> Option<&Message> {
        self.calls.first()
    }

    /// The method of the first message, for example `tools/list`.
    pub fn method(&self) -> Option<&str> {
        self.call()?.method()
    }

    /// The response head.
    pub fn head(&self) -> Option<&ResponseHead> {
        self.response.as_ref().map(|(_, head)| head)
    }

    /// The status, when it could be seen.
    pub fn status(&self) -> Option<u16> {
        self.head().map(|head| head.status).filter(|status| *status != 0)
    }

    /// The session id the request carried.
    pub fn session_sent(&self) -> Option<&str> {
        self.request.headers.get("mcp-session-id")
    }

    /// The revision that the request named in `MCP-Protocol-Version`, or where its headers are not in the recording in its body
    /// (2026-07-28, `_meta`).
    pub fn revision_sent(&self) -> Option<Revision> {
        if let Some(named) = self.request.headers.get("mcp-protocol-version") {
            return Revision::parse(named);
        }
        let hidden = self.lacks.has(Lack::RequestHeaders);
        let (_, rest) = self.request.body.split_once("\"io.modelcontextprotocol/protocolVersion\":").filter(|_| hidden)?;
        Revision::parse(rest.trim_start().strip_prefix('"')?.split('"').next()?)
    }

    /// The era it belongs to by its request: that of the revision it names, or of `initialize`; `None` when it does not say.
    pub fn era_sent(&self) -> Option<Era> {
        let named = self.revision_sent().map(Revision::era);
        named.or_else(|| (self.method() == Some("initialize")).then_some(Era::Handshake))
    }

    /// Whether the request carried a bearer token.
    pub fn sent_token(&self) -> bool {
        self.request.headers.has("authorization")
    }

    /// Whether the request is known to have been sent without that header. One that the recording does not hold is unknown.
    pub fn lacked(&self, name: &str) -> bool {
        !self.request.headers.has(name) && !self.lacks.has(Lack::RequestHeaders)
    }

    /// Whether it is known that the response had no such header: neither a browser nor the source of a recording leaves any out.
    pub fn answered_without(&self, name: &str) -> bool {
        self.head().is_some_and(|head| head.sight == Sight::Full && !head.headers.has(name))
    }

    /// Whether it is not known what was asked: the recording does not hold it.
    pub fn asks_unknown(&self) -> bool {
        self.calls.is_empty() && self.lacks.has(Lack::Requests)
    }

    /// Whether the first call asks for an answer.
    pub fn wants_answer(&self) -> bool {
        self.call().is_some_and(|call| call.asks().is_some())
    }

    /// Whether nothing more can come.
    pub const fn is_over(&self) -> bool {
        self.end.is_some() || self.aborted.is_some()
    }

    /// Whether the response is an event stream.
    pub fn is_stream(&self) -> bool {
        self.head().is_some_and(ResponseHead::is_event_stream)
    }

    /// When the last thing happened.
    pub fn last_at(&self) -> Micros {
        let ends = [self.end.as_ref().map(|(at, _)| *at), self.aborted.map(|(at, _)| at), self.reply.last_byte];
        ends.into_iter().flatten().chain(self.response.as_ref().map(|(at, _)| *at)).fold(self.at, Micros::max)
    }

    /// The received messages with their addresses, in order.
    pub fn received(&self) -> impl Iterator<Item = (EventRef, &Placed)> {
        self.reply.items.iter().flat_map(|item| item.messages.iter().map(|placed| (EventRef::item(self.id, item.n), placed)))
    }

    /// The error that answers or refuses the call: code, message, and where it stands.
    pub fn refusal(&self) -> Option<(Option<i64>, &str, EventRef)> {
        self.received().find_map(|(at, placed)| {
            let (code, message) = placed.message.error()?;
            matches!(placed.place, Place::Answers(_) | Place::Unnamed | Place::Orphan).then_some((code, message, at))
        })
    }

    /// Whether the stream named the message endpoint of HTTP+SSE, at its own origin (2024-11-05, transports).
    pub const fn names_endpoint(&self) -> bool {
        self.endpoint.is_some()
    }

    /// The last event id that its stream gave: where a client asks it to go on from (2025-03-26, transports, resumability).
    pub fn last_event(&self) -> Option<&str> {
        self.reply.items.iter().rev().find_map(|item| match &item.what {
            ItemKind::Event { id, .. } | ItemKind::Dataless { id } => id.as_deref(),
            _ => None,
        })
    }

    /// Whether the call was answered with a result.
    pub fn succeeded(&self) -> bool {
        match self.answer {
            Some(_) => self.answered_well,
            None if self.purpose == Purpose::Endpoint => self.names_endpoint(),
            // What is opened to listen has succeeded once it is open; how it ends is another matter.
            None if self.purpose == Purpose::Listen && self.is_stream() => self.head().is_some_and(ResponseHead::is_success),
            // Of a notification nobody knows what came for it where that is not in the recording.
            None if self.lacks.has(Lack::Http) => !self.wants_answer(),
            None => !self.wants_answer() && self.head().is_some_and(ResponseHead::is_success),
        }
    }
}
