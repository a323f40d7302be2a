//! The requests of a session, with exactly the headers that the revision and the transport ask for.

use alloc::format;
use alloc::string::String;

use super::table::Step;
use crate::http::{Headers, Method, Mode, Request, SecretSlot, Url};
use crate::id::ExchangeId;
use crate::json;
use crate::mcp::{self, Ask, Era, Revision, Tool};
use crate::trace::About;

/// What is known of how to speak to the server, and goes along with each request.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    /// The revision in use, once it is agreed on, or tried.
    pub(super) revision: Option<Revision>,
    /// The session id, once issued.
    pub(super) session: Option<String>,
    /// HTTP+SSE: the stream that carries the answers.
    pub(super) stream: Option<ExchangeId>,
    /// HTTP+SSE: where messages go, once the stream has said.
    pub(super) endpoint: Option<Url>,
}

impl Link {
    /// The era that is being spoken.
    pub(super) fn era(&self) -> Era {
        self.revision.map_or(Era::Handshake, Revision::era)
    }

    /// Whether there is something on the server that can be ended.
    pub(super) const fn has_session(&self) -> bool {
        self.session.is_some() || self.endpoint.is_some()
    }
}

/// The revision that `initialize` asks for. HTTP+SSE has no other than its own.
pub(super) const fn asked_revision(ask: Ask, over_sse: bool) -> Revision {
    match ask {
        Ask::Auto if over_sse => Revision::V2024_11_05,
        ask => ask.revision(),
    }
}

/// The request of a step that is no call. `id` is its JSON-RPC id, `cursor` the page of tools to ask for.
pub(super) fn step(about: &About, step: Step, id: u32, cursor: Option<&str>, link: &Link) -> Request {
    let asked = asked_revision(about.ask, link.stream.is_some());
    match step {
        Step::StartOver => post(about, mcp::initialize(id, asked), &Link::default()),
        Step::Initialize => post(about, mcp::initialize(id, asked), link),
        Step::Initialized => post(about, mcp::initialized(), link),
        Step::Discover => ask(about, id, "server/discover", "", None, link),
        Step::ListTools | Step::Call => ask(about, id, "tools/list", &cursor_params(cursor), None, link),
        Step::EndSession => get(about, Method::Delete, None, link),
        Step::Endpoint => get(about, Method::Get, None, link),
        // No token and no header of ours: only a request that needs no permission can tell "nothing answered" from
        // "answered, and the page may not read it" (Fetch standard, no-cors).
        Step::Reach => Request {
            method: Method::Get,
            url: about.server.clone(),
            headers: Headers::new(),
            body: String::new(),
            secret_field: None,
            mode: Mode::Opaque,
        },
    }
}

/// Any request of ours, dressed as its era wants it.
pub(super) fn ask(about: &About, id: u32, method: &str, params: &str, tool: Option<&Tool>, link: &Link) -> Request {
    let revision = link.revision.unwrap_or(Revision::LATEST_HANDSHAKE);
    let progress = method == "tools/call";
    let mut request = post(about, mcp::request(revision, id, method, params, progress), link);
    if revision.era() == Era::Stateless {
        for (name, value) in mcp::mirrored(method, params, tool) {
            request.headers.push(&name, value);
        }
    }
    request
}

/// The parameters that ask for the page of a list that a cursor names.
pub(super) fn cursor_params(cursor: Option<&str>) -> String {
    cursor.map(|cursor| format!(r#"{{"cursor":{}}}"#, json::quote(cursor))).unwrap_or_default()
}

/// A request without a body: GET for an event stream, DELETE for the end of a session.
pub(super) fn get(about: &About, method: Method, last_event: Option<&str>, link: &Link) -> Request {
    let mut headers = Headers::new();
    if method == Method::Get {
        headers.push("Accept", "text/event-stream");
    }
    if let Some(id) = last_event {
        headers.push("Last-Event-ID", id);
    }
    let headers = finish(about, headers, link);
    Request { method, url: about.server.clone(), headers, body: String::new(), secret_field: None, mode: Mode::Cors }
}

/// A POST as Streamable HTTP wants it (2025-03-26 and later, transports): both media types accepted, one message. With
/// HTTP+SSE it goes to the message endpoint.
pub(super) fn post(about: &About, body: String, link: &Link) -> Request {
    let mut headers = Headers::new();
    headers.push("Content-Type", "application/json");
    headers.push("Accept", "application/json, text/event-stream");
    let url = link.endpoint.as_ref().unwrap_or(&about.server).clone();
    Request { method: Method::Post, url, headers: finish(about, headers, link), body, secret_field: None, mode: Mode::Cors }
}

fn finish(about: &About, mut headers: Headers, link: &Link) -> Headers {
    if let Some(session) = &link.session {
        headers.push("Mcp-Session-Id", session.as_str());
    }
    if let Some(revision) = link.revision.filter(|revision| revision.has_version_header()) {
        headers.push("MCP-Protocol-Version", revision.as_str());
    }
    if about.token.is_some() {
        headers.push_secret("Authorization", SecretSlot::Token);
    }
    for (n, name) in about.extra_headers.iter().enumerate() {
        headers.push_secret(name, SecretSlot::Extra(u8::try_from(n).unwrap_or(u8::MAX)));
    }
    headers
}
