//! The requests of the handshake era, with exactly the headers the negotiated revision asks for.

use alloc::string::String;

use super::table::Step;
use crate::http::{Headers, Method, Mode, Request, SecretSlot};
use crate::json;
use crate::mcp::{self, Revision};
use crate::rpc::Id;
use crate::trace::About;

/// What a request carries besides its message.
#[derive(Clone, Debug, Default)]
pub(super) struct Credentials {
    /// The session id, once issued.
    pub(super) session: Option<String>,
    /// The negotiated revision, once known.
    pub(super) revision: Option<Revision>,
}

/// The request of a step. `id` is its JSON-RPC id, `cursor` the page of tools to ask for.
pub(super) fn build(about: &About, step: Step, id: u32, cursor: Option<&str>, with: &Credentials) -> Request {
    match step {
        Step::Initialize | Step::StartOver => post(about, mcp::initialize(id, about.ask.revision()), &Credentials::default()),
        Step::Initialized => post(about, mcp::initialized(), with),
        Step::ListTools => post(about, list_tools(id, cursor, with), with),
        Step::EndSession => Request {
            method: Method::Delete,
            url: about.server.clone(),
            headers: finish(about, Headers::new(), with),
            body: String::new(),
            mode: Mode::Cors,
        },
        // No token and no header of ours: only a request that needs no permission can tell "nothing answered" from
        // "answered, and the page may not read it" (Fetch standard, no-cors).
        Step::Reach => Request {
            method: Method::Get,
            url: about.server.clone(),
            headers: Headers::new(),
            body: String::new(),
            mode: Mode::Opaque,
        },
    }
}

/// The answer to a request of the server's.
pub(super) fn answer(about: &About, id: &Id, method: &str, with: &Credentials) -> Request {
    let answer = match method {
        "ping" => mcp::result(id, "{}"),
        _ => mcp::error(id, -32601, "Method not found"),
    };
    post(about, answer, with)
}

/// `tools/list`, with the cursor of the page before.
fn list_tools(id: u32, cursor: Option<&str>, with: &Credentials) -> String {
    let params = cursor.map(|cursor| ["{\"cursor\":", &json::quote(cursor), "}"].concat()).unwrap_or_default();
    mcp::request(with.revision.unwrap_or(Revision::LATEST_HANDSHAKE), id, "tools/list", &params, false)
}

/// A POST as Streamable HTTP wants it (2025-03-26 and later, transports): both media types accepted, one message.
fn post(about: &About, body: String, with: &Credentials) -> Request {
    let mut headers = Headers::new();
    headers.push("Content-Type", "application/json");
    headers.push("Accept", "application/json, text/event-stream");
    Request { method: Method::Post, url: about.server.clone(), headers: finish(about, headers, with), body, mode: Mode::Cors }
}

fn finish(about: &About, mut headers: Headers, with: &Credentials) -> Headers {
    if let Some(session) = &with.session {
        headers.push("Mcp-Session-Id", session.as_str());
    }
    if let Some(revision) = with.revision.filter(|revision| revision.has_version_header()) {
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
