//! The server as a state machine: it is told what happens and says what goes out. It never waits, asks a clock or calls out.
//!
//! The contract: call [`Server::handle`] with one input, then drain [`Server::poll_output`] until it is empty, before the next
//! input. `WakeAt` replaces the last one: call again with [`Input::Tick`] when that time has come.

use std::collections::VecDeque;

use inspector_core::http::Headers;
use inspector_core::json;
use inspector_core::time::Micros;

use crate::checks;
use crate::envelope::{self, Error};
use crate::legacy::MESSAGES;
use crate::listens::Listen;
use crate::revision::Revision;
use crate::sessions::Session;
use crate::stateless;
use crate::streams::Stream;
use crate::work::Work;
use crate::world::World;

/// One HTTP request and its response. The caller numbers them, each differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// An HTTP request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    /// `POST`, `GET`, `DELETE` or anything else.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The header fields. A field whose value is a secret counts as absent: this server wants no token.
    pub headers: Headers,
    /// The body, empty for none.
    pub body: Vec<u8>,
}

impl Request {
    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// A parameter of the query, as it stands there.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.target.split_once('?')?.1.split('&');
        pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// What can happen to the server.
#[derive(Clone, Debug)]
pub enum Input {
    /// A request arrived.
    Request(ConnectionId, Request),
    /// The client gave this response up.
    Closed(ConnectionId),
    /// The time of the last `WakeAt` has come.
    Tick,
}

/// What the server wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send a status and headers.
    Head(ConnectionId, u16, Headers),
    /// Send bytes of a body.
    Chunk(ConnectionId, Vec<u8>),
    /// The response is whole.
    End(ConnectionId),
    /// Call back at this time, or not at all.
    WakeAt(Option<Micros>),
}

/// A server with everything it remembers.
#[derive(Debug)]
pub struct Server {
    /// The time of the input at hand.
    pub(crate) now: Micros,
    /// Goes into what this server gives out, so that another one does not take it for its own.
    pub(crate) seed: u64,
    pub(crate) world: World,
    pub(crate) sessions: Vec<Session>,
    pub(crate) streams: Vec<Stream>,
    pub(crate) works: Vec<Work>,
    pub(crate) listens: Vec<Listen>,
    /// Numbers sessions, streams and requests of ours.
    pub(crate) count: u32,
    outputs: VecDeque<Output>,
    wake_at: Option<Micros>,
}

impl Server {
    /// A server that knows nobody yet. With the same seed, and told the same, two servers do the same.
    pub fn new(seed: u64) -> Self {
        Self {
            now: Micros::ZERO,
            seed,
            world: World::default(),
            sessions: Vec::new(),
            streams: Vec::new(),
            works: Vec::new(),
            listens: Vec::new(),
            count: 0,
            outputs: VecDeque::new(),
            wake_at: None,
        }
    }

    /// Takes one input.
    pub fn handle(&mut self, now: Micros, input: Input) {
        self.now = self.now.max(now);
        match input {
            Input::Request(connection, request) => {
                if let Err(error) = self.route(connection, &request) {
                    self.refuse(connection, &error);
                }
            }
            Input::Closed(connection) => self.closed(connection),
            Input::Tick => {
                self.run_due();
                self.keep_alive();
            }
        }
        self.tell_changes();
        let quiet = self.streams.iter().filter(|stream| stream.connection.is_some()).map(|stream| stream.quiet_at);
        let wake_at = quiet.chain(self.next_due()).min();
        if wake_at != self.wake_at {
            self.wake_at = wake_at;
            self.send(Output::WakeAt(wake_at));
        }
    }

    /// The next thing to do, until there is none.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    fn route(&mut self, connection: ConnectionId, request: &Request) -> Result<(), Error> {
        checks::origin(&request.headers)?;
        let named = request.headers.get("mcp-protocol-version").and_then(Revision::parse);
        let stateless = named.is_some_and(Revision::is_stateless);
        match (request.path(), request.method.as_str()) {
            ("/mcp", "POST") => self.post_endpoint(connection, request),
            ("/mcp", "GET") if !stateless => self.get(connection, request),
            ("/mcp", "DELETE") if !stateless => self.delete(connection, request),
            ("/mcp", _) => {
                self.not_allowed(connection, if stateless { "POST" } else { "GET, POST, DELETE" });
                Ok(())
            }
            ("/sse", "GET") => {
                self.open_channel(connection);
                Ok(())
            }
            (MESSAGES, "POST") => self.post_message(connection, request),
            ("/sse" | MESSAGES, _) => {
                self.not_allowed(connection, if request.path() == MESSAGES { "POST" } else { "GET" });
                Ok(())
            }
            _ => {
                self.text(connection, 404, Headers::new(), "There is nothing here. The demo server is at /mcp and at /sse.");
                Ok(())
            }
        }
    }

    /// A POST to the endpoint of both eras: the version a request names says which one it means (2026-07-28, versioning).
    fn post_endpoint(&mut self, connection: ConnectionId, request: &Request) -> Result<(), Error> {
        checks::accepts(&request.headers, &[checks::JSON, checks::EVENT_STREAM])?;
        checks::content_type(&request.headers)?;
        let text = checks::text(&request.body)?;
        let scan = json::scan(text);
        let root = envelope::root(&scan, text)?;
        let handshake = match request.headers.get("mcp-protocol-version") {
            Some(named) => Revision::parse(named).is_some_and(|revision| !revision.is_stateless()),
            None => stateless::version(root).is_none(),
        };
        if handshake { self.post(connection, request, root) } else { self.post_stateless(connection, request, root) }
    }

    /// The client does not read a response any more. That cancels a request of the stateless era, and ends a session of
    /// HTTP+SSE; in between, the stream goes on and waits for the client to come back (2025-11-25, transports).
    fn closed(&mut self, connection: ConnectionId) {
        let Some(stream) = self.streams.iter_mut().find(|stream| stream.connection == Some(connection)) else { return };
        stream.connection = None;
        let (id, session) = (stream.id, stream.session);
        let over_sse = session.and_then(|key| self.session(key)).is_some_and(|session| session.revision == Revision::V2024_11_05);
        match session {
            None => self.forget(id),
            Some(key) if over_sse => self.end_session(key),
            Some(_) => {}
        }
    }

    /// Answers with an error, as HTTP and as JSON-RPC say it.
    fn refuse(&mut self, connection: ConnectionId, error: &Error) {
        self.json(connection, error.status(), Headers::new(), error.message());
    }

    fn not_allowed(&mut self, connection: ConnectionId, allowed: &str) {
        let mut headers = Headers::new();
        headers.push("allow", allowed);
        let error = Error::refused(405, Error::INVALID_REQUEST, format!("Method not allowed: only {allowed} here"));
        self.json(connection, 405, headers, error.message());
    }

    /// A response with one JSON value.
    pub(crate) fn json(&mut self, connection: ConnectionId, status: u16, headers: Headers, body: String) {
        self.whole(connection, status, headers, checks::JSON, body);
    }

    /// A response with a line for a person.
    pub(crate) fn text(&mut self, connection: ConnectionId, status: u16, headers: Headers, body: &str) {
        self.whole(connection, status, headers, "text/plain; charset=utf-8", body.to_owned());
    }

    fn whole(&mut self, connection: ConnectionId, status: u16, mut headers: Headers, media_type: &str, body: String) {
        headers.push("content-type", media_type);
        headers.push("content-length", body.len().to_string());
        self.send(Output::Head(connection, status, headers));
        self.chunk(connection, body);
        self.send(Output::End(connection));
    }

    /// A response without a body.
    pub(crate) fn empty(&mut self, connection: ConnectionId, status: u16) {
        self.send(Output::Head(connection, status, Headers::new()));
        self.send(Output::End(connection));
    }

    /// Bytes of a body.
    pub(crate) fn chunk(&mut self, connection: ConnectionId, text: String) {
        self.send(Output::Chunk(connection, text.into_bytes()));
    }

    /// Anything that goes out.
    pub(crate) fn send(&mut self, output: Output) {
        self.outputs.push_back(output);
    }
}
