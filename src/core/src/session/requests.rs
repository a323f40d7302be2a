//! The requests of a session, with exactly the headers that the revision and the transport ask for.

use alloc::format;
use alloc::string::String;

use super::table::{self, Step};
use crate::http::{Headers, Method, Mode, Request, SecretSlot, Url};
use crate::id::ExchangeId;
use crate::json;
use crate::mcp::{self, Ask as Chosen, Era, Revision, Tool};
use crate::probe::{self, Ask, Token, UNKNOWN_VERSION, Version};
use crate::trace::{About, Purpose};

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
    /// The server no longer knew the session, and no other one took its place.
    pub(super) lost: bool,
    /// The refusal by which it was lost did not name the session.
    pub(super) doubted: bool,
    /// The session that was opened to see whether that is so.
    pub(super) fresh: Option<String>,
}

impl Link {
    /// The era that is being spoken.
    pub(super) fn era(&self) -> Era {
        self.revision.map_or(Era::Handshake, Revision::era)
    }

    /// Whether a conversation is open, as far as anybody knows.
    pub(super) const fn is_open(&self) -> bool {
        self.revision.is_some() && !self.lost
    }

    /// The same in the session that was opened after this one was refused.
    fn afresh(&self) -> Self {
        Self { session: self.fresh.clone(), ..self.clone() }
    }

    /// Whether there is something on the server that can be ended.
    pub(super) const fn has_session(&self) -> bool {
        self.session.is_some() || self.endpoint.is_some()
    }
}

/// The revision that `initialize` asks for. HTTP+SSE has no other than its own.
pub(super) const fn asked_revision(ask: Chosen, over_sse: bool) -> Revision {
    match ask {
        Chosen::Auto if over_sse => Revision::V2024_11_05,
        ask => ask.revision(),
    }
}

/// The request of a step that is no call and no probe. `id` is its JSON-RPC id, `cursor` the page of tools to ask for.
pub(super) fn step(about: &About, step: Step, id: u32, cursor: Option<&str>, link: &Link) -> Request {
    let asked = asked_revision(about.ask, link.stream.is_some());
    match step {
        Step::StartOver => post(about, mcp::initialize(id, asked), &Link::default()),
        Step::Initialize => post(about, mcp::initialize(id, asked), link),
        Step::Initialized => post(about, mcp::initialized(), link),
        Step::StartedOver => post(about, mcp::initialized(), &link.afresh()),
        Step::Repeat => ask(about, id, "tools/list", "", None, &link.afresh()),
        Step::Discover => ask(about, id, "server/discover", "", None, link),
        Step::ListTools | Step::Call | Step::Probe | Step::Watch => {
            ask(about, id, "tools/list", &cursor_params(cursor), None, link)
        }
        Step::EndSession | Step::ProbeEnd => get(about, Method::Delete, None, link),
        Step::Endpoint => get(about, Method::Get, None, link),
        Step::Reach | Step::ReachGet => bare(Method::Get, about.server.clone(), Mode::Opaque),
        Step::ReachEvents => bare(Method::Get, about.server.clone(), Mode::Events),
    }
}

/// A request without token, headers and body.
const fn bare(method: Method, url: Url, mode: Mode) -> Request {
    Request { method, url, headers: Headers::new(), body: String::new(), secret_field: None, mode }
}

/// The same request as far as a page may send it without permission: only such a request can tell "nothing answered" from
/// "answered, and the page may not read it" (Fetch standard, no-cors). What a person called is not repeated, and over HTTP+SSE
/// nothing is, because the stream would bring a second answer.
pub(super) fn opaque(request: &Request, purpose: Purpose, link: &Link) -> Request {
    let opens = matches!(purpose, Purpose::Initialize | Purpose::Initialized | Purpose::Discover | Purpose::ListTools);
    let body = if opens && link.stream.is_none() { request.body.clone() } else { String::new() };
    let method = if request.method == Method::Post { Method::Post } else { Method::Get };
    Request { body, ..bare(method, request.url.clone(), Mode::Opaque) }
}

/// What is sent after an opaque failure; `blocked` is the opaque form of what failed.
pub(super) fn again(step: Step, blocked: &Request) -> Option<Request> {
    match step {
        Step::Reach => Some(blocked.clone()),
        Step::ReachEvents => Some(bare(Method::Get, blocked.url.clone(), Mode::Events)),
        Step::ReachGet => Some(bare(Method::Get, blocked.url.clone(), Mode::Opaque)),
        _ => None,
    }
}

/// The request of a probe: as it should be, but for what the step says. `session` is the id that goes along, `discovers` whether
/// the server is known to answer `server/discover`.
pub(super) fn probe(
    about: &About,
    step: &probe::Step,
    id: u32,
    session: Option<String>,
    discovers: bool,
    link: &Link,
) -> Request {
    let in_session = Link { session, ..link.clone() };
    let mut request = match step.ask {
        Ask::Reach => self::step(about, Step::Reach, id, None, link),
        Ask::ReachEvents => self::step(about, Step::ReachEvents, id, None, link),
        Ask::Stream => get(about, Method::Get, None, &in_session),
        Ask::End => get(about, Method::Delete, None, &in_session),
        Ask::Initialize => self::step(about, Step::StartOver, id, None, link),
        Ask::OtherEra if link.revision.map_or(about.ask.revision(), |it| it).era() == Era::Stateless => {
            post(about, mcp::initialize(id, Revision::LATEST_HANDSHAKE), &Link::default())
        }
        Ask::OtherEra => discover(about, id, Revision::LATEST),
        Ask::Light if !link.is_open() => match (table::first(about.ask), about.ask.revision()) {
            (Step::Discover, revision) => discover(about, id, revision),
            (first, _) => self::step(about, first, id, None, &Link::default()),
        },
        Ask::Light => light(about, id, discovers, &in_session),
    };
    let headers = &mut request.headers;
    if step.token != Token::Given {
        headers.remove("authorization");
    }
    if step.token == Token::Mangled {
        headers.push_secret("Authorization", SecretSlot::Mangled);
    }
    match (step.version, link.revision) {
        (Version::Left, _) => headers.remove("mcp-protocol-version"),
        (Version::Unknown, Some(revision)) => {
            headers.replace("mcp-protocol-version", UNKNOWN_VERSION);
            // The stateless era names it in the body too, and both must be the same.
            request.body = request.body.replace(revision.as_str(), UNKNOWN_VERSION);
        }
        _ => {}
    }
    if let Some(accept) = step.accept {
        request.headers.replace("accept", accept);
    }
    if let Some(content_type) = step.content_type {
        request.headers.replace("content-type", content_type);
    }
    if step.other_slash {
        request.url = request.url.with_other_slash().unwrap_or(request.url);
    }
    request
}

/// The lightest thing that the server is known to answer: the stateless era has no `ping` (2026-07-28, changelog).
pub(super) fn light(about: &About, id: u32, discovers: bool, link: &Link) -> Request {
    let method = match (link.era(), discovers) {
        (Era::Handshake, _) => "ping",
        (Era::Stateless, true) => "server/discover",
        (Era::Stateless, false) => "tools/list",
    };
    ask(about, id, method, "", None, link)
}

/// `server/discover` of a revision, whatever is spoken otherwise.
fn discover(about: &About, id: u32, revision: Revision) -> Request {
    ask(about, id, "server/discover", "", None, &Link { revision: Some(revision), ..Link::default() })
}

/// The end of a session that a probe opened. One that was opened to see whether there is a handshake too is not of the revision in
/// use, which has no sessions to end.
pub(super) fn end_of(about: &About, session: String, link: &Link) -> Request {
    let revision = link.revision.filter(|revision| revision.has_sessions());
    get(about, Method::Delete, None, &Link { session: Some(session), revision, ..link.clone() })
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
