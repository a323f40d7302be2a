//! The plainest possible client of 2026-07-28: every request stands alone.

use serde_json::{Value, json};

use crate::client::{self, Response};

/// The only revision of this era so far.
pub const REVISION: &str = "2026-07-28";

/// Sends one request with the headers and the `_meta` that 2026-07-28 wants (basic, transports, streamable HTTP); `params` is an
/// object. It declares elicitation, and asks for progress under the token `lab`.
///
/// # Panics
/// When nothing answers.
pub fn post(url: &str, method: &str, params: Value) -> Response {
    let subject = params.get("name").or_else(|| params.get("uri")).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut headers = vec![("Origin", "http://127.0.0.1:1"), ("MCP-Protocol-Version", REVISION), ("Mcp-Method", method)];
    if !subject.is_empty() {
        headers.push(("Mcp-Name", &subject));
    }
    let mut message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    message["params"]["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": REVISION,
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
        "io.modelcontextprotocol/clientInfo": {"name": "lab", "version": "0"},
        "progressToken": "lab",
    });
    client::post(url, &headers, &message.to_string()).expect("an answer")
}
