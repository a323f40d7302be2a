//! The stateless era (2026-07-28): every request says what it needs, and nothing is remembered between two of them.

use inspector_core::http::Headers;
use inspector_core::json::Node;

use crate::envelope::{self, Answer, Error, Message};
use crate::mirrored;
use crate::object::Object;
use crate::offers;
use crate::params::{Params, object, part, text};
use crate::revision::Revision;
use crate::seal;
use crate::server::{ConnectionId, Request, Server};
use crate::sessions::INSTRUCTIONS;
use crate::streams::Style;
use crate::tools::{Ask, Turn};
use crate::work::{Client, Reply, Work, progress_token};
use crate::world::Level;

const HERE: Revision = Revision::V2026_07_28;

/// The keys of `_meta` that the protocol reserves.
const VERSION: &str = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";
const LOG_LEVEL: &str = "io.modelcontextprotocol/logLevel";

/// The version a request names in its body.
pub(crate) fn version(root: Node<'_>) -> Option<String> {
    text(Some(root), &["params", "_meta", VERSION]).map(std::borrow::Cow::into_owned)
}

/// A request of this era.
struct Asked<'a> {
    id: &'a str,
    method: &'a str,
    params: Node<'a>,
    client: Client,
}

impl Server {
    /// A POST with one request or notification.
    pub(crate) fn post_stateless(&mut self, connection: ConnectionId, request: &Request, root: Node<'_>) -> Result<(), Error> {
        let named = request.headers.get("mcp-protocol-version");
        match envelope::read(root)? {
            Message::Request { id, method, params } => {
                self.ask_stateless(connection, request, id, &method, params, named).map_err(|error| error.of(id))
            }
            Message::Notification { .. } => {
                check_version(named, version(root).as_deref())?;
                // This revision has no notification that a client sends over HTTP; an unknown one is no error.
                self.empty(connection, 202);
                Ok(())
            }
            Message::Response { .. } => {
                Err(Error::refused(400, Error::INVALID_REQUEST, "Invalid request: a client sends no responses"))
            }
        }
    }

    fn ask_stateless(
        &mut self,
        connection: ConnectionId,
        request: &Request,
        id: &str,
        method: &str,
        params: Params<'_>,
        named: Option<&str>,
    ) -> Result<(), Error> {
        let version = text(params, &["_meta", VERSION]);
        check_version(named, version.as_deref())?;
        let (Some(params), Some(_)) = (params, version) else { return Err(missing(VERSION)) };
        let capabilities = object(Some(params), &["_meta", CAPABILITIES]).ok_or_else(|| missing(CAPABILITIES))?;
        let level = match part(Some(params), &["_meta", LOG_LEVEL]) {
            None => None,
            Some(level) => {
                let level = level.as_str().and_then(|level| Level::parse(&level));
                Some(level.ok_or_else(|| Error::params(format!("Invalid params: {LOG_LEVEL} is not a log level")))?)
            }
        };
        mirrored::check(&self.world, &request.headers, method, params)?;
        let client = Client {
            revision: HERE,
            capabilities: capabilities.raw().to_owned(),
            ready: true,
            level,
            progress: progress_token(Some(params)),
        };
        self.answer_stateless(connection, Asked { id, method, params, client })
    }

    fn answer_stateless(&mut self, connection: ConnectionId, asked: Asked<'_>) -> Result<(), Error> {
        let result = match asked.method {
            "server/discover" => Ok(discovered()),
            "subscriptions/listen" => return self.listen(connection, asked.id, asked.params),
            "tools/call" => return self.call_stateless(connection, asked),
            method => offers::answer(&self.world, HERE, method, Some(asked.params)),
        };
        let result = result?;
        self.json(connection, 200, Headers::new(), envelope::response(asked.id, HERE, result));
        Ok(())
    }

    fn call_stateless(&mut self, connection: ConnectionId, asked: Asked<'_>) -> Result<(), Error> {
        let Asked { id, params, client, .. } = asked;
        let work = Work::read(id, client, None, Some(params))?;
        let given = self.given(&work, params)?;
        let mut started = self.first_turn(work)?;
        if let Turn::Ask(ask) = &started.turn {
            match given.and_then(|given| given.get(ask.key)) {
                Some(answer) if answer.is_object() => started = self.take_turn(started.work, Some(Answer::Result(answer))),
                Some(_) => return Err(Error::params(format!("Invalid params: inputResponses.{} is no result", ask.key))),
                // What is missing is asked for once more (2026-07-28, multi round-trip requests).
                None => started.turn = Turn::Done(self.input_required(&started.work, ask)),
            }
        }
        match started.reply() {
            Reply::Now(response) => self.json(connection, 200, Headers::new(), response),
            reply => {
                let stream = self.open_stream(connection, None, Style::Plain, 1, false);
                self.reply_on(stream, reply);
            }
        }
        Ok(())
    }

    /// The responses a client brings for what it was asked, once the state that goes with them is found to be ours.
    ///
    /// # Errors
    /// For responses without the state, and for a state that this server did not give for this call, or not lately.
    fn given<'a>(&self, work: &Work, params: Node<'a>) -> Result<Option<Node<'a>>, Error> {
        let invalid = |what: &str| Err(Error::params(format!("Invalid params: {what}")));
        let responses = params.get("inputResponses");
        if responses.is_some_and(|responses| !responses.is_object()) {
            return invalid("inputResponses is an object");
        }
        match params.get("requestState").map(Node::as_str) {
            None if responses.is_some() => invalid("inputResponses come with the requestState they belong to"),
            None => Ok(None),
            Some(Some(state)) if seal::holds(self.seed, &work.name, &work.arguments, self.now, &state) => Ok(responses),
            Some(_) => invalid("this requestState was not given for this call, or has expired"),
        }
    }

    fn input_required(&self, work: &Work, ask: &Ask) -> Object {
        let asked = Object::new().text("method", ask.need.method());
        let asked = asked.raw_if(!ask.params.is_empty(), "params", &ask.params).end();
        Object::new()
            .text("resultType", "input_required")
            .raw("inputRequests", &Object::new().raw(ask.key, &asked).end())
            .text("requestState", &seal::seal(self.seed, &work.name, &work.arguments, self.now))
    }
}

/// The version in the header and the one in the body are the same, and are spoken here.
fn check_version(header: Option<&str>, body: Option<&str>) -> Result<(), Error> {
    let Some(header) = header else {
        return Err(mirrored::mismatch("the MCP-Protocol-Version header is missing"));
    };
    if let Some(body) = body.filter(|body| *body != header) {
        return Err(mirrored::mismatch(&format!("MCP-Protocol-Version is \"{header}\" and the body says \"{body}\"")));
    }
    if Revision::parse(header) == Some(HERE) {
        return Ok(());
    }
    let data = Object::new().raw("supported", &Revision::streamable()).text("requested", header).end();
    Err(Error::refused(400, Error::UNSUPPORTED_VERSION, "Unsupported protocol version").with(data))
}

fn missing(key: &str) -> Error {
    Error::refused(400, Error::INVALID_PARAMS, format!("Invalid params: _meta has no {key}"))
}

fn discovered() -> Object {
    let result = envelope::result(HERE)
        .raw("supportedVersions", &Revision::streamable())
        .raw("capabilities", &offers::capabilities(HERE))
        .text("instructions", INSTRUCTIONS);
    offers::cached(result, HERE, offers::MINUTE)
}
