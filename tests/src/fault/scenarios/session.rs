//! Servers that forget, demand or refuse sessions.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply},
    scenario::Fault,
    sound::{Habits, Sound, Stack, error},
};

/// The real limit is 10,000.
const OPEN_SESSIONS: usize = 12;

const SEARCH: &str = r#"{"tools":[{"name":"search","description":"Search the web","inputSchema":{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}}]}"#;

/// The server restarts between the handshake and the first `tools/list`; later sessions live on.
const RESTART: Fault = |call: &Call, sound: &Sound| {
    if call.asks("tools/list") {
        sound.restart_once();
    }
    None
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("session-stale-404-python", "restarts after the handshake; 404 -32600 (Python SDK from 1.26)")
        .cause("session-stale")
        .stack(Stack::Python)
        .fault(RESTART),
    Scenario::new("session-stale-400-python", "restarts after the handshake; 400 plain text (Python SDK up to 1.25)")
        .cause("session-stale")
        .habits(Habits { name: "orders", instructions: "Order numbers look like A-1042.", ..Habits::of(Stack::PythonBefore126) })
        .fault(RESTART),
    Scenario::new("session-stale-404-ts", "restarts after the handshake; 404 -32001 (TypeScript SDK)")
        .cause("session-stale")
        .stack(Stack::TypeScript)
        .fault(RESTART),
    Scenario::new("session-stale-400-express", "restarts after the handshake; 400 -32000 without an id (Express example)")
        .cause("session-stale")
        .stack(Stack::Express)
        .fault(RESTART),
    Scenario::new("session-stale-401-rmcp", "restarts after the handshake; 401 plain text (rmcp 0.8 to 0.13)")
        .cause("session-stale")
        .stack(Stack::RmcpBefore017)
        .fault(RESTART),
    Scenario::new("session-missing", "wants a session id it never issued; 400 -32600 (Python SDK)")
        .cause("session-missing")
        .habits(Habits { issues_session: false, ..Habits::PLAIN }),
    Scenario::new("request-before-initialized", "loses the notification that ends the handshake (Go SDK)")
        .cause("request-before-initialized")
        .fault(|call, sound| {
            let refusal = r#"method \"tools/list\" is invalid during session initialization"#;
            call.asks("tools/list").then(|| sound.message(&error(&call.id(), 0, refusal)).into())
        }),
    Scenario::new("initialized-refused", "answers notifications/initialized with 500").cause("initialized-refused").fault(
        |call, _| {
            call.asks("notifications/initialized")
                .then(|| Answer::Reply(Reply::new(500, "Internal Server Error").text("Internal Server Error")))
        },
    ),
    Scenario::new("session-storm", "works, but keeps no more than 12 sessions open; then 503 (Python SDK from 2.3)")
        .habits(Habits { name: "search", instructions: "One question at a time.", ..Habits::PLAIN })
        .fault(|call, sound| match call.method()? {
            "initialize" if sound.sessions_open() >= OPEN_SESSIONS => {
                let refusal = Reply::new(503, "Service Unavailable").json(error("null", -32603, "Too many open sessions"));
                Some(Stack::Python.sign(refusal).into())
            }
            "tools/list" if call.session().is_some() => Some(sound.result(call, SEARCH).into()),
            _ => None,
        }),
];
