//! Bare refusals: a status, its reason as plain text, and nothing else to go by. From the first request on, or at `tools/list`.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply},
    sound::Habits,
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("bare-400", "400 for every request").cause("request-refused").certainty("possible").fault(|_, _| bare(400)),
    Scenario::new("bare-401", "401 for every request, without a challenge").cause("token-missing").fault(|_, _| bare(401)),
    Scenario::new("bare-403", "403 for every request").cause("forbidden").certainty("likely").fault(|_, _| bare(403)),
    Scenario::new("bare-404", "404 for every request, at an address that looks right")
        .cause("endpoint-not-found")
        .fault(|_, _| bare(404)),
    Scenario::new("bare-409", "409 for every request").cause("request-refused").certainty("possible").fault(|_, _| bare(409)),
    Scenario::new("bare-410", "410 for every request").cause("gone-or-blocked").fault(|_, _| bare(410)),
    Scenario::new("bare-413", "413 for every request").cause("payload-too-large").fault(|_, _| bare(413)),
    Scenario::new("bare-415", "415 for every request").cause("content-type-refused").fault(|_, _| bare(415)),
    Scenario::new("bare-422", "422 for every request").cause("request-refused").certainty("possible").fault(|_, _| bare(422)),
    Scenario::new("bare-429", "429 for every request, without a word of when to come back")
        .cause("rate-limited")
        .fault(|_, _| bare(429)),
    Scenario::new("bare-500", "500 for every request").cause("server-error").fault(|_, _| bare(500)),
    Scenario::new("bare-504", "504 for every request").cause("gateway-error").fault(|_, _| bare(504)),
    Scenario::new("bare-400-later", "400 for tools/list")
        .cause("request-refused")
        .certainty("possible")
        .fault(|call, _| at_tools_list(call, 400)),
    Scenario::new("bare-401-later", "401 for tools/list, after a handshake that wanted no token")
        .cause("token-missing")
        .fault(|call, _| at_tools_list(call, 401)),
    Scenario::new("bare-403-later", "403 for tools/list")
        .cause("forbidden")
        .certainty("likely")
        .fault(|call, _| at_tools_list(call, 403)),
    Scenario::new("bare-404-later", "404 for tools/list, whatever its session")
        .cause("request-refused")
        .certainty("possible")
        .fault(|call, _| at_tools_list(call, 404)),
    Scenario::new("bare-404-later-no-session", "404 for tools/list, of a server without sessions")
        .unclear()
        .habits(Habits { issues_session: false, wants_session: false, ..Habits::PLAIN })
        .fault(|call, _| at_tools_list(call, 404)),
    Scenario::new("bare-405-later", "405 for tools/list").cause("method-not-allowed").fault(|call, _| at_tools_list(call, 405)),
    Scenario::new("bare-410-later", "410 for tools/list")
        .cause("request-refused")
        .certainty("possible")
        .fault(|call, _| at_tools_list(call, 410)),
    Scenario::new("bare-429-later", "429 for tools/list").cause("rate-limited").fault(|call, _| at_tools_list(call, 429)),
    Scenario::new("bare-503-later", "503 for tools/list").cause("gateway-error").fault(|call, _| at_tools_list(call, 503)),
];

fn at_tools_list(call: &Call, status: u16) -> Option<Answer> {
    if call.asks("tools/list") { bare(status) } else { None }
}

fn bare(status: u16) -> Option<Answer> {
    let reason = reason(status);
    Some(Reply::new(status, reason).text(reason).into())
}

/// The reason phrases of Python's servers: for 413 and 422 the older ones (RFC 2616, RFC 4918).
fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        413 => "Request Entity Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
