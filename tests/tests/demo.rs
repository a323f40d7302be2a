//! The session against the demo server: in virtual time, and once over a socket.

use inspector_core::{
    http::Sight,
    mcp::{Ask, Revision},
    session,
    trace::{About, Command, Outcome, Purpose, Trace},
};
use lab::{
    client,
    demo::{self, Demo, Loopback},
    drive,
};

fn purposes(trace: &Trace) -> Vec<Purpose> {
    trace.exchanges().iter().map(|exchange| exchange.purpose).collect()
}

#[test]
fn the_handshake_runs_to_the_last_page_of_tools() {
    let trace = demo::run(demo::about(demo::URL));
    assert_eq!(trace.outcome(), Outcome::Ok);
    assert_eq!(purposes(&trace), [Purpose::Initialize, Purpose::Initialized, Purpose::ListTools, Purpose::ListTools]);
    assert_eq!((trace.tools().len(), trace.tools_complete()), (14, true));
    assert!(trace.exchanges().iter().all(|exchange| exchange.head().is_some_and(|head| head.sight == Sight::Full)));
}

#[test]
fn each_handshake_revision_that_is_asked_for_is_spoken() {
    for revision in Revision::STREAMABLE {
        let trace = demo::run(About { ask: Ask::Only(revision), ..demo::about(demo::URL) });
        assert_eq!(trace.outcome(), Outcome::Ok);
        assert_eq!(trace.server().map(|server| server.protocol_version.as_str()), Some(revision.as_str()));
    }
}

#[test]
fn ending_the_session_deletes_it() {
    let mut demo = Demo::start(demo::about(demo::URL));
    for command in [Command::Run, Command::EndSession] {
        demo.command(command);
        demo.wait_until_idle();
    }
    assert!(demo.trace().sessions()[0].ended.is_some());
    let last = demo.trace().exchanges().last().and_then(|exchange| exchange.head()).map(|head| head.status);
    assert_eq!(last, Some(204));
}

#[test]
fn stopping_gives_up_what_is_under_way() {
    let mut demo = Demo::start(demo::about(demo::URL));
    demo.command(Command::Run);
    demo.command(Command::Stop);
    assert!(!demo.is_busy());
    assert_eq!(demo.trace().outcome(), Outcome::Stopped);
}

#[test]
fn two_runs_make_the_same_recording() {
    let run = || demo::run(demo::about(demo::URL)).records();
    assert_eq!(run(), run());
}

#[test]
fn a_replayed_session_does_the_same() {
    let trace = demo::run(demo::about(demo::URL));
    let again = session::replay(trace.about.clone(), &trace.records());
    assert_eq!(again, trace.records());
}

#[test]
fn it_runs_over_a_socket_as_well_also_for_a_page() {
    let server = Loopback::start(0).expect("a free loopback port");
    let page = Some("http://127.0.0.1:8080".to_owned());
    for page in [None, page] {
        let trace = drive::run(About { page, ..drive::about(&server.url()) });
        assert_eq!((trace.outcome(), trace.tools().len()), (Outcome::Ok, 14));
    }
}

#[test]
fn a_stream_is_passed_on_event_by_event_over_a_socket() {
    let server = Loopback::start(0).expect("a free loopback port");
    let patience = std::time::Duration::from_secs(10);
    let mut response = client::send("GET", &server.sse_url(), &[], b"", patience).expect("a response");
    let first = response.next_piece().expect("a stream").expect("an event");
    assert!(first.starts_with(b"event: endpoint\n"));
    let address = String::from_utf8_lossy(&first).lines().nth(1).and_then(|line| line.strip_prefix("data: ")).map(str::to_owned);
    let url = server.sse_url().replace("/sse", &address.expect("an address"));
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    assert_eq!(client::post(&url, &[], ping).expect("a response").status, 202);
    let second = response.next_piece().expect("a stream").expect("an event");
    assert_eq!(String::from_utf8_lossy(&second), "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n");
}

#[test]
fn a_client_that_leaves_ends_its_session_of_http_sse() {
    let server = Loopback::start(0).expect("a free loopback port");
    let patience = std::time::Duration::from_secs(10);
    let mut response = client::send("GET", &server.sse_url(), &[], b"", patience).expect("a response");
    let first = response.next_piece().expect("a stream").expect("an event");
    let address = String::from_utf8_lossy(&first).lines().nth(1).and_then(|line| line.strip_prefix("data: ")).map(str::to_owned);
    let url = server.sse_url().replace("/sse", &address.expect("an address"));
    drop(response);
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let gone = || client::post(&url, &[], ping).expect("a response").status == 404;
    let deadline = std::time::Instant::now() + patience;
    while !gone() {
        assert!(std::time::Instant::now() < deadline, "the session is still there");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
