//! JSON-RPC 2.0 as the protocol narrows it: reading what a client sends, strictly, and writing what goes back.

use std::borrow::Cow;

use inspector_core::json::{Kind, Node, Scan, quote};

use crate::object::Object;
use crate::params::Params;
use crate::revision::Revision;

/// The name of this server, in every `serverInfo`.
const NAME: &str = "inspector-demo";

/// A message of a client. Ids are JSON as they were sent.
#[derive(Debug)]
pub(crate) enum Message<'a> {
    /// It wants an answer.
    Request {
        /// A string or an integer.
        id: &'a str,
        /// What is asked for.
        method: Cow<'a, str>,
        /// An object, if anything.
        params: Params<'a>,
    },
    /// It wants none.
    Notification {
        /// What happened.
        method: Cow<'a, str>,
        /// An object, if anything.
        params: Params<'a>,
    },
    /// The answer to a request of ours.
    Response {
        /// The id that we gave.
        id: &'a str,
        /// The result, or the words of the error.
        answer: Answer<'a>,
    },
}

/// What a client says to a question of ours.
#[derive(Clone, Debug)]
pub(crate) enum Answer<'a> {
    /// The result.
    Result(Node<'a>),
    /// It did not, for this reason.
    Refused(Cow<'a, str>),
}

/// Why a request is not done, as JSON-RPC and as HTTP say it. Boxed: it is passed on far more often than it is made.
#[derive(Clone, Debug)]
pub(crate) struct Error(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    status: u16,
    code: i32,
    message: String,
    data: Option<String>,
    id: Option<String>,
}

impl Error {
    /// The body is not JSON.
    pub(crate) const PARSE: i32 = -32700;
    /// The body is not a message the protocol knows, or the HTTP request around it is not one.
    pub(crate) const INVALID_REQUEST: i32 = -32600;
    /// No such method.
    pub(crate) const METHOD_NOT_FOUND: i32 = -32601;
    /// The method is there, its parameters are wrong.
    pub(crate) const INVALID_PARAMS: i32 = -32602;
    /// Something the server could not do.
    pub(crate) const INTERNAL: i32 = -32603;
    /// No such resource; up to 2025-11-25.
    pub(crate) const RESOURCE_NOT_FOUND: i32 = -32002;
    /// A header does not say what the body says (2026-07-28).
    pub(crate) const HEADER_MISMATCH: i32 = -32020;
    /// The client did not declare what the request needs (2026-07-28).
    pub(crate) const MISSING_CAPABILITY: i32 = -32021;
    /// The revision is not spoken here (2026-07-28).
    pub(crate) const UNSUPPORTED_VERSION: i32 = -32022;

    /// An error that is an answer like any other: HTTP says 200.
    pub(crate) fn new(code: i32, message: impl Into<String>) -> Self {
        Self::refused(200, code, message)
    }

    /// An error that HTTP says as well.
    pub(crate) fn refused(status: u16, code: i32, message: impl Into<String>) -> Self {
        Self(Box::new(Parts { status, code, message: message.into(), data: None, id: None }))
    }

    /// Parameters that are not what the method takes.
    pub(crate) fn params(message: impl Into<String>) -> Self {
        Self::new(Self::INVALID_PARAMS, message)
    }

    /// With more about it, as JSON.
    pub(crate) fn with(mut self, data: String) -> Self {
        self.0.data = Some(data);
        self
    }

    /// Of the request with this id.
    pub(crate) fn of(mut self, id: &str) -> Self {
        self.0.id = Some(id.to_owned());
        self
    }

    /// The HTTP status, where the error stands for the whole response.
    pub(crate) fn status(&self) -> u16 {
        self.0.status
    }

    /// As a message. Without a readable id there is none (2025-11-25, transports).
    pub(crate) fn message(&self) -> String {
        let Parts { code, message, data, id, .. } = &*self.0;
        let error = Object::new().raw("code", &code.to_string()).text("message", message);
        let error = error.raw_if(data.is_some(), "data", data.as_deref().unwrap_or_default());
        let id = id.as_deref();
        start().raw_if(id.is_some(), "id", id.unwrap_or_default()).raw("error", &error.end()).end()
    }
}

/// The one value of a body.
///
/// # Errors
/// When it is not JSON.
pub(crate) fn root<'a>(scan: &'a Scan, text: &'a str) -> Result<Node<'a>, Error> {
    match (&scan.error, scan.root(text)) {
        (None, Some(root)) => Ok(root),
        (Some(error), _) => Err(Error::refused(400, Error::PARSE, format!("Parse error: {error}"))),
        (None, None) => Err(Error::refused(400, Error::PARSE, "Parse error: the body is empty")),
    }
}

/// Reads one message.
///
/// # Errors
/// When it is none that JSON-RPC and the protocol allow; it carries the id if there is a good one.
pub(crate) fn read(node: Node<'_>) -> Result<Message<'_>, Error> {
    let id = node.get("id").filter(|id| is_id(*id)).map(Node::raw);
    let invalid = |message: &str| {
        let error = Error::refused(400, Error::INVALID_REQUEST, format!("Invalid request: {message}"));
        Err(id.map_or(error.clone(), |id| error.of(id)))
    };
    if !node.is_object() {
        return invalid("a message is an object");
    }
    if node.get("jsonrpc").and_then(Node::as_str).as_deref() != Some("2.0") {
        return invalid("\"jsonrpc\" must be \"2.0\"");
    }
    if node.get("id").is_some() && id.is_none() {
        return invalid("an id is a string or an integer, and never null");
    }
    let method = match node.get("method") {
        None => return read_response(node, id).map_or_else(|| invalid("neither a request, a notification nor a response"), Ok),
        Some(method) => method.as_str(),
    };
    let Some(method) = method else { return invalid("a method is a string") };
    let params = node.get("params");
    if params.is_some_and(|params| !params.is_object()) {
        return invalid("params is an object");
    }
    Ok(match id {
        Some(id) => Message::Request { id, method, params },
        None => Message::Notification { method, params },
    })
}

fn read_response<'a>(node: Node<'a>, id: Option<&'a str>) -> Option<Message<'a>> {
    let answer = match (node.get("result"), node.get("error")) {
        (Some(result), None) => Answer::Result(result),
        (None, Some(error)) => Answer::Refused(error.get("message").and_then(Node::as_str).unwrap_or_default()),
        _ => return None,
    };
    Some(Message::Response { id: id?, answer })
}

/// Whether a value may be an id: a string or an integer, never null.
pub(crate) fn is_id(id: Node<'_>) -> bool {
    match id.kind() {
        Kind::String => true,
        Kind::Number => id.as_i64().is_some(),
        _ => false,
    }
}

/// Whether two ids are the same value, however each is written: `1` and `1.0`, `"a"` and `"\u0061"`.
pub(crate) fn same_id(one: &str, other: &str) -> bool {
    let value = |id: &str| {
        let scan = inspector_core::json::scan(id);
        let node = scan.root(id)?;
        node.as_str().map(|text| quote(&text)).or_else(|| node.as_i64().map(|number| number.to_string()))
    };
    one == other || value(one).is_some_and(|one| Some(one) == value(other))
}

fn start() -> Object {
    Object::new().text("jsonrpc", "2.0")
}

/// The beginning of a result: since 2026-07-28 every result says what kind it is.
pub(crate) fn result(revision: Revision) -> Object {
    Object::new().text_if(revision.is_stateless(), "resultType", "complete")
}

/// A result as a message: since 2026-07-28 every result says whose it is.
pub(crate) fn response(id: &str, revision: Revision, result: Object) -> String {
    let meta = Object::new().raw("io.modelcontextprotocol/serverInfo", &server_info(revision)).end();
    bare_response(id, result.raw_if(revision.is_stateless(), "_meta", &meta))
}

/// A result that has its `_meta` already, as a message.
pub(crate) fn bare_response(id: &str, result: Object) -> String {
    start().raw("id", id).raw("result", &result.end()).end()
}

/// Who this server is.
pub(crate) fn server_info(revision: Revision) -> String {
    let info = Object::new().text("name", NAME).text("version", env!("CARGO_PKG_VERSION"));
    info.text_if(revision >= Revision::V2025_06_18, "title", "The demo server of the MCP Session Inspector").end()
}

/// A notification.
pub(crate) fn notification(method: &str, params: Option<Object>) -> String {
    let message = start().text("method", method);
    match params {
        Some(params) => message.raw("params", &params.end()).end(),
        None => message.end(),
    }
}

/// A request of ours.
pub(crate) fn request(id: &str, method: &str, params: &str) -> String {
    start().raw("id", id).text("method", method).raw_if(!params.is_empty(), "params", params).end()
}
