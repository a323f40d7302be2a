//! What clients do with sessions, against servers that are as good as any: the fault is the client's.

use crate::{
    drive::OtherClient,
    fault::{
        Scenario,
        call::Call,
        reply::Reply,
        scenario::Fault,
        sound::{Habits, Sound, Stack, error},
    },
};

/// The real limit is 10,000.
const OPEN_SESSIONS: usize = 12;

const SEARCH: &str = r#"{"tools":[{"name":"search","description":"Search the web","inputSchema":{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}}]}"#;

const FOUND: &str = r#"{"content":[{"type":"text","text":"Keep one session for all calls."}]}"#;

/// No more sessions than fit, in the words of the Python SDK from 2.3.
const FULL: Fault = |call: &Call, sound: &Sound| match call.method()? {
    "initialize" if sound.sessions_open() >= OPEN_SESSIONS => {
        let refusal = Reply::new(503, "Service Unavailable").json(error("null", -32603, "Too many open sessions"));
        Some(Stack::Python.sign(refusal).into())
    }
    "tools/list" if call.session().is_some() => Some(sound.result(call, SEARCH).into()),
    "tools/call" if call.session().is_some() => Some(sound.result(call, FOUND).into()),
    _ => None,
};

/// So many calls of tools are made.
const CALLS: usize = 8;

/// Sessions in which `calls` tools are called each, ended afterwards or not, until there are so many or the server is full.
fn sessions(client: &mut OtherClient, count: usize, calls: usize, ends: bool) {
    for _ in 0..count {
        let Some(session) = client.open() else { return };
        for _ in 0..calls {
            client.call(&session);
        }
        if ends {
            client.end(&session);
        }
    }
}

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "session-storm",
        "keeps no more than 12 sessions open, then 503; a client opens one for every call and ends none",
    )
    .cause("session-storm")
    .habits(Habits { name: "search", instructions: "One question at a time.", ..Habits::PLAIN })
    .client(|client| sessions(client, OPEN_SESSIONS + 1, 1, false))
    .fault(FULL),
    Scenario::new("session-storm-ended", "works; a client opens a session for every call and ends it (langchain-mcp-adapters)")
        .cause("session-storm")
        .certainty("likely")
        .works()
        .client(|client| sessions(client, CALLS, 1, true)),
    Scenario::new("session-leak", "works; a client uses a session for a while, and leaves it for another")
        .cause("session-leak")
        .certainty("likely")
        .works()
        .client(|client| sessions(client, 4, CALLS, false)),
    Scenario::new("session-leak-unused", "works; a health check opens a session whenever it looks, and asks nothing in it")
        .cause("session-leak")
        .certainty("likely")
        .works()
        .client(|client| sessions(client, 5, 0, false)),
    Scenario::new("session-leak-full", "keeps no more than 12 sessions open, then 503; a client leaves those it has used")
        .cause("session-leak")
        .client(|client| sessions(client, OPEN_SESSIONS + 1, CALLS, false))
        .fault(FULL),
    Scenario::new("session-leak-delete-refused", "lets no client end a session: DELETE is answered with 405")
        .cause("session-leak")
        .works()
        .client(|client| sessions(client, 1, 2, true))
        .fault(|call, _| (call.http.method == "DELETE").then(|| Stack::Python.method_not_allowed().into())),
    Scenario::new("session-ended-by-client", "works; a client ends its session, and another part of it goes on with it")
        .cause("session-ended-by-client")
        .client(ended_too_early),
    Scenario::new("session-ended-by-client-ts", "works; a client ends its session and goes on without an id (TypeScript SDK)")
        .cause("session-ended-by-client")
        .stack(Stack::TypeScript)
        .client(|client| {
            if let Some(session) = client.open() {
                client.end(&session);
                client.ask(None, "tools/list", serde_json::json!({}));
            }
        }),
];

fn ended_too_early(client: &mut OtherClient) {
    if let Some(session) = client.open() {
        client.call(&session);
        client.end(&session);
        client.call(&session);
    }
}
