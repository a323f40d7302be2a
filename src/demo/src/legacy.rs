//! HTTP+SSE (2024-11-05): a GET opens the one stream everything comes on, and its first event says where to POST.

use inspector_core::http::Headers;

use crate::checks;
use crate::envelope::{self, Error, Message};
use crate::revision::Revision;
use crate::server::{ConnectionId, Request, Server};
use crate::sessions::Opening;
use crate::streams::Style;
use crate::work::Reply;

/// Where messages are posted to.
pub(crate) const MESSAGES: &str = "/messages";

impl Server {
    /// GET: a new session, its stream, and the address for its messages.
    pub(crate) fn open_channel(&mut self, connection: ConnectionId) {
        let session = self.begin_session(Opening::before_initialize(Revision::V2024_11_05));
        let (key, id) = (session.key, session.id.clone());
        let stream = self.open_stream(connection, Some(key), Style::Named, 0, true);
        if let Some(session) = self.session(key) {
            session.standing = Some(stream);
        }
        self.chunk(connection, format!("event: endpoint\ndata: {MESSAGES}?sessionId={id}\n\n"));
    }

    /// POST: a message. It is accepted here, and answered on the stream.
    pub(crate) fn post_message(&mut self, connection: ConnectionId, request: &Request) -> Result<(), Error> {
        let invalid = |status, message: &str| Error::refused(status, Error::INVALID_REQUEST, message);
        let Some(id) = request.query("sessionId") else { return Err(invalid(400, "Bad request: sessionId is missing")) };
        let known = self.sessions.iter().find(|session| session.id == id && session.revision == Revision::V2024_11_05);
        let Some((key, stream, begun)) = known.and_then(|session| Some((session.key, session.standing?, session.begun))) else {
            return Err(invalid(404, "Session not found: open the event stream again"));
        };
        checks::content_type(&request.headers)?;
        let text = checks::text(&request.body)?;
        let scan = inspector_core::json::scan(text);
        let message = envelope::read(envelope::root(&scan, text)?)?;
        self.text(connection, 202, Headers::new(), "Accepted");
        let reply = match message {
            Message::Request { id, method, params } if method == "initialize" && !begun => {
                let opening = Opening::read(params, Revision::V2024_11_05, |revision| revision == Revision::V2024_11_05);
                Some(Reply::Now(match opening {
                    Ok(opening) => {
                        let response = opening.response(id);
                        if let Some(session) = self.session(key) {
                            session.open(opening);
                        }
                        response
                    }
                    Err(error) => error.of(id).message(),
                }))
            }
            message => self.take(key, message),
        };
        reply.into_iter().for_each(|reply| self.reply_on(stream, reply));
        Ok(())
    }
}
