//! The traits by which servers are known: words that one SDK alone has, and habits of writing.
//!
//! Measured on running servers: mcp 1.12 to 2.3, fastmcp 2.14 to 4.1, @modelcontextprotocol/sdk 1.32, @modelcontextprotocol/server 2.4,
//! server-everything. Read in the source: rmcp 0.8 to 3.11, go-sdk 1.7, mcp-go 1.0, csharp-sdk 2.2, java-sdk 2.0, agents 0.32.

use alloc::string::String;
use alloc::vec::Vec;

use super::Stack::{AgentCore, CSharp, Cloudflare, FastMcp, Go, Java, McpGo, Python, Rust, TypeScript};
use super::Sure::{Certainly, Perhaps, Probably};
use super::answer::Answer;
use super::{LooksLike, Stack, Sure, Versions};

/// How words stand in a text.
#[derive(Clone, Copy)]
enum Words {
    /// They are all of it.
    All(&'static str),
    /// They are in it.
    In(&'static str),
}

use Words::{All, In};

const ANY: Versions = Versions::ANY;

/// What a text says, and who says it.
const WORDS: &[(Words, Stack, Versions, Sure)] = &[
    (In(r#""id":"server-error""#), Python, Versions::major(1), Certainly),
    (All("Bad Request: No valid session ID provided"), Python, Versions::up_to(1, 25), Certainly),
    (In("Not Found: Session has been terminated"), Python, Versions::up_to(1, 25), Certainly),
    (In("params._meta must be an object carrying the required"), Python, Versions::from(2, 0), Certainly),
    (In("header does not match the request body's"), Python, Versions::from(2, 0), Certainly),
    (All("Could not find session"), Python, ANY, Probably),
    (All("Invalid Content-Type header"), Python, ANY, Probably),
    (All("Invalid Host header"), Python, Versions::from(1, 23), Perhaps),
    (All("Invalid Origin header"), Python, Versions::from(1, 23), Perhaps),
    (All(r#"{"error": "invalid_token", "error_description": "Authentication required"}"#), Python, ANY, Probably),
    (All(r#"{"detail":"Not Found"}"#), Python, ANY, Perhaps),
    (In("The provided bearer token is invalid, expired, or no longer recognized"), FastMcp, ANY, Certainly),
    (In("the request headers and body disagree"), TypeScript, Versions::from(2, 0), Certainly),
    (In(r#""code":-32000,"message":"Bad Request: No valid session ID provided""#), TypeScript, ANY, Probably),
    (In("<pre>Cannot POST /"), TypeScript, ANY, Perhaps),
    (In("<pre>Cannot GET /"), TypeScript, ANY, Perhaps),
    (All("Unauthorized: Session not found"), Rust, Versions::up_to(0, 13), Certainly),
    (All("Unauthorized: Session ID is required"), Rust, Versions::up_to(0, 13), Certainly),
    (All("Not Found: Session not found"), Rust, Versions::from(0, 17), Certainly),
    (All("Bad Request: Session ID is required"), Rust, Versions::from(0, 17), Certainly),
    (All("Unexpected message, expect initialize request"), Rust, ANY, Certainly),
    (All("Forbidden: Host header is not allowed"), Rust, Versions::from(2, 0), Certainly),
    (All("session not found"), Go, ANY, Certainly),
    (All("no bearer token"), Go, ANY, Certainly),
    (All("session user mismatch"), Go, ANY, Certainly),
    (All("Accept must contain both 'application/json' and 'text/event-stream'"), Go, ANY, Certainly),
    (All("Content-Type must be 'application/json'"), Go, ANY, Certainly),
    (In("requires an Mcp-Session-Id header"), Go, ANY, Certainly),
    (In("is invalid during session initialization"), Go, ANY, Certainly),
    (In("Forbidden: invalid Host header"), Go, ANY, Certainly),
    (All("Streaming is disabled on this server"), McpGo, ANY, Certainly),
    (In("Invalid content type: must be 'application/json'"), McpGo, ANY, Certainly),
    (In("A new session can only be created by an initialize request"), CSharp, ANY, Certainly),
    (In("GET and DELETE requests when the server is using sessions"), CSharp, ANY, Certainly),
    (In("Mcp-Session-Id header is not supported in stateless mode"), CSharp, ANY, Certainly),
    (In("The currently authenticated user does not match"), CSharp, ANY, Certainly),
    (In(r#""jsonRpcError""#), Java, ANY, Certainly),
    (In("Session ID required in mcp-session-id header"), Java, ANY, Certainly),
    (In("Invalid Accept headers. Expected TEXT_EVENT_STREAM and APPLICATION_JSON"), Java, ANY, Certainly),
    (In("Initialization requests must not include a sessionId"), Cloudflare, ANY, Certainly),
    (In("Missing sessionId. Expected POST to"), Cloudflare, ANY, Certainly),
    (In(r#""message":"Missing Authentication Token"},"id":"null""#), AgentCore, ANY, Probably),
];

/// Adds what an answer gives away.
pub(super) fn of(answer: &Answer<'_>, out: &mut Vec<LooksLike>) {
    let mut see = |stack, versions, sure| out.push(LooksLike { stack, versions, sure, at: answer.at });
    // What a tool returns may quote anything.
    let speaks_itself = answer.method != "tools/call" || answer.status != 200;
    for (words, stack, versions, sure) in WORDS.iter().filter(|_| speaks_itself) {
        let said = match words {
            All(words) => answer.text == *words,
            In(words) => answer.text.contains(words),
        };
        if said {
            see(*stack, *versions, *sure);
        }
    }
    if answer.host.starts_with("bedrock-agentcore.") || answer.host.contains(".gateway.bedrock-agentcore.") {
        see(AgentCore, ANY, Certainly);
    }
    by_order(answer, &mut see);
    by_names(answer, &mut see);
}

/// The order in which the members of a message are written.
fn by_order(answer: &Answer<'_>, see: &mut impl FnMut(Stack, Versions, Sure)) {
    let is_error = answer.status >= 400;
    // The transport makes its refusals by hand, the error before the id; what the protocol answers is made elsewhere.
    if is_error && answer.has_members(&["jsonrpc", "error", "id"]) && !answer.text.contains(r#""id":"null""#) {
        see(TypeScript, ANY, Probably);
    }
    if answer.has_members(&["result", "jsonrpc", "id"]) {
        see(TypeScript, ANY, Probably);
    }
    if answer.has_members(&["result", "id", "jsonrpc"]) || answer.has_members(&["error", "id", "jsonrpc"]) {
        see(CSharp, ANY, Probably);
    }
    // From 2.0 on refusals carry a null id, and the code that only Python uses for them.
    if is_error && answer.text.starts_with(r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"#) {
        see(Python, Versions::from(2, 0), Probably);
    }
    if is_error && answer.text.contains(r#""code":-32600,"message":"Session not found""#) {
        see(Python, Versions::from(1, 26), Probably);
    }
    if answer.method == "server/discover" && answer.text.contains(r#""result":{"cacheScope":"#) {
        see(Python, Versions::from(2, 0), Probably);
    }
    if answer.method == "initialize" && answer.text.contains(r#""capabilities":{"experimental":{}"#) {
        see(Python, Versions::major(1), Probably);
    }
}

/// What it calls itself when its author gave it no name, and the ids that it makes up.
fn by_names(answer: &Answer<'_>, see: &mut impl FnMut(Stack, Versions, Sure)) {
    if answer.method == "initialize" {
        match answer.string(&["result", "serverInfo", "name"]).as_deref() {
            Some("rmcp") => see(Rust, ANY, Certainly),
            Some(name) if name.starts_with("FastMCP-") => see(FastMcp, ANY, Certainly),
            Some("FastMCP") => see(Python, Versions::major(1), Probably),
            _ => {}
        }
    }
    // On a refusal the id can be one that nobody issued.
    let session = answer.headers.get("mcp-session-id").filter(|_| answer.status == 200).unwrap_or_default();
    let all = |chars: usize, are: fn(u8) -> bool| session.len() == chars && session.bytes().all(are);
    if session.starts_with("mcp-session-") {
        see(McpGo, ANY, Certainly);
    } else if all(26, |byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte)) {
        see(Go, ANY, Probably);
    } else if all(32, |byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
        see(Python, ANY, Perhaps);
    }
    if answer.is_endpoint && query(&answer.text, "session_id").is_some_and(|id| id.len() == 32) {
        see(Python, ANY, Perhaps);
    }
    match answer.headers.get("server") {
        Some("uvicorn") => see(Python, ANY, Perhaps),
        Some("Kestrel") => see(CSharp, ANY, Perhaps),
        _ => {}
    }
}

/// The value of a name in the query of an address.
fn query(address: &str, name: &str) -> Option<String> {
    let pairs = address.split_once('?')?.1.split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value.into())
}
