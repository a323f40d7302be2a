//! What sessions cost, on the page: the pane "Sessions" of recordings and of live runs, and a server that takes no more of them.

#![cfg(feature = "live")]

use std::fs;

use inspector_core::trace::notation;
use lab::{
    browser::{Element, Key, Role},
    fault::{FaultServer, Scenario},
    handshake::open_session,
    inspector::Inspector,
};

/// So many sessions the server of the storm takes.
const SESSIONS: usize = 12;

fn fault(name: &str) -> (Scenario, FaultServer) {
    let scenario = Scenario::by_name(name).expect("a scenario of this name");
    (scenario, FaultServer::start(scenario))
}

/// The page with the recording of a client that does something with sessions.
fn recorded(name: &str) -> Inspector {
    let (scenario, server) = fault(name);
    open(&notation::write(&scenario.recorded(&server).expect("a client")))
}

/// The page with the incident in which each call of a tool opened a session.
fn storm() -> Inspector {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/incidents/session-storm.trace");
    open(&fs::read_to_string(file).expect("the incident"))
}

fn open(recording: &str) -> Inspector {
    let page = Inspector::open();
    page.paste_trace(recording);
    page.wait_until_done();
    page
}

/// The cells of the rows of a table, in the pane.
fn rows(page: &Inspector, table: &str) -> Vec<Vec<String>> {
    page.show_pane("Sessions");
    let table = page.browser.find(Role::Table, table);
    table.select("tbody tr").iter().map(|row| row.select("th, td").iter().map(Element::text).collect()).collect()
}

fn figure(page: &Inspector, name: &str) -> String {
    let rows = rows(page, "Figures");
    rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no {name} in {rows:?}"))[1..].join(" ")
}

#[test]
fn a_storm_is_told_in_numbers() {
    let page = storm();
    assert!(page.headline().starts_with("12 sessions were opened for 12 tool calls and none was ended"), "{}", page.headline());
    page.show_pane("Sessions");
    let said = page.browser.find(Role::Region, "Sessions").text();
    assert!(said.starts_with("12 sessions were opened for 12 tool calls, and none was ended."), "{said}");
    assert_eq!(figure(&page, "Sessions opened"), "12 12 held at once");
    assert_eq!(figure(&page, "Never ended"), "12 given up for a later one");
    assert_eq!(figure(&page, "Tool calls"), "12 1 session and 4.1 requests each");
    let lives = rows(&page, "Lives of the sessions");
    assert_eq!(lives.len(), 12);
    assert!(lives.iter().all(|life| life[2..] == ["4", "never ended"]), "{lives:?}");
    let times = rows(&page, "Time to the answer, in milliseconds");
    assert_eq!(
        times.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect::<Vec<_>>(),
        [("initialize", "12 of 13"), ("tools/list", "12"), ("tools/call", "12")]
    );
}

#[test]
fn each_way_a_session_ends_has_a_form_of_its_own() {
    for (name, ended, form) in [
        ("session-storm-ended", "ended", "line.mark"),
        ("session-leak", "never ended", "line.tail.left"),
        ("session-leak-unused", "never used, never ended", "rect.hollow"),
        ("session-ended-by-client", "ended", "line.mark"),
        ("session-leak-delete-refused", "open", "line.tail:not(.left)"),
        ("session-not-shared", "refused", "path.mark"),
    ] {
        let page = recorded(name);
        assert_eq!(rows(&page, "Lives of the sessions")[0].last().map(String::as_str), Some(ended), "{name}");
        let first = page.browser.find(Role::Table, "Lives of the sessions").select("tbody tr").remove(0);
        assert_eq!(first.select(form).len(), 1, "{name}");
    }
}

#[test]
fn a_session_leads_to_where_it_begins_and_the_pane_stays() {
    let page = storm();
    page.show_pane("Sessions");
    page.browser.click(Role::Button, "Session C: show where it begins");
    assert_eq!(selected(&page), ["9.response"]);
    assert!(page.browser.try_find(Role::Region, "Sessions").is_some());
    // By keyboard as well.
    page.browser.press(&[Key::Tab]);
    assert_eq!(page.browser.focused().name(), "Session D: show where it begins");
    page.browser.press(&[Key::Enter]);
    assert_eq!(selected(&page), ["13.response"]);
}

fn selected(page: &Inspector) -> Vec<String> {
    let rows = page.browser.select("main [role=option][aria-selected=true]");
    rows.iter().filter_map(|row| row.attribute("data-event")).collect()
}

#[test]
fn a_server_without_sessions_has_times_and_one_that_never_answered_has_no_pane() {
    let (_, server) = fault("ok-stateless");
    let page = Inspector::open();
    page.run(&server.url());
    page.show_pane("Sessions");
    assert!(page.browser.try_find(Role::Table, "Lives of the sessions").is_none());
    assert_eq!(rows(&page, "Time to the answer, in milliseconds").len(), 2);

    let (_, server) = fault("server-error");
    page.load("");
    page.run(&server.url());
    let tabs: Vec<_> = page.browser.find_all(Role::Tab).iter().map(Element::name).collect();
    assert!(!tabs.iter().any(|tab| tab.starts_with("Sessions")), "{tabs:?}");
}

#[test]
fn the_pane_reads_well_for_everybody_on_every_screen() {
    let page = storm();
    page.show_pane("Sessions");
    for (width, height, dark) in [(1440, 900, false), (1440, 900, true), (390, 844, false), (390, 844, true)] {
        page.browser.show_as(width, height, dark);
        assert_eq!(page.browser.axe(), Vec::<String>::new(), "{width} {dark}");
        let overflow = page.browser.script("return document.scrollingElement.scrollWidth - innerWidth", &[]);
        assert!(overflow.as_i64().is_some_and(|overflow| overflow <= 0), "{width}: {overflow} px too wide");
    }
}

#[test]
fn a_server_that_others_have_filled_with_sessions_is_believed() {
    let (_, server) = fault("session-storm");
    (0..SESSIONS).for_each(|_| drop(open_session(&server.url())));
    let page = Inspector::open();
    page.run(&server.url());
    assert_eq!((page.outcome().as_str(), server.sessions_opened()), ("failed", SESSIONS));
    page.show_pane("Findings");
    let first = page.findings().into_iter().next().expect("a finding");
    assert_eq!((first.cause.as_str(), first.certainty.as_str()), ("session-storm", "likely"));
    assert!(page.headline().contains("holds as many sessions as it takes"), "{}", page.headline());
}

#[test]
fn this_page_alone_fills_no_server() {
    let (_, server) = fault("session-storm");
    let page = Inspector::open();
    page.run(&server.url());
    for _ in 0..SESSIONS {
        page.browser.click(Role::Button, "Run handshake");
        page.wait_until_done();
        assert_eq!(page.outcome(), "ok");
    }
    assert!(server.sessions_opened() > SESSIONS);
}
