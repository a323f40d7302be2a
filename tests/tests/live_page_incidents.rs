//! The gallery: five recorded incidents, useful with no server at hand and without a network.

#![cfg(feature = "live")]

use std::collections::BTreeSet;

use lab::{
    browser::{Browser, Key, Role},
    inspector::Inspector,
    site::Site,
};
use serde_json::json;

/// The beginning of the name of each card, and the cause behind it.
const INCIDENTS: [(&str, &str); 5] = [
    ("“Session terminated”", "token-rejected"),
    ("“Could not find session”", "sse-session-lost"),
    ("400 Bad Request since", "session-stale"),
    ("The stream closes before", "stream-without-response"),
    ("One new session for every", "session-storm"),
];

fn open_card(page: &Inspector, title: &str) {
    let card = page.browser.find_all(Role::Button).into_iter().find(|button| button.name().starts_with(title));
    card.unwrap_or_else(|| panic!("no card {title}")).click();
    page.wait_until_done();
}

fn assert_explained(page: &Inspector, title: &str, cause: &str) {
    assert_eq!((page.phase().as_str(), page.outcome().as_str()), ("done", "failed"), "{title}");
    assert!(!page.headline().is_empty(), "{title}");
    let first = page.findings().into_iter().next().unwrap_or_else(|| panic!("{title}: nothing found"));
    assert_eq!((first.cause.as_str(), first.certainty.as_str()), (cause, "proven"), "{title}");
    assert!(!page.events().is_empty(), "{title}");
}

#[test]
fn each_card_opens_in_one_click_and_sends_nothing() {
    let site = Site::start(std::env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST"));
    let page = Inspector::open_in(Browser::start_recording_requests(), site);
    for (title, cause) in INCIDENTS {
        page.load("");
        open_card(&page, title);
        assert_explained(&page, title, cause);
    }
    assert_eq!(page.browser.script_errors(), []);
    let Inspector { browser, site } = page;
    let origins: BTreeSet<_> =
        browser.requests_sent().into_iter().map(|request| request.url.split('/').take(3).collect::<Vec<_>>().join("/")).collect();
    assert_eq!(origins, BTreeSet::from([site.origin()]));
}

#[test]
fn the_gallery_works_without_a_network_once_the_page_is_in_use() {
    let page = Inspector::open();
    for (title, cause) in INCIDENTS {
        page.load("");
        page.browser.press(&[Key::Tab]);
        let loaded = "return performance.getEntriesByType('resource').some(entry => entry.name.endsWith('causes.json') && entry.responseEnd)";
        page.browser.wait_until("the explanations on their way", || page.browser.script(loaded, &[]) == true);
        network(&page, false);
        open_card(&page, title);
        assert_explained(&page, title, cause);
        let article = page.browser.find(Role::Region, "Findings").select("article").remove(0);
        assert!(article.text().contains("Why it happens") && article.text().contains("How to fix it"), "{title}");
        network(&page, true);
    }
}

fn network(page: &Inspector, on: bool) {
    let conditions = json!({ "offline": !on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.browser.devtools("Network.enable", json!({}));
    page.browser.devtools("Network.emulateNetworkConditions", conditions);
}

#[test]
fn an_incident_says_that_it_is_recorded_and_offers_no_end_of_its_session() {
    let page = Inspector::open();
    open_card(&page, INCIDENTS[2].0);
    assert!(page.visible_text().contains("recorded incident"));
    assert!(page.browser.try_find(Role::Button, "End session").is_none());
    assert!(page.browser.try_find(Role::Button, "Stop").is_none());
}
