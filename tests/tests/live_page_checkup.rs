//! Checkups and watches in the page: it asks first, shows what comes while it comes, can be stopped, and says what it found.

#![cfg(feature = "live")]

use std::time::Duration;

use inspector_core::{limits::CHECKUP_REQUESTS, mcp::Revision, probe};
use lab::{
    browser::{Key, Role},
    fault::{FaultServer, Scenario},
    http::Request,
    inspector::Inspector,
};
use serde_json::Value;

/// Opaque, and as long as tokens are: two of the probes are about it.
const TOKEN: &str = "2f6c1d0e9b7a4853a1c60f4be29d7c58e3b1946a";

/// A checkup waits five seconds on purpose, a watch for three rounds of five.
const PATIENCE: Duration = Duration::from_secs(40);

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

/// The requests that are no preflights.
fn asked(server: &FaultServer) -> Vec<Request> {
    server.requests().into_iter().filter(|request| request.method != "OPTIONS").collect()
}

/// A page that knows a server and a token.
fn typed(server: &FaultServer) -> Inspector {
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", &server.url());
    page.browser.fill(Role::Textbox, "Bearer token", TOKEN);
    page
}

fn start(page: &Inspector) {
    page.browser.click(Role::Button, "Run checkup");
    page.browser.click(Role::Button, "Start checkup");
}

/// The matrix as it stands: each probe with its verdict.
fn matrix(page: &Inspector) -> Vec<(String, String)> {
    // At once, because rows are made anew while it runs.
    let rows = page.browser.script(
        "return [...document.querySelectorAll('section.checkup tr[data-probe]')].map(row => [row.dataset.probe, row.dataset.verdict]);",
        &[],
    );
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.as_array().into_iter().flatten().map(|row| (text(&row[0]), text(&row[1]))).collect()
}

fn verdict(page: &Inspector, slug: &str) -> String {
    matrix(page).into_iter().find(|(probe, _)| probe == slug).expect("a row of the probe").1
}

/// What the verdict says, word for word.
fn told(page: &Inspector) -> String {
    page.browser.find(Role::Region, "Verdict").text()
}

/// Every line of the diagram, in view or not.
fn messages(page: &Inspector) -> Vec<String> {
    page.browser.click(Role::Button, "Messages as a table");
    let lines = page
        .browser
        .find(Role::Table, "Messages")
        .script("return [...arguments[0].querySelectorAll('tbody tr')].map(row => row.cells[1].textContent);");
    lines.as_array().into_iter().flatten().filter_map(|line| line.as_str().map(str::to_owned)).collect()
}

#[test]
fn it_asks_first_with_the_keyboard_alone_and_until_then_sends_nothing() {
    let server = fault("ok");
    let page = typed(&server);
    let browser = &page.browser;
    while browser.focused().name() != "Run checkup" {
        browser.press(&[Key::Tab]);
    }
    browser.press(&[Key::Enter]);
    let dialog = browser.find(Role::Dialog, "Run a checkup");
    let says = dialog.text();
    assert!(says.contains(&format!("at most {CHECKUP_REQUESTS} requests to {}", server.url())), "{says}");
    assert!(says.contains("and to nobody else") && says.contains("No tool is called"), "{says}");
    let lines = dialog.script("return [...arguments[0].querySelectorAll('tbody td:last-child')].map(cell => cell.textContent);");
    let counts = lines.as_array().expect("what is sent").iter().map(|line| {
        let number = line.as_str().and_then(|line| line.split(' ').next()?.parse::<u32>().ok());
        number.unwrap_or_else(|| panic!("no number in {line}"))
    });
    assert!((10..=CHECKUP_REQUESTS).contains(&counts.sum::<u32>()), "{lines}");

    assert!(dialog.script("return arguments[0].contains(document.activeElement)") == true, "the focus is not in the dialog");
    for _ in 0..8 {
        browser.press(&[Key::Tab]);
        let behind = "return document.activeElement !== document.body && !arguments[0].contains(document.activeElement)";
        assert!(dialog.script(behind) == false, "what is behind the dialog can be reached");
    }
    assert_eq!(page.violations("the dialog"), [""; 0]);
    browser.press(&[Key::Escape]);
    browser.wait_until("the dialog to close", || browser.try_find(Role::Dialog, "Run a checkup").is_none());
    assert_eq!(browser.focused().name(), "Run checkup");
    assert_eq!((server.requests().len(), page.phase().as_str()), (0, "idle"));
}

#[test]
fn it_ends_in_a_matrix_and_every_request_is_in_the_diagram() {
    let server = fault("ok");
    let page = typed(&server);
    start(&page);
    page.browser.wait_until("its progress", || told(&page).contains("sent so far"));
    assert!(told(&page).starts_with("Running the checkup"), "{}", told(&page));
    page.browser.wait_until_within(PATIENCE, "its end", || page.phase() == "done");
    assert!(page.headline().starts_with("The checkup is done: "), "{}", page.headline());

    let rows = matrix(&page);
    assert_eq!(rows.len(), probe::all().len());
    // It answers all that is sent as a ping, whatever the header says: that is what differs.
    assert_eq!(rows[0], ("version-header".to_owned(), "differs".to_owned()), "what differs comes first");
    assert_eq!(verdict(&page, "several-sessions"), "as-expected");
    assert_eq!(verdict(&page, "initialize-without-id"), "not-tried");
    let region = page.browser.find(Role::Region, "Checkup").text();
    assert!(region.contains("What 2025-11-25 says") && region.contains("The handshake has shown it already."), "{region}");

    let sent = asked(&server);
    assert!(sent.len() <= CHECKUP_REQUESTS as usize, "{}", sent.len());
    assert!(sent.iter().all(|request| !String::from_utf8_lossy(&request.body).contains("tools/call")));
    let lines = messages(&page);
    let arrows = lines.iter().filter(|line| line.contains("to server: ")).count();
    assert_eq!(arrows, sent.len(), "{lines:#?}");
    assert_eq!(page.violations("the matrix"), [""; 0]);
}

#[test]
fn stopped_in_the_middle_it_keeps_what_came() {
    let server = fault("ok");
    let page = typed(&server);
    start(&page);
    page.browser.wait_until_within(PATIENCE, "the pause", || told(&page).contains("five seconds of silence"));
    page.browser.click(Role::Button, "Stop");
    page.wait_until_done();
    assert_eq!(page.outcome(), "stopped");
    assert_eq!(page.headline(), "You stopped the checkup.");
    let sent = asked(&server).len();
    assert_eq!(verdict(&page, "parallel-requests"), "as-expected");
    for never in ["id-after-pause", "ended-id", "several-sessions"] {
        assert_eq!(verdict(&page, never), "not-tried");
    }
    // One that was not come to can be tried alone, in the session that is still open.
    page.browser.click(Role::Button, "Try it: Two sessions opened at once, then ended");
    page.browser.wait_until("its verdict", || verdict(&page, "several-sessions") == "as-expected");
    let more: Vec<_> = asked(&server)[sent..].iter().map(|request| request.method.clone()).collect();
    assert_eq!(more, ["POST", "POST", "DELETE", "DELETE"]);
}

#[test]
fn what_is_likely_is_proven_by_the_probe_that_is_offered() {
    let server = fault("era-mismatch-handshake");
    let page = Inspector::open();
    page.browser.find(Role::Combobox, "Protocol").choose(Revision::V2026_07_28.label());
    page.run(&server.url());
    page.show_pane("Findings");
    let first = || page.findings().into_iter().next().expect("a finding");
    assert_eq!((first().cause.as_str(), first().certainty.as_str()), ("era-mismatch", "likely"));
    let before = asked(&server).len();
    let offered = page.browser.find(Role::Region, "Findings").select("article button[data-probe=other-era]");
    offered[0].click();
    page.browser.wait_until("the proof", || first().certainty == "proven");
    assert_eq!(first().cause, "era-mismatch");
    assert!((before + 1..=before + 2).contains(&asked(&server).len()), "one request, and the end of what it opened");
    assert!(page.browser.select("button[data-probe=other-era]").is_empty(), "it is tried once");
}

#[test]
fn a_redeployment_is_caught_while_it_is_watched() {
    let server = fault("restarts-while-watched");
    let page = Inspector::open();
    page.run(&server.url());
    page.browser.click(Role::Button, "Watch");
    let strip = || page.browser.find(Role::Region, "Watch");
    page.browser.find(Role::Combobox, "How often").choose("every 5 s");
    page.browser.wait_until("a round", || strip().text().contains("all answered"));
    assert_eq!(strip().attribute("data-watching").as_deref(), Some("true"));
    assert_eq!(page.violations("watching"), [""; 0]);
    page.browser.wait_until_within(PATIENCE, "the loss", || !strip().select("[data-change=session-lost]").is_empty());
    page.browser.wait_until("the end of the watch", || strip().attribute("data-watching").as_deref() == Some("false"));
    let says = strip().text();
    assert!(says.starts_with("Watched ping from ") && says.contains("1 not answered"), "{says}");
    assert!(says.contains("Session A was refused") && says.contains("A new one was accepted at once"), "{says}");
    let found = page.findings().into_iter().next().expect("a finding");
    assert_eq!((found.cause.as_str(), found.certainty.as_str()), ("session-stale", "proven"));
    let marked = messages(&page).into_iter().filter(|line| line.contains("The server no longer knows the session")).count();
    assert_eq!(marked, 1);
    assert_eq!(page.violations("the loss"), [""; 0]);
    strip().select("[data-change=session-lost] button")[0].click();
    page.browser.wait_until("the refusal", || page.browser.find(Role::Region, "Detail").text().contains("404"));
}

#[test]
fn a_watch_ends_when_it_is_stopped() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    page.browser.click(Role::Button, "Watch");
    let strip = || page.browser.find(Role::Region, "Watch");
    page.browser.wait_until("a round", || strip().text().contains("1 round, all answered"));
    page.browser.click(Role::Button, "Stop watching");
    page.browser.wait_until("its end", || strip().attribute("data-watching").as_deref() == Some("false"));
    assert!(strip().text().starts_with("Watched ping from "), "{}", strip().text());
    assert!(page.browser.find(Role::Button, "Watch").is_enabled(), "it can be watched again");
}
