//! What a page gets to see of every scenario: the fault server keeps its CORS promises in a real browser.

#![cfg(feature = "live")]

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
    for scenario in Scenario::all() {
        let server = FaultServer::start(scenario);
        let seen = browser.script_async(HANDSHAKE, &[json!(server.url())]);
        let failure = json!("TypeError");
        match scenario.name {
            "cors-blocked-version-header" | "cors-blocked-error-reply-later" => assert_eq!(seen, json!([200, failure])),
            name if name.starts_with("cors-blocked") => {
                assert_eq!(seen, json!([failure, null]), "{name}")
            }
            name if name.starts_with("connection-closed") => assert!(seen[0] == failure || seen[1] == failure, "{name}: {seen}"),
            "response-timeout" => assert_eq!(seen, json!(["AbortError", null])),
            name if name.starts_with("session-header-hidden") => {
                assert_eq!(seen[0], json!(200), "{name}")
            }
            name => {
                // Connections that are cut, redirects and silences may show as an error; what a page may read, it reads.
                let read = seen[0].is_u64() && (seen[0] != 200 || seen[1].is_u64());
                let unread = [&seen[0], &seen[1]].into_iter().any(|part| *part == "TypeError" || *part == "AbortError");
                assert!(read || (unread && scenario.cause != Some("cors-blocked")), "{name}: {seen}");
                // Servers without a handshake at this address, or at all, do not know what is asked here.
                let handshake = !name.starts_with("working-stateless") && !name.starts_with("legacy-");
                let sound = scenario.cause.is_none() && !scenario.unclear && handshake;
                assert!(!sound || seen == json!([200, 200]), "{name}: {seen}");
            }
        }
    }
}
