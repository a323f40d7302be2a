//! Prompts and resources on the page: listed on demand, filled in with suggestions, read, and watched.

#![cfg(feature = "live")]

use lab::{
    browser::{Element, Role},
    inspector::Inspector,
    servers::Everything,
};

/// The page with the demo server.
fn demo() -> Inspector {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Try the demo server");
    page.wait_until_done();
    page
}

fn listed(page: &Inspector) -> Vec<String> {
    page.browser.select("#pane button.offer code").iter().map(Element::text).collect()
}

fn choose(page: &Inspector, name: &str) {
    let is_it = |row: &Element<'_>| row.select("code").first().is_some_and(|code| code.text() == name);
    let rows = page.browser.select("#pane button.offer");
    rows.iter().find(|row| is_it(row)).unwrap_or_else(|| panic!("no {name} in {:?}", listed(page))).click();
}

/// Asks for the lists of a pane and waits for them.
fn list(page: &Inspector, pane: &str) {
    page.show_pane(pane);
    page.browser.click(Role::Button, &format!("List {}", pane.to_lowercase()));
    page.browser.wait_until("the list", || !listed(page).is_empty());
}

fn result(page: &Inspector, says: &str) -> String {
    let mut text = String::new();
    page.browser.wait_until(&format!("a result with {says:?}"), || {
        text = page.browser.try_find(Role::Region, "Result").map(|region| region.text()).unwrap_or_default();
        text.contains(says)
    });
    text
}

#[test]
fn nothing_is_listed_before_it_is_asked_for() {
    let page = demo();
    let rows = page.row_count();
    page.show_pane("Prompts");
    page.show_pane("Resources");
    assert_eq!((page.row_count(), listed(&page)), (rows, Vec::<String>::new()));
}

#[test]
fn a_prompt_is_filled_in_with_what_the_server_suggests() {
    let page = demo();
    list(&page, "Prompts");
    assert_eq!(listed(&page), ["greet", "tour"]);
    choose(&page, "tour");
    let region = || page.browser.find(Role::Region, "Prompts");
    page.browser.fill(Role::Combobox, "city", "L");
    page.browser.click(Role::Button, "Suggest city");
    page.browser.wait_until("suggestions", || region().text().contains("suggested"));
    let offered = "return [...document.querySelectorAll('#pane datalist option')].map(option => option.value)";
    let offered = page.browser.script(offered, &[]);
    assert!(offered.as_array().is_some_and(|values| values.iter().any(|value| value == "Lisbon")), "{offered}");
    page.browser.fill(Role::Combobox, "city", "Lisbon");
    // The second argument completes only once the server knows the first.
    page.browser.click(Role::Button, "Suggest district");
    page.browser.wait_until("its suggestions", || region().text().matches("suggested").count() == 2);
    page.browser.click(Role::Button, "Get prompt");
    let said = result(&page, "Answered");
    assert!(said.contains("user") && said.contains("Lisbon"), "{said}");
}

#[test]
fn a_prompt_without_what_it_needs_is_refused_and_said() {
    let page = demo();
    list(&page, "Prompts");
    choose(&page, "tour");
    page.browser.click(Role::Button, "Get prompt");
    assert!(result(&page, "Refused").contains("-32602"));
    assert!(page.said_of(Role::Combobox, "city").contains("This is required."));
}

#[test]
fn resources_and_templates_are_read() {
    let page = demo();
    list(&page, "Resources");
    choose(&page, "demo://picture.png");
    page.browser.click(Role::Button, "Read");
    result(&page, "image/png");
    assert!(!page.browser.select("#pane img[src^='data:image/png;']").is_empty());
    page.browser.click(Role::Button, "All resources");
    choose(&page, "demo://cities/{city}");
    page.browser.fill(Role::Combobox, "city", "São Paulo/x");
    let region = page.browser.find(Role::Region, "Resources").text();
    assert!(region.contains("demo://cities/S%C3%A3o%20Paulo%2Fx"), "{region}");
    page.browser.fill(Role::Combobox, "city", "Lisbon");
    page.browser.click(Role::Button, "Read");
    assert!(result(&page, "Read, after").contains("demo://cities/Lisbon"));
}

#[test]
fn a_resource_that_is_followed_says_when_it_changed() {
    for protocol in ["2025-11-25", "2026-07-28 (stateless)"] {
        let page = Inspector::open();
        page.browser.find(Role::Combobox, "Protocol").choose(protocol);
        page.browser.click(Role::Button, "Try the demo server");
        page.wait_until_done();
        list(&page, "Resources");
        choose(&page, "demo://calls");
        if protocol == "2025-11-25" {
            page.browser.click(Role::Button, "Listen");
            page.browser.wait_until("the stream", || page.browser.try_find(Role::Button, "Stop listening").is_some());
        }
        page.browser.click(Role::Button, "Subscribe");
        page.browser.wait_until("the subscription", || page.browser.try_find(Role::Button, "Unsubscribe").is_some());
        page.show_pane("Tools");
        choose(&page, "picture");
        page.browser.click(Role::Button, "Call tool");
        result(&page, "Answered");
        page.show_pane("Resources");
        page.browser.wait_until("the change", || page.browser.try_find(Role::Button, "changed").is_some());
        page.browser.click(Role::Button, "Read");
        result(&page, "Read, after");
        page.browser.wait_until("the mark to go", || page.browser.try_find(Role::Button, "changed").is_none());
        page.browser.click(Role::Button, "Unsubscribe");
        page.browser.wait_until("its end", || page.browser.try_find(Role::Button, "Subscribe").is_some());
    }
}

#[test]
fn a_server_that_offers_neither_has_no_tabs_for_them() {
    let page = Inspector::open();
    page.paste_trace(
        "mcp-trace 1\nserver https://a.example/mcp\ntoken none\n\n! run\n> initialize id=1\n< 200 application/json +4ms\n  \
         body {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"a\",\"version\":\"1\"}}}\n  end\n",
    );
    let tabs: Vec<_> = page.browser.find_all(Role::Tab).iter().map(Element::name).collect();
    assert_eq!(tabs, ["Detail", "Findings 0", "Tools 0", "Sessions", "Raw"]);
}

#[test]
fn a_server_of_the_registry_is_used_from_end_to_end() {
    let server = Everything::start();
    let page = Inspector::open();
    page.run(&server.url());
    list(&page, "Prompts");
    choose(&page, "completable-prompt");
    page.browser.fill(Role::Combobox, "department", "Eng");
    page.browser.click(Role::Button, "Suggest department");
    page.browser.wait_until("a suggestion", || page.browser.find(Role::Region, "Prompts").text().contains("1 suggested"));
    list(&page, "Resources");
    choose(&page, "demo://resource/dynamic/text/{resourceId}");
    page.browser.fill(Role::Combobox, "resourceId", "7");
    page.browser.click(Role::Button, "Read");
    assert!(result(&page, "Read, after").contains("demo://resource/dynamic/text/7"));
    assert_eq!(page.outcome(), "ok");
    assert_eq!(page.browser.axe(), Vec::<String>::new());
}
