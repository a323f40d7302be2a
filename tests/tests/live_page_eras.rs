//! The page against the servers of every era: what Auto finds, what each revision brings, and both eras side by side.

#![cfg(feature = "live")]

use lab::{
    browser::Role,
    inspector::Inspector,
    servers::{Dual, DualApp, Everything, Python, PythonApp},
};

const HANDSHAKE: [&str; 3] = ["2025-11-25", "2025-06-18", "2025-03-26"];

/// Runs one choice of the combobox.
fn run(page: &Inspector, url: &str, protocol: &str) {
    page.load("");
    page.browser.find(Role::Combobox, "Protocol").choose(protocol);
    page.run(url);
}

/// The verdict as a person reads it.
fn verdict(page: &Inspector) -> String {
    page.browser.find(Role::Region, "Verdict").text()
}

/// Runs one choice, and asserts that the session works and that the verdict says what is spoken.
fn assert_speaks(page: &Inspector, url: &str, protocol: &str, speaks: &str) {
    run(page, url, protocol);
    assert_eq!(page.outcome(), "ok", "{url} {protocol}: {}", page.visible_text());
    assert!(verdict(page).contains(speaks), "{url} {protocol}: {}", verdict(page));
    assert_eq!(page.problems(), Vec::<String>::new(), "{url} {protocol}: a correct server is called broken");
}

fn assert_speaks_the_handshake_era(page: &Inspector, url: &str) {
    assert_speaks(page, url, "Auto", "Speaks 2025-11-25 over Streamable HTTP.");
    for revision in HANDSHAKE {
        assert_speaks(page, url, revision, &format!("Speaks {revision} over Streamable HTTP, as you chose."));
    }
}

#[test]
fn servers_of_the_handshake_era_are_spoken_to_in_each_of_its_revisions() {
    let page = Inspector::open();
    assert_speaks_the_handshake_era(&page, &Everything::start().url());
    assert_speaks_the_handshake_era(&page, &Python::start(PythonApp::Cors).url());
}

#[test]
fn servers_of_both_eras_are_spoken_to_in_each_revision_of_both() {
    let page = Inspector::open();
    for app in DualApp::BOTH_ERAS {
        let server = Dual::start(app);
        assert_speaks_the_handshake_era(&page, &server.url());
        assert_speaks(&page, &server.url(), "2026-07-28 (stateless)", "Speaks 2026-07-28, stateless, as you chose.");
    }
}

#[test]
fn a_server_of_2026_07_28_alone_is_found_by_its_refusal_of_initialize() {
    let server = Dual::start(DualApp::TypeScriptStrict);
    let page = Inspector::open();
    let found = "Speaks 2026-07-28, stateless: found after initialize was refused with 400.";
    assert_speaks(&page, &server.url(), "Auto", found);
    let rows = page.rows();
    assert!(rows[1].contains("400") && rows[2].contains("server/discover"), "{rows:?}");
    assert_speaks(&page, &server.url(), "2026-07-28 (stateless)", "Speaks 2026-07-28, stateless, as you chose.");
}

#[test]
fn servers_of_http_sse_are_found_by_what_they_do_not_take() {
    let page = Inspector::open();
    for (url, status, _server) in
        [sse(Everything::start_sse(), Everything::url, 404), sse(Python::start(PythonApp::HttpSse), Python::url, 405)]
    {
        let found = format!("Speaks 2024-11-05 over HTTP+SSE (deprecated): found after initialize was refused with {status}.");
        assert_speaks(&page, &url, "Auto", &found);
        assert_speaks(&page, &url, "2024-11-05 (HTTP+SSE)", "Speaks 2024-11-05 over HTTP+SSE (deprecated), as you chose.");
        page.browser.click(Role::Button, "End session");
        page.browser.wait_until("the stream to be closed", || page.browser.try_find(Role::Button, "End session").is_none());
    }
}

/// A server with its address and the status by which it refuses a POST; it lives as long as this.
fn sse<S: 'static>(server: S, url: fn(&S) -> String, status: u16) -> (String, u16, Box<dyn std::any::Any>) {
    (url(&server), status, Box::new(server))
}

#[test]
fn both_eras_are_run_and_shown_side_by_side() {
    let server = Dual::start(DualApp::Python);
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", &server.url());
    page.browser.click(Role::Button, "Compare eras");
    page.browser.wait_until("both runs", || page.browser.try_find(Role::Region, "Comparison").is_some());
    let said = page.browser.find(Role::Region, "Comparison").text();
    assert!(said.contains("the stateless run asks for server/discover and the handshake run for initialize"), "{said}");
    assert!(said.contains("2026-07-28, stateless") && said.contains("2025-11-25 over Streamable HTTP"), "{said}");
    assert!(said.contains("none") && said.contains("with an id"), "{said}");
    assert_eq!(page.browser.axe(), Vec::<String>::new());
    page.browser.click(Role::Button, "Show the stateless run alone");
    page.browser.wait_until("the other recording", || page.rows().first().is_some_and(|row| row.contains("server/discover")));
    page.browser.click(Role::Button, "Back to the comparison");
    page.browser.click(Role::Button, "Close comparison");
    page.browser.wait_until("the run that was made last", || page.rows().first().is_some_and(|row| row.contains("initialize")));
    assert!(page.browser.try_find(Role::Region, "Comparison").is_none());
}
