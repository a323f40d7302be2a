//! Streamable HTTP of the handshake era: `initialize`, sessions, POST, the GET stream and DELETE (2025-03-26 to 2025-11-25).

use inspector_core::http::Headers;
use inspector_core::json::Node;

use crate::checks;
use crate::envelope::{self, Error, Message};
use crate::object::array;
use crate::offers;
use crate::params::Params;
use crate::revision::Revision;
use crate::server::{ConnectionId, Request, Server};
use crate::sessions::Opening;
use crate::streams::Style;
use crate::work::{Client, Reply, Work};

impl Server {
    /// A POST with one message, or with several in 2025-03-26.
    pub(crate) fn post(&mut self, connection: ConnectionId, request: &Request, root: Node<'_>) -> Result<(), Error> {
        if !root.is_array()
            && let Message::Request { id, method, params } = envelope::read(root)?
            && method == "initialize"
        {
            return self.initialize(connection, request, id, params).map_err(|error| error.of(id));
        }
        let (key, revision) = self.session_of(request).map_err(|error| match root.get("id") {
            Some(id) if envelope::is_id(id) => error.of(id.raw()),
            _ => error,
        })?;
        let replies = if root.is_array() {
            self.take_batch(key, revision, root)?
        } else {
            self.take(key, envelope::read(root)?).into_iter().collect()
        };
        self.answer_post(connection, key, revision, replies, root.is_array());
        Ok(())
    }

    fn initialize(&mut self, connection: ConnectionId, request: &Request, id: &str, params: Params<'_>) -> Result<(), Error> {
        if request.headers.has("mcp-session-id") {
            // One that has ended must be told so, whatever is asked in it.
            self.session_of(request)?;
            return Err(Error::refused(400, Error::INVALID_REQUEST, "A new session is begun without a session id"));
        }
        let opening = Opening::read(params, Revision::LATEST_HANDSHAKE, Revision::is_streamable_handshake)?;
        let body = opening.response(id);
        let session = self.begin_session(opening).id.clone();
        let mut headers = Headers::new();
        headers.push("mcp-session-id", session);
        self.json(connection, 200, headers, body);
        Ok(())
    }

    /// The session a request names, in the revision it was negotiated in.
    ///
    /// # Errors
    /// 400 without an id, 404 for one that is not (or no longer) known, 400 for another revision.
    fn session_of(&self, request: &Request) -> Result<(u32, Revision), Error> {
        let invalid = |status, message: &str| Err(Error::refused(status, Error::INVALID_REQUEST, message));
        let Some(id) = request.headers.get("mcp-session-id") else {
            return invalid(400, "Bad request: the Mcp-Session-Id header is missing");
        };
        let known = self.sessions.iter().find(|session| session.id == id && session.revision.is_streamable_handshake());
        let Some(session) = known else { return invalid(404, "Session not found: initialize a new one") };
        match request.headers.get("mcp-protocol-version") {
            Some(named) if named != session.revision.as_str() => {
                invalid(400, &format!("Bad request: this session speaks {}, not {named}", session.revision.as_str()))
            }
            _ => Ok((session.key, session.revision)),
        }
    }

    fn take_batch(&mut self, key: u32, revision: Revision, root: Node<'_>) -> Result<Vec<Reply>, Error> {
        let invalid = |message: &str| Err(Error::refused(400, Error::INVALID_REQUEST, message));
        if revision != Revision::V2025_03_26 {
            return invalid("Invalid request: only 2025-03-26 has batches");
        }
        if root.children() == 0 {
            return invalid("Invalid request: an empty batch");
        }
        let mut replies = Vec::new();
        for node in root.items() {
            match envelope::read(node) {
                Ok(message) => replies.extend(self.take(key, message)),
                Err(error) => replies.push(Reply::Now(error.message())),
            }
        }
        Ok(replies)
    }

    /// Takes one message of a session; a request has a reply.
    pub(crate) fn take(&mut self, key: u32, message: Message<'_>) -> Option<Reply> {
        match message {
            Message::Request { id, method, params } => {
                let reply = self.asked(key, id, &method, params);
                Some(reply.unwrap_or_else(|error| Reply::Now(error.of(id).message())))
            }
            Message::Notification { method, params } => {
                if method == "notifications/cancelled" {
                    self.cancel(key, params);
                } else if method == "notifications/initialized"
                    && let Some(session) = self.session(key)
                {
                    session.ready = true;
                }
                None
            }
            Message::Response { id, answer } => {
                self.take_answer(key, id, answer);
                None
            }
        }
    }

    fn asked(&mut self, key: u32, id: &str, method: &str, params: Params<'_>) -> Result<Reply, Error> {
        let gone = || Error::new(Error::INTERNAL, "The session has ended");
        let session = self.session(key).ok_or_else(gone)?;
        let revision = session.revision;
        if !session.begun && method != "ping" {
            return Err(Error::new(Error::INVALID_REQUEST, "Invalid request: initialize comes first"));
        }
        let result = match method {
            "initialize" => Err(Error::new(Error::INVALID_REQUEST, "Invalid request: the session has begun")),
            "ping" => Ok(envelope::result(revision)),
            "logging/setLevel" => session.set_level(params),
            "resources/subscribe" => session.follow(params, true),
            "resources/unsubscribe" => session.follow(params, false),
            "tools/call" => {
                let client = Client::of(session, params);
                return Ok(self.first_turn(Work::read(id, client, Some(key), params)?)?.reply());
            }
            _ => offers::answer(&self.world, revision, method, params),
        };
        result.map(|result| Reply::Now(envelope::response(id, revision, result)))
    }

    fn answer_post(&mut self, connection: ConnectionId, key: u32, revision: Revision, replies: Vec<Reply>, batch: bool) {
        if replies.is_empty() {
            return self.empty(connection, 202);
        }
        if replies.iter().all(|reply| matches!(reply, Reply::Now(_))) {
            let mut now =
                replies.into_iter().filter_map(|reply| if let Reply::Now(message) = reply { Some(message) } else { None });
            let body = if batch { array(now) } else { now.next().unwrap_or_default() };
            return self.json(connection, 200, Headers::new(), body);
        }
        let stream = self.open_stream(connection, Some(key), Style::of(revision), replies.len(), false);
        replies.into_iter().for_each(|reply| self.reply_on(stream, reply));
    }

    /// Puts a reply on a stream, now or when it is there.
    pub(crate) fn reply_on(&mut self, stream: u32, reply: Reply) {
        match reply {
            Reply::Now(message) => {
                self.say(stream, &message);
                self.answered_on(stream);
            }
            Reply::Later(mut started) => {
                started.work.stream = stream;
                self.go_on(*started);
            }
        }
    }

    /// A GET: the stream for what belongs to no request, or the rest of one that broke off.
    pub(crate) fn get(&mut self, connection: ConnectionId, request: &Request) -> Result<(), Error> {
        checks::accepts(&request.headers, &[checks::EVENT_STREAM])?;
        let (key, revision) = self.session_of(request)?;
        if let Some(last) = request.headers.get("last-event-id") {
            if self.resume(connection, key, last) {
                return Ok(());
            }
            return Err(Error::refused(400, Error::INVALID_REQUEST, "Bad request: no stream of this session has that event"));
        }
        if let Some(standing) = self.session(key).and_then(|session| session.standing) {
            let read = self.streams.iter().any(|stream| stream.id == standing && stream.connection.is_some());
            if read {
                return Err(Error::refused(409, Error::INVALID_REQUEST, "Conflict: this session has its GET stream already"));
            }
            self.forget(standing);
        }
        let stream = self.open_stream(connection, Some(key), Style::of(revision), 0, true);
        if let Some(session) = self.session(key) {
            session.standing = Some(stream);
        }
        Ok(())
    }

    /// A DELETE ends its session.
    pub(crate) fn delete(&mut self, connection: ConnectionId, request: &Request) -> Result<(), Error> {
        let (key, _) = self.session_of(request)?;
        self.end_session(key);
        self.empty(connection, 204);
        Ok(())
    }
}
