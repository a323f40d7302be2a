//! Imports: the recordings of other programs open by file, by drop and by paste, and nothing is sent by it.

#![cfg(feature = "live")]

use std::{
    env, fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use lab::{
    browser::{Browser, Key, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
    scratch::Scratch,
    servers::Everything,
    site::Site,
};
use serde_json::{Value, json};

/// What a person takes for an answer, on a machine that does other things as well.
const RESPONSIVE: Duration = Duration::from_secs(2);

/// How long the reading of a large file may take on a busy machine.
const LARGE_PATIENCE: Duration = Duration::from_secs(60);

fn built() -> Site {
    Site::start(env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set"))
}

fn opened(page: &Inspector) -> String {
    page.browser.try_find(Role::Region, "Opened recording").map(|strip| strip.text()).unwrap_or_default()
}

/// Chooses a file in the dialog "Open a trace".
fn choose(page: &Inspector, name: &str, bytes: &[u8]) -> Scratch {
    let scratch = Scratch::create();
    let file = scratch.path().join(name);
    fs::write(&file, bytes).unwrap();
    page.browser.click(Role::Button, "Open trace");
    page.browser.find(Role::FileInput, "Trace file").type_keys(&file.to_string_lossy());
    scratch
}

/// Drops a file on the page.
fn drop_file(page: &Inspector, name: &str, text: &str) {
    page.browser.script(
        "const data = new DataTransfer();
        data.items.add(new File([arguments[1]], arguments[0]));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));",
        &[json!(name), json!(text)],
    );
}

/// What curl prints when these arguments are given, with the command before it as in a terminal.
fn curl(arguments: &[&str]) -> String {
    let output = Command::new("curl").args(arguments).stdin(Stdio::null()).output().expect("curl runs");
    let quoted: Vec<String> = arguments.iter().map(|argument| format!("'{argument}'")).collect();
    let text = |bytes| String::from_utf8(bytes).expect("a text");
    format!("$ curl {}\n{}{}\n", quoted.join(" "), text(output.stderr), text(output.stdout))
}

/// A session that the server forgot, as curl shows it.
fn session_in_curl(server: &str, flag: &str) -> String {
    let send = |body: &str, more: &[&str]| {
        let mut arguments = vec![flag, "--no-progress-meter", "-X", "POST", server];
        for header in ["Content-Type: application/json", "Accept: application/json, text/event-stream"].iter().chain(more) {
            arguments.extend(["-H", header]);
        }
        curl(&[&arguments[..], &["-d", body]].concat())
    };
    let initialize = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"curl","version":"8"}}}"#;
    let refused =
        send(r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#, &["Mcp-Session-Id: 0d2c7a1e-1111-4222-8333-444455556666"]);
    format!("{}{refused}", send(initialize, &[]))
}

/// An entry of an archive: an exchange of the protocol, or anything else.
fn entry(url: &str, asked: &str, status: u16, said: &str) -> Value {
    json!({
        "startedDateTime": "2026-11-21T17:07:02.000Z", "time": 12,
        "request": { "method": "POST", "url": url, "headers": [{ "name": "content-type", "value": "application/json" }],
            "postData": { "mimeType": "application/json", "text": asked } },
        "response": { "status": status, "headers": [{ "name": "content-type", "value": "application/json" }],
            "content": { "size": said.len(), "mimeType": "application/json", "text": said } },
        "timings": { "send": 0, "wait": 10, "receive": 2 },
    })
}

fn archive(entries: &[Value]) -> String {
    json!({ "log": { "version": "1.2", "creator": { "name": "WebInspector", "version": "537.36" }, "entries": entries } })
        .to_string()
}

/// An exchange that went well and one that did not, with each of two servers.
fn two_servers() -> Vec<Value> {
    let initialize = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"#;
    let good = r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}}"#;
    let list = r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#;
    let tools = r#"{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"weather","inputSchema":{"type":"object"}}]}}"#;
    let (works, fails) = ("https://works.example/mcp", "https://fails.example/mcp");
    vec![
        entry(works, initialize, 200, good),
        entry(fails, initialize, 500, "Internal Server Error"),
        entry(works, list, 200, tools),
    ]
}

#[test]
fn a_har_of_chromium_itself_opens_by_file_by_drop_and_by_paste_and_nothing_is_sent() {
    let recorder = Inspector::open_in(Browser::start_recording_har(), built());
    let server = FaultServer::start(Scenario::by_name("session-stale-404-ts").expect("a scenario of this name"));
    recorder.run(&server.url());
    let (cause, sent) = (recorder.findings()[0].cause.clone(), server.requests().len());
    let har = recorder.browser.har();
    drop(recorder);

    let page = Inspector::open_in(Browser::start_recording_requests(), built());
    let stored = page.browser.storage();
    let check = |how: &str| {
        page.browser.wait_until(how, || opened(&page).contains("HAR of chrome-har") && page.phase() == "done");
        let said = opened(&page);
        assert!(said.contains(&format!("with {}. Nothing has been sent.", server.url())), "{how}: {said}");
        assert!(said.contains("left out: not of the protocol."), "{how}: {said}");
        assert_eq!(page.findings()[0].cause, cause, "{how}");
        page.browser.click(Role::Button, "MCP Session Inspector");
        page.browser.wait_until("the start page", || page.phase() == "idle");
    };
    let _file = choose(&page, "session.har", har.as_bytes());
    check("a file");
    drop_file(&page, "session.har", &har);
    check("a drop");
    page.paste_trace(&har);
    check("a paste");

    assert_eq!(page.browser.storage(), stored);
    assert_eq!(page.browser.csp_violations(), []);
    assert_eq!(page.browser.script_errors(), []);
    let Inspector { browser, site } = page;
    let strays: Vec<_> = browser.requests_sent().into_iter().filter(|sent| !sent.url.starts_with(&site.origin())).collect();
    assert_eq!(strays, []);
    assert_eq!(server.requests().len(), sent);
}

#[test]
fn what_curl_prints_of_a_real_server_opens() {
    let server = Everything::start();
    let page = Inspector::open();
    for flag in ["-v", "-i"] {
        let printed = session_in_curl(&server.url(), flag);
        page.paste_trace(&printed);
        page.browser.wait_until(flag, || opened(&page).contains("Output of curl: 2 exchanges with"));
        assert!(opened(&page).contains(&server.url()), "{}", opened(&page));
        assert_eq!(page.outcome(), "failed", "{printed}");
        assert!(page.findings()[0].cause.starts_with("session-"), "{:?} of {printed}", page.findings());
        page.browser.click(Role::Button, "MCP Session Inspector");
        drop_file(&page, "curl.txt", &printed);
        page.browser.wait_until("the dropped file", || page.visible_text().contains("recording curl.txt"));
        page.browser.click(Role::Button, "MCP Session Inspector");
        page.browser.wait_until("the start page", || page.phase() == "idle");
    }
}

#[test]
fn several_servers_in_one_file_can_be_looked_at_in_turn() {
    let page = Inspector::open();
    drop_file(&page, "two.har", &archive(&two_servers()));
    page.wait_until_done();
    let list = || page.browser.find(Role::Region, "Servers in this recording").text();
    assert!(list().contains("https://works.example/mcp") && list().contains("2 exchanges"), "{}", list());
    assert!(list().contains("https://fails.example/mcp") && list().contains("1 exchange"), "{}", list());
    assert!(opened(&page).contains("HAR of WebInspector 537.36: 2 exchanges with https://works.example/mcp."));
    assert_eq!(page.outcome(), "ok");
    page.show_pane("Raw");

    // The keyboard alone: the choice keeps the focus.
    let focus = |n: usize| {
        page.browser.find(Role::Region, "Servers in this recording").select("input")[n].script("arguments[0].focus()");
    };
    focus(0);
    page.browser.press(&[Key::Down]);
    page.browser.wait_until("the other server", || page.outcome() == "failed");
    assert!(opened(&page).contains("1 exchange with https://fails.example/mcp."), "{}", opened(&page));
    assert!(page.browser.focused().name().contains("fails.example"));
    assert_eq!(page.problems(), ["server-error"]);
    focus(1);
    page.browser.press(&[Key::Up]);
    page.browser.wait_until("the first server", || page.outcome() == "ok");
    // It is looked at as before.
    assert!(page.browser.find(Role::Tab, "Raw").attribute("aria-selected").as_deref() == Some("true"));
    let found = page.violations("several servers");
    assert!(found.is_empty(), "{}", found.join("\n"));

    // Another recording has servers of its own.
    page.browser.click(Role::Button, "MCP Session Inspector");
    page.browser.wait_until("no list", || page.browser.try_find(Role::Region, "Servers in this recording").is_none());
}

#[test]
fn what_is_no_recording_says_why_and_what_is_on_the_page_stays() {
    let page = Inspector::open();
    drop_file(&page, "two.har", &archive(&two_servers()));
    page.wait_until_done();
    let said = || page.browser.select("#open-problem").first().map(|problem| problem.text()).unwrap_or_default();
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let others = archive(&[entry("https://a.example/login", "name=x", 200, "hello")]);
    for (name, bytes, word) in [
        ("empty.txt", &b""[..], "There is nothing here."),
        ("picture.png", &picture[..], "This is not a recording"),
        ("others.har", others.as_bytes(), "None of the 1 request in this file is of the Model Context Protocol."),
    ] {
        let _file = choose(&page, name, bytes);
        page.browser.wait_until(word, || said().contains(word));
        page.browser.click(Role::Button, "Cancel");
        assert!(opened(&page).contains("works.example"), "{name}");
    }
}

#[test]
fn where_a_file_can_be_dropped_shows_while_it_is_dragged() {
    let page = Inspector::open();
    let drag = |kind: &str| {
        page.browser.script(
            "const data = new DataTransfer();
            data.items.add(new File(['x'], 'x.har'));
            document.body.dispatchEvent(new DragEvent(arguments[0], { dataTransfer: data, bubbles: true, cancelable: true }));",
            &[json!(kind)],
        );
    };
    let shown = || page.visible_text().contains("Drop it here to open it");
    drag("dragover");
    page.browser.wait_until("where to drop it", shown);
    drag("dragleave");
    page.browser.wait_until("that it has left", || !shown());
    drag("dragover");
    drag("drop");
    page.browser.wait_until("what came of it", || page.visible_text().contains("This is not a recording"));
    assert!(!shown());
}

/// An archive of so many megabytes: thousands of requests of a page, and a few exchanges of the protocol between them.
fn large_archive(megabytes: usize) -> String {
    let picture = "iVBORw0KGgo\\u003d".repeat(1_300);
    let page = entry("https://shop.example/assets/picture.png", "", 200, &picture);
    let mut entries = vec![page; (megabytes << 20) / (picture.len() + 800)];
    let places = [100, entries.len() / 2, entries.len() - 1];
    for (at, exchange) in places.into_iter().zip(two_servers()) {
        entries[at] = exchange;
    }
    archive(&entries)
}

#[test]
fn a_large_archive_opens_while_the_page_can_be_used_and_can_be_given_up() {
    let page = Inspector::open();
    drop_file(&page, "small.har", &archive(&two_servers()[1..2]));
    page.wait_until_done();
    let archive = large_archive(50);
    let reading = || page.browser.try_find(Role::Region, "Reading a file");

    // Given up: what is on the page stays.
    let _file = choose(&page, "large.har", archive.as_bytes());
    page.browser.wait_until("how far it is", || reading().is_some());
    page.browser.click(Role::Button, "Cancel reading");
    page.browser.wait_until("the end of it", || reading().is_none());
    assert!(opened(&page).contains("1 exchange with https://fails.example/mcp."));

    page.browser.script("window.turns = 0; const count = () => { window.turns += 1; setTimeout(count, 0); }; count();", &[]);
    let _file = choose(&page, "large.har", archive.as_bytes());
    page.browser.wait_until("how far it is", || reading().is_some_and(|reading| reading.text().contains("of 5")));
    let turns = || page.browser.script("return window.turns", &[]).as_u64().unwrap_or_default();
    let before = turns();
    let clicked = Instant::now();
    page.show_pane("Raw");
    page.browser.wait_until("the pane", || !page.browser.select("[role=tab][aria-selected=true]")[0].text().is_empty());
    let click = clicked.elapsed();
    assert!(click < RESPONSIVE, "a click took {click:?}");
    page.browser.wait_until_within(LARGE_PATIENCE, "the recording", || opened(&page).contains("works.example"));
    // Read in one go there would be none between, however the click fell.
    assert!(turns() > before + 20, "{} turns", turns() - before);
    assert!(opened(&page).contains("2 exchanges with https://works.example/mcp."), "{}", opened(&page));
}
