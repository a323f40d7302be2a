//! What a client shows, on the page: from a paste to the causes behind it, and from a failure to what each client would have said.

#![cfg(feature = "live")]

use std::{fs, path::Path};

use lab::{
    browser::{Element, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
};
use serde_json::json;

/// A paste of the fixtures of core.
fn paste(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../src/core/fixtures/pastes/{name}.txt"));
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Pastes a text into the box, at once, as a paste does.
fn put(page: &Inspector, text: &str) {
    let field = page.browser.find(Role::Textbox, "What your client shows");
    field.click();
    page.browser.script(
        "const field = document.activeElement;
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));",
        &[json!(text)],
    );
}

/// Slug and certainty of the causes that are open to see, in order.
fn causes(page: &Inspector) -> Vec<(String, String)> {
    let articles = page.browser.select("section[aria-label='Possible causes'] > article");
    let of = |article: &Element<'_>, name: &str| article.attribute(name).unwrap_or_default();
    articles.iter().map(|article| (of(article, "data-cause"), of(article, "data-certainty"))).collect()
}

fn slugs(page: &Inspector) -> Vec<String> {
    causes(page).into_iter().map(|(slug, _)| slug).collect()
}

/// Presses a button inside a region.
fn press(page: &Inspector, region: &str, name: &str) {
    let buttons = page.browser.find(Role::Region, region).select("button");
    let button = buttons.iter().find(|button| button.name() == name);
    button.unwrap_or_else(|| panic!("no button {name} in {region}")).click();
}

/// Opens the recorded incident of the redeployment.
fn open_incident(page: &Inspector) {
    let cards = page.browser.select("button.incident");
    let card = cards.iter().find(|card| card.text().contains("since the last deployment"));
    card.expect("the incident").click();
    page.wait_until_done();
}

#[test]
fn a_pasted_error_names_its_client_and_causes_and_nothing_is_sent() {
    let page = Inspector::open();
    put(&page, &paste("initialize"));
    page.browser.wait_until("the causes", || !slugs(&page).is_empty());
    assert_eq!(slugs(&page), ["endpoint-not-found", "token-rejected", "legacy-sse-server"]);

    let region = page.browser.find(Role::Region, "Possible causes");
    let text = region.text();
    assert!(text.contains("line 8") && text.contains("mcp.shared.exceptions.McpError: Session terminated"), "{text}");
    assert!(text.contains("Python SDK 1.x") && text.contains("LangChain adapters"), "{text}");
    assert!(!page.visible_text().contains("See why an MCP session fails"), "the start page is still there");
    let links = region.select("article a[href='#cause=token-rejected']");
    assert_eq!(links.len(), 1, "no way to the page of the cause");

    let sent: Vec<String> = page.site.requests().into_iter().map(|request| request.path).collect();
    assert!(sent.iter().any(|path| path.ends_with("symptoms.json")), "{sent:?}");
    assert!(!sent.iter().any(|path| path.contains("Session")), "{sent:?}");
    assert_eq!(page.phase(), "idle");
}

#[test]
fn the_servers_words_in_the_paste_make_one_cause_likely() {
    let page = Inspector::open();
    put(&page, &paste("initialize-and-curl"));
    page.browser.wait_until("the causes", || !slugs(&page).is_empty());
    assert_eq!(causes(&page)[0], ("token-rejected".to_owned(), "likely".to_owned()));
}

#[test]
fn an_unknown_error_is_quoted_and_not_guessed_at() {
    let page = Inspector::open();
    put(&page, &paste("exception-group-unknown-leaf"));
    page.browser.wait_until("an answer", || page.visible_text().contains("Nobody here knows this error."));
    assert!(page.visible_text().contains("shop.errors.OrderError: the basket is empty"));
    assert!(slugs(&page).is_empty());
}

#[test]
fn clearing_the_box_brings_the_page_back() {
    let page = Inspector::open();
    put(&page, "McpError: Session terminated");
    page.browser.wait_until("the causes", || !slugs(&page).is_empty());
    press(&page, "Possible causes", "Clear");
    page.browser.wait_until("the start page", || page.visible_text().contains("See why an MCP session fails"));
    assert!(page.browser.try_find(Role::Region, "Possible causes").is_none());
}

#[test]
fn a_paste_stays_above_the_recording_that_its_button_makes() {
    let server = FaultServer::start(Scenario::by_name("token-rejected-gateway-404").expect("a scenario"));
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", &server.url());
    page.browser.fill(Role::Textbox, "Bearer token", "not-the-token-it-wants");
    put(&page, &paste("initialize"));
    page.browser.wait_until("the causes", || !slugs(&page).is_empty());
    press(&page, "Possible causes", "Run handshake");
    page.wait_until_done();
    assert_eq!(page.findings()[0].cause, "token-rejected");
    assert_eq!(slugs(&page).len(), 3, "the paste is gone");
}

#[test]
fn a_recorded_failure_says_what_each_client_shows() {
    let page = Inspector::open();
    open_incident(&page);
    press(&page, "Verdict", "What each client shows");
    let region = || page.browser.find(Role::Region, "What each client shows");
    page.browser.wait_until("the table", || !region().select("tbody tr").is_empty());

    let row = |client: &str| {
        let rows = region().select("tbody tr");
        let row = rows.into_iter().find(|row| row.select("th")[0].text().contains(client));
        row.unwrap_or_else(|| panic!("no row for {client}")).text()
    };
    let python = row("Python SDK 1.x");
    assert!(python.contains("Client error '400 Bad Request' for url") && python.contains("measured"), "{python}");
    assert!(row("TypeScript SDK 1.x").contains("Streamable HTTP error: Error POSTing to endpoint: Bad Request"));
    let claude = row("Claude Code");
    assert!(claude.contains("Tool ran without output or errors") && claude.contains("reported"), "{claude}");
}

#[test]
fn a_probe_on_a_fresh_page_leads_from_the_paste_to_the_proven_cause() {
    let page = Inspector::open();
    for (paste, probe, scenario, cause) in [
        ("McpError: Session terminated", "initialize without a session id", "endpoint-not-found-express", "endpoint-not-found"),
        ("McpError: Session terminated", "initialize without a session id", "token-rejected-gateway-404", "token-rejected"),
        ("TypeError: Failed to fetch", "Requests that the page may not read", "connection-closed", "server-unreachable"),
    ] {
        let scenario = Scenario::by_name(scenario).expect("a scenario of this name");
        let server = FaultServer::start(scenario);
        page.load("");
        put(&page, paste);
        page.browser.fill(Role::Textbox, "Server URL", &server.url());
        page.browser.fill(Role::Textbox, "Bearer token", &scenario.token());
        page.browser.click(Role::Button, &format!("Try: {probe}"));
        page.wait_until_done();
        let first = page.findings().into_iter().next().map(|shown| (shown.cause, shown.certainty));
        assert_eq!(first, Some((cause.to_owned(), "proven".to_owned())), "{}", scenario.name);
        assert_eq!(page.outcome(), "failed", "{}", scenario.name);
    }
}

#[test]
fn a_success_has_no_clients_to_speak_of() {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Try the demo server");
    page.wait_until_done();
    let tabs: Vec<String> = page.browser.find_all(Role::Tab).iter().map(Element::name).collect();
    assert!(!tabs.iter().any(|tab| tab == "Clients"), "{tabs:?}");
}

#[test]
fn text_of_others_is_text_in_both_directions() {
    let page = Inspector::open();
    put(&page, "Error: Error POSTing to endpoint (HTTP 404): <img src=x onerror=alert(1)>\u{202e}evil");
    page.browser.wait_until("the causes", || !slugs(&page).is_empty());
    let region = page.browser.find(Role::Region, "Possible causes");
    assert!(region.select("img").is_empty());
    assert!(region.text().contains("<img src=x onerror=alert(1)>") && region.text().contains("U+202E"), "{}", region.text());
}

#[test]
fn a_log_of_a_megabyte_is_searched_while_the_page_answers() {
    let page = Inspector::open();
    let noise = "2026-11-20 08:12:44.120 [info] processed 17 orders in 120 ms, next run in 30 s\n";
    let log = format!("{}McpError: Session terminated\n{}", noise.repeat(6_000), noise.repeat(6_000));
    put(&page, &log);
    page.browser.wait_until("the causes", || !slugs(&page).is_empty());
    assert!(page.browser.find(Role::Region, "Possible causes").text().contains("line 6001"));
}

#[test]
fn axe_finds_nothing_in_either_direction() {
    let screens = [(1440, 900, false), (1440, 900, true), (390, 844, false), (390, 844, true)];
    let page = Inspector::open();
    let mut found = Vec::new();
    let mut check = |state: &str| {
        for (width, height, dark) in screens {
            page.browser.show_as(width, height, dark);
            let screen = format!("{state}, {width} px, {}", if dark { "dark" } else { "light" });
            found.extend(page.browser.axe().into_iter().map(|violation| format!("{screen}: {violation}")));
            let overflow = page.browser.script("return document.scrollingElement.scrollWidth - innerWidth", &[]);
            if overflow.as_i64().unwrap_or_default() > 0 {
                found.push(format!("{screen}: the document is {overflow} px too wide"));
            }
        }
        page.browser.show_as(1440, 900, false);
    };
    put(&page, &paste("tool-call"));
    page.browser.wait_until("the causes", || !slugs(&page).is_empty());
    check("possible causes");
    put(&page, "hello");
    page.browser.wait_until("an answer", || page.visible_text().contains("Nothing in this text is known here."));
    check("unknown");
    put(&page, "");
    open_incident(&page);
    press(&page, "Verdict", "What each client shows");
    page.browser.wait_until("the table", || !page.browser.select(".clients tbody tr").is_empty());
    check("clients");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
