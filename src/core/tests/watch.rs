//! Watching, told as conversations: what is asked while nothing happens, and what is said when something does.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own texts must fail")]

mod talk;

use inspector_core::diagnose::{Certainty, diagnose};
use inspector_core::id::ExchangeId;
use inspector_core::limits::{WATCH_FAILURES, WATCH_ROUNDS};
use inspector_core::mcp::{Ask, Revision};
use inspector_core::time::Micros;
use inspector_core::trace::{Command, End, Outcome};
use inspector_core::watch::{Change, Watched, watched};
use talk::Talk;

const EVERY: Micros = Micros::from_secs(10);
const PING: &str = "POST /mcp ping session=s1 version=2025-11-25";

fn initialized(id: u32, version: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"result":{{"protocolVersion":"2025-11-25","capabilities":{{}},"serverInfo":{{"name":"orders","version":"{version}"}}}}}}"#
    )
}

/// A handshake of 2025-11-25 with session `s1` of `orders 1`, which offers nothing. One request had an id.
fn in_session() -> Talk {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s1")], &initialized(1, "1"));
    let at = talk.expect(&["POST /mcp notifications/initialized session=s1 version=2025-11-25"]);
    talk.answer(at, 202, &[], "");
    talk
}

/// The same, watched; the first round was answered.
fn watching() -> Talk {
    let mut talk = in_session();
    talk.command(Command::Watch(EVERY));
    pong(&mut talk);
    talk
}

/// Answers the round that is under way.
#[track_caller]
fn pong(talk: &mut Talk) {
    let at = talk.expect(&[PING]);
    let id = talk.trace.exchange(at).unwrap().call().unwrap().asks().unwrap().to_string();
    talk.json(at, 200, &format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{}}}}"#));
}

fn seen(talk: &Talk) -> Watched {
    watched(&talk.trace).unwrap()
}

/// What changed, and what is said of it.
fn changes(talk: &Talk) -> Vec<(Change, String)> {
    seen(talk).moments.into_iter().map(|moment| (moment.change, moment.says)).collect()
}

#[test]
fn as_long_as_it_is_answered_nothing_is_said() {
    let mut talk = watching();
    for _ in 0..20 {
        talk.wait(EVERY);
        pong(&mut talk);
    }
    let seen = seen(&talk);
    assert_eq!((seen.asks.as_str(), seen.rounds, seen.answered, seen.moments.len()), ("ping", 21, 21, 0));
    assert!(talk.session.is_watching() && !talk.session.is_running());
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
}

#[test]
fn a_redeployment_is_caught_and_explained_and_the_watch_ends() {
    let mut talk = watching();
    talk.wait(EVERY);
    let at = talk.expect(&[PING]);
    talk.answer(at, 400, &[], "Bad Request: No valid session ID provided");
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s2")], &initialized(4, "2"));
    let says = "Session A was refused: 400 Bad Request: “Bad Request: No valid session ID provided”. A new one was accepted at \
                once: the server was replaced, orders 1 before, orders 2 now. The watch ends with it.";
    assert_eq!(changes(&talk), [(Change::SessionLost, says.to_owned())]);
    let found = &diagnose(&talk.trace)[0];
    assert_eq!((found.cause.slug, found.certainty), ("session-stale", Certainty::Proven));
    assert!(!talk.session.is_watching());
    talk.wait(Micros::from_secs(60));
    talk.expect(&[]);
}

#[test]
fn a_server_that_is_down_for_a_while_is_asked_until_it_is_back() {
    let mut talk = watching();
    talk.wait(EVERY);
    let at = talk.expect(&[PING]);
    talk.end(at, End::Failed("Failed to fetch".to_owned()));
    // What is behind it is looked into once, by requests that need no permission.
    for opaque in ["POST /mcp", "GET /mcp"] {
        let at = talk.expect(&[opaque]);
        talk.end(at, End::Failed("Failed to fetch".to_owned()));
    }
    talk.wait(EVERY);
    let at = talk.expect(&[PING]);
    talk.end(at, End::Failed("Failed to fetch".to_owned()));
    talk.wait(EVERY);
    pong(&mut talk);
    let changes = changes(&talk);
    assert_eq!(changes.iter().map(|(change, _)| *change).collect::<Vec<_>>(), [Change::Down, Change::Back]);
    assert_eq!(changes[1].1, "It is answered again, after 20 s.");
    assert!(talk.session.is_watching());
}

#[test]
fn a_server_that_stays_away_is_given_up() {
    let mut talk = watching();
    for _ in 0..WATCH_FAILURES {
        talk.wait(EVERY);
        let at = talk.expect(&[PING]);
        talk.answer(at, 502, &[], "Bad Gateway");
    }
    assert!(!talk.session.is_watching());
}

#[test]
fn a_page_that_slept_says_so_and_does_not_make_up_for_it() {
    let mut talk = watching();
    talk.sleep(Micros::from_secs(600));
    pong(&mut talk);
    assert_eq!(changes(&talk), [(Change::Slept, "This page slept: for 10 min nothing was asked.".to_owned())]);
}

#[test]
fn watching_begins_with_the_handshake_where_there_is_no_conversation() {
    let mut talk = in_session();
    talk.command(Command::EndSession);
    talk.expect(&["DELETE /mcp session=s1 version=2025-11-25"]);
    talk.answer(ExchangeId(3), 200, &[], "");
    talk.command(Command::Watch(EVERY));
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", "s1")], &initialized(2, "1"));
    let at = talk.expect(&["POST /mcp notifications/initialized session=s1 version=2025-11-25"]);
    talk.answer(at, 202, &[], "");
    talk.expect(&[]);
    talk.wait(EVERY);
    pong(&mut talk);
    assert_eq!(seen(&talk).rounds, 1);
}

#[test]
fn a_handshake_that_fails_leaves_nothing_to_watch() {
    let mut talk = Talk::run(Ask::Only(Revision::V2025_11_25));
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 401, &[], "");
    talk.command(Command::Watch(EVERY));
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 401, &[], "");
    assert!(!talk.session.is_watching());
}

#[test]
fn stopping_ends_it_and_unwatching_leaves_the_session_alone() {
    for command in [Command::Stop, Command::Unwatch] {
        let mut talk = watching();
        talk.command(command);
        talk.wait(Micros::from_secs(60));
        talk.expect(&[]);
        assert!(!talk.session.is_watching() && talk.session.has_session());
        assert!(seen(&talk).ended.is_some());
    }
}

#[test]
fn nothing_is_asked_while_something_else_is_under_way() {
    let mut talk = watching();
    talk.call("tools/list", "");
    let call = talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
    talk.wait(EVERY);
    talk.expect(&[]);
    talk.json(call, 200, r#"{"jsonrpc":"2.0","id":3,"result":{"tools":[]}}"#);
    talk.wait(EVERY);
    pong(&mut talk);
    assert_eq!(changes(&talk), []);
}

#[test]
fn in_the_stateless_era_another_version_of_the_server_shows() {
    let discovered = |id: u32, version: &str| {
        let info = format!(r#""_meta":{{"io.modelcontextprotocol/serverInfo":{{"name":"orders","version":"{version}"}}}}"#);
        format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{"supportedVersions":["2026-07-28"],"capabilities":{{}},{info}}}}}"#)
    };
    let mut talk = Talk::run(Ask::Only(Revision::V2026_07_28));
    let discover = "POST /mcp server/discover version=2026-07-28";
    let at = talk.expect(&[discover]);
    talk.json(at, 200, &discovered(1, "1"));
    talk.command(Command::Watch(EVERY));
    let at = talk.expect(&[discover]);
    talk.json(at, 200, &discovered(2, "1"));
    talk.wait(EVERY);
    let at = talk.expect(&[discover]);
    talk.json(at, 200, &discovered(3, "2"));
    assert_eq!(changes(&talk), [(Change::Replaced, "The server was replaced: orders 1 before, orders 2 now.".to_owned())]);
}

#[test]
fn a_watch_ends_at_its_limit() {
    let mut talk = watching();
    for _ in 1..WATCH_ROUNDS {
        talk.wait(EVERY);
        pong(&mut talk);
    }
    talk.wait(EVERY);
    talk.expect(&[]);
    assert!(!talk.session.is_watching());
    assert_eq!(seen(&talk).rounds, WATCH_ROUNDS as usize);
}
