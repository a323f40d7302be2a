//! A fault server that answers with the words of an SDK looks like that SDK; what anybody could have said is no sign, or a weak one.

use inspector_core::{fingerprint::looks_like, mcp::Ask, trace::About};
use lab::{
    drive,
    fault::{FaultServer, Scenario},
};

fn words(name: &str) -> String {
    let scenario = Scenario::by_name(name).expect("a scenario");
    let server = FaultServer::start(scenario);
    let ask = Ask::parse(scenario.protocol).expect("a protocol");
    let trace = drive::run(About { ask, ..drive::about(&server.url()) });
    looks_like(&trace).map(|like| like.words()).unwrap_or_default()
}

#[test]
fn the_words_of_a_refusal_tell_the_sdk_and_its_versions() {
    for (name, expected) in [
        ("session-stale-404-python", "Python SDK 1, from 1.26"),
        ("session-stale-400-python", "Python SDK up to 1.25"),
        ("session-stale-404-ts", "probably TypeScript SDK"),
        ("session-stale-400-express", "probably TypeScript SDK"),
        ("session-stale-401-rmcp", "Rust SDK (rmcp) up to 0.13"),
        ("session-missing", "Python SDK 1"),
        ("request-before-initialized", "Go SDK"),
    ] {
        assert_eq!(words(name), expected, "{name}");
    }
}

#[test]
fn what_many_servers_say_tells_less() {
    for (name, expected) in [
        ("endpoint-not-found-express", "perhaps TypeScript SDK"),
        ("endpoint-not-found-fastapi", "perhaps Python SDK"),
        ("origin-rejected", "perhaps Python SDK 1.23 or later"),
        ("token-rejected", "probably Python SDK"),
    ] {
        assert_eq!(words(name), expected, "{name}");
    }
}

#[test]
fn a_gateway_or_a_page_in_front_says_nothing_of_the_server() {
    for name in ["gateway-502", "gateway-503", "not-an-mcp-endpoint", "bare-404", "server-error"] {
        assert_eq!(words(name), "", "{name}");
    }
}
