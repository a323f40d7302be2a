//! Where secrets stand in the recordings of MCP sessions, one function for each place.

use base64ct::{Base64, Encoding};
use inspector_core::http::Method;
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::import::import;
use inspector_core::json::quote;
use inspector_core::trace::{Answer, Command, End, Trace};

use crate::talk::Talk;
use crate::values::Made;

/// A place where a secret stands.
pub(crate) struct Carrier {
    pub(crate) name: &'static str,
    /// Whether the place itself says that it is a secret. Where it does not, only what a generator made and the numbers of people
    /// can be told from what may be seen; a password of one word is a word there.
    pub(crate) named: bool,
    pub(crate) plant: fn(&str) -> Trace,
}

impl Carrier {
    /// Whether a secret of this kind can be told there.
    pub(crate) fn holds(&self, made: Made) -> bool {
        self.named || made != Made::ByPerson
    }
}

/// The value of a header.
const fn named(name: &'static str, plant: fn(&str) -> Trace) -> Carrier {
    Carrier { name, named: true, plant }
}

const fn unnamed(name: &'static str, plant: fn(&str) -> Trace) -> Carrier {
    Carrier { name, named: false, plant }
}

const CALL: &str = r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#;
const OK: &str = r#"{"jsonrpc":"2.0","id":2,"result":{"tools":[]}}"#;

/// Every place.
pub(crate) static ALL: &[Carrier] = &[
    named("authorization header", |s| sent_header("authorization", &format!("Bearer {s}"))),
    named("AUTHORIZATION header, Basic", |s| sent_header("AUTHORIZATION", &format!("Basic {}", base64(&format!("ci:{s}"))))),
    named("Authorization header, bare", |s| sent_header("Authorization", s)),
    named("Proxy-Authorization header", |s| sent_header("Proxy-Authorization", &format!("Bearer {s}"))),
    named("Cookie header", |s| sent_header("Cookie", &format!("theme=dark; sid={s}"))),
    named("Set-Cookie header", |s| received_header("Set-Cookie", &format!("sid={s}; Path=/; HttpOnly"))),
    named("X-Api-Key header", |s| sent_header("X-Api-Key", s)),
    named("header of a proxy", |s| sent_header("cf-access-jwt-assertion", s)),
    named("header nobody knows", |s| received_header("X-Acme-Context", s)),
    named("DPoP header", |s| sent_header("DPoP", s)),
    named("Mcp-Session-Id header", session),
    named("Mcp-Param header", |s| sent_header("Mcp-Param-Region", s)),
    named("Mcp-Param header, base64", |s| sent_header("mcp-param-city", &format!("=?base64?{}?=", base64(s)))),
    named("Mcp-Name header, address", |s| sent_header("Mcp-Name", &format!("https://files.example.com/get?key={}", percent(s)))),
    unnamed("Last-Event-ID header", |s| sent_header("Last-Event-ID", s)),
    unnamed("WWW-Authenticate header", |s| {
        received_header("WWW-Authenticate", &format!("Bearer error=\"invalid_token\", error_description=\"{s} was revoked\""))
    }),
    named("Location header", |s| received_header("Location", &format!("https://login.example.com/cb?code={}", percent(s)))),
    named("address of a redirect", |s| {
        let to = format!("https://login.example.com/authorize?state={}", percent(s));
        Talk::new().post(CALL).response(200, &[("content-type", "text/html")]).redirected(&to).end().trace()
    }),
    named("query of the server", |s| {
        Talk::at(&format!("https://mcp.example.com/mcp?tavilyApiKey={}", percent(s))).post(CALL).json(OK).trace()
    }),
    named("query under a plain name", |s| {
        Talk::at(&format!("https://mcp.example.com/mcp?u={}", percent(s))).post(CALL).json(OK).trace()
    }),
    unnamed("path of the server", |s| {
        Talk::at(&format!("https://mcp.example.com/api/mcp/s/{}/mcp", percent(s))).post(CALL).json(OK).trace()
    }),
    named("user info in an error", |s| {
        message(&format!("could not connect to postgres://app:{}@db.internal:5432/app", percent(s)))
    }),
    named("address in an error", |s| message(&format!("GET https://api.example.com/v1?key={} failed: 403", percent(s)))),
    named("form of a token request", |s| {
        let body = format!("grant_type=client_credentials&client_id=ci&client_secret={}", percent(s));
        form(&body).json(r#"{"error":"invalid_client"}"#).trace()
    }),
    named("answer of a token endpoint", |s| {
        let body = format!(r#"{{"access_token":{},"token_type":"Bearer","expires_in":3600}}"#, quote(s));
        form("grant_type=client_credentials").json(&body).trace()
    }),
    named("argument of a tool", |s| call(&format!(r#"{{"to":{},"dry":true}}"#, quote(s)))),
    named("argument of a tool, deep", |s| call(&format!(r#"{{"a":{{"b":[{{"c":{{"d":[1,{{"e":{}}}]}}}}]}}}}"#, quote(s)))),
    unnamed("name of an argument", |s| call(&format!(r#"{{"headers":{{{}:true}}}}"#, quote(s)))),
    named("JSON in an argument", |s| call(&format!(r#"{{"body":{}}}"#, quote(&format!(r#"{{"note":{}}}"#, quote(s)))))),
    named("JSON in JSON in an argument", |s| {
        let inner = quote(&format!(r#"{{"note":{}}}"#, quote(s)));
        call(&format!(r#"{{"body":{}}}"#, quote(&format!(r#"[{{"deep":{inner}}}]"#))))
    }),
    named("base64 in an argument", |s| call(&format!(r#"{{"file":"{}"}}"#, base64(&format!("{{\"key\":\"{s}\"}}"))))),
    named("text of a tool", |s| {
        result(&format!(r#"{{"content":[{{"type":"text","text":{}}}]}}"#, quote(&format!("The key is {s}, keep it."))))
    }),
    named("structured content", |s| {
        result(&format!(r#"{{"content":[],"structuredContent":{{"user":{{"mail":{}}}}}}}"#, quote(s)))
    }),
    named("contents of a resource", |s| {
        result(&format!(r#"{{"contents":[{{"uri":"file:///env","text":{}}}]}}"#, quote(&format!("KEY={s}"))))
    }),
    named("blob of a resource", |s| result(&format!(r#"{{"contents":[{{"uri":"file:///env","blob":"{}"}}]}}"#, base64(s)))),
    named("message of a prompt", |s| {
        result(&format!(r#"{{"messages":[{{"role":"user","content":{{"type":"text","text":{}}}}}]}}"#, quote(s)))
    }),
    named("data of an event", |s| stream(&format!("data: {}\n\n", given(s)))),
    named("data of several lines", |s| {
        stream(&format!(
            "data: {{\"jsonrpc\":\"2.0\",\"id\":2,\ndata: \"result\":\ndata: {{\"content\":[{{\"text\":{}}}]}}}}\n\n",
            quote(s)
        ))
    }),
    unnamed("event that is no JSON", |s| stream(&format!("data: connected as {s}\n\n"))),
    unnamed("comment of a stream", |s| stream(&format!(": trace {s}\n\ndata: {OK}\n\n"))),
    unnamed("id of an event", |s| stream(&format!("id: {s}\ndata: {OK}\n\n"))),
    unnamed("field nobody knows", |s| stream(&format!("auth: {s}\ndata: {OK}\n\n"))),
    named("endpoint of a stream", |s| stream(&format!("event: endpoint\ndata: /messages/?session_id={}\n\n", percent(s)))),
    named("stream that breaks off", |s| {
        let body = format!("data: {{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{{\"note\":{}", quote(s));
        Talk::new()
            .post(CALL)
            .response(200, &[("content-type", "text/event-stream")])
            .body(body.as_bytes())
            .ends(End::Cut("network error".into()))
            .trace()
    }),
    unnamed("error message", |s| message(&format!("Invalid key {s} for this project"))),
    named("error message with a label", |s| message(&format!("Login failed (password: {s})"))),
    named("error message with a request in it", |s| message(&format!(r#"upstream refused {{"password":"{s}"}}"#))),
    named("data of an error", |s| {
        refused(&format!(
            r#"{{"code":-32603,"message":"Internal error","data":{{"context":{}}}}}"#,
            quote(&format!("secret={s}"))
        ))
    }),
    unnamed("stack trace in an error", |s| {
        refused(&format!(
            r#"{{"code":-32603,"message":"Internal error","data":{}}}"#,
            quote(&format!("at auth.js:12\n  key {s}"))
        ))
    }),
    unnamed("text of a refusal", |s| {
        Talk::new().post(CALL).refusal(401, "text/plain", &format!("Token {s} is not valid")).trace()
    }),
    named("body of a gateway", |s| {
        Talk::new()
            .post(CALL)
            .refusal(401, "application/json", &format!(r#"{{"error":"unauthorized","principal":{}}}"#, quote(s)))
            .trace()
    }),
    unnamed("page of an error", |s| {
        Talk::new()
            .post(CALL)
            .refusal(500, "text/html", &format!("<!DOCTYPE html><title>Error</title><body><h1>Error</h1><pre>bad key {s}</pre>"))
            .trace()
    }),
    named("script and attributes of a page", |s| {
        let page = format!(
            "<html><head><script>window.csrf = \"{s}\";</script></head><body><input name=\"csrf\" value=\"{s}\"><!-- {s} --></body></html>"
        );
        Talk::new().post(CALL).refusal(403, "text/html", &page).trace()
    }),
    named("instructions", |s| {
        result(&format!(
            r#"{{"protocolVersion":"2025-11-25","capabilities":{{}},"serverInfo":{{"name":"a","version":"1"}},"instructions":{}}}"#,
            quote(&format!("Use password: {s}"))
        ))
    }),
    unnamed("description of a tool", |s| tool(&format!(r#""description":{}"#, quote(&format!("Call with the key {s} first"))))),
    unnamed("default in a schema", |s| {
        tool(&format!(
            r#""inputSchema":{{"type":"object","properties":{{"key":{{"type":"string","default":{0},"examples":[{0}],"enum":[{0}]}}}}}}"#,
            quote(s)
        ))
    }),
    named("_meta", |s| result(&format!(r#"{{"content":[],"_meta":{{"com.example/session":{}}}}}"#, quote(s)))),
    unnamed("cursor", |s| result(&format!(r#"{{"tools":[],"nextCursor":{}}}"#, quote(s)))),
    unnamed("progress token", |s| {
        let body = format!(
            r#"{{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{{"name":"a","_meta":{{"progressToken":{}}}}}}}"#,
            quote(s)
        );
        Talk::new().post(&body).json(OK).trace()
    }),
    named("requestState", |s| {
        result(&format!(r#"{{"resultType":"input_required","inputRequests":{{}},"requestState":{}}}"#, quote(s)))
    }),
    named("inputResponses", |s| {
        let body = format!(
            r#"{{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{{"name":"a","inputResponses":{{"who":{{"action":"accept","content":{{"name":{}}}}}}}}}}}"#,
            quote(s)
        );
        Talk::new().post(&body).json(OK).trace()
    }),
    named("answer to an elicitation", |s| {
        let answer = format!(r#"{{"action":"accept","content":{{"role":{0},"password":{0}}}}}"#, quote(s));
        let to = EventRef::item(ExchangeId(1), 0);
        let command = Command::Answer { to, key: String::new(), answer: Answer::Result(answer.clone()) };
        Talk::new()
            .asks(command)
            .post(&format!(r#"{{"jsonrpc":"2.0","id":7,"result":{answer}}}"#))
            .response(202, &[])
            .end()
            .trace()
    }),
    named("what the person called with", |s| {
        let params = format!(r#"{{"name":"a","arguments":{{"q":{}}}}}"#, quote(s));
        let command = Command::Call { method: "tools/call".into(), params: params.clone() };
        Talk::new()
            .asks(command)
            .post(&format!(r#"{{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{params}}}"#))
            .json(OK)
            .trace()
    }),
    named("log message of a server", |s| {
        stream(&format!(
            "data: {{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{{\"level\":\"info\",\"data\":{}}}}}\n\n",
            quote(&format!("user {s} signed in"))
        ))
    }),
    named("question to a model", |s| {
        stream(&format!(
            "data: {{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"sampling/createMessage\",\"params\":{{\"systemPrompt\":{0},\"messages\":[{{\"role\":\"user\",\"content\":{{\"type\":\"text\",\"text\":{0}}}}}]}}}}\n\n",
            quote(s)
        ))
    }),
    named("JSON that is broken", |s| {
        Talk::new().post(CALL).json(&format!("{{\"jsonrpc\":\"2.0\",\"result\":{{\"note\":{},}}", quote(s))).trace()
    }),
    named("JSON of another program", |s| {
        Talk::new().post(CALL).json(&format!(r#"{{"ok":true,"session":{{"owner":{}}}}}"#, quote(s))).trace()
    }),
    named("bytes that are no text", |s| {
        let body = [b"\x1f\x8b\x08\x00password=", s.as_bytes(), b"\xff\xfe"].concat();
        Talk::new().post(CALL).response(200, &[("content-type", "application/octet-stream")]).body(&body).end().trace()
    }),
    unnamed("what the browser said", |s| Talk::new().post(CALL).ends(End::Failed(format!("request with {s} blocked"))).trace()),
    // What the logs of others hold, as it is read.
    named("log of messages, argument", |s| {
        let call = format!(r#"{{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{{"arguments":{{"q":{}}}}}}}"#, quote(s));
        read(&format!("{call}\n{OK}\n"))
    }),
    named("log of messages, one of several", |s| {
        let progress = r#"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1}}"#;
        read(&format!("--> {CALL}\n<-- {progress}\n<-- {}\n", given(s)))
    }),
    named("log of MCPJam, result", |s| {
        let entry = |direction: &str, payload: &str| {
            format!(r#"{{"source":"mcp-server","serverId":"a","direction":"{direction}","payload":{payload}}}"#)
        };
        read(&format!("[{},{}]", entry("RECEIVE", &given(s)), entry("SEND", CALL)))
    }),
    named("body of an event stream, result", |s| read(&format!("event: message\ndata: {}\n\n", given(s)))),
    named("access line, query", |s| read(&format!("\"POST /mcp?apiKey={} HTTP/1.1\" 401 Unauthorized", percent(s)))),
    named("line of a log, session id", |s| read(&format!("method=POST path=/mcp mcp_session_id={} status=404", percent(s)))),
];

fn base64(text: &str) -> String {
    Base64::encode_string(text.as_bytes())
}

/// As a browser writes a value in an address.
fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn sent_header(name: &str, value: &str) -> Trace {
    Talk::new().request(Method::Post, None, &[("Content-Type", "application/json"), (name, value)], CALL).json(OK).trace()
}

fn received_header(name: &str, value: &str) -> Trace {
    Talk::new().post(CALL).response(401, &[("content-type", "application/json"), (name, value)]).body(b"{}").end().trace()
}

fn session(id: &str) -> Trace {
    let opens = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#;
    let talk =
        Talk::new().post(opens).response(200, &[("content-type", "application/json"), ("MCP-Session-Id", id)]).body(b"{}").end();
    let talk = talk.request(Method::Post, None, &[("Content-Type", "application/json"), ("mcp-session-id", id)], CALL);
    talk.refusal(404, "text/plain", &format!("Session not found: {id}")).trace()
}

fn form(body: &str) -> Talk {
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    Talk::new().request(Method::Post, Some("https://login.example.com/token"), &headers, body)
}

fn call(arguments: &str) -> Trace {
    let body = format!(r#"{{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{{"name":"send","arguments":{arguments}}}}}"#);
    Talk::new().post(&body).json(OK).trace()
}

fn result(result: &str) -> Trace {
    Talk::new().post(CALL).json(&format!(r#"{{"jsonrpc":"2.0","id":2,"result":{result}}}"#)).trace()
}

fn tool(members: &str) -> Trace {
    result(&format!(r#"{{"tools":[{{"name":"send",{members}}}]}}"#))
}

fn refused(error: &str) -> Trace {
    Talk::new().post(CALL).json(&format!(r#"{{"jsonrpc":"2.0","id":2,"error":{error}}}"#)).trace()
}

fn message(message: &str) -> Trace {
    refused(&format!(r#"{{"code":-32000,"message":{}}}"#, quote(message)))
}

fn given(text: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":2,"result":{{"content":[{{"type":"text","text":{}}}]}}}}"#, quote(text))
}

fn stream(body: &str) -> Trace {
    Talk::new().post(CALL).stream(body).trace()
}

/// A log of another program.
fn read(text: &str) -> Trace {
    import(text).unwrap_or_else(|error| panic!("{error}: {text}")).traces.remove(0)
}
