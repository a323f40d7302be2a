//! Everybody can use the page: by keyboard alone, with a screen reader, on a small screen, with a very long recording.

#![cfg(feature = "live")]

use std::{fmt::Write, fs};

use lab::{
    browser::{Key, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
    scratch::Scratch,
};
use serde_json::{Value, json};

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

#[test]
fn axe_finds_nothing_before_and_while_a_handshake_runs() {
    let server = fault("response-timeout");
    let page = Inspector::open();
    let mut found = page.violations("empty");

    page.browser.fill(Role::Textbox, "Server URL", "mcp.example.com/mcp");
    page.browser.fill(Role::Textbox, "Bearer token", "abc\ndef");
    page.browser.fill(Role::Textbox, "Timeout, seconds", "soon");
    page.browser.click(Role::Button, "Add a header");
    page.browser.fill(Role::Textbox, "Header name", "x y");
    found.extend(page.violations("errors"));

    page.load("");
    page.browser.click(Role::Button, "Open trace");
    page.browser.fill(Role::Textbox, "Pasted trace", "hello");
    page.browser.click(Role::Button, "Open");
    found.extend(page.violations("open dialog"));
    page.browser.click(Role::Button, "Cancel");
    page.browser.click(Role::Button, "Keys");
    found.extend(page.violations("keys dialog"));
    page.browser.click(Role::Button, "Close");

    page.begin(&server.url());
    page.browser.wait_until("the run", || page.phase() == "running");
    found.extend(page.violations("running"));
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}

#[test]
fn axe_finds_nothing_in_the_causes() {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Causes");
    page.browser.wait_until("the list", || !page.browser.select("dialog.causes nav a").is_empty());
    let mut found = page.violations("causes");
    page.browser.fill(Role::Searchbox, "Search causes", "session terminated");
    found.extend(page.violations("causes found"));
    page.load("#cause=cors-blocked");
    page.browser.wait_until("its page", || !page.browser.select("dialog.causes details.section").is_empty());
    page.browser.script("document.querySelectorAll('details.section').forEach(section => section.open = true)", &[]);
    found.extend(page.violations("the page of a cause"));
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}

#[test]
fn axe_finds_nothing_in_a_success() {
    let server = fault("ok-stream");
    let page = Inspector::open();
    page.run(&server.url());
    page.browser.script("document.querySelectorAll('details').forEach(details => { details.open = true });", &[]);
    let mut found = page.violations("ok, tools");
    page.show_pane("Raw");
    found.extend(page.violations("ok, raw"));
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}

#[test]
fn axe_finds_nothing_in_a_failure_and_its_details() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", &jwt());
    page.run(&server.url());
    let mut found = page.violations("failed");
    page.browser.find(Role::Region, "Verdict").select("ul.proof button")[0].click();
    page.browser.script("document.querySelectorAll('details').forEach(details => { details.open = true });", &[]);
    found.extend(page.violations("detail"));
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}

/// A token that expired in 2001, for the card that shows what is in it: `{"alg":"none"}` and `{"iss":"x","exp":1000000000}`.
fn jwt() -> String {
    "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4IiwiZXhwIjoxMDAwMDAwMDAwfQ.c2ln".to_owned()
}

#[test]
fn the_keyboard_alone_leads_from_the_address_to_the_cause() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    let browser = &page.browser;
    browser.type_text("/");
    assert_eq!(browser.focused().name(), "Server URL");
    assert_eq!(browser.focused().value(), "", "the key itself must not be typed");
    browser.type_text(&server.url());
    for next in ["Bearer token", "Show the token", "Add a header", "Protocol", "Timeout, seconds", "Run handshake"] {
        browser.press(&[Key::Tab]);
        assert_eq!(browser.focused().name(), next);
        assert!(focus_is_visible(&page), "no focus to be seen on {next}");
    }
    browser.type_text("/");
    browser.press(&[Key::Enter]);
    page.wait_until_done();
    assert_eq!(page.outcome(), "failed");

    let ladder = browser.select("#ladder").remove(0);
    while browser.focused().attribute("id").as_deref() != Some("ladder") {
        assert_ne!(browser.focused().attribute("class").as_deref(), Some("skip"), "the diagram cannot be reached");
        browser.press(&[Key::Tab]);
    }
    assert!(focus_is_visible(&page), "no focus to be seen on the diagram");
    browser.press(&[Key::Down]);
    let first = selected(&page);
    browser.press(&[Key::Down]);
    assert_ne!(selected(&page), first);
    browser.press(&[Key::Up]);
    assert_eq!(selected(&page), first);
    assert_eq!(ladder.attribute("aria-activedescendant"), Some(selected_id(&page)));
    browser.press(&[Key::End]);
    assert_eq!(page.events().last(), Some(&selected(&page)));

    browser.press(&[Key::Home]);
    browser.type_text("]");
    let marked = browser.select("main [role=option][aria-selected=true]");
    assert_eq!(marked[0].attribute("data-cause").as_deref(), Some("session-stale"));
    browser.press(&[Key::Enter]);
    assert_eq!(browser.focused().attribute("id").as_deref(), Some("pane"));
    assert!(!browser.find(Role::Region, "Detail").text().is_empty());
}

fn selected(page: &Inspector) -> String {
    page.browser.select("main [role=option][aria-selected=true]")[0].attribute("data-event").unwrap_or_default()
}

fn selected_id(page: &Inspector) -> String {
    page.browser.select("main [role=option][aria-selected=true]")[0].attribute("id").unwrap_or_default()
}

/// Whether the focused element is drawn otherwise than without the focus.
fn focus_is_visible(page: &Inspector) -> bool {
    let script = "
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';";
    page.browser.script(script, &[]) == Value::Bool(true)
}

#[test]
fn enter_in_the_address_runs_the_handshake() {
    let server = fault("ok");
    let page = Inspector::open();
    page.browser.type_text("/");
    page.browser.type_text(&server.url());
    page.browser.press(&[Key::Enter]);
    page.wait_until_done();
    assert_eq!(page.outcome(), "ok");
}

#[test]
fn the_keys_are_listed_on_a_question_mark_and_escape_closes_them() {
    let page = Inspector::open();
    page.browser.type_text("?");
    let keys = page.browser.find(Role::Dialog, "Keys");
    assert!(keys.text().contains("previous and next finding"));
    page.browser.press(&[Key::Escape]);
    page.browser.wait_until("the end of the dialog", || page.browser.try_find(Role::Dialog, "Keys").is_none());
    page.browser.type_text("?");
    page.browser.find(Role::Dialog, "Keys");
}

#[test]
fn escape_closes_the_open_dialog_and_keeps_what_was_typed() {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Open trace");
    page.browser.fill(Role::Textbox, "Pasted trace", "mcp-trace");
    page.browser.press(&[Key::Escape]);
    page.browser.wait_until("the end of the dialog", || page.browser.find_all(Role::Dialog).is_empty());
    page.browser.click(Role::Button, "Open trace");
    assert_eq!(page.browser.find(Role::Textbox, "Pasted trace").value(), "mcp-trace");
}

#[test]
fn arrows_walk_the_panes() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    let tabs: Vec<_> = page.browser.find_all(Role::Tab).iter().map(|tab| tab.name()).collect();
    page.show_pane("Findings");
    let from = tabs.iter().position(|tab| tab.starts_with("Findings")).expect("a tab");
    for tab in &tabs[from + 1..] {
        page.browser.press(&[Key::Right]);
        assert_eq!(page.browser.focused().name(), *tab);
    }
    assert_eq!(tabs.last().map(String::as_str), Some("Raw"));
    page.browser.find(Role::Region, "Raw");
}

#[test]
fn the_table_says_what_the_diagram_shows() {
    let server = fault("ok-stream");
    let page = Inspector::open();
    page.browser.show_as(1440, 4000, false);
    page.run(&server.url());
    page.browser.click(Role::Button, "Messages as a table");
    let table = page.browser.find(Role::Table, "Messages");
    let rows = table.select("tbody tr");
    assert_eq!(rows.len(), page.row_count());
    let said: Vec<_> = rows.iter().map(|row| row.text().replace(['\t', '\n'], " ")).collect();
    assert_eq!(said, page.rows());
}

/// A recording of so many handshakes' worth of requests for tools, each of three rows.
fn long_recording(exchanges: usize) -> String {
    let mut text = "mcp-trace 1\nserver http://127.0.0.1:1/mcp\n\n! run +0ms\n".to_owned();
    for n in 1..=exchanges {
        let answer = format!(r#"{{\"jsonrpc\":\"2.0\",\"id\":{n},\"result\":{{\"tools\":[]}}}}"#);
        write!(
            text,
            "> POST /mcp tools/list id={n} purpose=list-tools +1ms\n<{n} 200 +1ms\n  content-type: text/event-stream\n  \
             bytes +0ms \"data: {answer}\\n\\n\"\n  end +1ms\n"
        )
        .unwrap();
    }
    text
}

#[test]
fn ten_thousand_rows_cost_few_elements_and_scroll_to_the_right_place() {
    let scratch = Scratch::create();
    let file = scratch.path().join("long.trace");
    fs::write(&file, long_recording(3_400)).unwrap();
    let page = Inspector::open();
    page.browser.click(Role::Button, "Open trace");
    page.browser.find(Role::FileInput, "Trace file").type_keys(&file.to_string_lossy());
    page.browser.wait_until("the recording", || page.phase() == "done");
    let rows = page.row_count();
    assert!(rows >= 10_000, "{rows} rows");
    let elements = || page.browser.script("return document.querySelectorAll('*').length", &[]).as_u64().unwrap();
    assert!(elements() <= 3_000, "{} elements", elements());
    let exchange = |event: &String| event.split('.').next().unwrap().parse::<u64>().unwrap();
    assert_eq!(page.events().first().map(exchange), Some(1));

    for (place, expected) in [(0.5, 1_700.0), (1.0, 3_400.0), (0.25, 850.0)] {
        page.browser.script("const port = document.querySelector('#ladder'); port.scrollTop = (port.scrollHeight - port.clientHeight) * arguments[0];", &[json!(place)]);
        let in_view = || {
            let near = |event: &String| (exchange(event) as f64 - expected).abs() <= 12.0;
            page.events().iter().any(near)
        };
        page.browser.wait_until("the rows of that place", in_view);
        assert!(elements() <= 3_000, "{} elements", elements());
    }
    let shown = page.browser.script(
        "const port = document.querySelector('#ladder').getBoundingClientRect();
        return [...document.querySelectorAll('#ladder [role=option]')].map(row => row.getBoundingClientRect())
            .filter(row => row.bottom > port.top && row.top < port.bottom).length;",
        &[],
    );
    assert!(shown.as_u64().unwrap() > 8, "{shown} rows to be seen");
}

#[test]
fn a_small_screen_shows_the_detail_over_the_diagram_and_leads_back() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    page.browser.show_as(390, 844, false);
    page.run(&server.url());
    page.browser.find(Role::Region, "Verdict").select("ul.proof button")[0].click();
    page.browser.click(Role::Button, "Back to the diagram");
    page.browser.wait_until("the diagram", || page.browser.try_find(Role::Button, "Back to the diagram").is_none());
    page.browser.find(Role::Region, "Sequence diagram");
}
