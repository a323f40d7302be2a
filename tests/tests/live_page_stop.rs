//! Runs that do not end by themselves: slow ones, silent ones, floods, and the death of the program.

#![cfg(feature = "live")]

use std::{
    thread,
    time::{Duration, Instant},
};

use lab::{
    browser::Role,
    fault::{FaultServer, Scenario},
    inspector::Inspector,
};
use serde_json::json;

/// A flood comes through a browser and a page; this is for a slow machine.
const FLOOD_PATIENCE: Duration = Duration::from_secs(90);

/// Within this time a page that is not stuck takes a click, beside other tests. How quick it is, the benchmark tells.
const RESPONSIVE: Duration = Duration::from_secs(2);

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

fn wait_for_rows(page: &Inspector, rows: usize) {
    page.browser.wait_until("more rows", || page.row_count() >= rows);
}

/// How long a click on a tab takes until the pane is shown: the middle of five, so that one pause of the machine does not count.
fn time_of_a_click(page: &Inspector) -> Duration {
    let mut times = ["Raw", "Findings", "Detail", "Raw", "Findings"].map(|pane| {
        let tab = page.browser.find_all(Role::Tab).into_iter().find(|tab| tab.name().starts_with(pane)).expect("a tab");
        let start = Instant::now();
        tab.click();
        // Tabs move when one appears beside them, and a click that lands beside its tab is made again.
        page.browser.wait_until(pane, || {
            let shown = tab.attribute("aria-selected").as_deref() == Some("true");
            (!shown).then(|| tab.click());
            shown
        });
        start.elapsed()
    });
    times.sort();
    times[2]
}

/// What the diagram says of the part of a stream that was counted and not kept, which stands after the first 5,000 items.
fn dropped(page: &Inspector) -> String {
    let scroll = "const port = document.querySelector('#ladder');
        port.scrollTop = port.scrollHeight * arguments[0] - port.clientHeight / 2;";
    let row = || page.browser.select("main [role=option][data-kind=dropped]").into_iter().next();
    // Rows differ in height: the place is known only roughly.
    let places: Vec<f64> = (280..400).map(|part| f64::from(part) / 400.0).collect();
    for place in places {
        page.browser.script(scroll, &[json!(place)]);
        page.browser.script_async("await new Promise(done => requestAnimationFrame(() => setTimeout(done)))", &[]);
        if let Some(row) = row() {
            return row.attribute("aria-label").unwrap_or_default();
        }
    }
    panic!("the diagram does not say that something was left out");
}

#[test]
fn a_slow_stream_is_drawn_while_it_runs() {
    let server = fault("slow-stream");
    let page = Inspector::open();
    page.begin(&server.url());
    // Six rows of the handshake before; then one more at every message.
    wait_for_rows(&page, 7);
    let early = page.row_count();
    assert_eq!(page.phase(), "running");
    wait_for_rows(&page, early + 2);
    assert_eq!(page.phase(), "running");
    page.wait_until_done();
    assert_eq!(page.outcome(), "ok");
    assert!(page.row_count() >= early + 4);
}

#[test]
fn stop_closes_the_connection_at_once() {
    let server = fault("slow-stream");
    let page = Inspector::open();
    page.begin(&server.url());
    wait_for_rows(&page, 7);
    assert_eq!(server.answering(), 1);
    page.browser.click(Role::Button, "Stop");
    let clicked = Instant::now();
    while server.answering() > 0 {
        assert!(clicked.elapsed() < Duration::from_millis(500), "the server still sends");
        thread::sleep(Duration::from_millis(5));
    }
    page.wait_until_done();
    assert_eq!(page.outcome(), "stopped");
    assert!(!page.headline().is_empty());
    assert!(page.browser.try_find(Role::Button, "Stop").is_none());
}

#[test]
fn stop_before_any_answer_ends_the_run_too() {
    let server = fault("response-timeout");
    let page = Inspector::open();
    page.begin(&server.url());
    page.browser.wait_until("the request at the server", || server.answering() == 1);
    page.browser.click(Role::Button, "Stop");
    page.wait_until_done();
    assert_eq!(page.outcome(), "stopped");
}

#[test]
fn after_a_stop_the_handshake_can_be_run_again() {
    let server = fault("slow-stream");
    let page = Inspector::open();
    page.begin(&server.url());
    wait_for_rows(&page, 7);
    page.browser.click(Role::Button, "Stop");
    page.wait_until_done();
    page.browser.click(Role::Button, "Run handshake");
    page.browser.wait_until("a second session", || server.sessions_opened() == 2);
    page.wait_until_done();
    assert_eq!(page.outcome(), "ok");
}

#[test]
fn an_answer_that_does_not_come_in_time_is_named() {
    let server = fault("response-timeout");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Timeout, seconds", "1");
    let start = Instant::now();
    page.run(&server.url());
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!((page.outcome().as_str(), page.findings()[0].cause.as_str()), ("failed", "response-timeout"));
    assert!(page.headline().contains("1 s"), "{}", page.headline());
}

#[test]
fn an_endless_stream_leaves_the_page_usable_until_it_is_stopped() {
    let server = fault("endless-stream");
    let page = Inspector::open();
    page.begin(&server.url());
    // As many as are kept from the start of a stream and from its end.
    page.browser.wait_until_within(FLOOD_PATIENCE, "a full stream", || page.row_count() > 6_000);
    let click = time_of_a_click(&page);
    assert!(click < RESPONSIVE, "a click took {click:?}");
    assert_eq!(page.phase(), "running");
    page.browser.click(Role::Button, "Stop");
    page.wait_until_done();
    assert_eq!(page.outcome(), "stopped");
    page.browser.wait_until("the end of the stream", || server.answering() == 0);
    assert!(dropped(&page).ends_with(" events not kept."));
}

#[test]
fn a_stream_of_100_mb_is_read_to_its_answer_and_says_how_much_was_dropped() {
    let server = fault("big-stream");
    let page = Inspector::open();
    page.begin(&server.url());
    page.browser.wait_until("the stream", || page.row_count() > 100);
    let click = time_of_a_click(&page);
    assert!(click < RESPONSIVE, "a click took {click:?}");
    page.browser.wait_until_within(FLOOD_PATIENCE, "the end of the run", || page.phase() == "done");
    assert_eq!(page.outcome(), "ok");
    // 102,401 events came, and some 6,000 are kept.
    let dropped = dropped(&page);
    assert!(dropped.contains(" 96,") && dropped.ends_with(" events not kept."), "{dropped}");
}

#[test]
fn json_of_50_mb_is_refused_with_its_size() {
    let server = fault("big-json");
    let page = Inspector::open();
    page.begin(&server.url());
    page.browser.wait_until_within(FLOOD_PATIENCE, "the end of the run", || page.phase() == "done");
    assert_eq!((page.outcome().as_str(), page.findings()[0].cause.as_str()), ("failed", "response-too-large"));
    assert!(page.headline().contains("too large"), "{}", page.headline());
    assert!(page.browser.find(Role::Region, "Findings").text().contains(" MB"));
    let click = time_of_a_click(&page);
    assert!(click < RESPONSIVE, "a click took {click:?}");
}

#[test]
fn ten_thousand_tools_are_counted_and_found_by_search() {
    let server = fault("many-tools");
    let page = Inspector::open();
    page.begin(&server.url());
    page.browser.wait_until_within(FLOOD_PATIENCE, "the end of the run", || page.phase() == "done");
    assert_eq!(page.outcome(), "ok");
    page.browser.fill(Role::Searchbox, "Search tools", "tool_009999");
    let listed = || page.browser.find(Role::Region, "Tools").select("button code").len();
    page.browser.wait_until("the one tool", || listed() == 1);
}

#[test]
fn when_the_program_dies_the_page_says_so_keeps_the_recording_and_restarts() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    page.browser.script("dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }))", &[]);
    let overlay = page.browser.find(Role::Dialog, "The inspector has stopped working");
    assert!(overlay.text().contains("What was recorded until now can still be saved."), "{}", overlay.text());
    let buttons: Vec<_> = overlay.select("button").iter().map(|button| button.text()).collect();
    assert_eq!(buttons, ["Download trace", "Restart"]);
    let saved = page.browser.script("return window.mcpRecording", &[]);
    assert!(saved.as_str().unwrap().contains("tools/list"));
    overlay.select("button")[1].click();
    page.browser.wait_until("an empty page", || page.browser.select("#crash").is_empty() && page.phase() == "idle");
}

#[test]
fn an_error_of_something_else_shows_no_overlay() {
    let page = Inspector::open();
    page.browser.script("dispatchEvent(new ErrorEvent('error', { error: new TypeError('an extension') }))", &[]);
    assert!(page.browser.select("#crash").is_empty());
}
