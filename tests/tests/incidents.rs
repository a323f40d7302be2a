//! The recordings of the gallery tell what happened in the incidents they are made after.

use std::{fs, path::Path};

use inspector_core::{
    id::ExchangeId,
    session,
    time::Micros,
    trace::{Command, End, Exchange, Outcome, Purpose, Trace, What, notation},
};

const ALL: [&str; 5] = ["session-terminated", "could-not-find-session", "redeployed", "closed-before-answer", "session-storm"];

fn open(name: &str) -> Trace {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/incidents/{name}.trace"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    notation::read(&text).unwrap_or_else(|error| panic!("{name}: {error}")).trace
}

fn last(trace: &Trace) -> &Exchange {
    trace.exchanges().last().expect("an exchange")
}

/// The whole body of an exchange.
fn body(trace: &Trace, exchange: &Exchange) -> String {
    trace.body_start(exchange.id, 10_000)
}

#[test]
fn every_incident_is_a_failure() {
    for name in ALL {
        assert_eq!(open(name).outcome(), Outcome::Failed, "{name}");
    }
}

#[test]
fn the_folder_holds_these_incidents_and_no_others() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/incidents");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut expected = ALL.map(|name| format!("{name}.trace"));
    expected.sort();
    assert_eq!(files, expected);
}

#[test]
fn the_session_of_today_would_record_the_incidents_as_they_are() {
    const STALE: &str = "record the incidents anew: cargo run -p inspector-tests --bin record";
    for name in ALL {
        let trace = open(name);
        let records = trace.records();
        let again = session::replay(trace.about.clone(), &records);
        if name == "redeployed" {
            // Its pause was made afterwards, so only what was sent can be the same, not when.
            let sent = |what: &What| matches!(what, What::Request(..));
            let sent_again: Vec<_> = again.into_iter().map(|record| record.what).filter(sent).collect();
            let sent: Vec<_> = records.into_iter().map(|record| record.what).filter(sent).collect();
            assert_eq!(sent_again, sent, "{name}: {STALE}");
        } else {
            assert_eq!(again, records, "{name}: {STALE}");
        }
    }
}

#[test]
fn session_terminated_is_a_gateway_that_refuses_the_token_with_404() {
    let trace = open("session-terminated");
    let refused = last(&trace);
    assert_eq!((trace.exchanges().len(), refused.purpose, refused.status()), (1, Purpose::Initialize, Some(404)));
    assert!(refused.sent_token());
    assert!(body(&trace, refused).contains("Invalid Bearer token"));
}

#[test]
fn could_not_find_session_is_a_post_to_a_message_endpoint_that_forgot() {
    let trace = open("could-not-find-session");
    assert!(trace.about.server.target().starts_with("/messages/?session_id="));
    assert_eq!(last(&trace).status(), Some(404));
    assert_eq!(body(&trace, last(&trace)), "Could not find session");
}

#[test]
fn redeployed_is_a_session_forgotten_in_23_minutes_and_a_new_one_that_works() {
    let trace = open("redeployed");
    let [initialize, initialized, list, start_over] = trace.exchanges() else { panic!("four exchanges") };
    assert!(initialize.succeeded() && initialized.succeeded());
    let pause = list.at.saturating_sub(initialized.last_at());
    assert_eq!(pause.as_millis() / 60_000, 23);
    assert_eq!(list.status(), Some(400));
    assert_eq!(body(&trace, list), "Bad Request: No valid session ID provided");
    assert!(list.last_at().saturating_sub(list.at) < Micros::from_millis(1));
    assert!(start_over.purpose == Purpose::StartOver && start_over.session_sent().is_none() && start_over.succeeded());
}

#[test]
fn closed_before_answer_is_a_stream_that_ends_in_order_after_some_progress() {
    let trace = open("closed-before-answer");
    let list = last(&trace);
    assert!(list.is_stream() && list.answer.is_none());
    assert!(matches!(list.end, Some((_, End::Complete))));
    assert_eq!(list.received().filter(|(_, placed)| placed.message.method() == Some("notifications/message")).count(), 4);
}

#[test]
fn session_storm_is_one_session_after_the_other_and_none_ended_until_the_server_is_full() {
    let trace = open("session-storm");
    let sessions = trace.sessions();
    assert_eq!(sessions.len(), 12);
    assert!(sessions.iter().all(|line| line.issued.is_some() && line.ended.is_none() && line.used.len() == 3));
    assert_eq!(
        trace.exchanges().iter().filter(|exchange| exchange.method() == Some("tools/call") && exchange.succeeded()).count(),
        12
    );
    assert_eq!(trace.commands().iter().filter(|(_, command)| *command == Command::Run).count(), 13);
    assert_eq!((last(&trace).id, last(&trace).status()), (ExchangeId(49), Some(503)));
    assert!(body(&trace, last(&trace)).contains("Too many open sessions"));
}
