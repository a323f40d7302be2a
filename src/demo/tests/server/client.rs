//! A client for the tests: it writes every header and every byte itself, in virtual time.

use std::collections::BTreeMap;

use inspector_core::http::Headers;
use inspector_core::time::Micros;
use inspector_demo::{ConnectionId, Input, Output, Request, Server};
use serde_json::{Value, json};

/// The revisions with a handshake over Streamable HTTP.
pub(crate) const HANDSHAKES: [&str; 3] = ["2025-03-26", "2025-06-18", "2025-11-25"];

/// The revision without one.
pub(crate) const STATELESS: &str = "2026-07-28";

/// What every POST carries.
pub(crate) const USUAL: [(&str, &str); 2] =
    [("content-type", "application/json"), ("accept", "application/json, text/event-stream")];

/// A response, as far as it has come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: String,
    pub(crate) ended: bool,
}

/// One event of a stream, or a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) retry: Option<u64>,
    pub(crate) data: Option<String>,
    pub(crate) comment: bool,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_default()
    }

    pub(crate) fn is_stream(&self) -> bool {
        self.header("content-type") == "text/event-stream"
    }

    /// The one JSON value of the body.
    pub(crate) fn json(&self) -> Value {
        assert!(self.ended && self.header("content-type") == "application/json", "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        assert!(self.is_stream() && (self.body.is_empty() || self.body.ends_with("\n\n")), "{self:?}");
        self.body.split("\n\n").filter(|block| !block.is_empty()).map(event).collect()
    }

    /// The messages that have come, whether in JSON or in a stream.
    pub(crate) fn messages(&self) -> Vec<Value> {
        if !self.is_stream() {
            return vec![self.json()];
        }
        let data = self.events().into_iter().filter_map(|event| event.data).filter(|data| !data.is_empty());
        data.map(|data| serde_json::from_str(&data).unwrap_or_else(|error| panic!("{error}: {data}"))).collect()
    }

    /// The last message, which answers the request.
    pub(crate) fn answer(&self) -> Value {
        self.messages().pop().unwrap_or_else(|| panic!("no message yet: {self:?}"))
    }

    pub(crate) fn result(&self) -> Value {
        let answer = self.answer();
        assert!(answer["result"].is_object(), "{answer}");
        answer["result"].clone()
    }

    pub(crate) fn error_code(&self) -> i64 {
        let answer = self.answer();
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("no error: {answer}"))
    }

    /// The text of the first piece of content of a tool's result.
    pub(crate) fn said(&self) -> String {
        self.result()["content"][0]["text"].as_str().unwrap_or_else(|| panic!("no text: {self:?}")).to_owned()
    }
}

fn event(block: &str) -> Event {
    let mut event = Event::default();
    for line in block.lines() {
        match line.split_once(':').map(|(field, value)| (field, value.strip_prefix(' ').unwrap_or(value))) {
            Some(("", _)) => event.comment = true,
            Some(("id", id)) => event.id = Some(id.to_owned()),
            Some(("event", name)) => event.name = Some(name.to_owned()),
            Some(("retry", millis)) => event.retry = Some(millis.parse().expect("milliseconds")),
            Some(("data", data)) => assert!(event.data.replace(data.to_owned()).is_none(), "two lines of data: {block}"),
            _ => panic!("not a line of an event: {line}"),
        }
    }
    event
}

/// A server and everybody who calls it.
pub(crate) struct Lab {
    server: Server,
    pub(crate) now: Micros,
    wake_at: Option<Micros>,
    replies: BTreeMap<ConnectionId, Reply>,
}

impl Lab {
    pub(crate) fn new() -> Self {
        Self { server: Server::new(7), now: Micros::ZERO, wake_at: None, replies: BTreeMap::new() }
    }

    /// Sends any request.
    pub(crate) fn send(&mut self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> ConnectionId {
        let id = ConnectionId(u32::try_from(self.replies.len()).unwrap() + 1);
        self.replies.insert(id, Reply::default());
        let mut fields = Headers::new();
        headers.iter().for_each(|(name, value)| fields.push(name, *value));
        let request = Request { method: method.to_owned(), target: target.to_owned(), headers: fields, body: body.to_vec() };
        self.feed(Input::Request(id, request));
        id
    }

    /// Gives a response up.
    pub(crate) fn close(&mut self, id: ConnectionId) {
        self.feed(Input::Closed(id));
    }

    /// Lets time pass, and calls the server whenever it asked for it.
    pub(crate) fn wait(&mut self, millis: u64) {
        let until = self.now.saturating_add(Micros::from_millis(millis));
        while let Some(at) = self.wake_at.filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.feed(Input::Tick);
            assert!(self.wake_at.is_none_or(|next| next > at), "the server wants to be called for a time that is over");
        }
        self.now = until;
    }

    pub(crate) fn wakes_at(&self) -> Option<Micros> {
        self.wake_at
    }

    pub(crate) fn reply(&self, id: ConnectionId) -> &Reply {
        &self.replies[&id]
    }

    fn feed(&mut self, input: Input) {
        self.server.handle(self.now, input);
        while let Some(output) = self.server.poll_output() {
            match output {
                Output::Head(id, status, headers) => {
                    let reply = self.open(id);
                    assert_eq!(reply.status, 0, "two heads");
                    (reply.status, reply.headers) = (status, headers);
                }
                Output::Chunk(id, bytes) => {
                    let reply = self.open(id);
                    assert_ne!(reply.status, 0, "a body before its head");
                    reply.body.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
                }
                Output::End(id) => self.open(id).ended = true,
                Output::WakeAt(at) => self.wake_at = at,
            }
        }
    }

    fn open(&mut self, id: ConnectionId) -> &mut Reply {
        let reply = self.replies.get_mut(&id).expect("a response to a request");
        assert!(!reply.ended, "more after the end");
        reply
    }

    /// A GET, DELETE or the like on the endpoint.
    pub(crate) fn call(&mut self, method: &str, headers: &[(&str, &str)]) -> Reply {
        let id = self.send(method, "/mcp", headers, b"");
        self.reply(id).clone()
    }

    /// A POST to the endpoint with the usual headers and these.
    pub(crate) fn post_with(&mut self, headers: &[(&str, &str)], body: &str) -> ConnectionId {
        self.send("POST", "/mcp", &[&USUAL[..], headers].concat(), body.as_bytes())
    }

    /// `initialize`, with a client that can do this much.
    pub(crate) fn initialize(&mut self, revision: &str, capabilities: Value) -> Reply {
        let id = self.post_with(&[], &initialize(revision, capabilities).to_string());
        self.reply(id).clone()
    }

    /// A session that is ready.
    pub(crate) fn session(&mut self, revision: &'static str) -> Session {
        self.session_that(revision, json!({}))
    }

    /// A session of a client that can do this much.
    pub(crate) fn session_that(&mut self, revision: &'static str, capabilities: Value) -> Session {
        let id = self.initialize(revision, capabilities).header("mcp-session-id").to_owned();
        let session = Session { revision, id };
        let initialized = self.post_in(&session, &json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        assert_eq!(self.reply(initialized).status, 202);
        session
    }

    /// A POST in a session.
    pub(crate) fn post_in(&mut self, session: &Session, message: &Value) -> ConnectionId {
        self.post_with(&session.headers(), &message.to_string())
    }

    /// A request in a session.
    pub(crate) fn ask_in(&mut self, session: &Session, method: &str, params: Value) -> Reply {
        let id = self.begin_in(session, method, params);
        self.reply(id).clone()
    }

    /// A request in a session, whose answer may take a while.
    pub(crate) fn begin_in(&mut self, session: &Session, method: &str, params: Value) -> ConnectionId {
        self.post_in(session, &json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
    }

    /// A tool call in a session, until it is answered.
    pub(crate) fn call_tool(&mut self, session: &Session, name: &str, arguments: Value) -> Reply {
        let id = self.begin_in(session, "tools/call", json!({"name": name, "arguments": arguments}));
        self.wait(30_000);
        self.reply(id).clone()
    }

    /// A GET in a session.
    pub(crate) fn get_in(&mut self, session: &Session, more: &[(&str, &str)]) -> ConnectionId {
        let headers = [&session.headers()[..], &[("accept", "text/event-stream")], more].concat();
        self.send("GET", "/mcp", &headers, b"")
    }

    /// A request of the stateless era, with everything that belongs to it.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Reply {
        let id = self.begin(method, params);
        self.reply(id).clone()
    }

    /// The same, when the answer may take a while.
    pub(crate) fn begin(&mut self, method: &str, params: Value) -> ConnectionId {
        self.begin_as(json!({}), method, params)
    }

    /// The same, from a client that can do this much.
    pub(crate) fn begin_as(&mut self, capabilities: Value, method: &str, mut params: Value) -> ConnectionId {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": STATELESS,
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": capabilities,
        });
        let own = params["_meta"].as_object().cloned().unwrap_or_default();
        params["_meta"] = meta;
        params["_meta"].as_object_mut().unwrap().extend(own);
        let name = params["name"].as_str().or(params["uri"].as_str()).unwrap_or_default().to_owned();
        let mut headers = vec![("mcp-protocol-version", STATELESS), ("mcp-method", method)];
        if matches!(method, "tools/call" | "prompts/get" | "resources/read") {
            headers.push(("mcp-name", &name));
        }
        self.post_with(&headers, &json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string())
    }
}

/// `initialize` as a message.
pub(crate) fn initialize(revision: &str, capabilities: Value) -> Value {
    let info = json!({"name": "test", "version": "1"});
    let params = json!({"protocolVersion": revision, "capabilities": capabilities, "clientInfo": info});
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
}

/// What a client knows of its session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) revision: &'static str,
    pub(crate) id: String,
}

impl Session {
    /// The headers of its requests.
    pub(crate) fn headers(&self) -> Vec<(&str, &str)> {
        let id = ("mcp-session-id", self.id.as_str());
        // The version header came with 2025-06-18.
        if self.revision == "2025-03-26" { vec![id] } else { vec![id, ("mcp-protocol-version", self.revision)] }
    }
}
