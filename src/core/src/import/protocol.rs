//! Which of many requests are of the protocol, and why each was sent.

use alloc::string::String;

use super::entry::Entry;
use crate::http::{Method, Mode};
use crate::rpc;
use crate::trace::Purpose;

/// Methods of the protocol, or how they begin. JSON-RPC is spoken by others too.
const METHODS: [&str; 14] = [
    "completion/",
    "elicitation/",
    "initialize",
    "logging/",
    "notifications/",
    "ping",
    "prompts/",
    "resources/",
    "roots/",
    "sampling/",
    "server/",
    "subscriptions/",
    "tasks/",
    "tools/",
];

/// Where servers say where their tokens come from (RFC 9728 §3), and where authorization servers describe themselves (RFC 8414 §3,
/// OpenID Connect Discovery 1.0 §4).
const RESOURCE: &str = "/.well-known/oauth-protected-resource";
const ISSUER: [&str; 2] = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"];

/// Whether an exchange is one of the protocol.
pub(super) fn is_of_the_protocol(entry: &Entry) -> bool {
    let request = &entry.request;
    let heads = [Some(&request.headers), entry.head.as_ref().map(|head| &head.headers)];
    let named = heads.into_iter().flatten().any(|headers| headers.has("mcp-session-id") || headers.has("mcp-protocol-version"));
    named || call(&request.body).is_some_and(|method| is_method(&method)) || names_endpoint(entry) || is_metadata(entry)
}

/// Whether an exchange may be one of the protocol, by its request alone.
pub(super) fn may_be_of_the_protocol(entry: &Entry) -> bool {
    let headers = &entry.request.headers;
    let asks_for_events = headers.get("accept").is_some_and(|accept| accept.contains("text/event-stream"));
    asks_for_events
        || headers.has("mcp-session-id")
        || headers.has("mcp-protocol-version")
        || entry.request.body.contains("\"jsonrpc\"")
        || is_metadata(entry)
}

fn is_method(method: &str) -> bool {
    METHODS.iter().any(|known| if known.ends_with('/') { method.starts_with(known) } else { method == *known })
}

/// Whether it is a document about where tokens come from.
pub(super) fn is_metadata(entry: &Entry) -> bool {
    let target = entry.request.url.target();
    target.contains(RESOURCE) || ISSUER.iter().any(|place| target.contains(place))
}

/// The method of the first message in a body.
fn call(body: &str) -> Option<String> {
    if !body.contains("\"jsonrpc\"") {
        return None;
    }
    rpc::read(body).first()?.method().map(String::from)
}

/// Whether an answer is the stream of HTTP+SSE, which names the endpoint for messages (2024-11-05, transports).
pub(super) fn names_endpoint(entry: &Entry) -> bool {
    let is_stream = entry.head.as_ref().is_some_and(crate::http::ResponseHead::is_event_stream);
    let begins = |line: &[u8]| line.strip_prefix(b"event:").is_some_and(|kind| kind.trim_ascii() == b"endpoint");
    entry.request.method == Method::Get && is_stream && entry.body.split(|byte| matches!(byte, b'\n' | b'\r')).any(begins)
}

/// Why it was sent.
pub(super) fn purpose(entry: &Entry) -> Purpose {
    let request = &entry.request;
    let target = request.url.target();
    match request.method {
        Method::Get if target.contains(RESOURCE) => Purpose::ResourceMetadata,
        Method::Get if is_metadata(entry) => Purpose::IssuerMetadata,
        Method::Get if request.headers.has("last-event-id") => Purpose::Resume,
        Method::Get if names_endpoint(entry) => Purpose::Endpoint,
        Method::Get => Purpose::Listen,
        method => match call(&request.body).as_deref() {
            Some("notifications/cancelled") => Purpose::Cancel,
            Some("subscriptions/listen") => Purpose::Listen,
            call => Purpose::usual(method, Mode::Cors, call),
        },
    }
}
