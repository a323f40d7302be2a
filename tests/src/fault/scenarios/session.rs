//! Servers that forget, demand or refuse sessions.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply},
    scenario::Fault,
    sound::{Habits, Sound, Stack, error},
};

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
    Scenario::new("session-stale-404-bare", "restarts after the handshake; 404 without a word of sessions")
        .cause("session-stale")
        .fault(|call, sound| {
            RESTART(call, sound);
            let unknown = call.asks("tools/list") && sound.answer(call).status >= 400;
            unknown.then(|| Reply::new(404, "Not Found").text("Not Found").into())
        }),
    // To a page it looks like a session whose id CORS hides: only a client that sees every header can tell.
    Scenario::new("session-missing", "wants a session id it never issued; 400 -32600 (Python SDK)")
        .cause("session-missing")
        .client(|client| {
            client.open();
            client.ask(None, "tools/list", serde_json::json!({}));
        })
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
    Scenario::new("session-not-shared", "two processes behind one address, and each knows only its own sessions")
        .cause("session-not-shared")
        .client(|client| {
            if let Some(session) = client.open() {
                for _ in 0..4 {
                    client.call(&session);
                }
            }
        })
        .fault(BY_TURNS),
    Scenario::new("session-not-shared-at-once", "two processes by turns; the request after the first reaches the other one")
        .cause("session-not-shared")
        .certainty("likely")
        .fault(BY_TURNS),
    Scenario::new("session-not-shared-per-request", "makes a transport for each request, which knows of no session (TypeScript)")
        .cause("session-not-shared")
        .certainty("likely")
        .stack(Stack::Express)
        .fault(|call, _| call.session().map(|_| Stack::Express.missing_session().into())),
    Scenario::new("session-id-illegal", "works; its session id has a space in it")
        .cause("session-id-illegal")
        .works()
        .habits(NO_IDS)
        .fault(|call, sound| named(call, sound, "orders 4711")),
    Scenario::new("session-id-illegal-refused", "issues a session id with a letter outside ASCII, and does not know it again")
        .cause("session-id-illegal")
        .habits(NO_IDS)
        .fault(|call, sound| {
            let refusal = || Reply::new(400, "Bad Request").text("There was an error parsing the headers");
            named(call, sound, "auftrag-sch\u{f6}n-1").or_else(|| call.session().map(|_| refusal().into()))
        }),
    Scenario::new("session-id-changes", "names a new session id with its second answer, and knows the first one no more")
        .cause("session-id-illegal")
        .fault(|call, sound| {
            let session = call.session().filter(|_| call.asks("notifications/initialized"))?;
            Some(Reply::new(202, "Accepted").header("mcp-session-id", sound.rename(session)).into())
        }),
    Scenario::new("session-uninitialized", "opens sessions and answers tools/list in each with 400 Server not initialized")
        .cause("request-before-initialized")
        .certainty("likely")
        .fault(|call, _| {
            let refused = error("null", -32000, "Bad Request: Server not initialized");
            call.asks("tools/list").then(|| Reply::new(400, "Bad Request").json(refused).into())
        }),
];

/// Issues no ids of its own.
const NO_IDS: Habits = Habits { issues_session: false, wants_session: false, ..Habits::PLAIN };

/// Answers `initialize` with this session id.
fn named(call: &Call, sound: &Sound, id: &str) -> Option<Answer> {
    call.asks("initialize").then(|| sound.answer(call).header("mcp-session-id", id).into())
}

/// Two processes take the requests by turns.
const BY_TURNS: Fault = |call: &Call, sound: &Sound| {
    let knows = sound.take_turn(call.session());
    (!knows).then(|| Answer::Reply(Stack::Python.unknown_session()))
};
