//! Every failure is named on the page: the fault servers, and real servers that really fail that way.

#![cfg(feature = "live")]

use std::thread;

use inspector_core::{
    mcp::Revision,
    trace::{Permission, notation},
};
use lab::{
    browser::Role,
    fault::{FaultServer, Named, Nobody, Scenario, TOKEN, confusion},
    inspector::Inspector,
    servers::{Everything, Python, PythonApp, Tls, mint_token},
};
use serde_json::json;

/// How many pages go through the lab side by side.
const PAGES: usize = 3;

/// Runs the handshake on a fresh page, which was opened with a link to the server.
fn run(page: &Inspector, server: &str, token: &str) {
    fill(page, server, token);
    page.browser.click(Role::Button, "Run handshake");
    page.wait_until_done();
}

/// The same as a scenario wants it. What shows in the recording of another client is opened.
fn run_scenario(page: &Inspector, server: &FaultServer, scenario: &Scenario) {
    if let Some(recorded) = scenario.recorded(server) {
        page.load("");
        page.paste_trace(&notation::write(&recorded));
        page.wait_until_done();
        return;
    }
    fill(page, &server.named_url(), &scenario.token());
    if scenario.protocol != "auto" {
        page.browser.find(Role::Combobox, "Protocol").choose(label(scenario.protocol));
    }
    if scenario.waits {
        page.browser.fill(Role::Textbox, "Timeout, seconds", "1");
    }
    page.browser.click(Role::Button, "Run handshake");
    page.wait_until_done();
}

fn fill(page: &Inspector, server: &str, token: &str) {
    page.load(&format!("#server={server}"));
    if !token.is_empty() {
        page.browser.fill(Role::Textbox, "Bearer token", token);
    }
}

/// What the form calls a revision.
fn label(revision: &str) -> &'static str {
    Revision::parse(revision).expect("a revision").label()
}

/// What is wrong with how the page shows a failure; empty when all is as it must be.
fn complaints(page: &Inspector, cause: &str, certainty: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut claim = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    page.show_pane("Findings");
    let findings = page.findings();
    let first = findings.first().map(|shown| (shown.cause.as_str(), shown.certainty.as_str()));
    claim(first == Some((cause, certainty)), format!("the first finding is {first:?}, not {cause} {certainty}"));
    claim(page.outcome() == "failed", format!("the outcome is {:?}", page.outcome()));
    claim(!page.headline().is_empty(), "the verdict has no headline".to_owned());
    let verdict = page.browser.find(Role::Region, "Verdict");
    let proof = verdict.select("ul.proof button");
    claim(!proof.is_empty(), "the verdict has no proof".to_owned());
    // Only rows in view are in the page, and the first piece of proof leads to the one that carries the cause.
    if let Some(first) = proof.first() {
        first.click();
    }
    let marks = page.browser.select(&format!("main [role=option][data-cause='{cause}']"));
    claim(!marks.is_empty(), "no row of the diagram carries the cause".to_owned());
    for link in proof {
        let text = link.text();
        link.click();
        let selected = page.browser.select("main [role=option][aria-selected=true]");
        claim(selected.len() == 1, format!("the proof “{text}” selects {} rows", selected.len()));
    }
    wrong
}

fn assert_no_complaints(wrong: &[(String, Vec<String>)]) {
    let wrong: Vec<_> = wrong.iter().filter(|(_, wrong)| !wrong.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the page names first for a scenario, and what is wrong with how it shows that.
fn named(page: &Inspector, scenario: Scenario) -> (Named, Vec<String>) {
    let server = FaultServer::start(scenario);
    run_scenario(page, &server, &scenario);
    let cause = scenario.cause.expect("a cause");
    let wrong = if scenario.works { complaints_of_note(page, cause) } else { complaints(page, cause, scenario.certainty) };
    page.show_pane("Findings");
    let first = page.findings().into_iter().next();
    let (cause, certainty) = first.map(|shown| (shown.cause, shown.certainty)).unwrap_or_default();
    (Named { scenario, cause, certainty }, wrong)
}

/// What is wrong with how the page shows a note beside a success.
fn complaints_of_note(page: &Inspector, cause: &str) -> Vec<String> {
    let note = page.browser.find(Role::Region, "Verdict").select("p.note");
    let told = note.iter().any(|note| note.text().contains(cause));
    let ok = (page.outcome() != "ok").then(|| format!("the outcome is {:?}", page.outcome()));
    ok.into_iter().chain((!told).then(|| "the verdict does not tell of it".to_owned())).collect()
}

/// A page of the web in a browser that says of the local network what a scenario wants it to.
fn on_the_web(local_network: Permission) -> (Inspector, Tls) {
    let (page, tls) = Inspector::open_on_the_web();
    if local_network == Permission::Granted {
        for name in ["loopback-network", "local-network", "local-network-access"] {
            let permission = json!({ "permission": { "name": name }, "setting": "granted" });
            page.browser.devtools("Browser.setPermission", permission);
        }
    }
    (page, tls)
}

/// Every so many-th failure of the lab, from one of them on.
fn name_every(nth: usize, from: usize) -> Vec<(usize, Named, Vec<String>)> {
    let page = Inspector::open();
    let failures = Scenario::all().filter(|scenario| scenario.cause.is_some()).enumerate();
    let named = failures.skip(from).step_by(nth).map(|(at, scenario)| {
        let (named, wrong) = match scenario.from_the_web {
            None => named(&page, scenario),
            Some(local_network) => named(&on_the_web(local_network).0, scenario),
        };
        (at, named, wrong)
    });
    let named = named.collect();
    assert_eq!(page.browser.script_errors(), []);
    assert_eq!(page.browser.csp_violations(), []);
    named
}

#[test]
fn every_fault_server_is_named_first() {
    // Most of the time one waits for the browser or the server: pages side by side wait together.
    let mut all = thread::scope(|scope| {
        let pages: Vec<_> = (0..PAGES).map(|from| scope.spawn(move || name_every(PAGES, from))).collect();
        pages.into_iter().flat_map(|page| page.join().expect("a page to its end")).collect::<Vec<_>>()
    });
    all.sort_by_key(|(at, ..)| *at);
    let wrong: Vec<_> = all.iter().map(|(_, named, wrong)| (named.scenario.name.to_owned(), wrong.clone())).collect();
    let list = confusion(&all.into_iter().map(|(_, named, _)| named).collect::<Vec<_>>());
    println!("{list}");
    assert_no_complaints(&wrong);
    assert_eq!(list, include_str!("../../docs/fault-lab.md"), "what the page names is not what docs/fault-lab.md says");
}

#[test]
fn a_page_of_the_web_may_call_this_computer_when_it_is_allowed_to() {
    let scenario = Scenario::by_name("local-network-allowed").expect("a scenario of this name");
    let (page, _tls) = on_the_web(Permission::Granted);
    let server = FaultServer::start(scenario);
    run_scenario(&page, &server, &scenario);
    assert_eq!(page.outcome(), "ok");
    page.show_pane("Findings");
    assert_eq!(page.findings(), []);
}

#[test]
fn nothing_is_said_against_a_server_that_works() {
    let page = Inspector::open();
    for scenario in
        Scenario::all().filter(|scenario| scenario.name.starts_with("working-") || scenario.name == "legacy-sse-chosen")
    {
        let server = FaultServer::start(scenario);
        run_scenario(&page, &server, &scenario);
        assert_eq!(page.outcome(), "ok", "{}", scenario.name);
        page.show_pane("Findings");
        assert_eq!(page.findings(), [], "{}", scenario.name);
    }
}

#[test]
fn real_python_servers_are_named_first() {
    let expired = mint_token(-3600);
    let genuine = mint_token(3600);
    let page = Inspector::open();
    let mut wrong = Vec::new();
    for (app, token, cause, certainty) in [
        (PythonApp::Plain, "", "cors-blocked", "proven"),
        (PythonApp::CorsUnexposed, "", "session-header-hidden", "proven"),
        (PythonApp::Bearer, "", "token-missing", "proven"),
        (PythonApp::Bearer, TOKEN, "token-rejected", "proven"),
        (PythonApp::Bearer, &expired, "token-expired", "proven"),
        (PythonApp::BearerWithoutCors, &genuine, "cors-blocked", "proven"),
        (PythonApp::ForeignOriginOnly, "", "origin-or-host-rejected", "proven"),
        (PythonApp::ForeignHostOnly, "", "origin-or-host-rejected", "proven"),
    ] {
        let server = Python::start(app);
        run(&page, &server.url(), token);
        wrong.push((format!("{app:?} {cause}"), complaints(&page, cause, certainty)));
    }
    assert_no_complaints(&wrong);
}

#[test]
fn a_genuine_token_is_accepted_by_a_real_server() {
    let server = Python::start(PythonApp::Bearer);
    let page = Inspector::open();
    run(&page, &server.url(), &mint_token(3600));
    assert_eq!(page.outcome(), "ok");
}

#[test]
fn a_wrong_path_of_server_everything_is_named() {
    let server = Everything::start();
    let page = Inspector::open();
    run(&page, &server.url().replace("/mcp", "/mpc"), "");
    assert_no_complaints(&[("wrong path".to_owned(), complaints(&page, "endpoint-not-found", "proven"))]);
}

#[test]
fn an_address_where_nothing_listens_is_named() {
    let page = Inspector::open();
    run(&page, &Nobody::find().url(), "");
    assert_no_complaints(&[("nothing listens".to_owned(), complaints(&page, "server-unreachable", "proven"))]);
}

#[test]
fn a_malformed_token_that_was_sent_all_the_same_is_named() {
    let server = FaultServer::start(Scenario::by_name("token-rejected").expect("a scenario of this name"));
    let page = Inspector::open();
    run(&page, &server.url(), "YOUR_TOKEN_HERE");
    assert_no_complaints(&[("placeholder".to_owned(), complaints(&page, "token-malformed", "proven"))]);
}
