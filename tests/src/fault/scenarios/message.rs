//! JSON-RPC messages that are no answer to what was asked: errors, messages with another id, results of another kind. And
//! answers without any message.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply, Step, comment, event},
    sound::{Sound, error},
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("rpc-invalid-params", "200 with -32602 for every request")
        .cause("invalid-params")
        .certainty("likely")
        .fault(|call, _| refused(call, -32602, "Invalid request parameters")),
    Scenario::new("rpc-method-not-found", "200 with -32601 for every request")
        .cause("method-not-found")
        .fault(|call, _| refused(call, -32601, "Method not found")),
    Scenario::new("rpc-internal-error", "200 with -32603 for every request")
        .cause("server-error")
        .fault(|call, _| refused(call, -32603, "Internal error")),
    Scenario::new("rpc-invalid-params-later", "200 with -32602 for tools/list")
        .cause("invalid-params")
        .certainty("likely")
        .fault(|call, _| later(call, |call| refused(call, -32602, "Invalid request parameters"))),
    Scenario::new("rpc-null-id", "200 with an error that has a null id, for every request")
        .cause("request-refused")
        .certainty("possible")
        .fault(|_, _| Some(Reply::ok().json(error("null", -32600, "Invalid Request")).into())),
    Scenario::new("rpc-null-id-later", "200 with an error that has a null id, for tools/list")
        .cause("request-refused")
        .certainty("possible")
        .fault(|call, _| later(call, |_| Some(Reply::ok().json(error("null", -32600, "Invalid Request")).into()))),
    Scenario::new("rpc-other-id", "answers every request with the id 9999")
        .cause("response-id-mismatch")
        .fault(|call, sound| with_id(call, sound, "9999")),
    Scenario::new("rpc-text-id", "answers with the id as a string where a number was sent")
        .cause("response-id-mismatch")
        .works()
        .fault(|call, sound| with_id(call, sound, &format!("\"{}\"", call.id().trim_matches('"')))),
    Scenario::new("initialize-of-another-kind", r#"answers initialize with {"foo":1}"#)
        .cause("not-an-mcp-endpoint")
        .certainty("likely")
        .fault(|call, sound| call.asks("initialize").then(|| sound.result(call, r#"{"foo":1}"#).into())),
    Scenario::new("initialize-incomplete", "works; its initialize result has no serverInfo")
        .cause("result-incomplete")
        .works()
        .fault(|call, sound| renamed(call, sound, "initialize", "serverInfo", "server")),
    Scenario::new("tools-list-without-list", "answers tools/list with an empty object")
        .cause("result-incomplete")
        .fault(|call, sound| call.asks("tools/list").then(|| sound.result(call, "{}").into())),
    Scenario::new("tools-list-nameless", "works; a tool has a title and no name").cause("result-incomplete").works().fault(
        |call, sound| {
            let list = r#"{"tools":[{"title":"Find an order","inputSchema":{"type":"object"}}]}"#;
            call.asks("tools/list").then(|| sound.result(call, list).into())
        },
    ),
    Scenario::new("rpc-no-version", r#"works; no answer has "jsonrpc""#)
        .cause("response-not-jsonrpc")
        .works()
        .fault(|call, sound| rewritten(call, sound, |body| body.replacen(r#""jsonrpc":"2.0","#, "", 1))),
    Scenario::new("rpc-array", "works; every answer stands in an array")
        .cause("response-not-jsonrpc")
        .works()
        .fault(|call, sound| rewritten(call, sound, in_array)),
    Scenario::new("response-empty-202", "202 without a body for every request")
        .cause("response-empty")
        .fault(|_, _| Some(Reply::new(202, "Accepted").into())),
    Scenario::new("response-empty-202-later", "202 without a body for tools/list")
        .cause("response-empty")
        .fault(|call, _| later(call, |_| Some(Reply::new(202, "Accepted").into()))),
    Scenario::new("response-empty-204", "204 for every request")
        .cause("response-empty")
        .fault(|_, _| Some(Reply::new(204, "No Content").into())),
    Scenario::new("response-empty-json", "200 with nothing that calls itself JSON, for every request")
        .cause("response-empty")
        .fault(|_, _| Some(Reply::ok().json("").into())),
    Scenario::new("response-not-json", "200 with a Python dictionary that calls itself JSON, for every request")
        .cause("response-not-json")
        .fault(|_, _| Some(Reply::ok().json("{'status': 'ok'}").into())),
    Scenario::new("response-not-json-later", "200 with a Python dictionary that calls itself JSON, for tools/list")
        .cause("response-not-json")
        .fault(|call, _| later(call, |_| Some(Reply::ok().json("{'status': 'ok'}").into()))),
    Scenario::new(
        "response-not-jsonrpc-later",
        "200 with the envelope of a function that forgot to unwrap its 401, for tools/list",
    )
    .cause("response-not-jsonrpc")
    .fault(|call, _| {
        later(call, |_| Some(Reply::ok().json(r#"{"statusCode":401,"body":"{\"message\":\"Unauthorized\"}"}"#).into()))
    }),
    Scenario::new("not-an-mcp-endpoint-later", "200 with a page of a proxy for tools/list").cause("not-an-mcp-endpoint").fault(
        |call, _| {
            later(call, |_| {
                Some(Reply::ok().html("<!DOCTYPE html><html><body>You are using the proxy of ACME</body></html>").into())
            })
        },
    ),
    Scenario::new("response-timeout-always", "no request is ever answered")
        .cause("response-timeout")
        .waits()
        .fault(|_, _| Some(Answer::Never)),
    Scenario::new("response-timeout-later", "tools/list is never answered")
        .cause("response-timeout")
        .waits()
        .fault(|call, _| later(call, |_| Some(Answer::Never))),
    Scenario::new("connection-closed-later", "closes the connection at tools/list, before the response head")
        .cause("server-unreachable")
        .fault(|call, _| later(call, |_| Some(Answer::Close))),
    Scenario::new("stream-empty-always", "every request gets an event stream that ends in order without an event")
        .cause("stream-without-response")
        .fault(|call, _| posted(call).then(|| stream([comment("ping")]))),
    Scenario::new("stream-not-json-always", "every request gets an event stream whose one event is no JSON")
        .cause("stream-bad-event")
        .fault(|call, _| posted(call).then(|| stream([event("{oops")]))),
    Scenario::new("stream-not-json", "tools/list gets an event stream whose one event is no JSON")
        .cause("stream-bad-event")
        .fault(|call, _| later(call, |_| Some(stream([event("{oops")])))),
];

fn later(call: &Call, answer: impl FnOnce(&Call) -> Option<Answer>) -> Option<Answer> {
    if call.asks("tools/list") { answer(call) } else { None }
}

fn posted(call: &Call) -> bool {
    call.http.method == "POST"
}

fn refused(call: &Call, code: i32, message: &str) -> Option<Answer> {
    posted(call).then(|| Reply::ok().json(error(&call.id(), code, message)).into())
}

/// The right answer, but for its id.
fn with_id(call: &Call, sound: &Sound, id: &str) -> Option<Answer> {
    let (own, other) = (format!(r#""id":{}"#, call.id()), format!(r#""id":{id}"#));
    rewritten(call, sound, |body| body.replacen(&own, &other, 1))
}

/// The right answer with another name for a member of it.
fn renamed(call: &Call, sound: &Sound, method: &str, member: &str, other: &str) -> Option<Answer> {
    let (own, other) = (format!(r#""{member}":"#), format!(r#""{other}":"#));
    if call.asks(method) { rewritten(call, sound, |body| body.replacen(&own, &other, 1)) } else { None }
}

/// The right answer, written in another way.
fn rewritten(call: &Call, sound: &Sound, write: impl Fn(&str) -> String) -> Option<Answer> {
    (posted(call) && !call.is_notification()).then(|| {
        let mut reply = sound.answer(call);
        for step in &mut reply.steps {
            if let Step::Write(bytes) = step {
                *bytes = write(&String::from_utf8_lossy(bytes)).into_bytes();
            }
        }
        reply.into()
    })
}

/// The one message of a body or an event, in an array.
fn in_array(body: &str) -> String {
    match (body.find('{'), body.rfind('}')) {
        (Some(start), Some(end)) => format!("{}[{}]{}", &body[..start], &body[start..=end], &body[end + 1..]),
        _ => body.to_owned(),
    }
}

fn stream(steps: impl IntoIterator<Item = Step>) -> Answer {
    Reply::ok().stream(steps).into()
}
