//! "Causes" on the page: searched by keyboard, each with an address of its own, read without a request and without losing the recording.

#![cfg(feature = "live")]

use std::collections::BTreeSet;

use inspector_core::diagnose::causes;
use lab::{
    browser::{Browser, Key, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
    site::Site,
};

/// Whether the dialog is open.
fn is_open(page: &Inspector) -> bool {
    page.browser.try_find(Role::Dialog, "Causes").is_some()
}

/// The title of the page that is being read; empty while there is none.
fn title(page: &Inspector) -> String {
    text(page, "#cause-title")
}

fn text(page: &Inspector, selector: &str) -> String {
    let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
    page.browser.script(script, &[selector.into()]).as_str().unwrap_or_default().to_owned()
}

fn wait_for_title(page: &Inspector, wanted: &str) {
    page.browser.wait_until(&format!("the page “{wanted}”"), || title(page) == wanted);
}

fn fragment(page: &Inspector) -> String {
    page.browser.url().split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default()
}

fn focused_id(page: &Inspector) -> String {
    page.browser.focused().attribute("id").unwrap_or_default()
}

fn back(page: &Inspector) {
    page.browser.script("history.back()", &[]);
}

#[test]
fn the_causes_are_searched_and_read_by_keyboard_alone() {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Causes");
    page.browser.wait_until("the focus in the search field", || focused_id(&page) == "causes-search");
    assert_eq!(fragment(&page), "causes");

    page.browser.type_text("no valid session id");
    page.browser.wait_until("what is found", || text(&page, "dialog.causes [role=status]").contains("found"));
    page.browser.press(&[Key::Down]);
    assert_eq!(page.browser.focused().attribute("href").as_deref(), Some("#cause=session-stale"));
    page.browser.press(&[Key::Enter]);
    wait_for_title(&page, "The server no longer knows this session");
    page.browser.wait_until("the focus on the title", || focused_id(&page) == "cause-title");
    assert_eq!(fragment(&page), "cause=session-stale");

    back(&page);
    page.browser.wait_until("the list", || title(&page).is_empty() && is_open(&page));
    page.browser.press(&[Key::Escape]);
    page.browser.wait_until("the closed dialog", || !is_open(&page));
    page.browser.wait_until("the address without it", || fragment(&page).is_empty());
    assert_eq!(page.browser.focused().name(), "Causes");
}

#[test]
fn arrows_walk_what_is_found_and_come_back_to_the_field() {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Causes");
    page.browser.wait_until("the focus in the search field", || focused_id(&page) == "causes-search");
    page.browser.press(&[Key::Down]);
    page.browser.press(&[Key::Down]);
    assert_eq!(focused_id(&page), "cause-link-1");
    page.browser.press(&[Key::Up]);
    page.browser.press(&[Key::Up]);
    assert_eq!(focused_id(&page), "causes-search");
    // Only one link is a stop of the Tab key.
    assert_eq!(page.browser.select("dialog.causes nav a[tabindex='0']").len(), 1);
    assert_eq!(page.browser.select("dialog.causes nav a").len(), causes().len());
    page.browser.type_text("zebra crossing");
    page.browser.wait_until("that nothing is found", || text(&page, "dialog.causes [role=status]").starts_with("No cause"));
}

#[test]
fn a_link_opens_the_page_of_its_cause_and_sends_nothing() {
    let site = Site::start(std::env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST"));
    let page = Inspector::open_in(Browser::start_recording_requests(), site);
    for slug in ["cors-blocked", "token-expired"] {
        page.load(&format!("#server=https://mcp.example.com/mcp&cause={slug}"));
        let cause = causes().iter().find(|cause| cause.slug == slug).expect("a cause");
        wait_for_title(&page, cause.title);
        page.browser.press(&[Key::Escape]);
        page.browser.wait_until("the closed dialog", || !is_open(&page));
        assert_eq!(page.browser.find(Role::Textbox, "Server URL").value(), "https://mcp.example.com/mcp");
        assert_eq!(page.phase(), "idle");
    }
    assert_eq!(page.browser.script_errors(), []);
    let Inspector { browser, site } = page;
    let origins = browser.requests_sent().into_iter().map(|request| request.url.split('/').take(3).collect::<Vec<_>>().join("/"));
    assert_eq!(origins.collect::<BTreeSet<_>>(), BTreeSet::from([site.origin()]));
}

#[test]
fn every_cause_has_a_page_and_every_link_in_it_leads_on() {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Causes");
    for cause in causes() {
        page.browser.script("location.hash = arguments[0]", &[format!("cause={}", cause.slug).into()]);
        wait_for_title(&page, cause.title);
        page.browser.wait_until("its text", || text(&page, "dialog.causes article").contains("How to fix it"));
        let links = page.browser.script(
            "return [...document.querySelectorAll('dialog.causes article code.slug')].slice(1)
                .filter(name => !name.closest('a[href^=\"#cause=\"]')).map(name => name.textContent);",
            &[],
        );
        let dead = links.as_array().into_iter().flatten().filter_map(|link| link.as_str());
        let dead: Vec<&str> = dead.filter(|slug| causes().iter().any(|cause| cause.slug == *slug)).collect();
        assert_eq!(dead, [""; 0], "{}", cause.slug);
    }
    // However many were read, one step out is one step.
    page.browser.press(&[Key::Escape]);
    page.browser.wait_until("the closed dialog", || !is_open(&page));
    page.browser.wait_until("the address without it", || fragment(&page).is_empty());
    assert_eq!(page.browser.csp_violations(), []);
}

#[test]
fn the_recording_stays_while_its_cause_is_read_and_the_lines_for_its_server_come_first() {
    let server = FaultServer::start(Scenario::by_name("session-stale-400-python").expect("a scenario"));
    let page = Inspector::open();
    page.run(&server.url());
    let events = page.events();
    assert!(page.browser.find(Role::Region, "Server").text().contains("Python SDK up to 1.25"));

    page.show_pane("Findings");
    let sections = "return [...document.querySelectorAll('section.findings details.section')].map(section => section.open)";
    page.browser.wait_until("the sections", || page.browser.script(sections, &[])[0] == true);
    let first = text(&page, "section.findings details.section summary");
    assert!(first.contains("Python") && first.contains("this server"), "{first}");
    assert!(page.browser.script(sections, &[]).as_array().is_some_and(|open| open.contains(&false.into())));

    page.browser.find(Role::Region, "Findings").select("a.chip").remove(0).click();
    wait_for_title(&page, "The server no longer knows this session");
    back(&page);
    page.browser.wait_until("the closed dialog", || !is_open(&page));
    assert_eq!((page.phase().as_str(), page.events()), ("done", events));
}

#[test]
fn a_name_that_no_cause_has_is_searched_for() {
    let page = Inspector::open();
    page.load("#cause=session-lost-in-space");
    page.browser.wait_until("the dialog", || is_open(&page));
    assert_eq!(page.browser.find(Role::Searchbox, "Search causes").value(), "session lost in space");
    let said = text(&page, "dialog.causes [role=status]");
    assert!(said.contains("no cause “session-lost-in-space”"), "{said}");
    assert_eq!(title(&page), "");
}

#[test]
fn the_address_of_a_page_can_be_copied() {
    let page = Inspector::open();
    page.load("#cause=rate-limited");
    wait_for_title(&page, "Too many requests");
    // The clipboard of a browser without a screen may be nobody's.
    let keep = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }";
    page.browser.script(keep, &[]);
    page.browser.click(Role::Button, "Copy link");
    page.browser.wait_until("that it is copied", || text(&page, "dialog.causes article [role=status]") == "Copied.");
    let copied = page.browser.script("return window.copied", &[]);
    assert_eq!(copied.as_str(), Some(page.browser.url().as_str()));
}
