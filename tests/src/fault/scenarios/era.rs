//! Servers of 2026-07-28, sound and otherwise, and servers of one era that are spoken to in the other.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply},
    sound::{Habits, Sound, Stack, error},
    stateless::{self, refused, unsupported},
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("working-stateless", "a sound server of 2026-07-28; initialize gets 400 -32022").fault(working),
    Scenario::new("working-stateless-pages", "the same with three pages of tools")
        .protocol("2026-07-28")
        .habits(Habits { pages: 3, ..Habits::PLAIN })
        .fault(working),
    Scenario::new("stateless-without-discover", "works, but for server/discover, which is an unknown method")
        .cause("method-not-found")
        .works()
        .fault(|call, sound| match call.method() {
            Some("server/discover") => Some(Reply::new(404, "Not Found").json(error(&call.id(), -32601, "Method not found")).into()),
            _ => working(call, sound),
        }),
    Scenario::new("era-mismatch-stateless", "a server of 2026-07-28 that is sent a handshake; 400 -32022")
        .cause("era-mismatch")
        .protocol("2025-11-25")
        .fault(working),
    Scenario::new("era-mismatch-handshake", "a server of the handshake era that is sent none; 400 Missing session ID (Python SDK)")
        .cause("era-mismatch")
        .certainty("likely")
        .protocol("2026-07-28"),
    Scenario::new("era-mismatch-handshake-ts", "the same with 400 Server not initialized (TypeScript SDK 1)")
        .cause("era-mismatch")
        .certainty("likely")
        .protocol("2026-07-28")
        .stack(Stack::Express),
    Scenario::new("era-mismatch-listed", "the same, naming the revisions it speaks (Python SDK 1 without sessions)")
        .cause("era-mismatch")
        .protocol("2026-07-28")
        .fault(|call, _| {
            let message = "Bad Request: Unsupported protocol version: 2026-07-28. Supported versions: 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25";
            Some(Stack::Python.sign(Reply::new(400, "Bad Request").json(error(r#""server-error""#, -32600, message))).into())
                .filter(|_: &Answer| call.http.method == "POST")
        }),
    Scenario::new("header-mismatch", "a server of 2026-07-28 behind a gateway that takes Mcp-Method off; 400 -32020")
        .cause("header-mismatch")
        .fault(|call, sound| match call.method() {
            Some("server/discover") => {
                let message = "Bad Request: the request headers and body disagree: the body names method server/discover but the required Mcp-Method header is absent";
                Some(refused(call, -32020, message, "").into())
            }
            _ => working(call, sound),
        }),
    Scenario::new("capability-missing", "a server of 2026-07-28 that wants an extension to list its tools; 400 -32021")
        .cause("capability-missing")
        .fault(|call, sound| match call.method() {
            Some("tools/list") => {
                let data = r#","data":{"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/ui":{}}}}"#;
                Some(refused(call, -32021, "The client does not declare the required capability", data).into())
            }
            _ => working(call, sound),
        }),
    Scenario::new("version-newer", "a stateless server that speaks a later revision only; 400 -32022")
        .cause("version-unsupported")
        .fault(|call, _| Some(unsupported(call, call.http.headers.get("mcp-protocol-version").unwrap_or("2025-11-25"), &["2027-06-01"]).into())),
    Scenario::new("version-candidate", "a server made for the release candidate of 2026-07-28; 400 -32004")
        .cause("version-unsupported")
        .protocol("2026-07-28")
        .fault(|call, _| {
            let data = r#","data":{"supported":["DRAFT-2026-v1"],"requested":"2026-07-28"}"#;
            Some(refused(call, -32004, "Unsupported protocol version", data).into())
        }),
];

fn working(call: &Call, sound: &Sound) -> Option<Answer> {
    Some(stateless::answer(call, sound).into())
}
