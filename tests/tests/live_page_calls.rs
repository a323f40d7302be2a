//! Calling tools on the page: the form, the JSON behind it, what came, and what the server asks back.

#![cfg(feature = "live")]

use inspector_core::json;
use inspector_core::mcp::Revision;
use inspector_core::trace::{Trace, notation};
use lab::{
    browser::{Element, Key, Role},
    inspector::Inspector,
    servers::{Everything, Python, PythonApp},
};
use serde_json::json;

/// The page with the demo server, which has a tool of every kind.
fn demo() -> Inspector {
    let page = Inspector::open();
    page.browser.click(Role::Button, "Try the demo server");
    page.wait_until_done();
    page
}

/// Chooses a row of the list that is shown, by the name of what it offers.
fn choose(page: &Inspector, name: &str) {
    let is_it = |row: &Element<'_>| row.select("code").first().is_some_and(|code| code.text() == name);
    let rows = page.browser.select("#pane button.offer");
    rows.iter().find(|row| is_it(row)).unwrap_or_else(|| panic!("no {name} in the list")).click();
}

fn call(page: &Inspector) {
    page.browser.click(Role::Button, "Call tool");
}

/// What the region "Result" says, once it says this.
fn result(page: &Inspector, says: &str) -> String {
    let mut text = String::new();
    page.browser.wait_until(&format!("a result with {says:?}"), || {
        text = page.browser.try_find(Role::Region, "Result").map(|region| region.text()).unwrap_or_default();
        text.contains(says)
    });
    text
}

/// The arguments of the last call, as they stand in the recording.
fn sent(page: &Inspector) -> String {
    let trace = recording(page);
    let call = trace.exchanges().iter().rfind(|exchange| exchange.method() == Some("tools/call")).expect("a call");
    let scan = json::scan(&call.request.body);
    let arguments = scan.root(&call.request.body).and_then(|message| message.at(&["params", "arguments"]));
    arguments.expect("arguments").raw().to_owned()
}

/// The recording, as the page would save it.
fn recording(page: &Inspector) -> Trace {
    page.show_pane("Raw");
    let text = page.browser.find(Role::Region, "Raw").select("pre")[0].script("return arguments[0].textContent");
    page.show_pane("Tools");
    notation::read(text.as_str().expect("a recording")).expect("a recording").trace
}

#[test]
fn a_tool_is_called_with_what_was_typed() {
    let page = demo();
    choose(&page, "echo");
    page.browser.fill(Role::Textbox, "text", "Grüße,\n\"Welt\" \\ 😀");
    call(&page);
    assert!(result(&page, "Answered, after").contains("Grüße,\n\"Welt\" \\ 😀"));
    assert_eq!(sent(&page), r#"{"text":"Grüße,\n\"Welt\" \\ 😀"}"#);
    assert_eq!((page.phase().as_str(), page.outcome().as_str()), ("done", "ok"));
    assert_eq!(page.browser.script_errors(), []);
}

#[test]
fn numbers_are_sent_in_the_digits_they_were_typed_in() {
    let page = demo();
    choose(&page, "add");
    page.browser.fill(Role::Textbox, "a", "1.50");
    page.browser.fill(Role::Textbox, "b", "1e2");
    call(&page);
    result(&page, "Structured content");
    assert_eq!(sent(&page), r#"{"a":1.50,"b":1e2}"#);
}

#[test]
fn what_the_schema_has_against_it_is_said_while_typing_and_sent_all_the_same() {
    let page = demo();
    choose(&page, "weather");
    assert_eq!(page.said_of(Role::Combobox, "city"), "", "nothing is missing before it was tried");
    page.browser.fill(Role::Textbox, "from", "tomorrow");
    let said = || page.said_of(Role::Textbox, "from");
    page.browser.wait_until("the word about the date", || said().contains("This is not a date"));
    call(&page);
    assert!(page.said_of(Role::Combobox, "city").contains("This is required."));
    assert!(result(&page, "The tool reports an error").contains("arguments.city is missing"));
    assert_eq!(sent(&page), r#"{"from":"tomorrow","units":"celsius"}"#);
    assert_eq!(page.outcome(), "ok", "a tool that fails is no failure of the protocol");
}

#[test]
fn the_form_and_its_json_show_the_same() {
    let page = demo();
    choose(&page, "add");
    page.browser.fill(Role::Textbox, "a", "1.0");
    page.browser.click(Role::Button, "JSON");
    let editor = || page.browser.find(Role::Textbox, "Arguments as JSON");
    assert_eq!(editor().value(), "{\n  \"a\": 1.0\n}");
    editor().fill(r#"{"a": 2.50, "b": "three"}"#);
    assert!(page.said_of(Role::Textbox, "Arguments as JSON").contains("/b: This is not a number."));
    page.browser.click(Role::Button, "JSON");
    let value = |name: &str| page.browser.find(Role::Textbox, name).value();
    // A text is no number: the field shows it as the JSON it is.
    assert_eq!((value("a"), value("b")), ("2.50".to_owned(), "\"three\"".to_owned()));
    call(&page);
    result(&page, "The tool reports an error");
    assert_eq!(sent(&page), r#"{"a":2.50,"b":"three"}"#);
}

#[test]
fn what_the_form_has_no_place_for_stays_json_until_it_is_let_go() {
    let page = demo();
    choose(&page, "echo");
    page.browser.click(Role::Button, "JSON");
    page.browser.fill(Role::Textbox, "Arguments as JSON", r#"{"text":"a","extra":[1]}"#);
    page.browser.click(Role::Button, "JSON");
    assert!(page.browser.find(Role::Region, "Tools").text().contains("The form has no place for \"extra\"."));
    call(&page);
    result(&page, "after");
    assert_eq!(sent(&page), r#"{"text":"a","extra":[1]}"#);
    page.browser.click(Role::Button, "Show the form without it");
    assert_eq!(page.browser.find(Role::Textbox, "text").value(), "a");
}

#[test]
fn what_is_no_json_is_not_sent() {
    let page = demo();
    let rows = page.row_count();
    choose(&page, "echo");
    page.browser.click(Role::Button, "JSON");
    page.browser.fill(Role::Textbox, "Arguments as JSON", "{\"text\":");
    call(&page);
    assert!(page.said_of(Role::Textbox, "Arguments as JSON").contains("This is not JSON"));
    assert!(page.browser.try_find(Role::Region, "Result").is_none());
    assert_eq!(page.row_count(), rows);
}

#[test]
fn any_value_can_be_sent_for_a_field_and_what_was_typed_survives_other_panes() {
    let page = demo();
    choose(&page, "weather");
    page.browser.find(Role::Combobox, "city").choose("Lisbon");
    page.browser.click(Role::Button, "reporter as null");
    page.browser.click(Role::Button, "from as JSON");
    page.browser.fill(Role::Textbox, "from", "[7]");
    page.show_pane("Findings");
    page.show_pane("Tools");
    assert_eq!(page.browser.find(Role::Textbox, "from").value(), "[7]");
    call(&page);
    result(&page, "The tool reports an error");
    assert_eq!(sent(&page), r#"{"city":"Lisbon","from":[7],"units":"celsius","reporter":null}"#);
    page.browser.click(Role::Button, "Reset");
    assert_eq!(page.browser.find(Role::Textbox, "from").value(), "");
}

#[test]
fn pictures_and_sound_are_shown_from_their_own_bytes() {
    let page = demo();
    choose(&page, "picture");
    call(&page);
    result(&page, "image/png");
    let width = "return document.querySelector('.answered img[src^=\"data:image/png;\"]')?.naturalWidth ?? 0";
    page.browser.wait_until("the picture", || page.browser.script(width, &[]) == 16);
    page.browser.click(Role::Button, "All tools");
    choose(&page, "sound");
    call(&page);
    result(&page, "audio/wav");
    let length = "return document.querySelector('.answered audio[controls]')?.duration ?? 0";
    page.browser.wait_until("the sound", || page.browser.script(length, &[]).as_f64().is_some_and(|length| length > 0.0));
    assert_eq!(page.browser.csp_violations(), []);
}

#[test]
fn a_linked_resource_is_read_on_demand_and_only_the_web_is_linked() {
    let page = demo();
    choose(&page, "find_guide");
    call(&page);
    assert!(result(&page, "Answered").contains("# The demo server"));
    let links = page.browser.find(Role::Region, "Result").select("a[href]");
    assert!(links.is_empty(), "demo: is no address of the web");
    page.browser.click(Role::Button, "Read demo://guide");
    page.browser.wait_until("the resource", || page.browser.try_find(Role::Region, "Resources").is_some());
    assert!(result(&page, "Read, after").contains("text/markdown"));
}

#[test]
fn progress_is_shown_and_a_call_can_be_cancelled() {
    let page = demo();
    choose(&page, "slow_count");
    page.browser.fill(Role::Textbox, "n", "9");
    call(&page);
    result(&page, " of 9");
    assert_eq!(page.phase(), "done", "the handshake is over, whatever is asked");
    page.browser.click(Role::Button, "Cancel");
    result(&page, "You cancelled it");
    page.browser.wait_until("the cancelling", || page.rows().iter().any(|row| row.contains("cancelled")));
}

#[test]
fn the_answer_of_a_long_call_comes_after_its_progress() {
    let page = demo();
    choose(&page, "slow_count");
    page.browser.fill(Role::Textbox, "n", "2");
    page.browser.fill(Role::Textbox, "delay", "50");
    call(&page);
    result(&page, "Answered, after");
    assert!(page.browser.try_find(Role::Button, "Cancel").is_none());
}

/// The region "The server asks".
fn asked(page: &Inspector) -> Element<'_> {
    page.browser.wait_until("the question", || page.browser.try_find(Role::Region, "The server asks").is_some());
    page.browser.find(Role::Region, "The server asks")
}

/// The page with the demo server in one revision.
fn demo_in(revision: Revision) -> Inspector {
    let page = Inspector::open();
    page.browser.find(Role::Combobox, "Protocol").choose(revision.label());
    page.browser.click(Role::Button, "Try the demo server");
    page.wait_until_done();
    page
}

#[test]
fn the_server_is_answered_in_every_way_both_eras_have() {
    for revision in [Revision::V2025_11_25, Revision::V2026_07_28] {
        let page = demo_in(revision);
        choose(&page, "ask_name");
        for (button, says) in [("Accept", "Hello, Ada!"), ("Decline", ""), ("Cancel", "")] {
            call(&page);
            assert!(asked(&page).text().contains("Who are you?"));
            if button == "Accept" {
                page.browser.fill(Role::Textbox, "name", "Ada");
            }
            asked(&page).select("button").into_iter().find(|found| found.text() == button).expect("the button").click();
            page.browser.wait_until("the question to go", || page.browser.try_find(Role::Region, "The server asks").is_none());
            assert!(result(&page, "after").contains(says), "{revision} {button}");
        }
        assert_eq!(page.outcome(), "ok", "{revision}");
    }
}

#[test]
fn a_person_answers_in_place_of_a_model_or_declines() {
    for revision in [Revision::V2025_11_25, Revision::V2026_07_28] {
        let page = demo_in(revision);
        choose(&page, "ask_model");
        call(&page);
        assert!(asked(&page).text().contains("Why is the sky blue?"));
        page.browser.fill(Role::Textbox, "Answer of the model", "Rayleigh scattering.");
        page.browser.fill(Role::Textbox, "Name of the model", "me");
        page.browser.click(Role::Button, "Send answer");
        assert!(result(&page, "Answered").contains("me says: Rayleigh scattering."));
        call(&page);
        asked(&page);
        page.browser.click(Role::Button, "Decline");
        page.browser.wait_until("the question to go", || page.browser.try_find(Role::Region, "The server asks").is_none());
    }
}

#[test]
fn a_question_does_not_run_out_of_time_and_its_defaults_are_filled_in() {
    let server = Everything::start();
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Timeout, seconds", "1");
    page.run(&server.url());
    choose(&page, "trigger-elicitation-request");
    call(&page);
    asked(&page);
    assert_eq!(page.browser.find(Role::Textbox, "firstLine").value(), "It was a dark and stormy night.");
    assert_eq!(page.browser.find(Role::Textbox, "integer").value(), "42");
    // Longer than any request may take.
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    page.browser.fill(Role::Textbox, "name", "Ada");
    page.browser.click(Role::Button, "Accept");
    let said = result(&page, "Answered");
    assert!(said.contains("Ada") && said.contains("It was a dark and stormy night."), "{said}");
}

#[test]
fn a_page_is_opened_only_where_the_person_says_so_and_only_of_the_web() {
    let server = Python::start(PythonApp::Cors);
    let page = Inspector::open();
    page.run(&server.url());
    choose(&page, "sign_in");
    let elsewhere = page.site.url() + "elsewhere";
    page.browser.fill(Role::Textbox, "url", &elsewhere);
    call(&page);
    let card = asked(&page);
    assert!(card.text().contains("Please sign in.") && card.text().contains(&elsewhere), "{}", card.text());
    let link = page.browser.find(Role::Link, "Open the page and accept");
    assert_eq!(
        (link.attribute("href"), link.attribute("rel")),
        (Some(elsewhere.clone()), Some("noopener noreferrer".to_owned()))
    );
    assert!(page.site.requests().iter().all(|request| !request.path.contains("elsewhere")), "opened before the press");
    link.click();
    assert!(result(&page, "Answered").contains("accept"));
    page.browser.wait_until("the page", || page.site.requests().iter().any(|request| request.path.contains("elsewhere")));

    page.browser.fill(Role::Textbox, "url", "javascript:alert(1)");
    call(&page);
    assert!(asked(&page).text().contains("javascript:alert(1)"));
    assert!(page.browser.try_find(Role::Link, "Open the page and accept").is_none());
    page.browser.click(Role::Button, "Decline");
    assert!(result(&page, "Answered").contains("decline"));
}

#[test]
fn models_inside_models_are_filled_in_as_fastmcp_wants_them() {
    let server = Python::start(PythonApp::Cors);
    let page = Inspector::open();
    page.run(&server.url());
    choose(&page, "plan_journey");
    let fill = |name: &str, text: &str| page.browser.fill(Role::Textbox, name, text);
    fill("name", "Ada");
    fill("age", "36");
    fill("street", "1 Main Street");
    fill("zip", "1234");
    assert!(page.said_of(Role::Textbox, "zip").contains("This does not match the pattern"));
    fill("zip", "12345");
    for tag in ["one", "two"] {
        page.browser.click(Role::Button, "Add to tags");
        page.browser.wait_until("the row to have the focus", || page.browser.focused().name().starts_with("tags "));
        page.browser.type_text(tag);
    }
    page.browser.click(Role::Button, "Remove tags 1");
    fill("day", "2026-02-28");
    page.browser.click(Role::Checkbox, "first");
    page.browser.click(Role::Button, "Add to stops");
    page.browser.find_all(Role::Textbox).into_iter().rfind(|field| field.name() == "street").expect("the stop").fill("Quai 1");
    page.browser.find_all(Role::Textbox).into_iter().rfind(|field| field.name() == "zip").expect("the stop").fill("75001");
    page.browser.find(Role::Combobox, "size").choose("L");
    fill("either", "7");
    call(&page);
    let said = result(&page, "Answered");
    assert!(said.contains("Ada 36 12345 ['two'] 2026-02-28 ['first', 'second'] None ['75001'] L 7 None"), "{said}");
}

#[test]
fn a_form_keeps_the_focus_while_the_recording_grows() {
    let page = demo();
    // So that the last row is in view.
    page.browser.show_as(1440, 2000, false);
    choose(&page, "slow_count");
    page.browser.fill(Role::Textbox, "n", "6");
    page.browser.fill(Role::Textbox, "delay", "200");
    call(&page);
    result(&page, " of 6");
    page.browser.find(Role::Textbox, "n").click();
    let rows = page.row_count();
    page.browser.wait_until("the recording to grow", || page.row_count() > rows + 1);
    assert_eq!(page.browser.focused().name(), "n");
    page.show_pane("Prompts");
    page.browser.click(Role::Button, "List prompts");
    page.browser.wait_until("the list", || !page.browser.select("#pane button.offer").is_empty());
    choose(&page, "tour");
    page.browser.find(Role::Combobox, "city").click();
    page.browser.wait_until("the end of the call", || page.rows().iter().any(|row| row.contains("result 4")));
    assert_eq!(page.browser.focused().name(), "city");
}

#[test]
fn what_a_hostile_tool_gives_is_text_and_nothing_of_it_runs_or_is_loaded() {
    let page = Inspector::open();
    let content = json!([
        { "type": "text", "text": "<img src=x onerror=alert(1)> \u{202e}evil" },
        { "type": "image", "mimeType": "image/svg+xml", "data": "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiLz4=" },
        { "type": "image", "mimeType": "text/html", "data": "PHNjcmlwdD4=" },
        { "type": "image", "mimeType": "image/png", "data": "\"><script>alert(1)</script>" },
        { "type": "audio", "mimeType": "audio/x\" autoplay", "data": "AAAA" },
        { "type": "resource_link", "uri": "javascript:alert(1)", "name": "a" },
        { "type": "resource_link", "uri": "https://elsewhere.example/a", "name": "b" },
        { "type": "resource", "resource": { "uri": "data:text/html,x", "mimeType": "text/html", "text": "<script>alert(1)</script>" } },
    ]);
    let answer = json!({ "jsonrpc": "2.0", "id": 3, "result": { "content": content } });
    page.paste_trace(&format!(
        "mcp-trace 1\nserver https://a.example/mcp\ntoken none\n\n! run\n> tools/list id=2\n< 200 application/json\n  \
         body {{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{{\"tools\":[{{\"name\":\"bad\",\"inputSchema\":{{}}}}]}}}}\n  end\n\
         > POST purpose=call\n  body {{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{{\"name\":\"bad\"}}}}\n\
         < 200 application/json\n  body {answer}\n  end\n"
    ));
    page.show_pane("Tools");
    choose(&page, "bad");
    let said = result(&page, "Answered");
    assert!(said.contains("<img src=x onerror=alert(1)> U+202E") && said.contains("<script>alert(1)</script>"), "{said}");
    let region = page.browser.find(Role::Region, "Result");
    let sources: Vec<_> = region.select("img").iter().filter_map(|image| image.attribute("src")).collect();
    assert!(sources.len() == 1 && sources[0].starts_with("data:image/svg+xml;base64,"), "{sources:?}");
    let links: Vec<_> = region.select("a[href]").iter().filter_map(|link| link.attribute("href")).collect();
    assert_eq!((links, region.select("audio, script, iframe").len()), (vec!["https://elsewhere.example/a".to_owned()], 0));
    assert_eq!((page.browser.csp_violations(), page.browser.script_errors()), (vec![], vec![]));
}

#[test]
fn an_opened_recording_shows_what_came_and_calls_nothing() {
    let page = demo();
    choose(&page, "echo");
    page.browser.fill(Role::Textbox, "text", "kept");
    call(&page);
    result(&page, "Answered");
    page.paste_trace(&notation::write(&recording(&page)));
    page.show_pane("Tools");
    assert!(result(&page, "Answered").contains("kept"));
    assert!(!page.browser.find(Role::Button, "Call tool").is_enabled());
    assert!(page.browser.find(Role::Region, "Tools").text().contains("run the handshake to call tools"));
}

#[test]
fn the_keyboard_alone_calls_a_tool() {
    let page = demo();
    let browser = &page.browser;
    page.browser.find(Role::Searchbox, "Search tools").click();
    browser.type_text("echo");
    browser.press(&[Key::Tab]);
    browser.press(&[Key::Enter]);
    browser.wait_until("the tool", || browser.focused().text().contains("echo"));
    while browser.focused().name() != "text" {
        browser.press(&[Key::Tab]);
    }
    browser.type_text("typed");
    browser.press(&[Key::Control, Key::Enter]);
    assert!(result(&page, "Answered").contains("typed"));
}

#[test]
fn axe_finds_nothing_in_forms_results_and_questions() {
    let page = demo();
    choose(&page, "weather");
    page.browser.find(Role::Combobox, "city").choose("Lisbon");
    page.browser.fill(Role::Textbox, "from", "tomorrow");
    page.browser.click(Role::Button, "Fill in detail");
    call(&page);
    result(&page, "after");
    let mut found = page.violations("a form with a flaw");
    page.browser.click(Role::Button, "JSON");
    found.extend(page.violations("its JSON"));
    page.browser.click(Role::Button, "All tools");
    for tool in ["picture", "sound", "find_guide", "ask_model", "ask_name"] {
        choose(&page, tool);
        call(&page);
        if tool.starts_with("ask") {
            drop(asked(&page))
        } else {
            drop(result(&page, "after"))
        }
        found.extend(page.violations(tool));
        page.browser.click(Role::Button, "All tools");
    }
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}
