//! Event streams of the handshake era: answers that take a while, the GET stream, coming back for what was missed.

use crate::client::{HANDSHAKES, Lab, Session};
use inspector_demo::ConnectionId;
use serde_json::{Value, json};

fn slow(lab: &mut Lab, session: &Session, n: u32) -> ConnectionId {
    let params = json!({"name": "slow_count", "arguments": {"n": n, "delay": 100}, "_meta": {"progressToken": "p"}});
    lab.begin_in(session, "tools/call", params)
}

fn ids(lab: &Lab, connection: ConnectionId) -> Vec<String> {
    lab.reply(connection).events().into_iter().filter_map(|event| event.id).collect()
}

fn methods(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| message["method"].as_str().unwrap_or("answer")).collect()
}

#[test]
fn a_slow_answer_comes_on_an_event_stream_that_ends_after_it() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let id = slow(&mut lab, &session, 3);
        assert!(lab.reply(id).is_stream());
        assert_eq!(lab.reply(id).header("cache-control"), "no-store");
        lab.wait(299);
        assert!(!lab.reply(id).ended);
        lab.wait(1);
        assert!(lab.reply(id).ended);
        assert_eq!(lab.reply(id).said(), "Counted up to 3.");
    }
}

#[test]
fn event_ids_are_unique_in_the_session_in_every_handshake_revision() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let (one, other, standing) = (slow(&mut lab, &session, 2), slow(&mut lab, &session, 2), lab.get_in(&session, &[]));
        lab.call_tool(&session, "add_tool", json!({"name": "fresh"}));
        lab.wait(1_000);
        let mut all: Vec<_> = [one, other, standing].iter().flat_map(|stream| ids(&lab, *stream)).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert!(count >= 7 && all.len() == count, "{revision}: {all:?}");
    }
}

#[test]
fn a_stream_begins_with_an_id_and_no_data_and_how_long_to_wait_in_2025_11_25() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    for stream in [slow(&mut lab, &session, 1), lab.get_in(&session, &[])] {
        let first = lab.reply(stream).events().remove(0);
        assert!(first.id.is_some() && first.retry == Some(500), "{first:?}");
        assert_eq!(first.data.as_deref(), Some(""));
    }
}

#[test]
fn a_stream_begins_with_its_first_message_before_2025_11_25() {
    for revision in ["2025-03-26", "2025-06-18"] {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let stream = slow(&mut lab, &session, 1);
        let first = lab.reply(stream).events().remove(0);
        assert!(first.id.is_some() && first.retry.is_none() && first.data.is_some_and(|data| !data.is_empty()), "{revision}");
    }
}

#[test]
fn a_client_that_comes_back_gets_what_it_missed_and_the_rest() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let first = slow(&mut lab, &session, 4);
        lab.wait(100);
        let last = ids(&lab, first).pop().unwrap();
        let seen = lab.reply(first).messages().len();
        lab.close(first);
        lab.wait(200);
        let second = lab.get_in(&session, &[("last-event-id", &last)]);
        lab.wait(1_000);
        let all = [lab.reply(first).messages(), lab.reply(second).messages()].concat();
        let done: Vec<_> = all.iter().filter_map(|message| message["params"]["progress"].as_u64()).collect();
        assert_eq!(done, [1, 2, 3, 4], "{revision}");
        assert_eq!(lab.reply(second).said(), "Counted up to 4.");
        assert!(lab.reply(second).ended && seen < all.len());
    }
}

#[test]
fn a_client_that_comes_back_to_the_start_gets_everything_in_2025_11_25() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let first = slow(&mut lab, &session, 2);
    let primer = ids(&lab, first).remove(0);
    lab.wait(1_000);
    let second = lab.get_in(&session, &[("last-event-id", &primer)]);
    assert_eq!(lab.reply(second).messages(), lab.reply(first).messages());
    assert!(lab.reply(second).ended, "the answer was there, so the stream ends");
}

#[test]
fn losing_the_connection_cancels_nothing() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let first = slow(&mut lab, &session, 2);
    let primer = ids(&lab, first).remove(0);
    lab.close(first);
    lab.wait(1_000);
    let second = lab.get_in(&session, &[("last-event-id", &primer)]);
    assert_eq!(lab.reply(second).said(), "Counted up to 2.");
}

#[test]
fn coming_back_replays_one_stream_and_no_other() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let standing = lab.get_in(&session, &[]);
    let primer = ids(&lab, standing).remove(0);
    let count = slow(&mut lab, &session, 2);
    lab.wait(1_000);
    lab.close(standing);
    lab.call_tool(&session, "add_tool", json!({"name": "fresh"}));
    let again = lab.get_in(&session, &[("last-event-id", &primer)]);
    assert_eq!(methods(&lab.reply(again).messages()), ["notifications/tools/list_changed"]);
    assert!(!lab.reply(again).ended && lab.reply(count).ended);
}

#[test]
fn an_event_of_another_session_or_of_nobody_cannot_be_come_back_to() {
    let mut lab = Lab::new();
    let (mine, other) = (lab.session("2025-11-25"), lab.session("2025-11-25"));
    let stream = slow(&mut lab, &other, 1);
    let theirs = ids(&lab, stream).remove(0);
    for last in [theirs.as_str(), "", "1", "-", "7-99", "99999999999-1", "4294967295-4294967295"] {
        let id = lab.get_in(&mine, &[("last-event-id", last)]);
        assert_eq!(lab.reply(id).status, 400, "{last}");
    }
    let beyond = format!("{}-4294967295", theirs.split('-').next().unwrap());
    let id = lab.get_in(&other, &[("last-event-id", &beyond)]);
    assert_eq!(lab.reply(id).status, 400);
}

#[test]
fn the_connection_ends_before_the_answer_of_a_far_call_in_2025_11_25() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let first = lab.begin_in(&session, "tools/call", json!({"name": "far_call"}));
    let primer = lab.reply(first).events();
    assert!(lab.reply(first).ended && primer.len() == 1 && primer[0].retry == Some(500), "{primer:?}");
    lab.wait(500);
    let second = lab.get_in(&session, &[("last-event-id", primer[0].id.as_deref().unwrap())]);
    assert!(!lab.reply(second).ended && lab.reply(second).messages().is_empty());
    lab.wait(1_000);
    assert!(lab.reply(second).ended && lab.reply(second).said().starts_with("You came back"));
}

#[test]
fn the_connection_stays_open_for_a_far_call_in_any_other_revision() {
    for revision in ["2025-03-26", "2025-06-18"] {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let id = lab.begin_in(&session, "tools/call", json!({"name": "far_call"}));
        assert!(!lab.reply(id).ended);
        lab.wait(2_000);
        assert!(lab.reply(id).ended && lab.reply(id).said().contains("no polling"), "{revision}");
    }
}

#[test]
fn a_get_that_does_not_accept_event_streams_gets_406() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let headers = [&session.headers()[..], &[("accept", "application/json")]].concat();
    assert_eq!(lab.call("GET", &headers).status, 406);
    assert_eq!(lab.call("GET", &session.headers()).status, 406);
}

#[test]
fn a_second_get_stream_gets_409_as_long_as_the_first_is_read() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let first = lab.get_in(&session, &[]);
    let second = lab.get_in(&session, &[]);
    assert_eq!((lab.reply(first).status, lab.reply(second).status), (200, 409));
    lab.close(first);
    let third = lab.get_in(&session, &[]);
    assert_eq!((lab.reply(third).status, lab.reply(third).is_stream()), (200, true));
}

#[test]
fn each_session_may_have_a_get_stream() {
    let mut lab = Lab::new();
    for _ in 0..3 {
        let session = lab.session("2025-11-25");
        let id = lab.get_in(&session, &[]);
        assert_eq!(lab.reply(id).status, 200);
    }
}

#[test]
fn a_stream_that_says_nothing_for_15_seconds_gets_a_comment() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let id = lab.get_in(&session, &[]);
    let comments = |lab: &Lab| lab.reply(id).events().iter().filter(|event| event.comment).count();
    lab.wait(14_999);
    assert_eq!(comments(&lab), 0);
    lab.wait(1);
    assert_eq!(comments(&lab), 1);
    lab.wait(30_000);
    assert_eq!(comments(&lab), 3);
    lab.close(id);
    assert_eq!(lab.wakes_at(), None, "nobody reads, so nothing is said");
}

#[test]
fn progress_grows_and_carries_the_token_of_the_request() {
    for (revision, has_message) in [("2025-03-26", true), ("2025-11-25", true)] {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let id = slow(&mut lab, &session, 3);
        lab.wait(1_000);
        let progress: Vec<_> =
            lab.reply(id).messages().into_iter().filter(|message| message["method"] == "notifications/progress").collect();
        let done: Vec<_> = progress.iter().map(|message| message["params"]["progress"].as_u64().unwrap()).collect();
        assert_eq!(done, [1, 2, 3]);
        for message in &progress {
            let params = &message["params"];
            assert_eq!((&params["progressToken"], &params["total"]), (&json!("p"), &json!(3)));
            assert_eq!(params["message"].is_string(), has_message, "{revision}");
        }
    }
}

#[test]
fn without_a_progress_token_there_is_no_progress() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    for meta in [json!({}), json!({"progressToken": null}), json!({"progressToken": [1]}), json!({"progressToken": 1.5})] {
        let id = lab.begin_in(&session, "tools/call", json!({"name": "slow_count", "_meta": meta}));
        lab.wait(5_000);
        assert!(!lab.reply(id).body.contains("notifications/progress"), "{meta}");
    }
}

#[test]
fn a_cancelled_call_stops_and_is_not_answered() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let id = slow(&mut lab, &session, 5);
        lab.wait(250);
        let seen = lab.reply(id).messages().len();
        lab.post_in(&session, &json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}));
        lab.wait(5_000);
        assert!(lab.reply(id).ended, "{revision}");
        assert_eq!(lab.reply(id).messages().len(), seen, "{revision}");
        assert!(!lab.reply(id).body.contains("\"result\""), "{revision}");
    }
}

#[test]
fn cancelling_what_is_not_there_or_not_ones_own_changes_nothing() {
    let mut lab = Lab::new();
    let (mine, other) = (lab.session("2025-11-25"), lab.session("2025-11-25"));
    let id = slow(&mut lab, &mine, 2);
    let cancel = |id: Value| json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id}});
    lab.post_in(&other, &cancel(json!(1)));
    lab.post_in(&mine, &cancel(json!("1")));
    lab.post_in(&mine, &cancel(json!(2)));
    lab.post_in(&mine, &json!({"jsonrpc": "2.0", "method": "notifications/cancelled"}));
    lab.wait(1_000);
    assert_eq!(lab.reply(id).said(), "Counted up to 2.");
}

#[test]
fn ending_the_session_ends_its_streams_and_its_calls() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let id = slow(&mut lab, &session, 50);
    lab.call("DELETE", &session.headers());
    assert!(lab.reply(id).ended);
    assert_eq!(lab.wakes_at(), None);
}

#[test]
fn more_calls_than_the_server_keeps_are_refused() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let calls: Vec<_> = (0..33).map(|_| slow(&mut lab, &session, 50)).collect();
    assert_eq!(lab.reply(calls[32]).error_code(), -32603);
    assert!(calls[..32].iter().all(|call| lab.reply(*call).is_stream()));
}

#[test]
fn of_a_long_absence_the_last_hundred_events_are_left() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let first = lab.get_in(&session, &[]);
    let primer = ids(&lab, first).remove(0);
    lab.close(first);
    lab.ask_in(&session, "resources/subscribe", json!({"uri": "demo://calls"}));
    for _ in 0..120 {
        lab.ask_in(&session, "tools/call", json!({"name": "picture"}));
    }
    let second = lab.get_in(&session, &[("last-event-id", &primer)]);
    let left = ids(&lab, second);
    let stream = primer.split('-').next().unwrap();
    assert_eq!((left.len(), &left[0], &left[99]), (100, &format!("{stream}-21"), &format!("{stream}-120")));
}

#[test]
fn of_many_streams_that_are_over_the_last_ones_can_be_come_back_to() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let primers: Vec<_> = (0..70)
        .map(|_| {
            let stream = lab.begin_in(&session, "tools/call", json!({"name": "failing"}));
            ids(&lab, stream).remove(0)
        })
        .collect();
    for (primer, status) in [(&primers[0], 400), (&primers[5], 400), (&primers[6], 200), (&primers[69], 200)] {
        let again = lab.get_in(&session, &[("last-event-id", primer)]);
        assert_eq!(lab.reply(again).status, status, "{primer}");
    }
}

#[test]
fn an_id_is_the_same_however_it_is_written() {
    for (asked, cancelled) in [("1", "1.0"), ("10", "1e1"), (r#""a""#, r#""\u0061""#)] {
        let mut lab = Lab::new();
        let session = lab.session("2025-11-25");
        let call = format!(r#"{{"jsonrpc":"2.0","id":{asked},"method":"tools/call","params":{{"name":"slow_count"}}}}"#);
        let id = lab.post_with(&session.headers(), &call);
        let cancel = r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":ID}}"#.replace("ID", cancelled);
        lab.post_with(&session.headers(), &cancel);
        assert!(lab.reply(id).ended, "{asked} {cancelled}");
    }
}
