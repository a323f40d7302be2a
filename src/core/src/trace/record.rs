//! The records of a trace: what went out and what came in, before anything looks at it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::http::{Method, Mode, Request, ResponseHead};
use crate::id::{EventRef, ExchangeId};
use crate::oauth::Grant;
use crate::time::Micros;

/// One thing that happened, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Time since the recording began.
    pub at: Micros,
    /// What happened.
    pub what: What,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The person asked for something.
    Command(Command),
    /// A request left.
    Request(ExchangeId, Purpose, Request),
    /// Status and headers of a response arrived.
    Response(ExchangeId, ResponseHead),
    /// Bytes of a response body arrived.
    Chunk(ExchangeId, Vec<u8>),
    /// So many bytes came here and were too many to keep.
    Dropped(ExchangeId, u64),
    /// The exchange ended.
    End(ExchangeId, End),
    /// The session gave an exchange up.
    Abort(ExchangeId, Why),
    /// A timer of the session ran out.
    Tick,
    /// A probe begins, by its slug: the probe requests that follow are its steps. Or it is left out, and why.
    Probe(String, Option<LeftOut>),
}

impl What {
    /// The exchange that it is a part of; `None` for what belongs to no single one.
    pub const fn exchange(&self) -> Option<ExchangeId> {
        match self {
            Self::Request(id, ..)
            | Self::Response(id, _)
            | Self::Chunk(id, _)
            | Self::Dropped(id, _)
            | Self::End(id, _)
            | Self::Abort(id, _) => Some(*id),
            Self::Command(_) | Self::Tick | Self::Probe(..) => None,
        }
    }
}

/// What a person can ask of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the conversation and list the tools.
    Run,
    /// Give up whatever is under way.
    Stop,
    /// End the session on the server (DELETE; with HTTP+SSE, close the stream).
    EndSession,
    /// Ask the server for something.
    Call {
        /// The method, for example `tools/call`.
        method: String,
        /// Its parameters: a JSON object, or nothing.
        params: String,
    },
    /// Give up the call that this exchange asked.
    Cancel(ExchangeId),
    /// Answer a question of the server's.
    Answer {
        /// The event that asked.
        to: EventRef,
        /// Which of the questions in it (2026-07-28, input-required results); empty for a request.
        key: String,
        /// What to say.
        answer: Answer,
    },
    /// Open the stream on which the server speaks unasked.
    Listen,
    /// Close it.
    Unlisten,
    /// Try one probe, by its slug.
    Probe(String),
    /// Try every probe that a checkup has, after the handshake where there is no conversation yet.
    Checkup,
    /// Ask for something light at this interval, and see when that is no longer answered.
    Watch(Micros),
    /// No longer do that.
    Unwatch,
    /// Ask the server where its tokens come from.
    FindResource,
    /// Ask an authorization server, by its name, what it says of itself.
    FindIssuer(String),
    /// Ask a token endpoint for a token. The secret goes another way.
    RequestToken(Grant),
}

impl Command {
    /// Whether it is about a token for later, and changes nothing in the conversation.
    pub const fn is_aside(&self) -> bool {
        matches!(self, Self::FindResource | Self::FindIssuer(_) | Self::RequestToken(_))
    }
}

/// What is said to a question of the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A result, as JSON.
    Result(String),
    /// A refusal.
    Error {
        /// The JSON-RPC code.
        code: i64,
        /// The message.
        message: String,
    },
}

/// Why a probe was not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// There is no token to leave out or to change.
    NoToken,
    /// The server keeps no session, or none that could be used.
    NoSession,
    /// It takes an open conversation, and none came about.
    NotOpen,
    /// It is about something that this transport does not have.
    OtherTransport,
    /// It is about something that this revision does not have.
    OtherRevision,
    /// The handshake has shown it already.
    Shown,
    /// The address has no path to which a slash could be added.
    NoPath,
    /// The requests that may be sent were used up.
    Limit,
}

impl LeftOut {
    const ALL: [Self; 8] = [
        Self::NoToken,
        Self::NoSession,
        Self::NotOpen,
        Self::OtherTransport,
        Self::OtherRevision,
        Self::Shown,
        Self::NoPath,
        Self::Limit,
    ];

    /// The word for it in the text notation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoToken => "no-token",
            Self::NoSession => "no-session",
            Self::NotOpen => "not-open",
            Self::OtherTransport => "other-transport",
            Self::OtherRevision => "other-revision",
            Self::Shown => "shown",
            Self::NoPath => "no-path",
            Self::Limit => "limit",
        }
    }

    /// Reads the word of the text notation.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }
}

/// Why the session sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `initialize`: version, capabilities, session id.
    Initialize,
    /// `notifications/initialized`.
    Initialized,
    /// `server/discover`: what a server of the stateless era speaks and offers (2026-07-28).
    Discover,
    /// GET for the event stream of HTTP+SSE, whose first event names the message endpoint (2024-11-05).
    Endpoint,
    /// One page of `tools/list`.
    ListTools,
    /// What the person asked for.
    Call,
    /// `notifications/cancelled`: the answer to a request is no longer wanted.
    Cancel,
    /// An answer to a request of the server's.
    Answer,
    /// The stream on which the server speaks unasked: GET, or `subscriptions/listen` (2026-07-28).
    Listen,
    /// GET with `Last-Event-ID`, for the rest of an event stream that ended early.
    Resume,
    /// After an opaque failure: a request without token and permission, to learn whether anything answers at all, and who keeps the
    /// answer back.
    Reach,
    /// After a session was refused: `initialize` without the id, as the specification asks of a client
    /// (2025-03-26 and later, transports, session management).
    StartOver,
    /// In the session that was opened so: what was refused in the old one, to learn whether that was about the session.
    Repeat,
    /// DELETE, to end the session.
    EndSession,
    /// A step of a probe: see [`Exchange::probe`](super::Exchange::probe).
    Probe,
    /// DELETE, to end a session that a probe opened.
    ProbeEnd,
    /// Something light, to see whether the session still lives.
    Watch,
    /// GET for what the server says of where its tokens come from (RFC 9728).
    ResourceMetadata,
    /// GET for what an authorization server says of itself (RFC 8414, OpenID Connect Discovery).
    IssuerMetadata,
    /// POST for a token (RFC 6749 §4.4).
    Token,
    /// A request another program sent; recordings can hold those.
    Other,
}

impl Purpose {
    const ALL: [Self; 21] = [
        Self::Initialize,
        Self::Initialized,
        Self::Discover,
        Self::Endpoint,
        Self::ListTools,
        Self::Call,
        Self::Cancel,
        Self::Answer,
        Self::Listen,
        Self::Resume,
        Self::Reach,
        Self::StartOver,
        Self::Repeat,
        Self::EndSession,
        Self::Probe,
        Self::ProbeEnd,
        Self::Watch,
        Self::ResourceMetadata,
        Self::IssuerMetadata,
        Self::Token,
        Self::Other,
    ];

    /// Why a request of another program is taken to be sent: by its method, how it was sent, and the method of its message.
    pub(crate) fn usual(method: Method, mode: Mode, call: Option<&str>) -> Self {
        match (method, mode, call) {
            (_, Mode::Opaque | Mode::Events, _) => Self::Reach,
            (Method::Delete, ..) => Self::EndSession,
            (_, _, Some("initialize")) => Self::Initialize,
            (_, _, Some("notifications/initialized")) => Self::Initialized,
            (_, _, Some("tools/list")) => Self::ListTools,
            (_, _, Some("server/discover")) => Self::Discover,
            _ => Self::Other,
        }
    }

    /// The word for it in the text notation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Initialize => "initialize",
            Self::Initialized => "initialized",
            Self::Discover => "discover",
            Self::Endpoint => "endpoint",
            Self::ListTools => "list-tools",
            Self::Call => "call",
            Self::Cancel => "cancel",
            Self::Answer => "answer",
            Self::Listen => "listen",
            Self::Resume => "resume",
            Self::Reach => "reach",
            Self::StartOver => "start-over",
            Self::Repeat => "repeat",
            Self::EndSession => "end-session",
            Self::Probe => "probe",
            Self::ProbeEnd => "probe-end",
            Self::Watch => "watch",
            Self::ResourceMetadata => "resource-metadata",
            Self::IssuerMetadata => "issuer-metadata",
            Self::Token => "token",
            Self::Other => "other",
        }
    }

    /// Reads the word of the text notation.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }

    /// Whether the session sent it to learn what is wrong, not to get on.
    pub const fn is_probe(self) -> bool {
        matches!(self, Self::Reach | Self::StartOver | Self::Repeat | Self::Probe | Self::ProbeEnd) || self.seeks_token()
    }

    /// Whether it is about where tokens come from: no part of the conversation with the server.
    pub const fn seeks_token(self) -> bool {
        matches!(self, Self::ResourceMetadata | Self::IssuerMetadata | Self::Token)
    }

    /// Whether it opens the conversation: one of these has to be answered well.
    pub const fn opens(self) -> bool {
        matches!(self, Self::Initialize | Self::Discover | Self::Endpoint)
    }
}

/// How an exchange ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The body is complete, as far as the transport says.
    Complete,
    /// No response came, and the browser does not say why (a `TypeError` from fetch); holds its text.
    Failed(String),
    /// The body broke off after the response had begun; holds the browser's text.
    Cut(String),
    /// The exchange was given up on this side.
    Aborted,
}

/// Why the session gave an exchange up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The person pressed Stop.
    Stopped,
    /// No answer within the limit.
    TimedOut,
    /// The answer is larger than this page reads.
    TooLarge,
    /// What was to be learned is known.
    Done,
}

impl Why {
    /// The word for it in the text notation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::TimedOut => "timed-out",
            Self::TooLarge => "too-large",
            Self::Done => "done",
        }
    }

    /// Reads the word of the text notation.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Stopped, Self::TimedOut, Self::TooLarge, Self::Done].into_iter().find(|why| why.as_str() == text)
    }
}
