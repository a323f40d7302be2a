//! What a page gets to see of every scenario: the fault server keeps its CORS promises in a real browser.

#![cfg(feature = "live")]

use std::fmt::Write as _;

use lab::{
    browser::Browser,
    fault::{FaultServer, Scenario},
    site::Site,
};
use serde_json::json;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/harness_page");

/// Sends `initialize` and then `tools/list`, as the page would, each with a second's patience for the head. Gives the two
/// statuses, or what the browser said instead.
const HANDSHAKE: &str = "
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', Authorization: 'Bearer x' };
    const send = async (message, more) => {
        const body = JSON.stringify({ jsonrpc: '2.0', ...message });
        const give_up = new AbortController();
        const clock = setTimeout(() => give_up.abort(), 1000);
        try {
            return await fetch(arguments[0], { method: 'POST', headers: { ...headers, ...more }, body, signal: give_up.signal });
        } catch (error) {
            return error.name;
        } finally {
            clearTimeout(clock);
        }
    };
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'lab', version: '0' } };
    const opened = await send({ id: 1, method: 'initialize', params }, {});
    if (!opened.ok) return [opened.status ?? opened, null];
    const session = opened.headers.get('mcp-session-id');
    const more = { 'MCP-Protocol-Version': '2025-06-18', ...(session && { 'Mcp-Session-Id': session }) };
    const listed = await send({ id: 2, method: 'tools/list' }, more);
    const status = listed.status ?? listed;
    // A body that was cut cannot be cancelled, and need not be.
    await listed.body?.cancel().catch(() => {});
    return [200, status];";

#[test]
fn a_page_reads_of_each_scenario_what_its_cors_allows() {
    let site = Site::start(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    let mut seen = String::new();
    for scenario in Scenario::all() {
        let server = FaultServer::start(scenario);
        let [opened, listed] = [0, 1].map({
            let both = browser.script_async(HANDSHAKE, &[json!(server.url())]);
            move |n| both[n].as_str().map_or_else(|| both[n].to_string(), str::to_owned)
        });
        writeln!(seen, "{}: {opened}, {listed}", scenario.name).expect("a string");
        let unread = [&opened, &listed].into_iter().any(|part| part == "TypeError");
        assert!(unread || scenario.cause != Some("cors-blocked"), "{}: {opened}, {listed}", scenario.name);
    }
    insta::assert_snapshot!("what_a_page_reads", seen);
}
