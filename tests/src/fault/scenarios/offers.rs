//! Servers that work and list tools that clients stumble over.

use super::super::{
    Scenario,
    call::Call,
    reply::Answer,
    sound::{Sound, tools},
    stateless,
};

/// Answers `tools/list` with this result.
fn listed(call: &Call, sound: &Sound, list: &str) -> Option<Answer> {
    call.asks("tools/list").then(|| sound.result(call, list).into())
}

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("tool-name-duplicate", "works; two of its tools have one name, as gateways join them")
        .cause("tool-name-duplicate")
        .works()
        .fault(|call, sound| {
            let joined = [("search", "Searches orders"), ("cancel", "Cancels an order"), ("search", "Searches invoices")];
            listed(call, sound, &tools(joined.iter(), None))
        }),
    Scenario::new("tool-name-lookalike", "works; the names of two tools differ in a letter of another script, and in one unseen")
        .cause("tool-name-duplicate")
        .certainty("possible")
        .works()
        .fault(|call, sound| {
            let alike = [("pay_order", "Pays"), ("p\u{430}y_order", "Pays somebody else"), ("pay\u{200b}_order", "Pays twice")];
            listed(call, sound, &tools(alike.iter(), None))
        }),
    Scenario::new("tool-schema-missing", "works; one of its tools has no schema")
        .cause("tool-schema-invalid")
        .works()
        .fault(|call, sound| listed(call, sound, r#"{"tools":[{"name":"ping","description":"Answers"}]}"#)),
    Scenario::new("tool-schema-no-object", "works; a tool wants a list where its arguments should be")
        .cause("tool-schema-invalid")
        .works()
        .fault(|call, sound| {
            let list = r#"{"tools":[{"name":"sum","inputSchema":{"type":"array","items":{"type":"number"}}}]}"#;
            listed(call, sound, list)
        }),
    Scenario::new("tool-schema-annotation", "works, stateless; a parameter is to go into a header that none can be")
        .cause("tool-schema-invalid")
        .works()
        .protocol("2026-07-28")
        .fault(|call, sound| {
            let list = r#"{"resultType":"complete","tools":[{"name":"find","inputSchema":{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"My Region"}}}}]}"#;
            listed(call, sound, list).or_else(|| Some(stateless::answer(call, sound).into()))
        }),
];
