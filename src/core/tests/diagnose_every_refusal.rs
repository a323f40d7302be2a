//! Every way a request can be refused, at every step, with every kind of token: each has an explanation, and only one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use inspector_core::diagnose::{Kind, diagnose};
use inspector_core::trace::Outcome;
use inspector_core::trace::notation::read;

/// Statuses that servers and gateways answer with.
const STATUSES: &[u16] =
    &[200, 202, 204, 301, 400, 401, 403, 404, 405, 406, 409, 413, 415, 421, 422, 429, 500, 502, 503, 504, 524];

/// Bodies that servers and gateways answer with, good and bad.
const BODIES: &[(&str, &str)] = &[
    ("", ""),
    ("text/plain", "Not Found"),
    ("text/plain", "Unauthorized: Session not found"),
    ("text/plain", "Bad Request: No valid session ID provided"),
    ("text/plain", "Could not find session"),
    ("text/plain", "no bearer token"),
    ("text/plain", "token expired"),
    ("text/plain", "Invalid Origin header"),
    ("text/plain", "session user mismatch"),
    ("text/plain", "your session is odd"),
    ("text/html", "<html><head><title>502 Bad Gateway</title></head><body>your session has ended</body></html>"),
    ("application/json", "{\"detail\":\"Not Found\"}"),
    ("application/json", "{\"message\":\"Forbidden\"}"),
    ("application/json", "{\"error\": \"insufficient_scope\", \"error_description\": \"Required scope: mcp\"}"),
    ("application/json", "{\"error\": \"invalid_token\"}"),
    ("application/json", "{\"statusCode\":401,\"body\":\"{}\"}"),
    ("application/json", "{not json"),
    ("application/json", "[]"),
    ("application/json", "null"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":\"9\",\"result\":{}}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"Session not found\"}}"),
    (
        "application/json",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"Bad Request: Missing session ID\"}}",
    ),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"Invalid Bearer token\"}}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32022,\"message\":\"no\"}}"),
    (
        "application/json",
        "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":-32022,\"message\":\"no\",\"data\":{\"supported\":[\"2026-07-28\"]}}}",
    ),
    (
        "application/json",
        "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":-32602,\"message\":\"no\",\"data\":{\"supported\":[\"2025-06-18\"]}}}",
    ),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":-32020,\"message\":\"Header mismatch\"}}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":-32021,\"message\":\"capability\"}}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"Server not initialized\"}}"),
    (
        "application/json",
        "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":0,\"message\":\"before initialization was complete\"}}",
    ),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}"),
    (
        "application/json",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32602,\"message\":\"Invalid request parameters\"}}",
    ),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32603,\"message\":\"Internal error\"}}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"Too many open sessions\"}}"),
    ("application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"message\":\"Not Acceptable: Client must accept both\"}}"),
    ("text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":1,\"message\":\"no\"}}\\n\\n"),
    ("text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\\n\\n"),
    ("text/event-stream", "data: nonsense\\n\\n"),
    ("text/event-stream", "data: cut"),
    ("text/event-stream", ": ping\\n\\n"),
];

/// What a recording can say of the token.
const TOKENS: &[&str] = &["none", "opaque 43", "opaque 43\ntoken-flaw quoted", "jwt {\"alg\":\"RS256\",\"exp\":1}"];

/// The request that fails, and what came before it.
const STEPS: &[(&str, &str)] = &[
    ("> initialize id=9", ""),
    ("> tools/list id=9", "> initialize id=1\n< 200 application/json\n  body {RESULT}\n  end\n"),
    ("> tools/list id=9", "> initialize id=1\n< 200? application/json\n  body {RESULT}\n  end\n"),
    ("> tools/list id=9 session=A", "> initialize id=1\n< 200? application/json session=A\n  body {RESULT}\n  end\n"),
    ("> notifications/initialized session=A", "> initialize id=1\n< 200? application/json session=A\n  body {RESULT}\n  end\n"),
    ("> POST /messages/?session_id=1 tools/list id=9", ""),
    ("> initialize id=9", "ask 2025-06-18\n"),
    ("> server/discover id=9 version=2026-07-28", "ask 2026-07-28\n"),
    ("> server/discover id=9 version=2026-07-28", "> initialize id=1\n< 400 application/json\n  body {MODERN}\n  end\n"),
    ("> GET purpose=endpoint", "ask 2024-11-05\n"),
    ("> GET purpose=endpoint", "> initialize id=1\n< 405\n  end\n"),
    (
        "> POST /m initialize id=9",
        "ask 2024-11-05\n> GET purpose=endpoint\n< 200 text/event-stream\n  event endpoint\n  data /m\n  end\n",
    ),
    (
        "> prompts/list id=9 session=A purpose=call",
        "> initialize id=1\n< 200? application/json session=A\n  body {RESULT}\n  end\n",
    ),
    (
        "> GET session=A purpose=resume\n  Mcp-Session-Id: session-A\n  Last-Event-ID: 5",
        "> initialize id=1\n< 200? application/json session=A\n  body {RESULT}\n  end\n> tools/list id=2 session=A\n< 200 text/event-stream\n  id 5\n  data \n  end\n",
    ),
    ("> GET session=A purpose=listen", "> initialize id=1\n< 200? application/json session=A\n  body {RESULT}\n  end\n"),
];

/// What a server of the stateless era answers to `initialize`.
const MODERN: &str =
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32022,\"message\":\"no\",\"data\":{\"supported\":[\"2026-07-28\"]}}}";

const RESULT: &str =
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}}}}";

/// How the body of a good response ends; a refusal is always complete.
const ENDS: &[&str] = &["  end", "  cut network error", "! abort LAST timed-out\n<LAST\n  aborted"];

#[test]
fn every_failure_has_one_explanation() {
    let mut failed = 0;
    for token in TOKENS {
        for (request, before) in STEPS {
            for status in STATUSES {
                for (media_type, body) in BODIES {
                    for end in ENDS.iter().take(if *status == 200 { ENDS.len() } else { 1 }) {
                        let last = before.lines().filter(|line| line.starts_with('>')).count() + 1;
                        let end = end.replace("LAST", &last.to_string());
                        let before = before.replace("{RESULT}", RESULT).replace("{MODERN}", MODERN);
                        let quoted = body.replace("\\n", "\n").replace('"', "\\\"").replace('\n', "\\n");
                        let text = format!(
                            "mcp-trace 1\nserver https://a.example/mcp\nbegan 2026-11-21T00:00:00Z\npage https://b.example\n\
                             token {token}\n{before}{request}\n< {status} {media_type}\n  bytes \"{quoted}\"\n{end}\n"
                        );
                        let trace = read(&text).unwrap_or_else(|error| panic!("{error}\n{text}")).trace;
                        let problems: Vec<_> =
                            diagnose(&trace).into_iter().filter(|finding| finding.kind == Kind::Problem).collect();
                        let expected = usize::from(trace.outcome() == Outcome::Failed);
                        failed += expected;
                        assert_eq!(problems.len(), expected, "{problems:?}\n{text}");
                    }
                }
            }
        }
    }
    assert!(failed > 10_000, "only {failed} of the traces are failures");
}
