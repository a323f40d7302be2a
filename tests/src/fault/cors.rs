//! What a server tells the browser about other origins (Fetch standard, CORS protocol).

use super::reply::Reply;

/// The CORS habits of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cors {
    /// Everything allowed, session id and challenge readable.
    Open,
    /// Not one CORS header; a preflight is answered 405.
    None,
    /// The same, and a header that keeps requests without permission out as well (helmet, for Express).
    KeptOut,
    /// An authorization check that runs before CORS: the preflight itself is answered 401.
    PreflightUnauthorized,
    /// Only successful responses are marked, so that error replies cannot be read.
    SuccessOnly,
    /// Nothing exposed: the session id is sent, but a page does not see it.
    NothingExposed,
    /// `MCP-Protocol-Version` is not among the allowed request headers.
    VersionHeaderForgotten,
}

const EXPOSED: &str = "Mcp-Session-Id, WWW-Authenticate";
const EVERY_HEADER: &str = "Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, Last-Event-ID, *";
const WITHOUT_VERSION: &str = "Authorization, Content-Type, Accept, Mcp-Session-Id";

impl Cors {
    /// The answer to `OPTIONS`.
    pub(crate) fn preflight(self) -> Reply {
        match self {
            Self::None | Self::KeptOut => Reply::new(405, "Method Not Allowed")
                .header("allow", "GET, POST, DELETE")
                .json(r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Method Not Allowed"}}"#),
            Self::PreflightUnauthorized => super::scenarios::token::unauthorized("Authentication required"),
            Self::Open | Self::SuccessOnly | Self::NothingExposed => allow(EVERY_HEADER),
            Self::VersionHeaderForgotten => allow(WITHOUT_VERSION),
        }
    }

    /// Adds the headers that let a page read this response.
    pub(crate) fn mark(self, reply: Reply) -> Reply {
        let readable = |reply: Reply| reply.header("Access-Control-Allow-Origin", "*");
        match self {
            Self::None => reply,
            Self::KeptOut => {
                reply.header("Cross-Origin-Resource-Policy", "same-origin").header("X-Content-Type-Options", "nosniff")
            }
            Self::SuccessOnly if !(200..300).contains(&reply.status) => reply,
            Self::NothingExposed => readable(reply),
            Self::Open | Self::PreflightUnauthorized | Self::SuccessOnly | Self::VersionHeaderForgotten => {
                readable(reply).header("Access-Control-Expose-Headers", EXPOSED)
            }
        }
    }
}

fn allow(headers: &str) -> Reply {
    Reply::new(204, "No Content")
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Methods", "GET, POST, DELETE")
        .header("Access-Control-Allow-Headers", headers)
}
