//! From a refused token to a working session, in the page: whom it asks, what it says, and what it keeps to itself.

#![cfg(feature = "live")]

use std::{collections::BTreeSet, env};

use lab::{
    browser::{Browser, Key, Role},
    fault::{CLIENT_ID, CLIENT_SECRET, FaultServer, Gives, Guarded, Issuer, Published, Scenario},
    http::Request,
    inspector::Inspector,
    servers::{Python, mint_token, mint_token_of},
    site::Site,
};

const OLD: &str = "an-old-token-1f0e2d3c4b5a69788796";
const NEW: &str = "a-new-token-8f7e6d5c4b3a29180716";

fn gives() -> Gives {
    Gives::Token(NEW.to_owned())
}

/// The part of an address that names whom it belongs to.
fn host(url: &str) -> &str {
    url.trim_start_matches("http://").split('/').next().unwrap_or_default()
}

/// A page with a refused token, and the pane that tells how to get another one.
fn refused(server: &str) -> Inspector {
    let page = Inspector::open();
    refuse(&page, server, OLD);
    page
}

fn refuse(page: &Inspector, server: &str, token: &str) {
    page.browser.fill(Role::Textbox, "Bearer token", token);
    page.run(server);
    assert_eq!(page.outcome(), "failed");
    page.browser.click(Role::Button, "Get a new token");
}

fn find_out(page: &Inspector, issuer: &str) {
    page.browser.click(Role::Button, "Find out where tokens come from");
    page.browser.click(Role::Button, &format!("Ask {}", host(issuer)));
    page.browser.wait_until("what the authorization server says", || {
        page.browser.find(Role::Textbox, "Token URL").value().starts_with(issuer)
    });
}

fn ask_for_token(page: &Inspector, secret: &str) {
    page.browser.fill(Role::Textbox, "Client id", CLIENT_ID);
    page.browser.fill(Role::Textbox, "Client secret", secret);
    page.browser.click(Role::Button, "Get a token");
}

/// What the page says came of a request for a token.
fn told(page: &Inspector) -> String {
    page.browser.find(Role::Region, "What came of it").text()
}

/// The requests that are no preflights.
fn asked(requests: Vec<Request>) -> Vec<String> {
    let own = requests.into_iter().filter(|request| request.method != "OPTIONS");
    own.map(|request| format!("{} {}", request.method, request.path)).collect()
}

#[test]
fn a_real_server_is_used_with_the_token_that_the_page_got() {
    let issuer = Issuer::start(Published::OAuth, gives());
    issuer.give(Gives::Token(mint_token_of(&issuer.name(), 3_600)));
    let server = Python::start_with_issuer(&issuer.name());
    let page = Inspector::open();
    refuse(&page, &server.url(), &mint_token(-60));
    assert!(page.browser.find(Role::Region, "Verdict").text().contains("token-expired"));
    find_out(&page, &issuer.name());
    ask_for_token(&page, CLIENT_SECRET);
    let card = || page.browser.find(Role::Region, "The new token").text();
    page.browser.wait_until("what the token says", || card().contains("valid for"));
    let new = card();
    assert!(new.contains("valid for 1 h") || new.contains("valid for 59 min"), "{new}");
    assert!(new.contains(&issuer.name()) && !new.contains("issued by"), "nothing is wrong with it: {new}");
    page.browser.click(Role::Button, "Use this token");
    page.browser.click(Role::Button, "Run with the new token");
    page.browser.wait_until("the session", || page.outcome() == "ok");
    assert!(page.headline().starts_with("The session works: weather"), "{}", page.headline());
    assert!(page.browser.try_find(Role::Tab, "Token").is_none(), "nobody needs help any more");
}

#[test]
fn each_click_asks_those_it_names_and_nobody_else() {
    let issuer = Issuer::start(Published::OpenId, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let page = refused(&server.url());
    let before = server.requests().len();
    let pane = page.visible_text();
    for place in ["/.well-known/oauth-protected-resource/mcp", "/.well-known/openid-configuration"] {
        assert!(pane.contains(place), "{pane}");
    }
    assert_eq!(issuer.requests().len(), 0);
    page.browser.click(Role::Button, "Find out where tokens come from");
    page.browser.find(Role::Button, &format!("Ask {}", host(&issuer.name())));
    assert_eq!(asked(server.requests()[before..].to_vec()), ["GET /.well-known/oauth-protected-resource/mcp"]);
    assert_eq!(issuer.requests().len(), 0);
    page.browser.click(Role::Button, &format!("Ask {}", host(&issuer.name())));
    page.browser.wait_until("its metadata", || !page.browser.find(Role::Textbox, "Token URL").value().is_empty());
    let places = ["GET /.well-known/oauth-authorization-server", "GET /.well-known/openid-configuration"];
    assert_eq!(asked(issuer.requests()), places);
    ask_for_token(&page, CLIENT_SECRET);
    page.browser.find(Role::Button, "Use this token");
    assert_eq!(asked(issuer.requests()).last().map(String::as_str), Some("POST /token"));
    for request in issuer.requests() {
        assert!(!format!("{:?}", request.headers).contains(OLD), "the token of the server went elsewhere");
    }
    let rows = page.rows();
    assert!(rows.iter().any(|row| row.contains("to authorization server: POST /token")), "{rows:?}");
}

#[test]
fn a_token_is_asked_for_in_the_form_or_in_the_header() {
    let issuer = Issuer::start(Published::OAuth, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let page = refused(&server.url());
    find_out(&page, &issuer.name());
    for (way, in_header) in [("in the header (client_secret_basic)", true), ("in the form (client_secret_post)", false)] {
        page.browser.find(Role::Combobox, "Way of authenticating").choose(way);
        ask_for_token(&page, CLIENT_SECRET);
        page.browser.click(Role::Button, "Use this token");
        assert_eq!(page.browser.find(Role::Textbox, "Bearer token").value(), NEW);
        let posted = issuer.requests().into_iter().rfind(|request| request.method == "POST").unwrap();
        assert_eq!(posted.headers.get("authorization").is_some(), in_header);
        assert_eq!(posted.text().contains("client_secret="), !in_header);
        let resource = server.url().replace(':', "%3A").replace('/', "%2F");
        assert!(posted.text().contains(&format!("resource={resource}")), "{}", posted.text());
    }
}

#[test]
fn each_way_a_token_endpoint_fails_is_said_in_plain_words() {
    let server = Guarded::start(NEW, "https://auth.example.com");
    let page = refused(&server.url());
    for (gives, secret, says) in [
        (gives(), "wrong", "does not accept this client id with this secret"),
        (Gives::Error("invalid_scope"), CLIENT_SECRET, "does not give this client the scope"),
        (Gives::Error("unauthorized_client"), CLIENT_SECRET, "does not let it ask for tokens of its own"),
        (Gives::Page, CLIENT_SECRET, "answered with a web page"),
        (Gives::Redirect("https://elsewhere.example".to_owned()), CLIENT_SECRET, "sent the request on to another address"),
    ] {
        let issuer = Issuer::start(Published::OAuth, gives);
        page.browser.fill(Role::Textbox, "Token URL", &issuer.token_url());
        ask_for_token(&page, secret);
        page.browser.wait_until(says, || told(&page).contains(says));
        assert!(told(&page).contains(host(&issuer.name())));
        assert_eq!(page.outcome(), "failed");
        assert_eq!(page.problems(), ["token-expired"], "a refusal elsewhere is no failure of the run");
        page.show_pane("Token");
    }
}

#[test]
fn where_the_browser_blocks_it_the_command_is_offered() {
    let issuer = Issuer::start_with(Published::OAuth, gives(), false, false);
    let server = Guarded::start(NEW, &issuer.name());
    let page = refused(&server.url());
    page.browser.click(Role::Button, "Find out where tokens come from");
    page.browser.click(Role::Button, &format!("Ask {}", host(&issuer.name())));
    page.browser.wait_until("that it is hidden", || page.visible_text().contains("The browser hides what came"));
    page.browser.fill(Role::Textbox, "Token URL", &issuer.token_url());
    ask_for_token(&page, CLIENT_SECRET);
    page.browser.wait_until("the command", || told(&page).contains("curl "));
    let said = told(&page);
    assert!(said.contains(&issuer.token_url()) && said.contains("$CLIENT_SECRET") && !said.contains(CLIENT_SECRET), "{said}");
}

#[test]
fn a_secret_is_for_the_server_it_was_typed_for() {
    let server = Guarded::start(NEW, "https://auth.example.com");
    let page = refused(&server.url());
    page.browser.fill(Role::Textbox, "Token URL", "https://auth.example.com/token");
    page.browser.fill(Role::Textbox, "Client secret", CLIENT_SECRET);
    page.browser.fill(Role::Textbox, "Token URL", "https://auth.example.com/other/token");
    assert_eq!(page.browser.find(Role::Textbox, "Client secret").value(), CLIENT_SECRET);
    page.browser.fill(Role::Textbox, "Token URL", "https://auth.example.org/token");
    assert_eq!(page.browser.find(Role::Textbox, "Client secret").value(), "");
    assert!(page.said_of(Role::Textbox, "Client secret").contains("another server's now"));
    page.browser.fill(Role::Textbox, "Token URL", "http://auth.example.org/token");
    assert!(page.said_of(Role::Textbox, "Token URL").contains("https only"));
}

/// Everything an element or an attribute of the document holds, and every field but those for secrets.
const DOCUMENT: &str = "
    const secret = ['token', 'client-secret'];
    const fields = [...document.querySelectorAll('input, textarea')].filter(field => !secret.includes(field.id));
    document.querySelectorAll('details').forEach(details => { details.open = true });
    return document.documentElement.outerHTML + document.body.innerText + fields.map(field => field.value).join();";

/// Where a secret is besides its own field; nothing, if all is well.
fn leaks(page: &Inspector, secrets: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |place: &str, text: &str| {
        found.extend(secrets.iter().filter(|secret| text.contains(**secret)).map(|secret| format!("{secret} in {place}")));
    };
    look("storage", &format!("{:?}", page.browser.storage()));
    look("the address", &page.browser.url());
    look("the title", &page.browser.title());
    look("the console", &format!("{:?}", page.browser.console()));
    look("the kept recording", &page.browser.script("return String(window.mcpRecording)", &[]).to_string());
    let document = || page.browser.script(DOCUMENT, &[]).as_str().unwrap_or_default().to_owned();
    for pane in ["Token", "Findings", "Raw"] {
        page.show_pane(pane);
        look(pane, &document());
    }
    for row in 0..page.browser.select("main [role=option][data-event]").len() {
        page.browser.select("main [role=option][data-event]")[row].click();
        look("a detail", &document());
    }
    found
}

#[test]
fn neither_the_secret_nor_a_token_is_anywhere_but_in_its_field() {
    let issuer = Issuer::start(Published::OAuth, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let page = refused(&server.url());
    find_out(&page, &issuer.name());
    ask_for_token(&page, CLIENT_SECRET);
    page.browser.find(Role::Button, "Use this token");
    let encoded = inspector_core::oauth::encode(CLIENT_SECRET);
    let basic = inspector_core::oauth::basic_credentials(CLIENT_ID, CLIENT_SECRET);
    let refresh = format!("r-{NEW}");
    let secrets = [OLD, NEW, CLIENT_SECRET, &encoded, &basic, &refresh];
    assert_eq!(leaks(&page, &secrets), [""; 0]);
    page.show_pane("Token");
    page.browser.click(Role::Button, "Use this token");
    page.browser.click(Role::Button, "Run with the new token");
    page.browser.wait_until("the session", || page.outcome() == "ok");
    assert_eq!(page.browser.find(Role::Textbox, "Bearer token").value(), NEW);
    assert_eq!(page.browser.script_errors(), []);
}

#[test]
fn requests_go_to_nobody_but_those_that_were_named() {
    let issuer = Issuer::start(Published::OAuth, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let dist = env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set");
    let page = Inspector::open_in(Browser::start_recording_requests(), Site::start(dist));
    refuse(&page, &server.url(), OLD);
    find_out(&page, &issuer.name());
    ask_for_token(&page, CLIENT_SECRET);
    page.browser.find(Role::Button, "Use this token");
    assert_eq!(page.browser.csp_violations(), []);
    let Inspector { browser, site } = page;
    let origin = |url: &str| url.split('/').take(3).collect::<Vec<_>>().join("/");
    let called: BTreeSet<_> = browser.requests_sent().iter().map(|request| origin(&request.url)).collect();
    assert_eq!(called, BTreeSet::from([site.origin(), origin(&server.url()), issuer.name()]));
}

#[test]
fn a_recording_shows_what_was_found_and_asks_nobody() {
    let issuer = Issuer::start(Published::OAuth, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let page = refused(&server.url());
    find_out(&page, &issuer.name());
    let recording = page.browser.script("return String(window.mcpRecording)", &[]).as_str().unwrap_or_default().to_owned();
    let sent = issuer.requests().len();
    page.load("");
    page.paste_trace(&recording);
    page.wait_until_done();
    page.show_pane("Token");
    let filled_in = || page.browser.find(Role::Textbox, "Token URL").value() == issuer.token_url();
    page.browser.wait_until("the token URL that was found", filled_in);
    assert!(page.visible_text().contains("This is a recording"));
    page.browser.click(Role::Button, "Ask again");
    ask_for_token(&page, CLIENT_SECRET);
    assert_eq!(issuer.requests().len(), sent);
}

#[test]
fn a_token_that_does_is_not_in_the_way() {
    let server = FaultServer::start(Scenario::by_name("ok").expect("a scenario of this name"));
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", OLD);
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    assert!(page.browser.try_find(Role::Button, "Get a new token").is_none());
    assert!(page.browser.try_find(Role::Tab, "Token").is_none());
}

/// Presses Tab until something of this name has the focus.
fn tab_to(page: &Inspector, name: &str) {
    for _ in 0..60 {
        if page.browser.focused().name() == name {
            return;
        }
        page.browser.press(&[Key::Tab]);
    }
    panic!("{name} cannot be reached");
}

#[test]
fn the_keyboard_alone_leads_from_the_refusal_to_the_session() {
    let issuer = Issuer::start(Published::OAuth, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", OLD);
    page.run(&server.url());
    let enter = || page.browser.press(&[Key::Enter]);
    tab_to(&page, "Get a new token");
    enter();
    tab_to(&page, "Find out where tokens come from");
    enter();
    let ask = format!("Ask {}", host(&issuer.name()));
    page.browser.find(Role::Button, &ask);
    tab_to(&page, &ask);
    enter();
    page.browser.wait_until("its metadata", || !page.browser.find(Role::Textbox, "Token URL").value().is_empty());
    tab_to(&page, "Client id");
    page.browser.type_text(CLIENT_ID);
    tab_to(&page, "Client secret");
    page.browser.type_text(CLIENT_SECRET);
    enter();
    page.browser.find(Role::Button, "Use this token");
    tab_to(&page, "Use this token");
    enter();
    assert_eq!(page.browser.focused().name(), "Run with the new token");
    enter();
    page.browser.wait_until("the session", || page.outcome() == "ok");
}

#[test]
fn axe_finds_nothing_on_the_way_to_a_new_token() {
    let issuer = Issuer::start(Published::OpenId, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let page = refused(&server.url());
    let mut found = page.violations("asked for help");
    find_out(&page, &issuer.name());
    page.browser.script("document.querySelectorAll('details').forEach(details => { details.open = true });", &[]);
    found.extend(page.violations("found"));
    page.browser.click(Role::Button, "Get a token");
    found.extend(page.violations("empty fields"));
    ask_for_token(&page, "wrong");
    page.browser.find(Role::Region, "What came of it");
    found.extend(page.violations("refused"));
    ask_for_token(&page, CLIENT_SECRET);
    page.browser.find(Role::Button, "Use this token");
    found.extend(page.violations("a new token"));
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}
