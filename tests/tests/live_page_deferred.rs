//! The deferred part of the program: not loaded by a visit that only looks, there in time for whoever uses the page, and its
//! absence a sentence, never a crash.

#![cfg(feature = "live")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use lab::{
    browser::{Browser, Key, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
    scratch::Scratch,
    site::Site,
};
use serde_json::json;

const UNAVAILABLE: &str = "The rest of this page could not be loaded.";

fn working() -> FaultServer {
    FaultServer::start(Scenario::by_name("ok").expect("a scenario of this name"))
}

fn built() -> PathBuf {
    env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set").into()
}

/// The file of the deferred part.
fn deferred() -> PathBuf {
    let files = fs::read_dir(built()).unwrap().map(|file| file.unwrap().path());
    let is_deferred = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().starts_with("inspector-deferred-");
    files.into_iter().find(is_deferred).expect("a build that was split")
}

/// The built page without its deferred part.
fn without_deferred() -> Scratch {
    let folder = Scratch::create();
    for file in fs::read_dir(built()).unwrap().map(|file| file.unwrap().path()).filter(|file| *file != deferred()) {
        copy(&file, folder.path());
    }
    folder
}

fn copy(file: &Path, to: &Path) {
    fs::copy(file, to.join(file.file_name().unwrap())).unwrap();
}

/// How often a host was asked for the deferred part.
fn asked(page: &Inspector) -> usize {
    page.site.requests().iter().filter(|request| request.path.contains("deferred")).count()
}

fn network(page: &Inspector, latency_millis: u32) {
    let conditions = json!({ "offline": false, "latency": latency_millis, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.browser.devtools("Network.enable", json!({}));
    page.browser.devtools("Network.emulateNetworkConditions", conditions);
}

/// Fills in the address and presses the button in one go, before anything else can happen in the page.
fn run_at_once(page: &Inspector, server: &str) {
    page.browser.script(
        "const field = document.getElementById('url');
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        document.querySelector('button[type=submit]').click();",
        &[json!(server)],
    );
}

fn wait_for(page: &Inspector, text: &str) {
    page.browser.wait_until(text, || page.visible_text().contains(text));
}

fn assert_alive(page: &Inspector) {
    assert!(page.browser.select("#crash").is_empty(), "{}", page.visible_text());
    assert_eq!(page.browser.script_errors(), []);
    assert_eq!(page.browser.csp_violations(), []);
}

#[test]
fn a_visit_that_only_looks_loads_the_first_part_alone() {
    let page = Inspector::open();
    page.browser.script("scrollTo(0, 500)", &[]);
    thread::sleep(Duration::from_secs(1));
    assert_eq!(asked(&page), 0);
    assert!(!page.site.requests().iter().any(|request| request.path.ends_with("causes.json")));
}

#[test]
fn the_first_sign_of_use_loads_the_rest() {
    let page = Inspector::open();
    let signs: [(&str, &dyn Fn()); 4] = [
        ("a key", &|| page.browser.press(&[Key::Tab])),
        ("a click beside everything", &|| page.browser.select("main h2")[0].click()),
        ("text that is pasted", &|| page.browser.fill(Role::Textbox, "Server URL", "https://example.com/mcp")),
        ("a link with an address", &|| page.load("#server=https%3A%2F%2Fexample.com%2Fmcp")),
    ];
    for (sign, give) in signs {
        page.load("");
        let before = asked(&page);
        give();
        page.browser.wait_until(&format!("the rest after {sign}"), || asked(&page) > before);
    }
    assert_alive(&page);
}

#[test]
fn a_run_that_is_the_first_thing_anybody_does_waits_and_goes_on() {
    let server = working();
    let page = Inspector::open();
    network(&page, 300);
    run_at_once(&page, &server.url());
    wait_for(&page, "Loading the rest of this page");
    assert_eq!(page.phase(), "running");
    page.wait_until_done();
    assert_eq!(page.outcome(), "ok");
    assert!(!page.visible_text().contains("Loading the rest"));
    assert_eq!(asked(&page), 1);
    assert_alive(&page);
}

#[test]
fn a_run_that_still_waits_can_be_stopped_and_sends_nothing() {
    let server = working();
    let page = Inspector::open();
    network(&page, 2_000);
    run_at_once(&page, &server.url());
    page.browser.click(Role::Button, "Stop");
    page.browser.wait_until("the start page", || page.phase() == "idle");
    let arrived =
        "return performance.getEntriesByType('resource').some(entry => entry.name.includes('deferred') && entry.responseEnd)";
    page.browser.wait_until("the rest", || page.browser.script(arrived, &[]) == true);
    thread::sleep(Duration::from_millis(300));
    assert_eq!((page.phase().as_str(), server.requests().len()), ("idle", 0));
    network(&page, 0);
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    assert_alive(&page);
}

#[test]
fn an_incident_that_is_the_first_thing_anybody_does_opens() {
    let page = Inspector::open();
    page.browser.script("document.querySelector('.incident').click()", &[]);
    page.wait_until_done();
    assert_eq!(page.outcome(), "failed");
    assert_alive(&page);
}

#[test]
fn when_the_rest_cannot_be_loaded_the_page_says_so_and_the_next_action_tries_again() {
    let server = working();
    let folder = without_deferred();
    let page = Inspector::open_in(Browser::start(), Site::start(folder.path()));
    page.begin(&server.url());
    wait_for(&page, UNAVAILABLE);
    assert_eq!(page.phase(), "idle");
    assert_eq!(page.browser.find(Role::Textbox, "Server URL").value(), server.url());
    assert_eq!(server.requests(), []);
    assert_eq!(page.browser.axe(), [""; 0]);
    copy(&deferred(), folder.path());
    page.browser.click(Role::Button, "Run handshake");
    page.wait_until_done();
    assert_eq!(page.outcome(), "ok");
    assert!(!page.visible_text().contains(UNAVAILABLE));
}

#[test]
fn a_recording_that_cannot_be_opened_yet_stays_in_the_dialog() {
    let folder = without_deferred();
    let page = Inspector::open_in(Browser::start(), Site::start(folder.path()));
    let recording = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/incidents/redeployed.trace")).unwrap();
    page.paste_trace(&recording);
    page.browser.wait_until(UNAVAILABLE, || page.browser.select("dialog[open]")[0].text().contains(UNAVAILABLE));
    assert!(!page.browser.find(Role::Textbox, "Pasted trace").value().is_empty());
    copy(&deferred(), folder.path());
    page.browser.click(Role::Button, "Open");
    page.wait_until_done();
    assert_eq!(page.outcome(), "failed");
}

/// Every split point asks for a proof that the deferred part is there; this holds that nothing goes past them.
#[test]
fn all_of_the_first_part_can_be_used_without_the_rest() {
    let folder = without_deferred();
    let page = Inspector::open_in(Browser::start(), Site::start(folder.path()));
    let browser = &page.browser;
    browser.fill(Role::Textbox, "Server URL", "ftp://example.com");
    browser.fill(Role::Textbox, "Bearer token", "“eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.”");
    browser.click(Role::Button, "Add a header");
    browser.fill(Role::Textbox, "Header name", "a b");
    browser.find(Role::Combobox, "Protocol").choose("2025-06-18");
    browser.fill(Role::Textbox, "Timeout, seconds", "0");
    browser.click(Role::Button, "Run handshake");
    browser.click(Role::Button, "Remove this header");
    browser.click(Role::Button, "MCP Session Inspector");
    browser.click(Role::Button, "Keys");
    for key in [Key::Escape, Key::Escape] {
        browser.press(&[key]);
    }
    for keys in ["[", "]", "?"] {
        browser.select("main")[0].type_keys(keys);
    }
    browser.press(&[Key::Escape]);
    for button in ["Show the token", "Hide the token", "Open trace", "Cancel"] {
        browser.click(Role::Button, button);
    }
    browser.fill(Role::Textbox, "Server URL", "http://127.0.0.1:9/mcp");
    browser.fill(Role::Textbox, "Bearer token", "");
    browser.fill(Role::Textbox, "Timeout, seconds", "5");
    browser.click(Role::Button, "Run handshake");
    // Who clicks again while the first click waits wants the second.
    browser.script("document.querySelector('button[type=submit]').click(); document.querySelector('.incident').click()", &[]);
    wait_for(&page, UNAVAILABLE);
    browser.wait_until("the start page", || page.phase() == "idle");
    assert!(browser.select("#crash").is_empty());
}
