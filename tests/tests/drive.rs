//! A session driven without a browser sees of a server what a page would see.

use inspector_core::{
    http::Sight,
    trace::{About, Command, End, Exchange, Outcome, Purpose, TokenFacts, Trace},
};
use lab::{
    drive::{self, Drive},
    fault::{FaultServer, Scenario},
};

fn start(scenario: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(scenario).expect("a scenario of this name"))
}

fn run(scenario: &str) -> Trace {
    drive::run(drive::about(&start(scenario).url()))
}

fn purposes(trace: &Trace) -> Vec<Purpose> {
    trace.exchanges().iter().map(|exchange| exchange.purpose).collect()
}

fn failed_opaquely(exchange: &Exchange) -> bool {
    exchange.response.is_none() && matches!(&exchange.end, Some((_, End::Failed(text))) if text == "Failed to fetch")
}

#[test]
fn a_sound_server_is_run_to_its_last_page_of_tools() {
    let trace = run("ok-stream");
    assert_eq!(trace.outcome(), Outcome::Ok);
    assert_eq!(trace.tools().len(), 6);
    assert!(trace.tools_complete());
}

#[test]
fn what_cors_forbids_fails_without_a_word_and_is_then_reached_opaquely() {
    for scenario in ["cors-blocked-none", "cors-blocked-preflight-401", "cors-blocked-error-reply"] {
        let trace = run(scenario);
        assert_eq!(purposes(&trace), [Purpose::Initialize, Purpose::Reach], "{scenario}");
        let [initialize, reach] = trace.exchanges() else { panic!("two exchanges") };
        assert!(failed_opaquely(initialize), "{scenario}");
        assert_eq!(reach.head().map(|head| (head.status, head.sight)), Some((0, Sight::Opaque)), "{scenario}");
    }
}

#[test]
fn a_header_the_preflight_does_not_allow_stops_the_request_that_carries_it() {
    let server = start("cors-blocked-version-header");
    let trace = drive::run(drive::about(&server.url()));
    assert_eq!(purposes(&trace), [Purpose::Initialize, Purpose::Initialized, Purpose::Reach]);
    assert!(failed_opaquely(&trace.exchanges()[1]));
    let methods: Vec<_> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["OPTIONS", "POST", "OPTIONS", "POST"]);
}

#[test]
fn a_session_id_that_is_not_exposed_is_not_seen() {
    let trace = run("session-header-hidden");
    let head = trace.exchanges()[0].head().expect("a response");
    assert_eq!(
        (head.sight, head.headers.has("mcp-session-id"), head.headers.has("content-type")),
        (Sight::CorsFiltered, false, true)
    );
    assert_eq!(trace.outcome(), Outcome::Failed);
}

#[test]
fn a_program_that_is_no_page_sees_everything_and_asks_for_no_permission() {
    let server = start("session-header-hidden");
    let trace = drive::run(About { page: None, ..drive::about(&server.url()) });
    assert_eq!(trace.outcome(), Outcome::Ok);
    assert!(trace.exchanges()[0].head().is_some_and(|head| head.sight == Sight::Full && head.headers.has("mcp-session-id")));
    assert!(server.requests().iter().all(|request| request.method == "POST"));
}

#[test]
fn the_token_is_sent_and_not_recorded() {
    let server = start("token-missing");
    let about = About { token: TokenFacts::Opaque { chars: 6 }, ..drive::about(&server.url()) };
    let mut drive = Drive::start(about, "sesame");
    drive.command(Command::Run);
    drive.wait_until_idle();
    assert_eq!(drive.trace().outcome(), Outcome::Ok);
    assert!(server.requests().iter().any(|request| request.headers.get("authorization") == Some("Bearer sesame")));
    assert!(!format!("{:?}", drive.trace().records()).contains("sesame"));
}

#[test]
fn a_redirect_is_followed_with_its_method_or_as_a_get() {
    for (scenario, outcome, method) in [("redirect-307", Outcome::Ok, "POST"), ("redirect-302", Outcome::Failed, "GET")] {
        let server = start(scenario);
        let trace = drive::run(drive::about(&server.url()));
        assert_eq!(trace.outcome(), outcome, "{scenario}");
        let moved = trace.exchanges()[0].head().and_then(|head| head.redirected_to.clone());
        assert_eq!(moved, Some(server.url().replace("/old", "/mcp")), "{scenario}");
        let followed = server.requests().into_iter().find(|request| request.path == "/mcp" && request.method != "OPTIONS");
        assert_eq!(followed.map(|request| request.method), Some(method.to_owned()), "{scenario}");
    }
}

#[test]
fn a_redirect_to_another_origin_loses_the_token_and_the_name_of_the_page() {
    let server = start("redirect-307-other");
    let about = About { token: TokenFacts::Opaque { chars: 6 }, ..drive::about(&server.url()) };
    let mut drive = Drive::start(about, "sesame");
    drive.command(Command::Run);
    drive.wait_until_idle();
    let posts = server.requests().into_iter().filter(|request| request.method == "POST");
    let seen: Vec<_> = posts
        .map(|post| {
            (post.path.clone(), post.headers.get("origin").map(str::to_owned), post.headers.get("authorization").is_some())
        })
        .collect();
    let (page, nobody) = (Some("https://inspector.example".to_owned()), Some("null".to_owned()));
    assert_eq!(seen[..2], [("/old".to_owned(), page, true), ("/mcp".to_owned(), nobody, false)]);
}

#[test]
fn ending_the_session_deletes_it_on_the_server() {
    let server = start("ok");
    let mut drive = Drive::start(drive::about(&server.url()), "");
    for command in [Command::Run, Command::EndSession] {
        drive.command(command);
        drive.wait_until_idle();
    }
    assert!(drive.trace().sessions()[0].ended.is_some());
    assert_eq!(server.requests().last().map(|request| request.method.clone()), Some("DELETE".to_owned()));
}
