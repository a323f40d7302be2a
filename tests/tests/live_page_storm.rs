//! The connection storm live: one page that runs the handshake again and again, until the server takes no more sessions.

#![cfg(feature = "live")]

use lab::{
    browser::Role,
    fault::{FaultServer, Scenario},
    inspector::Inspector,
};

/// More than the server takes.
const RUNS: usize = 20;

#[test]
fn a_server_that_this_page_has_filled_with_sessions_says_so_and_is_believed() {
    let server = FaultServer::start(Scenario::by_name("session-storm").expect("a scenario of this name"));
    let page = Inspector::open();
    page.run(&server.url());
    for _ in 0..RUNS {
        assert_eq!(page.outcome(), "ok");
        page.browser.click(Role::Button, "Run handshake");
        page.wait_until_done();
        if page.outcome() == "failed" {
            break;
        }
    }
    assert_eq!((page.outcome().as_str(), server.sessions_opened()), ("failed", 12));
    let first = page.findings().into_iter().next().expect("a finding");
    assert_eq!((first.cause.as_str(), first.certainty.as_str()), ("session-storm", "likely"));
    assert!(page.headline().contains("holds as many sessions as it takes"), "{}", page.headline());
}
