//! The demo server that is part of the page: one press, no server, no network.

#![cfg(feature = "live")]

use std::collections::BTreeSet;

use inspector_core::mcp::Revision;
use lab::{
    browser::{Browser, Key, Role},
    demo,
    inspector::Inspector,
    site::Site,
};
use serde_json::{Value, json};

fn built() -> Site {
    Site::start(std::env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set"))
}

/// How many tools the region "Tools" lists.
fn listed(page: &Inspector) -> usize {
    page.browser.find(Role::Region, "Tools").select("summary code").len()
}

fn press(page: &Inspector) {
    page.browser.click(Role::Button, "Try the demo server");
    page.wait_until_done();
}

#[test]
fn one_press_runs_the_handshake_and_no_request_leaves_the_page() {
    let page = Inspector::open_in(Browser::start_recording_requests(), built());
    press(&page);
    assert_eq!(page.outcome(), "ok", "{}", page.visible_text());
    assert!(page.headline().starts_with("The session works: inspector-demo"), "{}", page.headline());
    assert_eq!(page.browser.find(Role::Textbox, "Server URL").value(), demo::URL);
    assert_eq!(listed(&page), 14);
    page.browser.click(Role::Button, "End session");
    let ended = "return document.querySelectorAll('main .lifeline text.ended').length";
    page.browser.wait_until("the end of the lifeline", || page.browser.script(ended, &[]) == json!(1));
    assert_eq!(page.browser.csp_violations(), []);
    assert_eq!(page.browser.script_errors(), []);
    let Inspector { browser, site } = page;
    let origin = |url: &str| url.split('/').take(3).collect::<Vec<_>>().join("/");
    let called: BTreeSet<_> = browser.requests_sent().iter().map(|request| origin(&request.url)).collect();
    assert_eq!(called, BTreeSet::from([site.origin()]));
}

#[test]
fn it_works_without_a_network_once_the_page_is_in_use() {
    let page = Inspector::open();
    page.browser.press(&[Key::Tab]);
    let loaded =
        "return performance.getEntriesByType('resource').some(entry => entry.name.endsWith('causes.json') && entry.responseEnd)";
    page.browser.wait_until("what comes later on its way", || page.browser.script(loaded, &[]) == true);
    page.browser.devtools("Network.enable", json!({}));
    let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.browser.devtools("Network.emulateNetworkConditions", offline);
    press(&page);
    assert_eq!((page.outcome().as_str(), listed(&page)), ("ok", 14));
}

#[test]
fn its_address_can_be_typed_and_the_form_says_that_nothing_is_sent() {
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", demo::URL);
    let said = page.said_of(Role::Textbox, "Server URL");
    assert!(said.contains("nothing is sent"), "{said}");
    page.run(demo::URL);
    assert_eq!(page.outcome(), "ok");
}

#[test]
fn each_revision_that_is_chosen_is_spoken() {
    let page = Inspector::open();
    for revision in [Revision::V2025_03_26, Revision::V2025_06_18, Revision::V2025_11_25, Revision::V2026_07_28] {
        page.load("");
        page.browser.find(Role::Combobox, "Protocol").choose(revision.label());
        press(&page);
        assert_eq!((page.outcome().as_str(), listed(&page)), ("ok", 14), "{revision}");
        assert!(page.browser.find(Role::Region, "Server").text().contains(revision.as_str()));
    }
}

#[test]
fn http_sse_has_an_address_of_its_own() {
    let page = Inspector::open();
    page.run(demo::SSE_URL);
    assert_eq!((page.outcome().as_str(), listed(&page)), ("ok", 14));
    assert!(page.browser.find(Role::Region, "Server").text().contains("2024-11-05"));
}

#[test]
fn a_second_run_has_a_session_of_its_own() {
    let page = Inspector::open();
    press(&page);
    let rows = page.row_count();
    page.browser.click(Role::Button, "Run handshake");
    page.wait_until_done();
    assert_eq!((page.outcome().as_str(), page.row_count(), listed(&page)), ("ok", rows, 14));
}

/// Presses buttons by their text, one after the other, all in one turn of the browser. Gives the phase that the page is in then.
fn press_in_one_turn(page: &Inspector, buttons: &[&str]) -> Value {
    // Everything that follows from a press itself is done within these small waits.
    let script = "return (async texts => {
        for (const text of texts) {
            [...document.querySelectorAll('button')].find(button => button.textContent === text).click();
            for (let n = 0; n < 100; n++) await null;
        }
        return document.querySelector('main').dataset.phase;
    })(arguments[0])";
    page.browser.script(script, &[json!(buttons)])
}

#[test]
fn what_the_server_says_takes_a_turn_of_the_browser_as_on_a_network() {
    let page = Inspector::open();
    press(&page);
    assert_eq!(press_in_one_turn(&page, &["Run handshake"]), json!("running"));
    page.wait_until_done();
    assert_eq!(page.outcome(), "ok");
}

#[test]
fn stop_gives_the_request_up_and_the_next_run_works() {
    let page = Inspector::open();
    press(&page);
    press_in_one_turn(&page, &["Run handshake", "Stop"]);
    page.wait_until_done();
    assert_eq!(page.outcome(), "stopped");
    page.browser.click(Role::Button, "Run handshake");
    page.browser.wait_until("the end of the second run", || page.outcome() == "ok");
    assert_eq!(page.browser.script_errors(), []);
}
