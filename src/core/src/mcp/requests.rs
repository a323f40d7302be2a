//! The messages this client sends, as text: small, in one order, the same every time.

use alloc::format;
use alloc::string::String;

use super::Revision;
use crate::rpc::Id;

/// The name this client gives itself in `initialize`.
pub const CLIENT_NAME: &str = "mcp-session-inspector";

/// `initialize` (2025-11-25, lifecycle): no client capabilities, because the inspector offers none.
pub fn initialize(id: u32, revision: Revision) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"method":"initialize","params":{{"protocolVersion":"{revision}","capabilities":{{}},"clientInfo":{{"name":"{CLIENT_NAME}","version":"{}"}}}}}}"#,
        env!("CARGO_PKG_VERSION"),
    )
}

/// `notifications/initialized`, which ends the handshake.
pub fn initialized() -> String {
    String::from(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
}

/// `tools/list`, with the cursor of the page before.
pub fn tools_list(id: u32, cursor: Option<&str>) -> String {
    match cursor {
        None => format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list"}}"#),
        Some(cursor) => {
            format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list","params":{{"cursor":{}}}}}"#, crate::json::quote(cursor))
        }
    }
}

/// The answer to a request of the server's: `ping` gets an empty result, anything else is a method we did not offer.
pub fn answer(id: &Id, method: &str) -> String {
    if method == "ping" {
        format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{}}}}"#)
    } else {
        format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":-32601,"message":"Method not found"}}}}"#)
    }
}
