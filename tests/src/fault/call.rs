//! One request as an MCP server sees it: the HTTP facts and the JSON-RPC message inside.

use serde_json::Value;

use crate::http::Request;

/// A received request with its JSON-RPC message, if it has one.
pub(crate) struct Call<'a> {
    pub(crate) http: &'a Request,
    message: Value,
}

impl<'a> Call<'a> {
    pub(crate) fn read(http: &'a Request) -> Self {
        Self { http, message: serde_json::from_slice(&http.body).unwrap_or_default() }
    }

    /// A POST that asks for this JSON-RPC method.
    pub(crate) fn asks(&self, method: &str) -> bool {
        self.http.method == "POST" && self.method() == Some(method)
    }

    /// The JSON-RPC method.
    pub(crate) fn method(&self) -> Option<&str> {
        self.message.get("method")?.as_str()
    }

    /// The id as JSON, to be repeated in the answer.
    pub(crate) fn id(&self) -> String {
        self.message.get("id").unwrap_or(&Value::Null).to_string()
    }

    /// A string parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.message.get("params")?.get(name)?.as_str()
    }

    /// A JSON-RPC message that wants no answer.
    pub(crate) fn is_notification(&self) -> bool {
        self.method().is_some() && self.message.get("id").is_none()
    }

    /// A member of `_meta`, which a request of 2026-07-28 has.
    pub(crate) fn meta(&self, name: &str) -> Option<&Value> {
        self.message.get("params")?.get("_meta")?.get(name)
    }

    pub(crate) fn session(&self) -> Option<&str> {
        self.http.headers.get("mcp-session-id")
    }

    pub(crate) fn has_token(&self) -> bool {
        self.http.headers.get("authorization").is_some()
    }
}
