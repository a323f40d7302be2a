//! Servers that refuse the token, each in the words of its SDK or gateway.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply},
    sound::Stack,
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("token-missing", "401 until an Authorization header comes; then any token will do (Python SDK)")
        .cause("token-missing")
        .fault(|call, _| (!call.has_token()).then(|| unauthorized("Authentication required").into())),
    Scenario::new("token-rejected", "401 invalid_token for every token (Python SDK)")
        .cause("token-rejected")
        .fault(|_, _| Some(unauthorized("Authentication required").into())),
    Scenario::new("token-rejected-ts", "401 invalid_token for every token (TypeScript SDK)")
        .cause("token-rejected")
        .stack(Stack::TypeScript)
        .fault(|call, _| {
            let reason = if call.has_token() { "Token is invalid" } else { "Missing Authorization header" };
            Some(Answer::Reply(
                Reply::new(401, "Unauthorized")
                    .header("X-Powered-By", "Express")
                    .header("WWW-Authenticate", format!(r#"Bearer error="invalid_token", error_description="{reason}""#))
                    .header("content-type", "application/json; charset=utf-8")
                    .body(format!(r#"{{"error":"invalid_token","error_description":"{reason}"}}"#)),
            ))
        }),
    Scenario::new("token-rejected-gateway-404", "a gateway that answers a bad token with 404 and -32001")
        .cause("token-rejected")
        .fault(|call, _| gateway(call, || Reply::new(404, "Not Found"))),
    Scenario::new("token-rejected-gateway-200", "a gateway that answers a bad token with 200 and -32001")
        .cause("token-rejected")
        .fault(|call, _| gateway(call, Reply::ok)),
    Scenario::new("token-rejected-echo", "401 with the Authorization header it got in the header and the body of the refusal")
        .cause("token-rejected")
        .fault(|call, _| {
            let got = call.http.headers.get("authorization").unwrap_or("nothing");
            Some(unauthorized(&format!("this is no good: {got}")).into())
        }),
    Scenario::new("token-expired", "401, and the server says that the token has expired (RFC 6750, 3)")
        .cause("token-expired")
        .fault(|call, _| {
            let reason = if call.has_token() { "The access token expired" } else { "Authentication required" };
            Some(unauthorized(reason).into())
        }),
    Scenario::new("token-other-header", "401 for every bearer token, because it wants a key in X-Api-Key")
        .cause("token-missing")
        .certainty("likely")
        .fault(|_, _| Some(Reply::new(401, "Unauthorized").json(r#"{"error":"Missing x-api-key header"}"#).into())),
];

/// A 401 of the Python SDK, spaces in the JSON included.
pub(in crate::fault) fn unauthorized(reason: &str) -> Reply {
    Reply::new(401, "Unauthorized")
        .header("server", "uvicorn")
        .header("www-authenticate", format!(r#"Bearer error="invalid_token", error_description="{reason}""#))
        .json(format!(r#"{{"error": "invalid_token", "error_description": "{reason}"}}"#))
}

/// The gateway puts its own id on the refusal, not the one that was asked.
fn gateway(call: &Call, reply: fn() -> Reply) -> Option<Answer> {
    let refusal = if call.has_token() {
        reply().json(r#"{"jsonrpc":"2.0","id":0,"error":{"code":-32001,"message":"Invalid Bearer token"}}"#)
    } else {
        Reply::new(401, "Unauthorized")
            .json(r#"{"jsonrpc":"2.0","error":{"code":-32001,"message":"Missing Authentication Token"},"id":"null"}"#)
    };
    Some(refusal.into())
}
