//! The browser harness sees and does what it says, on a page of a few lines.

#![cfg(feature = "live")]

use std::{env, fs};

use lab::{
    browser::{Browser, Key, Role, SentRequest},
    fault::{FaultServer, Scenario},
    site::Site,
};
use serde_json::json;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/harness_page");

fn open() -> (Site, Browser) {
    let site = Site::start(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    (site, browser)
}

#[test]
fn elements_are_found_by_role_and_name_and_only_when_shown() {
    let (_site, browser) = open();
    assert_eq!(browser.title(), "A page for the harness");
    assert_eq!(browser.find(Role::Textbox, "Server URL").role(), "textbox");
    assert_eq!(browser.find(Role::Textbox, "Bearer token").attribute("type").as_deref(), Some("password"));
    assert_eq!(browser.find(Role::Region, "Verdict").select("p")[0].text(), "Nothing yet");
    assert!(browser.find(Role::Button, "Run handshake").is_enabled());
    assert!(browser.try_find(Role::Button, "Stop").is_none());
    assert!(browser.find(Role::FileInput, "Trace file").is_shown());
}

#[test]
fn fields_are_filled_replaced_emptied_and_chosen() {
    let (_site, browser) = open();
    let url = browser.find(Role::Textbox, "Server URL");
    url.fill("http://127.0.0.1:1/mcp");
    url.fill("http://127.0.0.1:2/mcp");
    assert_eq!(url.value(), "http://127.0.0.1:2/mcp");
    url.fill("");
    assert_eq!(url.value(), "");

    let token = "x".repeat(8000);
    browser.fill(Role::Textbox, "Bearer token", &token);
    assert_eq!(browser.find(Role::Textbox, "Bearer token").value(), token);

    let protocol = browser.find(Role::Combobox, "Protocol");
    protocol.choose("2025-06-18");
    assert_eq!(protocol.value(), "2025-06-18");
}

#[test]
fn the_keyboard_moves_the_focus_both_ways_and_types() {
    let (_site, browser) = open();
    browser.press(&[Key::Tab]);
    assert_eq!(browser.focused().name(), "Server URL");
    browser.press(&[Key::Tab]);
    assert_eq!(browser.focused().name(), "Bearer token");
    browser.press(&[Key::Shift, Key::Tab]);
    browser.type_text("http://a");
    assert_eq!(browser.find(Role::Textbox, "Server URL").value(), "http://a");
}

#[test]
fn every_request_of_a_page_is_recorded_even_of_its_workers_and_preflights() {
    let site = Site::start(PAGE);
    let server = FaultServer::start(Scenario::by_name("ok").unwrap());
    let browser = Browser::start_recording_requests();
    browser.devtools("Page.setBypassCSP", json!({ "enabled": true }));
    browser.open(&site.url());
    let in_a_worker = "
        const program = `fetch('${arguments[0]}', { headers: { 'X-Tenant': 'blue' } }).then(() => postMessage(0))`;
        const worker = new Worker(URL.createObjectURL(new Blob([program])));
        await new Promise(done => { worker.onmessage = done; });";
    browser.script_async(in_a_worker, &[json!(server.url())]);
    browser.script_async("await fetch('http://third.example.com/').catch(() => {});", &[]);

    let initiator = site.origin();
    let expected = [
        ("GET", format!("{initiator}/style.css")),
        ("GET", format!("{initiator}/script.js")),
        ("OPTIONS", server.url()),
        ("GET", server.url()),
        ("GET", "http://third.example.com/".to_owned()),
    ];
    let expected = expected.map(|(method, url)| SentRequest { initiator: initiator.clone(), method: method.to_owned(), url });
    assert_eq!(browser.requests_sent(), expected);
}

#[test]
fn uncaught_errors_are_collected() {
    let (_site, browser) = open();
    assert_eq!(browser.script_errors(), []);
    browser.script("setTimeout(() => { throw new Error('on purpose') });", &[]);
    browser.wait_until("the error", || browser.script_errors().iter().any(|line| line.text.contains("on purpose")));
}

#[test]
fn a_click_makes_the_page_work() {
    let (_site, browser) = open();
    let server = FaultServer::start(Scenario::by_name("not-an-mcp-endpoint").unwrap());
    browser.fill(Role::Textbox, "Server URL", &server.url());
    browser.click(Role::Button, "Run handshake");
    browser.wait_until("the answer", || !browser.select("main[data-phase=done]").is_empty());
    assert_eq!(browser.find(Role::Region, "Verdict").select("p")[0].text(), "200");
}

#[test]
fn a_cors_refusal_is_not_a_script_error() {
    let (_site, browser) = open();
    let server = FaultServer::start(Scenario::by_name("cors-blocked-none").unwrap());
    browser.fill(Role::Textbox, "Server URL", &server.url());
    browser.click(Role::Button, "Run handshake");
    browser.wait_until("the failure", || !browser.select("main[data-phase=done]").is_empty());
    assert_eq!(browser.find(Role::Region, "Verdict").select("p")[0].text(), "TypeError: Failed to fetch");
    assert!(browser.console().iter().any(|line| line.text.contains("blocked by CORS policy")));
    assert_eq!(browser.script_errors(), []);
}

#[test]
fn violations_of_the_security_policy_are_seen() {
    let (_site, browser) = open();
    assert_eq!(browser.csp_violations(), []);
    browser.script("document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:1/x.png' }));", &[]);
    browser.wait_until("the violation", || !browser.csp_violations().is_empty());
}

#[test]
fn everything_that_is_stored_is_dumped() {
    let (_site, browser) = open();
    let places = [
        ("apple", "localStorage.a = 'apple';"),
        ("pear", "sessionStorage.b = 'pear';"),
        ("plum", "document.cookie = 'c=plum';"),
        ("fig", "await new Promise(done => { indexedDB.open('fig').onsuccess = done; });"),
        ("lime", "await caches.open('lime');"),
    ];
    for (word, store) in places {
        assert!(!browser.storage().contains(word));
        browser.script_async(store, &[]);
        assert!(browser.storage().contains(word), "{store}");
    }
}

#[test]
fn accessibility_violations_are_named() {
    let (_site, browser) = open();
    assert_eq!(browser.axe(), Vec::<String>::new());
    browser.script("document.querySelector('#token').previousElementSibling.remove();", &[]);
    let violations = browser.axe();
    assert!(violations.iter().any(|violation| violation.starts_with("label: ")), "{violations:?}");
}

#[test]
fn pictures_have_the_size_and_the_scheme_asked_for() {
    let (_site, browser) = open();
    let folder = env::temp_dir();
    for (width, height, dark) in [(390, 844, true), (1440, 900, false)] {
        let path = folder.join(format!("harness-{width}-{}.png", std::process::id()));
        browser.screenshot(&path, width, height, dark);
        let picture = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        // PNG: width and height stand behind the signature and the name of the first chunk.
        let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (width, height));
        assert_eq!(browser.script("return matchMedia('(prefers-color-scheme: dark)').matches", &[]), dark);
        assert_eq!(browser.script("return innerWidth", &[]), width);
    }
}
