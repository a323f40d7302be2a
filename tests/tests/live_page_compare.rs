//! Two recordings side by side on the page: where they part, any two of their exchanges, by keyboard, and nothing sent.

#![cfg(feature = "live")]

use std::env;

use lab::{
    browser::{Browser, Key, Role},
    inspector::Inspector,
    scratch::Scratch,
    site::Site,
};

const GOOD: &str = include_str!("../../src/core/fixtures/compare/good.trace");

fn incident(name: &str) -> String {
    let path = format!("{}/fixtures/incidents/{name}.trace", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("an incident")
}

/// Opens a recording and puts another one beside it, both pasted.
fn compare(page: &Inspector, first: &str, second: &str) {
    page.load("");
    page.paste_trace(first);
    page.wait_until_done();
    page.browser.click(Role::Button, "Compare with");
    page.browser.fill(Role::Textbox, "Second recording, pasted", second);
    page.browser.click(Role::Button, "Compare");
    wait_for_comparison(page);
}

fn wait_for_comparison(page: &Inspector) {
    page.browser.wait_until("the comparison", || page.browser.try_find(Role::Region, "Comparison").is_some());
    page.browser.wait_until("its steps", || !steps(page).is_empty());
}

/// Where the two part, as a person reads it.
fn parting(page: &Inspector) -> String {
    page.browser.find(Role::Region, "Where they part").text()
}

/// What differs in the chosen exchanges, as a person reads it.
fn difference(page: &Inspector) -> String {
    page.browser.find(Role::Region, "Difference").text()
}

/// What the steps in view say to a screen reader.
fn steps(page: &Inspector) -> Vec<String> {
    let steps = page.browser.select("[data-step]");
    steps.iter().filter_map(|step| step.attribute("aria-label")).collect()
}

/// The step that is looked at.
fn selected(page: &Inspector) -> String {
    page.browser.select("[data-step][aria-selected=true]")[0].attribute("aria-label").unwrap_or_default()
}

#[test]
fn an_incident_beside_a_good_recording_says_where_they_part_and_sends_nothing() {
    let site = || Site::start(env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set"));
    let page = Inspector::open_in(Browser::start_recording_requests(), site());
    let stored = page.browser.storage();
    compare(&page, &incident("redeployed"), GOOD);
    let says = parting(&page);
    assert!(says.contains("Both go alike up to tools/list; there this recording got 400 and the other 200."), "{says}");
    assert!(says.contains("nothing happened for 23 min in this recording and for 1 ms in the other"), "{says}");
    let found = page.browser.find(Role::Region, "Findings compared").text();
    assert!(found.contains("nly in this recording") && found.contains("session-stale"), "{found}");
    // The step where they part is looked at.
    assert!(selected(&page).starts_with("tools/list. This recording: 400"), "{}", selected(&page));
    let differs = difference(&page);
    assert!(differs.contains("400 Bad Request") && differs.contains("No valid session ID provided"), "{differs}");
    assert_eq!(page.violations("a comparison"), Vec::<String>::new());
    assert_eq!(page.browser.storage(), stored);
    assert_eq!(page.browser.csp_violations(), []);
    let Inspector { browser, site } = page;
    let strays: Vec<_> = browser.requests_sent().into_iter().filter(|sent| !sent.url.starts_with(&site.origin())).collect();
    assert_eq!(strays, []);
}

#[test]
fn any_exchange_can_be_compared_with_any_other_by_keyboard_alone() {
    let page = Inspector::open();
    compare(&page, &incident("redeployed"), GOOD);
    // The list has the focus.
    page.browser.press(&[Key::Home]);
    page.browser.wait_until("the first step", || selected(&page).starts_with("initialize."));
    page.browser.press(&[Key::Down]);
    page.browser.wait_until("the second", || selected(&page).starts_with("notifications/initialized"));
    // From here on only the right side follows.
    page.browser.press(&[Key::Right]);
    page.browser.press(&[Key::End]);
    page.browser.wait_until("both", || difference(&page).contains("notifications/initialized beside tools/call search"));
    let differs = difference(&page);
    assert!(differs.contains("/params") && differs.contains("202 Accepted"), "{differs}");
    page.browser.press(&[Key::Enter]);
    let focused = || page.browser.script("return document.activeElement.id", &[]);
    page.browser.wait_until("the focus in the difference", || focused() == "difference");
    page.browser.press(&[Key::Escape]);
    page.browser.wait_until("the focus in the steps", || focused() == "steps");
    page.browser.press(&[Key::Escape]);
    page.browser.wait_until("the recording as before", || page.browser.try_find(Role::Region, "Verdict").is_some());
    assert!(page.headline().contains("no longer knows session A"), "{}", page.headline());
    assert!(page.browser.try_find(Role::Region, "Comparison").is_none());
}

#[test]
fn the_sides_change_places_and_each_can_be_looked_at_alone() {
    let page = Inspector::open();
    compare(&page, &incident("session-terminated"), GOOD);
    assert!(parting(&page).contains("initialize: this recording got 404 and the other 200."), "{}", parting(&page));
    page.browser.click(Role::Button, "Swap sides");
    page.browser
        .wait_until("the other way round", || parting(&page).contains("initialize: the other got 200 and this recording 404."));
    page.browser.click(Role::Button, "Show the other alone");
    page.browser.wait_until("the good recording", || page.outcome() == "ok");
    page.browser.click(Role::Button, "Back to the comparison");
    wait_for_comparison(&page);
    page.browser.click(Role::Button, "Close comparison");
    page.browser.wait_until("the recording as before", || page.outcome() == "failed");
    assert_eq!(page.findings().iter().map(|found| found.cause.as_str()).collect::<Vec<_>>(), ["token-rejected"]);
}

#[test]
fn what_is_no_recording_says_why_and_the_first_one_stays() {
    let page = Inspector::open();
    page.paste_trace(GOOD);
    page.wait_until_done();
    page.browser.click(Role::Button, "Compare with");
    page.browser.fill(Role::Textbox, "Second recording, pasted", "dear support");
    page.browser.click(Role::Button, "Compare");
    page.browser.wait_until("why not", || page.said_of(Role::Textbox, "Second recording, pasted").contains("“dear support”"));
    page.browser.click(Role::Button, "Cancel");
    assert_eq!(page.outcome(), "ok");
    // A file does as well, and so does what was on the page before.
    let folder = Scratch::create();
    let file = folder.path().join("customer.trace");
    std::fs::write(&file, incident("redeployed")).expect("a file");
    page.browser.click(Role::Button, "Compare with");
    page.browser.find(Role::FileInput, "Second file").type_keys(&file.to_string_lossy());
    wait_for_comparison(&page);
    assert!(page.visible_text().contains("customer.trace"), "{}", page.visible_text());
    assert!(parting(&page).contains("there this recording got 200 and the other 400."), "{}", parting(&page));
}

#[test]
fn a_thousand_steps_cost_no_more_than_those_in_view() {
    let mut text = String::from("mcp-trace 1\nserver https://a.example/mcp\n! run\n");
    for id in 1..=1_000 {
        text.push_str(&format!(
            "> ping id={id}\n< 200 application/json\n  body {{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{}}}}\n  end\n"
        ));
    }
    let page = Inspector::open();
    compare(&page, &text, GOOD);
    let count = page.browser.select("[data-step]").len();
    assert!((10..100).contains(&count), "{count} rows are in the document");
    page.browser.select("#steps")[0].script("arguments[0].focus()");
    page.browser.press(&[Key::End]);
    page.browser.wait_until("the last step", || selected(&page).contains("only in"));
}
