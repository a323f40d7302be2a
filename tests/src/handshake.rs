//! The plainest possible MCP client, to try servers with.

use crate::client::{self, Response};

/// Asks for revision 2025-11-25, and offers what the page offers: some servers list tools by it.
pub const INITIALIZE: &str = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"roots":{},"sampling":{},"elicitation":{"form":{},"url":{}}},"clientInfo":{"name":"lab","version":"0"}}}"#;
/// `initialize` for a revision, by a client that can be asked.
pub fn initialize(revision: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{"protocolVersion":"{revision}","capabilities":{{"elicitation":{{}}}},"clientInfo":{{"name":"lab","version":"0"}}}}}}"#
    )
}

/// Ends the handshake.
pub const INITIALIZED: &str = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
/// Asks for the first page of tools.
pub const TOOLS_LIST: &str = r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#;

/// Goes through the handshake and gives the session id.
///
/// # Panics
/// When the server refuses a step or issues no id.
pub fn open_session(url: &str) -> String {
    let opened = client::post(url, &[], INITIALIZE).expect("an answer to initialize");
    assert_eq!(opened.status, 200);
    let session = opened.headers.get("mcp-session-id").expect("a session id").to_owned();
    let accepted = client::post(url, &[("Mcp-Session-Id", &session)], INITIALIZED);
    assert_eq!(accepted.expect("an answer to notifications/initialized").status, 202);
    session
}

/// Goes through the handshake and asks for the tools, whatever comes back.
pub fn list_tools(url: &str) -> Response {
    let session = open_session(url);
    client::post(url, &[("Mcp-Session-Id", &session)], TOOLS_LIST).expect("an answer to tools/list")
}
