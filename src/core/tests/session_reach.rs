//! After a request of which the browser shows nothing: what is sent to learn why, and what is not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod talk;

use inspector_core::http::{Method, Mode, Request};
use inspector_core::id::ExchangeId;
use inspector_core::mcp::{Ask, Revision};
use inspector_core::time::Micros;
use inspector_core::trace::{End, Purpose};
use talk::Talk;

const RESULT: &str =
    r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{}}}"#;

fn fail(talk: &mut Talk, id: ExchangeId) {
    talk.end(id, End::Failed("Failed to fetch".to_owned()));
}

/// The next request, which shows nothing: it must carry neither token nor any other header.
#[track_caller]
fn reach(talk: &mut Talk) -> (ExchangeId, Method, Mode, String) {
    let (id, Request { method, headers, body, mode, .. }) = talk.sent();
    assert!(headers.is_empty() && mode != Mode::Cors, "{headers:?}");
    (id, method, mode, body)
}

#[test]
fn the_same_request_is_sent_without_permission_and_when_it_is_answered_nothing_else() {
    let mut talk = Talk::run(Ask::Auto);
    let (initialize, sent) = talk.sent();
    fail(&mut talk, initialize);
    let (opaque, method, mode, body) = reach(&mut talk);
    assert_eq!((method, mode, body), (Method::Post, Mode::Opaque, sent.body));
    talk.head(opaque, 0, &[]);
    assert_eq!(talk.sent_in_short(), [""; 0]);
    assert!(!talk.session.is_busy());
}

#[test]
fn where_that_fails_too_events_are_asked_for_and_with_no_answer_that_is_all() {
    let mut talk = Talk::run(Ask::Auto);
    let (initialize, _) = talk.sent();
    fail(&mut talk, initialize);
    let (opaque, ..) = reach(&mut talk);
    fail(&mut talk, opaque);
    let (events, method, mode, body) = reach(&mut talk);
    assert_eq!((method, mode, body.as_str()), (Method::Get, Mode::Events, ""));
    fail(&mut talk, events);
    assert_eq!(talk.sent_in_short(), [""; 0]);
}

#[test]
fn where_something_is_there_a_get_without_permission_tells_who_keeps_the_answer_back() {
    let mut talk = Talk::run(Ask::Auto);
    let (initialize, _) = talk.sent();
    fail(&mut talk, initialize);
    let (opaque, ..) = reach(&mut talk);
    fail(&mut talk, opaque);
    let (events, ..) = reach(&mut talk);
    talk.head(events, 0, &[]);
    let (get, method, mode, _) = reach(&mut talk);
    assert_eq!((method, mode), (Method::Get, Mode::Opaque));
    fail(&mut talk, get);
    assert_eq!(talk.sent_in_short(), [""; 0]);
}

#[test]
fn a_get_that_failed_is_not_sent_a_third_time() {
    let mut talk = Talk::run(Ask::Only(Revision::V2024_11_05));
    let (stream, _) = talk.sent();
    fail(&mut talk, stream);
    let (opaque, method, ..) = reach(&mut talk);
    assert_eq!(method, Method::Get);
    fail(&mut talk, opaque);
    let (events, ..) = reach(&mut talk);
    talk.head(events, 0, &[]);
    assert_eq!(talk.sent_in_short(), [""; 0]);
}

#[test]
fn what_a_person_called_is_not_repeated() {
    let mut talk = Talk::run(Ask::Auto);
    let (initialize, _) = talk.sent();
    talk.json(initialize, 200, RESULT);
    let (initialized, _) = talk.sent();
    talk.answer(initialized, 202, &[], "");
    let (list, _) = talk.sent();
    talk.json(list, 200, r#"{"jsonrpc":"2.0","id":2,"result":{"tools":[]}}"#);
    talk.call("tools/call", r#"{"name":"pay"}"#);
    let (call, _) = talk.sent();
    fail(&mut talk, call);
    let (_, method, _, body) = reach(&mut talk);
    assert_eq!((method, body.as_str()), (Method::Post, ""));
}

#[test]
fn one_that_is_held_open_is_given_up_after_ten_seconds() {
    let mut talk = Talk::run(Ask::Auto);
    let (initialize, _) = talk.sent();
    fail(&mut talk, initialize);
    reach(&mut talk);
    talk.wait(Micros::from_secs(10));
    assert_eq!(talk.aborted(), [2]);
    assert!(!talk.session.is_busy());
}

#[test]
fn what_shows_nothing_is_no_part_of_the_conversation() {
    let mut talk = Talk::run(Ask::Auto);
    let (initialize, _) = talk.sent();
    fail(&mut talk, initialize);
    let probe = &talk.trace.exchanges()[1];
    assert_eq!((probe.purpose, probe.method(), probe.wants_answer()), (Purpose::Reach, None, false));
}
