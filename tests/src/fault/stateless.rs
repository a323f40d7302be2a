//! A correct server of 2026-07-28: no handshake, no session, every request on its own. Its words are those of the TypeScript
//! SDK.

use super::{
    call::Call,
    reply::Reply,
    sound::{Sound, Stack, error, response},
    stack::without_id,
};

/// The only revision of its era.
pub(crate) const REVISION: &str = "2026-07-28";

/// What every request says in `_meta` (2026-07-28, basic).
const META: [&str; 2] = ["io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientCapabilities"];

/// What a working server answers.
pub(crate) fn answer(call: &Call, sound: &Sound) -> Reply {
    let reply = match call.http.method.as_str() {
        "POST" => post(call, sound),
        _ => Reply::new(405, "Method Not Allowed").header("allow", "POST").json(without_id(-32000, "Method not allowed.", true)),
    };
    Stack::TypeScript.sign(reply)
}

fn post(call: &Call, sound: &Sound) -> Reply {
    let header = |name: &str| call.http.headers.get(name);
    if call.is_notification() {
        return Reply::new(202, "Accepted");
    }
    let version = header("mcp-protocol-version").or(call.param("protocolVersion"));
    if version != Some(REVISION) {
        return unsupported(call, version.unwrap_or("none"), &[REVISION]);
    }
    if header("mcp-method") != call.method() {
        return refused(call, -32020, "Bad Request: the request headers and body disagree about the method", "");
    }
    if META.iter().any(|member| call.meta(member).is_none()) {
        return refused(
            call,
            -32602,
            "Invalid params: the request is missing the required per-request envelope key(s): _meta",
            "",
        );
    }
    let result = match call.method() {
        Some("server/discover") => format!(
            r#"{{"supportedVersions":["{REVISION}"],"capabilities":{{"tools":{{"listChanged":true}}}},"instructions":"Ask for a city by its name.",{}}}"#,
            complete()
        ),
        Some("tools/list") => sound.tools_page(call).replacen('{', &format!("{{{},", complete()), 1),
        _ => return Reply::new(404, "Not Found").json(error(&call.id(), -32601, "Method not found")),
    };
    Reply::ok().json(response(&call.id(), &result))
}

/// What every result of a list says.
fn complete() -> String {
    let server = r#""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"weather","version":"2.0.0"}}"#;
    format!(r#""resultType":"complete","ttlMs":0,"cacheScope":"private",{server}"#)
}

/// -32022, with the revisions that are spoken instead.
pub(crate) fn unsupported(call: &Call, requested: &str, supported: &[&str]) -> Reply {
    let data = format!(r#","data":{{"supported":{supported:?},"requested":"{requested}"}}"#);
    refused(call, -32022, &format!("Unsupported protocol version: {requested}"), &data)
}

/// A refusal of this era: 400 and a JSON-RPC error. `data` begins with a comma, or is empty.
pub(crate) fn refused(call: &Call, code: i32, message: &str, data: &str) -> Reply {
    let body = format!(r#"{{"jsonrpc":"2.0","error":{{"code":{code},"message":"{message}"{data}}},"id":{}}}"#, call.id());
    Reply::new(400, "Bad Request").json(body)
}
