//! The safety rules: the token stays in memory, nothing is sent but to the server typed, and server text stays text.

#![cfg(feature = "live")]

use std::{
    collections::BTreeSet,
    env, fs,
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use lab::{
    browser::{Browser, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
    site::Site,
};

const TOKEN: &str = "eyJhbGciOiJub25lIn0-NotAJwt_2f6c1d0e9b7a4853a1c60f4be29d7c58";

/// Everything an element or an attribute of the document holds, and every field but the one for the token.
const DOCUMENT: &str = "
    const fields = [...document.querySelectorAll('input, textarea')].filter(field => field.id !== 'token');
    return document.documentElement.outerHTML + document.body.innerText + fields.map(field => field.value).join();";

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

fn built() -> Site {
    Site::start(env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set"))
}

fn document(page: &Inspector) -> String {
    page.browser.script(DOCUMENT, &[]).as_str().unwrap_or_default().to_owned()
}

/// Where the token is besides its field; nothing, if all is well.
fn leaks(page: &Inspector) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut look = |place: &'static str, text: &str| {
        if text.contains(TOKEN) {
            found.push(place);
        }
    };
    look("storage", &format!("{:?}", page.browser.storage()));
    look("address", &page.browser.url());
    look("title", &page.browser.title());
    look("console", &format!("{:?}", page.browser.console()));
    look("kept recording", &page.browser.script("return String(window.mcpRecording)", &[]).to_string());
    look("saved file", &page.saved_trace());
    for pane in ["Findings", "Tools", "Raw"] {
        page.show_pane(pane);
        look(pane, &document(page));
    }
    let rows = page.browser.select("main [role=option][data-event]").len();
    for row in 0..rows {
        page.browser.select("main [role=option][data-event]")[row].click();
        let details = "document.querySelectorAll('details').forEach(details => { details.open = true });";
        page.browser.script(details, &[]);
        look("a detail", &document(page));
    }
    found
}

#[test]
fn the_token_is_nowhere_but_in_its_field() {
    let server = fault("ok");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", TOKEN);
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    assert_eq!(leaks(&page), Vec::<&str>::new());
    assert_eq!(page.browser.find(Role::Textbox, "Bearer token").value(), TOKEN);
}

#[test]
fn the_token_is_nowhere_even_when_the_server_echoes_it() {
    let server = fault("token-rejected-echo");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", TOKEN);
    page.run(&server.url());
    assert_eq!((page.outcome().as_str(), page.findings()[0].cause.as_str()), ("failed", "token-rejected"));
    assert!(page.visible_text().contains("this is no good"));
    assert_eq!(leaks(&page), Vec::<&str>::new());
}

#[test]
fn requests_go_to_the_page_and_to_the_server_typed_and_to_nobody_else() {
    let server = fault("ok-stream");
    let page = Inspector::open_in(Browser::start_recording_requests(), built());
    page.browser.fill(Role::Textbox, "Bearer token", TOKEN);
    page.run(&server.url());
    page.browser.click(Role::Button, "End session");
    page.browser.wait_until("the DELETE", || server.requests().iter().any(|request| request.method == "DELETE"));
    page.show_pane("Raw");
    assert_eq!(page.browser.csp_violations(), []);
    assert_eq!(page.browser.script_errors(), []);
    let Inspector { browser, site } = page;
    let origin = |url: &str| url.split('/').take(3).collect::<Vec<_>>().join("/");
    let called: BTreeSet<_> = browser.requests_sent().iter().map(|request| origin(&request.url)).collect();
    assert_eq!(called, BTreeSet::from([site.origin(), origin(&server.url())]));
}

#[test]
fn the_server_learns_no_referrer_and_gets_no_cookie() {
    let server = fault("ok");
    let page = Inspector::open();
    page.browser.script("document.cookie = 'mine=1'", &[]);
    page.run(&server.url());
    let requests = server.requests();
    assert!(!requests.is_empty());
    for request in requests {
        assert_eq!((request.headers.get("referer"), request.headers.get("cookie")), (None, None), "{}", request.method);
    }
}

#[test]
fn a_link_fills_the_form_and_sends_nothing() {
    let server = fault("ok");
    let page = Inspector::open();
    page.load(&format!("#server={}", server.url().replace(':', "%3A").replace('/', "%2F")));
    assert_eq!(page.browser.find(Role::Textbox, "Server URL").value(), server.url());
    thread::sleep(Duration::from_millis(500));
    assert_eq!(page.phase(), "idle");
    assert_eq!(server.requests(), []);
}

#[test]
fn a_recording_is_shown_and_sends_nothing() {
    let server = fault("ok");
    let page = Inspector::open();
    page.run(&server.url());
    let recording = page.saved_trace();
    assert!(recording.contains(&server.url()));
    let sent = server.requests().len();
    page.load("");
    page.paste_trace(&recording);
    page.wait_until_done();
    assert_eq!(page.outcome(), "ok");
    thread::sleep(Duration::from_millis(500));
    assert_eq!(server.requests().len(), sent);
}

#[test]
fn the_page_works_under_any_path_of_a_host() {
    let server = fault("ok");
    let dist = env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set");
    let page = Inspector::open_in(Browser::start(), Site::start_under(dist, "/tools/inspector/"));
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    // The browser asks for its icon at the root only when a page names none.
    assert!(page.site.requests().iter().all(|request| request.path.starts_with("/tools/inspector/")));
    assert_eq!(page.browser.csp_violations(), []);
}

#[test]
fn server_text_becomes_no_element_and_hides_no_character() {
    let server = fault("hostile-texts");
    let page = Inspector::open();
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    page.browser.script("document.querySelectorAll('details').forEach(details => { details.open = true });", &[]);
    let text = page.visible_text();
    for shown in
        ["<script>document.title=1</script>", "<iframe srcdoc=x></iframe>", "U+202E", "U+200B", "U+2066", "U+E0041", "U+200D"]
    {
        assert!(text.contains(shown), "{shown} is not to be seen in\n{text}");
    }
    let nothing_is_hidden = |pane: &str| {
        let hidden =
            "return [...document.body.innerText].filter(c => /[\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(c)).length";
        assert_eq!(page.browser.script(hidden, &[]), 0, "{pane}");
    };
    for pane in ["Findings", "Tools", "Raw"] {
        page.show_pane(pane);
        nothing_is_hidden(pane);
    }
    page.browser.select("main [role=option][data-event]")[1].click();
    nothing_is_hidden("Detail");
    assert!(page.browser.select("iframe, img, main script, aside script, b[onerror], [onerror], [srcdoc]").is_empty());
    assert_eq!(page.browser.title(), "MCP Session Inspector");
    assert_eq!(page.browser.csp_violations(), []);
}

/// A server that sends every request on to another address; pages may read that.
fn redirecting_to(address: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    let headers = "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *, Authorization\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let response = format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: {address}\r\n{headers}");
    let preflight = format!("HTTP/1.1 204 No Content\r\n{headers}");
    // It ends with the test program.
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let answer = if request[..read].starts_with(b"OPTIONS") { &preflight } else { &response };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    url
}

#[test]
fn extra_headers_do_not_follow_a_redirect() {
    let elsewhere = fault("ok");
    let page = Inspector::open();
    page.browser.click(Role::Button, "Add a header");
    page.browser.fill(Role::Textbox, "Header name", "x-api-key");
    page.browser.fill(Role::Textbox, "Header value", "secret-key-123456");
    page.run(&redirecting_to(&elsewhere.url()));
    assert_eq!(page.outcome(), "failed");
    assert!(page.headline().contains("on to another address"), "{}", page.headline());
    assert_eq!(elsewhere.requests(), []);
}

#[test]
fn the_built_page_does_not_tell_who_built_it_and_where() {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let home = env::home_dir().expect("a home folder").join("").display().to_string();
    let folder = env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set");
    for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let content = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        for place in [home.as_str(), workspace.trim_end_matches("tests/"), "registry/src"] {
            assert!(!content.contains(place), "{} holds {place}", file.display());
        }
    }
}
