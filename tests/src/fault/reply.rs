//! A response as data: the head, how the end of the body is told, and what to do step by step.

use std::{sync::mpsc::Receiver, time::Duration};

use crate::http::Headers;

/// What a server does with a request.
pub(crate) enum Answer {
    Reply(Reply),
    /// Reads the request and says nothing for as long as the client waits.
    Never,
    /// Closes the connection before the response head.
    Close,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

/// A response to be played by [`super::wire`].
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) reason: &'static str,
    pub(crate) headers: Headers,
    pub(crate) framing: Framing,
    pub(crate) steps: Vec<Step>,
}

/// How the client learns where the body ends (RFC 9112, 6.3).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// `Content-Length`, the true one.
    Length,
    /// `Transfer-Encoding: chunked`, one chunk per write.
    Chunked,
    /// Neither: the body ends with the connection.
    UntilClose,
}

/// One thing to do while sending a body.
pub(crate) enum Step {
    Write(Vec<u8>),
    /// Pieces made on the fly: `piece(0)`, `piece(1)` … up to `count`, all of one length. With a pause, after each of them.
    Generate {
        piece: fn(u64) -> Vec<u8>,
        count: u64,
        pause: Duration,
    },
    Wait(Duration),
    /// Sends what other connections hand over, until nobody can any more.
    Relay(Receiver<Vec<u8>>),
    /// Keeps the response open until the client lets go.
    Hold,
    /// Starts a chunk, sends these bytes of it, and closes before its end.
    CutInChunk(Vec<u8>),
    /// Closes at once, without the end that the framing promised.
    Cut,
}

/// A piece count that no client lives to see.
pub(crate) const FOREVER: u64 = u64::MAX;

impl Reply {
    pub(crate) fn new(status: u16, reason: &'static str) -> Self {
        Self { status, reason, headers: Headers::default(), framing: Framing::Length, steps: Vec::new() }
    }

    pub(crate) fn ok() -> Self {
        Self::new(200, "OK")
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.0.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn json(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "application/json").body(body)
    }

    pub(crate) fn html(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "text/html; charset=utf-8").body(body)
    }

    pub(crate) fn text(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "text/plain; charset=utf-8").body(body)
    }

    /// A body without a word about its type.
    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.steps.push(Step::Write(body.into()));
        self
    }

    /// An event stream, chunked, as every SDK server sends it.
    pub(crate) fn stream(self, steps: impl IntoIterator<Item = Step>) -> Self {
        let mut reply = self.header("content-type", "text/event-stream").header("cache-control", "no-cache, no-transform");
        reply.framing = Framing::Chunked;
        reply.steps.extend(steps);
        reply
    }
}

/// An event with `message` as its type, framed as the Python SDK does.
pub(crate) fn event(data: &str) -> Step {
    Step::Write(format!("event: message\r\ndata: {data}\r\n\r\n").into_bytes())
}

/// A comment, which says only that the stream is alive.
pub(crate) fn comment(text: &str) -> Step {
    Step::Write(format!(": {text}\r\n\r\n").into_bytes())
}

pub(crate) fn wait(milliseconds: u64) -> Step {
    Step::Wait(Duration::from_millis(milliseconds))
}
