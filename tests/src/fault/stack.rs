//! The refusals of each server stack, word for word as measured on the real ones.

use super::{
    call::Call,
    reply::Reply,
    scenarios::endpoint,
    sound::{Stack, error},
};

impl Stack {
    /// The header by which each stack gives itself away.
    pub(crate) fn sign(self, reply: Reply) -> Reply {
        match self {
            Self::Python | Self::PythonBefore126 => reply.header("server", "uvicorn"),
            Self::TypeScript | Self::Express => reply.header("X-Powered-By", "Express"),
            Self::RmcpBefore017 => reply,
        }
    }

    /// Session ids look different too: 32 hexadecimal digits, or a UUID.
    pub(crate) fn session_id(self, number: usize) -> String {
        match self {
            Self::Python | Self::PythonBefore126 => format!("5e5510{number:026x}"),
            Self::TypeScript | Self::Express | Self::RmcpBefore017 => {
                format!("5e551000-0000-4000-8000-{number:012x}")
            }
        }
    }

    /// A session id this server does not know.
    pub(crate) fn unknown_session(self) -> Reply {
        self.sign(match self {
            Self::Python => Reply::new(404, "Not Found").json(error(r#""server-error""#, -32600, "Session not found")),
            Self::PythonBefore126 => Reply::new(400, "Bad Request").body("Bad Request: No valid session ID provided"),
            Self::TypeScript => Reply::new(404, "Not Found").json(without_id(-32001, "Session not found", true)),
            Self::Express => Reply::new(400, "Bad Request")
                .header("content-type", "application/json; charset=utf-8")
                .body(without_id(-32000, "Bad Request: No valid session ID provided", false)),
            Self::RmcpBefore017 => Reply::new(401, "Unauthorized").body("Unauthorized: Session not found"),
        })
    }

    /// A request without the session id this server wants.
    pub(crate) fn missing_session(self) -> Reply {
        self.sign(match self {
            // The Python SDK puts a fresh id, good for nothing, on this refusal.
            Self::Python | Self::PythonBefore126 => Reply::new(400, "Bad Request")
                .header("mcp-session-id", "3e6ad442943f4f49986144cf75a5e27a")
                .json(error(r#""server-error""#, -32600, "Bad Request: Missing session ID")),
            Self::TypeScript => {
                Reply::new(400, "Bad Request").json(without_id(-32000, "Bad Request: Mcp-Session-Id header is required", true))
            }
            Self::Express => Reply::new(400, "Bad Request").json(without_id(-32000, "Bad Request: Server not initialized", true)),
            Self::RmcpBefore017 => Reply::new(422, "Unprocessable Entity").body("Unexpected message, expect initialize request"),
        })
    }

    pub(crate) fn method_not_allowed(self) -> Reply {
        let reply = Reply::new(405, "Method Not Allowed").header("allow", "POST, DELETE");
        self.sign(match self {
            Self::Python | Self::PythonBefore126 => reply.json(error(r#""server-error""#, -32600, "Method Not Allowed")),
            Self::TypeScript | Self::Express => reply.json(without_id(-32000, "Method not allowed.", true)),
            Self::RmcpBefore017 => reply.body("Method Not Allowed"),
        })
    }

    pub(crate) fn wrong_path(self, call: &Call) -> Reply {
        self.sign(match self {
            Self::Python | Self::PythonBefore126 => endpoint::starlette_not_found(),
            Self::TypeScript | Self::Express => endpoint::express_not_found(&call.http.method, &call.http.path),
            Self::RmcpBefore017 => Reply::new(404, "Not Found"),
        })
    }
}

/// A JSON-RPC error as the TypeScript SDK writes it: the error first, then a null id or none at all.
pub(crate) fn without_id(code: i32, message: &str, null_id: bool) -> String {
    let id = if null_id { r#","id":null"# } else { "" };
    format!(r#"{{"jsonrpc":"2.0","error":{{"code":{code},"message":"{message}"}}{id}}}"#)
}
