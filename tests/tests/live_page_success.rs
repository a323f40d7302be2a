//! A handshake that works, from the form to the list of tools.

#![cfg(feature = "live")]

use lab::{
    browser::Role,
    fault::{FaultServer, Scenario},
    handshake,
    http::Request,
    inspector::Inspector,
    servers::{Everything, Python, PythonApp},
};
use serde_json::Value;

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

/// The names in the region "Tools", in order.
fn listed(page: &Inspector) -> Vec<String> {
    let region = page.browser.find(Role::Region, "Tools");
    region.select("button code").iter().map(|name| name.text()).collect()
}

/// The names that a server lists to anybody who asks.
fn offered(url: &str) -> Vec<String> {
    let answer = handshake::list_tools(url).text();
    let message = answer.lines().find_map(|line| line.strip_prefix("data: ")).unwrap_or(&answer);
    let message: Value = serde_json::from_str(message).expect("a JSON-RPC message");
    let tools = message["result"]["tools"].as_array().cloned().unwrap_or_default();
    tools.iter().filter_map(|tool| tool["name"].as_str()).map(str::to_owned).collect()
}

fn posts(server: &FaultServer) -> Vec<Request> {
    server.requests().into_iter().filter(|request| request.method == "POST").collect()
}

fn assert_success(page: &Inspector, tools: &[String]) {
    assert_eq!((page.phase().as_str(), page.outcome().as_str()), ("done", "ok"), "{}", page.visible_text());
    assert!(page.headline().starts_with("The session works: "), "{}", page.headline());
    assert!(page.headline().ends_with(&format!("listed {} tools.", tools.len())), "{}", page.headline());
    assert_eq!(listed(page), tools);
    // initialize, initialized and tools/list, each with its request and its response at least.
    assert!(page.events().len() >= 6, "{:?}", page.events());
    assert!(!page.browser.select("main .lifeline").is_empty(), "no lifeline of the session");
}

#[test]
fn server_everything_is_drawn_and_all_its_tools_are_listed() {
    let server = Everything::start();
    let page = Inspector::open();
    page.run(&server.url());
    let tools = offered(&server.url());
    assert!(tools.len() > 5);
    assert_success(&page, &tools);
    let card = page.browser.find(Role::Region, "Server").text();
    assert!(card.contains("2025-11-25") && card.contains(&format!("tools ({})", tools.len())), "{card}");
    assert_eq!(page.browser.script_errors(), []);
}

#[test]
fn python_is_read_whether_it_answers_in_streams_or_in_json() {
    let page = Inspector::open();
    for app in [PythonApp::Cors, PythonApp::Json] {
        let server = Python::start(app);
        page.load("");
        page.run(&server.url());
        assert_success(&page, &offered(&server.url()));
        assert!(page.browser.find(Role::Region, "Server").text().contains("weather"), "{app:?}");
    }
}

#[test]
fn each_revision_that_is_chosen_is_negotiated() {
    let server = fault("ok");
    let page = Inspector::open();
    for revision in ["2025-03-26", "2025-06-18", "2025-11-25"] {
        page.load("");
        page.browser.find(Role::Combobox, "Protocol").choose(revision);
        page.run(&server.url());
        assert_eq!(page.outcome(), "ok", "{revision}");
        assert!(page.browser.find(Role::Region, "Server").text().contains(revision));
        let sent = posts(&server);
        let asked = sent.iter().rfind(|post| String::from_utf8_lossy(&post.body).contains(r#""initialize""#)).unwrap();
        assert!(String::from_utf8_lossy(&asked.body).contains(&format!(r#""protocolVersion":"{revision}""#)));
        // The header came with 2025-06-18 (Streamable HTTP, Protocol Version Header).
        let header = (revision != "2025-03-26").then_some(revision);
        assert_eq!(sent.last().unwrap().headers.get("mcp-protocol-version"), header, "{revision}");
    }
}

#[test]
fn ending_the_session_sends_delete_and_ends_the_lifeline() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    assert!(page.browser.select("main .lifeline text.ended").is_empty());
    page.browser.click(Role::Button, "End session");
    page.browser.wait_until("the end of the lifeline", || !page.browser.select("main .lifeline text.ended").is_empty());
    let last = server.requests().into_iter().rfind(|request| request.method != "OPTIONS").unwrap();
    assert_eq!(last.method, "DELETE");
    assert_eq!(last.headers.get("mcp-session-id"), posts(&server).last().unwrap().headers.get("mcp-session-id"));
    assert_eq!(page.outcome(), "ok");
    assert!(page.browser.try_find(Role::Button, "End session").is_none());
}

#[test]
fn another_run_leaves_no_session_behind() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    let first = posts(&server).last().unwrap().headers.get("mcp-session-id").map(str::to_owned);
    page.browser.click(Role::Button, "Run handshake");
    let ended = || server.requests().into_iter().find(|request| request.method == "DELETE");
    page.browser.wait_until("the end of the first session", || ended().is_some());
    page.wait_until_done();
    assert_eq!(ended().unwrap().headers.get("mcp-session-id").map(str::to_owned), first);
    assert_eq!((page.outcome().as_str(), page.row_count()), ("ok", 6));
}

#[test]
fn a_search_leaves_the_tools_that_fit() {
    let server = fault("ok-stream");
    let page = Inspector::open();
    page.run(&server.url());
    assert_eq!(listed(&page).len(), 6);
    page.browser.fill(Role::Searchbox, "Search tools", "harbour");
    page.browser.wait_until("the one tool about harbours", || listed(&page) == ["tides"]);
    page.browser.fill(Role::Searchbox, "Search tools", "");
    page.browser.wait_until("all tools again", || listed(&page).len() == 6);
}

#[test]
fn a_second_run_starts_over_with_a_session_of_its_own() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    let rows = page.row_count();
    page.browser.click(Role::Button, "Run handshake");
    page.browser.wait_until("a second session", || server.sessions_opened() == 2);
    page.wait_until_done();
    assert_eq!((page.outcome().as_str(), page.row_count()), ("ok", rows));
}

#[test]
fn the_token_and_an_extra_header_arrive_at_the_server() {
    let server = fault("ok");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", "abcdef-123456");
    page.browser.click(Role::Button, "Add a header");
    page.browser.fill(Role::Textbox, "Header name", "x-tenant");
    page.browser.fill(Role::Textbox, "Header value", "blue moon");
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    let posts = posts(&server);
    assert_eq!(posts.len(), 3);
    for post in &posts {
        assert_eq!(post.headers.get("authorization"), Some("Bearer abcdef-123456"));
        assert_eq!(post.headers.get("x-tenant"), Some("blue moon"));
    }
}
