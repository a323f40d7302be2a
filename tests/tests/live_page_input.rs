//! Bad input: a clear message beside its field, nothing of what was typed lost, and nothing sent that must not be.

#![cfg(feature = "live")]

use std::fs;

use lab::{
    browser::{Browser, Role},
    fault::{FaultServer, Nobody, Scenario},
    inspector::Inspector,
    scratch::Scratch,
};

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

fn wait_for_word(page: &Inspector, role: Role, field: &str, word: &str) {
    page.browser.wait_until(&format!("“{word}” beside {field}"), || page.said_of(role, field).contains(word));
}

/// Clicks the button and makes sure that no run began.
fn assert_does_not_run(page: &Inspector) {
    page.browser.click(Role::Button, "Run handshake");
    assert_eq!(page.phase(), "idle");
}

fn is_invalid(browser: &Browser, field: &str) -> bool {
    browser.find(Role::Textbox, field).attribute("aria-invalid").as_deref() == Some("true")
}

#[test]
fn an_address_that_is_none_is_said_while_typing_and_is_not_called() {
    let page = Inspector::open();
    for (typed, word) in [
        ("not a url", "This is not an address: there is a space or a line break in it."),
        ("ftp://127.0.0.1/mcp", "An MCP server is called over http or https, not ftp."),
        ("http://", "The name of the host is missing."),
        ("http://127.0.0.1:99999/mcp", "“99999” is not a port"),
        ("http://me:secret@127.0.0.1/mcp", "Browsers do not send a name and password in an address."),
    ] {
        page.browser.fill(Role::Textbox, "Server URL", typed);
        wait_for_word(&page, Role::Textbox, "Server URL", word);
        assert!(is_invalid(&page.browser, "Server URL"), "{typed}");
        assert_does_not_run(&page);
        assert_eq!(page.browser.find(Role::Textbox, "Server URL").value(), typed);
    }
}

#[test]
fn an_empty_form_says_what_is_missing_once_it_was_tried() {
    let page = Inspector::open();
    assert_eq!(page.said_of(Role::Textbox, "Server URL"), "");
    assert_does_not_run(&page);
    wait_for_word(&page, Role::Textbox, "Server URL", "Type the address of the MCP endpoint");
}

#[test]
fn an_address_without_a_scheme_offers_the_one_with_it() {
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", "mcp.example.com/mcp");
    wait_for_word(&page, Role::Textbox, "Server URL", "The address must begin with https:// or http://.");
    page.browser.click(Role::Button, "Use https://mcp.example.com/mcp");
    assert_eq!(page.browser.find(Role::Textbox, "Server URL").value(), "https://mcp.example.com/mcp");
    page.browser.wait_until("no more complaint", || page.said_of(Role::Textbox, "Server URL").is_empty());
}

#[test]
fn after_a_host_that_cannot_be_reached_everything_typed_is_still_there() {
    let page = Inspector::open();
    let nobody = Nobody::find();
    let nowhere = nobody.url();
    page.browser.fill(Role::Textbox, "Bearer token", "abcdef-123456");
    page.browser.click(Role::Button, "Add a header");
    page.browser.fill(Role::Textbox, "Header name", "x-tenant");
    page.browser.fill(Role::Textbox, "Header value", "blue");
    page.browser.fill(Role::Textbox, "Timeout, seconds", "7");
    page.browser.find(Role::Combobox, "Protocol").choose("2025-06-18");
    page.run(&nowhere);
    assert_eq!((page.outcome().as_str(), page.findings()[0].cause.as_str()), ("failed", "server-unreachable"));
    for (field, typed) in [
        ("Server URL", nowhere.as_str()),
        ("Bearer token", "abcdef-123456"),
        ("Header name", "x-tenant"),
        ("Header value", "blue"),
        ("Timeout, seconds", "7"),
    ] {
        assert_eq!(page.browser.find(Role::Textbox, field).value(), typed);
    }
    assert_eq!(page.browser.find(Role::Combobox, "Protocol").value(), "2025-06-18");
}

#[test]
fn an_illegal_header_is_said_beside_it_and_is_not_sent() {
    let server = fault("ok");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", &server.url());
    page.browser.click(Role::Button, "Add a header");
    for (name, value, word) in [
        ("x tenant", "blue", "A header name cannot contain a space."),
        ("x-tenant:", "blue", "A header name cannot contain “:”."),
        ("cookie", "blue", "Browsers do not let a page set this header."),
        ("mcp-session-id", "blue", "The inspector sets this header itself."),
        ("x-tenant", "bl\u{7}ue", "A header value cannot contain U+0007 (character 3)."),
        ("x-tenant", "blau→rot", "A header value cannot contain “→” (character 5)."),
        ("", "blue", "This header has no name."),
    ] {
        page.browser.fill(Role::Textbox, "Header name", name);
        page.browser.fill(Role::Textbox, "Header value", value);
        assert_does_not_run(&page);
        wait_for_word(&page, Role::Textbox, "Header name", word);
        wait_for_word(&page, Role::Textbox, "Header value", word);
        assert!(is_invalid(&page.browser, "Header name"), "{name}");
        let kept =
            (page.browser.find(Role::Textbox, "Header name").value(), page.browser.find(Role::Textbox, "Header value").value());
        assert_eq!(kept, (name.to_owned(), value.to_owned()));
    }
    assert_eq!(server.requests(), []);
}

#[test]
fn a_token_that_cannot_be_sent_is_said_beside_it_and_is_not_sent() {
    let server = fault("ok");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", &server.url());
    for (typed, word) in [
        ("abcdef\n123456", "There is a line break in the token, at character 7."),
        ("abcdef\u{200b}123456", "There is an invisible character in the token, U+200B (zero width space), at character 7."),
    ] {
        page.browser.fill(Role::Textbox, "Bearer token", typed);
        wait_for_word(&page, Role::Textbox, "Bearer token", word);
        assert!(is_invalid(&page.browser, "Bearer token"), "{typed:?}");
        assert_does_not_run(&page);
        assert_eq!(page.browser.find(Role::Textbox, "Bearer token").value(), typed);
    }
    assert_eq!(server.requests(), []);
}

#[test]
fn a_token_that_looks_wrong_is_said_beside_it_and_is_sent_as_typed() {
    let page = Inspector::open();
    for (typed, word, sent) in [
        ("\"abcdef-123456\"", "The token stands in quotes", "Bearer \"abcdef-123456\""),
        ("Bearer Bearer abcdef-123456", "\"Bearer\" stands before the token twice.", "Bearer Bearer abcdef-123456"),
        ("Bearer abcdef-123456", "\"Bearer\" before the token is left out here", "Bearer abcdef-123456"),
    ] {
        let server = fault("ok");
        page.load("");
        page.browser.fill(Role::Textbox, "Bearer token", typed);
        wait_for_word(&page, Role::Textbox, "Bearer token", word);
        page.run(&server.url());
        let asked = server.requests().into_iter().find(|request| request.method == "POST").unwrap();
        assert_eq!(asked.headers.get("authorization"), Some(sent), "{typed}");
        assert_eq!(page.browser.find(Role::Textbox, "Bearer token").value(), typed);
    }
}

#[test]
fn a_token_of_8000_characters_arrives_whole() {
    let server = fault("ok");
    let page = Inspector::open();
    let token: String = (0..8000).map(|n| char::from(b'a' + u8::try_from(n % 26).unwrap())).collect();
    page.browser.fill(Role::Textbox, "Bearer token", &token);
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    let asked = server.requests().into_iter().find(|request| request.method == "POST").unwrap();
    assert_eq!(asked.headers.get("authorization"), Some(format!("Bearer {token}").as_str()));
}

#[test]
fn a_timeout_that_is_no_number_of_seconds_is_said_beside_it() {
    let server = fault("ok");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Server URL", &server.url());
    for typed in ["soon", "0", "601", "-1", ""] {
        page.browser.fill(Role::Textbox, "Timeout, seconds", typed);
        wait_for_word(&page, Role::Textbox, "Timeout, seconds", "A number of seconds from 1 to 600.");
        assert_does_not_run(&page);
        assert_eq!(page.browser.find(Role::Textbox, "Timeout, seconds").value(), typed);
    }
    assert_eq!(server.requests(), []);
}

#[test]
fn a_recording_that_is_none_is_said_in_the_dialog_and_stays_there() {
    let page = Inspector::open();
    for (text, word) in [
        ("hello there", "This is not a recording: it begins with “hello there”"),
        ("{\"log\":{\"entries\":[]}}", "This file holds no requests"),
        ("mcp-trace 99", "a newer version of the inspector (format 99)"),
        ("mcp-trace 1\nserver http://127.0.0.1/mcp\nnonsense", "Line 3 cannot be read"),
    ] {
        page.load("");
        page.paste_trace(text);
        wait_for_word(&page, Role::Textbox, "Pasted trace", word);
        assert!(is_invalid(&page.browser, "Pasted trace"), "{text}");
        assert_eq!(page.browser.find(Role::Textbox, "Pasted trace").value(), text);
        assert_eq!(page.phase(), "idle");
    }
}

#[test]
fn a_file_that_is_no_recording_is_said_beside_the_file() {
    let scratch = Scratch::create();
    let file = scratch.path().join("picture.txt");
    fs::write(&file, b"\x89PNG\r\n\x1a\n\0\0\0\xff\xfe").unwrap();
    let page = Inspector::open();
    page.browser.click(Role::Button, "Open trace");
    page.browser.find(Role::FileInput, "Trace file").type_keys(&file.to_string_lossy());
    wait_for_word(&page, Role::FileInput, "Trace file", "This is not a recording");
    assert_eq!(page.phase(), "idle");
}

#[test]
fn what_was_recorded_stays_when_another_recording_cannot_be_opened() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    let rows = page.row_count();
    page.paste_trace("hello there");
    wait_for_word(&page, Role::Textbox, "Pasted trace", "This is not a recording");
    page.browser.click(Role::Button, "Cancel");
    assert_eq!((page.outcome().as_str(), page.row_count()), ("ok", rows));
}
