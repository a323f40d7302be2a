//! Answers that are not what the client can use: of a wrong type, not JSON-RPC, or none at all.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Framing, Reply, Step, comment, wait},
    scenario::Fault,
    sound::{Sound, error, response},
};

/// Answers `initialize` correctly but for the content type.
fn initialize_as(call: &Call, sound: &Sound, content_type: Option<&str>) -> Option<Answer> {
    if !call.asks("initialize") {
        return None;
    }
    let mut reply = sound.answer(call);
    reply.headers.0.retain(|(name, _)| name != "content-type");
    Some(Answer::Reply(match content_type {
        Some(content_type) => reply.header("content-type", content_type),
        None => reply,
    }))
}

const INTERNAL_ERROR: Fault = |call, _| {
    call.asks("tools/list")
        .then(|| Reply::new(500, "Internal Server Error").json(error(&call.id(), -32603, "Internal error")).into())
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("response-content-type", "a correct answer as text/plain")
        .cause("response-content-type")
        .works()
        .fault(|call, sound| initialize_as(call, sound, Some("text/plain; charset=utf-8"))),
    Scenario::new("response-content-type-octets", "a correct answer as application/octet-stream")
        .cause("response-content-type")
        .works()
        .fault(|call, sound| initialize_as(call, sound, Some("application/octet-stream"))),
    Scenario::new("response-content-type-none", "a correct answer without a content type")
        .cause("response-content-type")
        .works()
        .fault(|call, sound| initialize_as(call, sound, None)),
    Scenario::new("response-not-jsonrpc-lambda", "200 with the envelope of a function that forgot to unwrap its 401")
        .cause("response-not-jsonrpc")
        .fault(|_, _| Some(Reply::ok().json(r#"{"statusCode":401,"body":"{\"message\":\"Unauthorized\"}"}"#).into())),
    Scenario::new("response-not-jsonrpc-detail", "200 with the error of a web framework")
        .cause("response-not-jsonrpc")
        .fault(|_, _| Some(Reply::ok().json(r#"{"detail":"Could not validate credentials"}"#).into())),
    Scenario::new("response-timeout", "initialize is never answered")
        .cause("response-timeout")
        .waits()
        .fault(|call, _| call.asks("initialize").then_some(Answer::Never)),
    Scenario::new("response-timeout-open-stream", "tools/list gets an event stream that carries nothing but comments")
        .cause("response-timeout")
        .waits()
        .fault(|call, _| {
            call.asks("tools/list").then(|| {
                let pings = (0..3600).flat_map(|_| [comment("ping"), wait(1000)]);
                Reply::ok().stream(pings).into()
            })
        }),
    Scenario::new("response-unframed", "works; answers with neither length nor chunks, so they end with the connection").fault(
        |call, sound| {
            let mut reply = sound.answer(call);
            reply.framing = Framing::UntilClose;
            Some(reply.into())
        },
    ),
    Scenario::new("response-cut", "tools/list breaks off in the middle of its JSON").fault(|call, sound| {
        call.asks("tools/list").then(|| {
            let mut reply = Reply::ok().header("content-type", "application/json");
            reply.framing = Framing::Chunked;
            let body = response(&call.id(), &sound.tools_page(call));
            reply.steps = vec![Step::Write(body.as_bytes()[..body.len() / 2].to_vec()), Step::Cut];
            reply.into()
        })
    }),
    Scenario::new("connection-closed", "accepts the connection and closes it before the response head")
        .cause("server-unreachable")
        .fault(|_, _| Some(Answer::Close)),
    Scenario::new("connection-closed-post", "answers GET, and closes the connection on every POST before the response head")
        .cause("server-unreachable")
        .fault(|call, _| (call.http.method == "POST").then_some(Answer::Close)),
    Scenario::new("connection-closed-initialize", "closes the connection at initialize, and answers everything else")
        .cause("server-unreachable")
        .fault(|call, _| call.asks("initialize").then_some(Answer::Close)),
    Scenario::new("server-error", "500 as HTML for initialize").cause("server-error").fault(|_, _| {
        Some(Reply::new(500, "Internal Server Error").html("<html><body><h1>500 Internal Server Error</h1></body></html>").into())
    }),
    Scenario::new("server-error-text", "500 plain text for tools/list (Starlette)").cause("server-error").fault(|call, _| {
        call.asks("tools/list").then(|| Reply::new(500, "Internal Server Error").text("Internal Server Error").into())
    }),
    Scenario::new("server-error-jsonrpc", "500 with -32603 for tools/list").cause("server-error").fault(INTERNAL_ERROR),
];
