//! The ladder of whole recordings, as text: what a person would see, row by row.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixture must fail")]

use inspector_core::diagram::{Diagram, HEADER, LifelineEnd, Mark, Options, Row, RowKind, Style, Tone, layout, text};
use inspector_core::id::EventRef;
use inspector_core::trace::{Trace, notation};

const FIXTURES: [&str; 18] = [
    "success-json",
    "success-stream",
    "three-pages",
    "opaque-failure",
    "session-refused",
    "stream-cut",
    "timed-out",
    "stopped",
    "ended",
    "session-storm",
    "running",
    "server-asks",
    "http-sse",
    "stateless",
    "resumed",
    "authorization",
    "probes",
    "watched",
];

fn trace(name: &str) -> Trace {
    let path = format!("{}/fixtures/ladder/{name}.trace", env!("CARGO_MANIFEST_DIR"));
    notation::read(&std::fs::read_to_string(path).unwrap()).unwrap().trace
}

fn event(text: &str) -> EventRef {
    text.parse().unwrap()
}

fn mark(at: &str, slug: &str) -> Mark {
    Mark { at: event(at), slug: slug.into(), label: slug.replace('-', " ") }
}

fn diagram(name: &str, marks: &[Mark]) -> Diagram {
    layout(&trace(name), marks, &Options::default())
}

/// The ladder as text and the same rows as sentences.
fn drawn(name: &str, marks: &[Mark]) -> String {
    let diagram = diagram(name, marks);
    let says: Vec<&str> = diagram.rows.iter().map(|row| row.says.as_str()).collect();
    format!("{}\n{}\n", text(&diagram), says.join("\n"))
}

#[test]
fn a_handshake_answered_with_json() {
    insta::assert_snapshot!("success-json", drawn("success-json", &[]));
}

#[test]
fn a_handshake_answered_on_event_streams() {
    insta::assert_snapshot!("success-stream", drawn("success-stream", &[]));
}

#[test]
fn a_server_of_2024_found_by_what_it_refuses() {
    insta::assert_snapshot!("http-sse", drawn("http-sse", &[]));
}

#[test]
fn probes_stand_under_a_line_that_names_them() {
    insta::assert_snapshot!("probes", drawn("probes", &[]));
}

#[test]
fn rounds_of_a_watch_are_folded_until_something_changes() {
    insta::assert_snapshot!("watched", drawn("watched", &[mark("8.response", "session-stale")]));
}

#[test]
fn what_was_folded_is_found_at_its_fold() {
    let diagram = diagram("watched", &[]);
    let row = diagram.row_of(event("5.response")).unwrap();
    assert_eq!(diagram.rows[row].kind, RowKind::Rounds);
}

#[test]
fn a_stateless_server_that_asks_back() {
    insta::assert_snapshot!("stateless", drawn("stateless", &[]));
}

#[test]
fn a_stream_that_ended_early_and_was_resumed() {
    insta::assert_snapshot!("resumed", drawn("resumed", &[]));
}

#[test]
fn a_refused_token_and_where_to_get_another_one() {
    insta::assert_snapshot!("authorization", drawn("authorization", &[mark("1.response", "token-rejected")]));
}

#[test]
fn a_list_of_tools_in_three_pages() {
    insta::assert_snapshot!("three-pages", drawn("three-pages", &[]));
}

#[test]
fn an_opaque_failure_and_its_probe() {
    insta::assert_snapshot!("opaque-failure", drawn("opaque-failure", &[mark("1.end", "cors-blocked")]));
}

#[test]
fn a_session_that_was_forgotten_and_a_new_one() {
    insta::assert_snapshot!("session-refused", drawn("session-refused", &[mark("4.response", "session-stale")]));
}

#[test]
fn a_stream_that_breaks_inside_an_event() {
    insta::assert_snapshot!("stream-cut", drawn("stream-cut", &[mark("3.item.1", "stream-cut")]));
}

#[test]
fn a_request_that_is_never_answered() {
    insta::assert_snapshot!("timed-out", drawn("timed-out", &[]));
}

#[test]
fn a_run_that_the_person_stopped() {
    insta::assert_snapshot!("stopped", drawn("stopped", &[]));
}

#[test]
fn a_session_that_was_ended() {
    insta::assert_snapshot!("ended", drawn("ended", &[]));
}

#[test]
fn twelve_sessions_of_which_seven_share_a_line() {
    insta::assert_snapshot!("session-storm", drawn("session-storm", &[]));
}

#[test]
fn a_recording_that_is_still_going_on() {
    insta::assert_snapshot!("running", drawn("running", &[]));
}

#[test]
fn a_server_that_asks_and_answers_out_of_turn() {
    insta::assert_snapshot!("server-asks", drawn("server-asks", &[]));
}

fn row<'a>(diagram: &'a Diagram, at: &str) -> &'a Row {
    &diagram.rows[diagram.row_of(event(at)).unwrap()]
}

/// A recording with one event stream of these lines of the notation.
fn streamed(lines: &str) -> Trace {
    let text = format!("mcp-trace 1\nserver https://a.example/mcp\n> GET\n< 200 text/event-stream\n{lines}");
    notation::read(&text).unwrap().trace
}

#[test]
fn rows_stand_on_each_other_without_holes() {
    for name in FIXTURES {
        let diagram = diagram(name, &[]);
        let mut y = HEADER;
        for row in &diagram.rows {
            assert_eq!(row.y, y, "{name}: {}", row.label);
            y += row.height;
        }
        assert!(y < diagram.height, "{name}");
    }
}

#[test]
fn a_window_gets_exactly_the_rows_it_touches() {
    let diagram = diagram("success-stream", &[]);
    for y0 in (0..diagram.height).step_by(7) {
        for y1 in [y0 + 1, y0 + 100, diagram.height] {
            let touched = |row: &&Row| row.y < y1 && y0 < row.y + row.height;
            let expected = diagram.rows.iter().filter(touched).count();
            assert_eq!(diagram.rows_between(y0, y1).len(), expected, "{y0} {y1}");
        }
    }
}

#[test]
fn every_event_of_a_recording_has_its_row() {
    for name in FIXTURES {
        let (trace, diagram) = (trace(name), diagram(name, &[]));
        for exchange in trace.exchanges() {
            let items = exchange.reply.items.iter().map(|item| EventRef::item(exchange.id, item.n));
            for event in
                items.chain([EventRef::request(exchange.id), EventRef::response(exchange.id), EventRef::end(exchange.id)])
            {
                let row = &diagram.rows[diagram.row_of(event).unwrap()];
                let here = row.event.map(|found| found.exchange) == Some(exchange.id);
                assert!(here || row.kind == RowKind::Rounds, "{name}: {event}");
            }
        }
        assert_eq!(diagram.row_of(event("99.request")), None);
    }
}

#[test]
fn a_json_body_is_found_at_its_response_and_a_cut_event_where_the_stream_broke() {
    assert_eq!(row(&diagram("success-json", &[]), "3.item.0").kind, RowKind::Response);
    assert_eq!(row(&diagram("stream-cut", &[]), "3.item.1").kind, RowKind::Failure);
}

#[test]
fn keys_walk_from_mark_to_mark_and_stop_at_the_ends() {
    let marks = [mark("4.response", "session-stale"), mark("1.response", "first"), mark("4.response", "second")];
    let diagram = diagram("session-refused", &marks);
    let (first, last) = (Some(event("1.response")), Some(event("4.response")));
    assert_eq!((diagram.next_mark(None), diagram.next_mark(first), diagram.next_mark(last)), (first, last, None));
    assert_eq!((diagram.previous_mark(None), diagram.previous_mark(last), diagram.previous_mark(first)), (last, first, None));
    assert_eq!(row(&diagram, "4.response").mark.as_deref(), Some("session-stale"));
}

#[test]
fn a_session_breaks_where_the_finding_says_it_was_forgotten() {
    let diagram = diagram("session-refused", &[mark("4.response", "session-stale")]);
    let [a, b] = diagram.lifelines.as_slice() else { panic!("{:?}", diagram.lifelines) };
    assert_eq!((a.from, a.to), (row(&diagram, "1.response").line_y(), row(&diagram, "4.response").line_y()));
    assert_eq!((a.label.as_str(), a.end), ("session A", LifelineEnd::Forgotten));
    assert_eq!((b.to, b.end), (diagram.height, LifelineEnd::Open));
    assert_eq!(a.x, b.x, "a column is used again once it is free");
}

#[test]
fn a_session_without_a_finding_goes_on() {
    let diagram = diagram("session-refused", &[mark("4.response", "server-error")]);
    assert!(diagram.lifelines.iter().all(|line| line.end == LifelineEnd::Open));
}

#[test]
fn a_session_ends_at_its_delete_and_one_from_before_comes_from_above() {
    let diagram = diagram("ended", &[]);
    let line = |letter: &str| diagram.lifelines.iter().find(|line| line.letter == letter).unwrap();
    assert_eq!((line("A").to, line("A").end), (row(&diagram, "3.response").line_y(), LifelineEnd::Ended));
    assert_eq!((line("B").from, line("B").issued, line("B").end), (HEADER, false, LifelineEnd::Open));
}

#[test]
fn sessions_beyond_the_columns_share_the_last_one() {
    let diagram = diagram("session-storm", &[]);
    let counts: Vec<usize> = diagram.lifelines.iter().map(|line| line.sessions).collect();
    assert_eq!(counts, [1, 1, 1, 1, 1, 7]);
    assert_eq!(diagram.lifelines[5].label, "7 sessions");
}

#[test]
fn a_stream_that_is_open_reaches_the_bottom_and_carries_its_comments() {
    let diagram = diagram("running", &[]);
    let [bar] = diagram.bars.as_slice() else { panic!("{:?}", diagram.bars) };
    assert!(bar.open && bar.to == diagram.height && bar.from == row(&diagram, "3.response").line_y());
    assert_eq!((bar.ticks.len(), diagram.hidden_comments), (2, 2));
    assert!(bar.ticks.iter().all(|tick| bar.from < *tick && *tick < bar.to));
    assert_eq!(diagram.rows.last().unwrap().kind, RowKind::Request);
}

#[test]
fn comments_are_rows_when_asked_for() {
    let diagram = layout(&trace("running"), &[], &Options { comments: true, ..Options::default() });
    let comments = diagram.rows.iter().filter(|row| row.kind == RowKind::Comment);
    assert_eq!(comments.map(|row| row.label.as_str()).collect::<Vec<_>>(), [": hello", ": still here"]);
    assert!(diagram.hidden_comments == 0 && diagram.bars[0].ticks.is_empty());
}

#[test]
fn the_client_is_this_page_only_where_this_page_made_the_recording() {
    let lane = |text: &str, made_elsewhere: bool| {
        let trace = notation::read(text).unwrap().trace;
        let lane = layout(&trace, &[], &Options { made_elsewhere, ..Options::default() }).lanes.remove(0);
        (lane.title, lane.subtitle)
    };
    let pair = |title: &str, subtitle: &str| (title.to_owned(), subtitle.to_owned());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/incidents/session-terminated.trace");
    let ours = std::fs::read_to_string(path).unwrap();
    assert_eq!(lane(&ours, false), pair("This page", "your browser"));
    assert_eq!(lane(&ours, true), pair("Client", "inspector.example"));
    let theirs = ours.replace("mcp-session-inspector", "claude-code");
    assert_eq!(lane(&theirs, false), pair("Client", "claude-code"));
}

#[test]
fn streams_that_are_open_at_once_stand_side_by_side() {
    let bars = diagram("server-asks", &[]).bars;
    assert_eq!(bars.len(), 2);
    assert!(bars[1].x < bars[0].x && bars[0].from < bars[1].from && bars[1].to < bars[0].to);
}

#[test]
fn an_arrow_is_whole_only_when_it_is_known_to_have_arrived() {
    let diagram = diagram("opaque-failure", &[]);
    let (client, server) = (diagram.lanes[0].x, diagram.lanes[1].x);
    let failure = row(&diagram, "1.end").arrow.unwrap();
    assert_eq!((failure.to, failure.style), (client, Style::Broken));
    assert!(client < failure.from && failure.from < server);
}

#[test]
fn a_stream_that_broke_comes_from_the_server() {
    let diagram = diagram("stream-cut", &[]);
    let arrow = row(&diagram, "3.end").arrow.unwrap();
    assert_eq!((arrow.from, arrow.to, arrow.style), (diagram.lanes[1].x, diagram.lanes[0].x, Style::Broken));
}

#[test]
fn a_probe_is_quiet_a_refusal_is_not_and_a_server_may_decline_to_end_sessions() {
    assert_eq!(row(&diagram("session-refused", &[]), "4.response").tone, Tone::Failed);
    assert_eq!(row(&diagram("session-refused", &[]), "5.response").tone, Tone::Muted);
    assert_eq!(row(&diagram("ended", &[]), "4.response").tone, Tone::Normal);
}

#[test]
fn a_silence_with_a_stream_open_is_a_wait_and_not_folded() {
    let kinds = |lines| layout(&streamed(lines), &[], &Options::default()).rows.iter().map(|row| row.kind).collect::<Vec<_>>();
    assert!(kinds("  wait +2100ms\n  data 1\n").contains(&RowKind::Waiting));
    assert!(!kinds("  wait +1900ms\n  data 1\n").contains(&RowKind::Waiting));
    assert!(kinds("  end\n> GET +2100ms\n").contains(&RowKind::Gap));
}

#[test]
fn events_that_were_not_kept_are_counted_in_their_place() {
    let diagram = layout(&streamed(&"  data 1\n".repeat(7_001)), &[], &Options::default());
    let (at, dropped) = diagram.rows.iter().enumerate().find(|(_, row)| row.kind == RowKind::Dropped).unwrap();
    assert_eq!(dropped.label, "1,000 events not kept");
    assert_eq!(diagram.rows[at - 1].event, Some(event("1.item.4999")));
    assert_eq!(diagram.rows[at + 1].event, Some(event("1.item.6000")));
    assert_eq!(diagram.row_of(event("1.item.5500")), Some(at - 1));
}

#[test]
fn a_flood_of_comments_is_few_ticks() {
    let diagram = layout(&streamed(&"  : x\n".repeat(5_000)), &[], &Options::default());
    assert_eq!(diagram.hidden_comments, 5_000);
    assert!(diagram.bars[0].ticks.len() < 20);
}

#[test]
fn a_recording_of_another_program_has_a_client_and_no_browser() {
    let diagram = layout(&streamed(""), &[], &Options::default());
    assert_eq!((diagram.lanes[0].title.as_str(), diagram.lanes[0].subtitle.as_str()), ("Client", ""));
    assert_eq!(diagram.rows[0].says, "Request 1, client to server: GET.");
}

#[test]
fn nothing_at_all_still_has_its_lanes() {
    let trace = notation::read("mcp-trace 1\nserver https://a.example/mcp").unwrap().trace;
    let diagram = layout(&trace, &[], &Options::default());
    assert!(diagram.rows.is_empty() && diagram.lanes.len() == 2 && diagram.rows_between(0, 1_000).is_empty());
}

#[test]
fn a_wall_of_answers_says_what_each_one_lacks() {
    let said = |head: &str, body: &str| {
        let text = format!("mcp-trace 1\nserver https://a.example/mcp\n> tools/list id=1\n< {head}\n  body {body}\n  end\n");
        row(&layout(&notation::read(&text).unwrap().trace, &[], &Options::default()), "1.response").label.clone()
    };
    assert_eq!(said("200 application/json", r#"{"jsonrpc":"2.0","id":1,"result":{}}"#), "200 · JSON · result 1");
    assert_eq!(said("200 application/json", r#"{"jsonrpc":"2.0","id":2,"result":{}}"#), "200 · JSON · result 2, never asked for");
    assert_eq!(
        said("200 application/json", r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#),
        "200 · JSON · error -32601: Method not found"
    );
    assert_eq!(said("200 application/json", r#"{"statusCode":401}"#), "200 · JSON · not JSON-RPC");
    assert_eq!(said("200 text/html", "<!doctype html>"), "200 · text/html");
    assert_eq!(said("200 application/json", ""), "200 · no body");
    assert_eq!(said("401 application/json", r#"{"error":"invalid_token","error_description":"Expired"}"#), "401 · Expired");
    assert_eq!(said("401 application/json", ""), "401 · Unauthorized");
    assert_eq!(said("502 text/html", "<html>"), "502 · an HTML page");
    assert_eq!(said("404 text/plain", "Not Found"), "404 · Not Found");
    assert_eq!(
        said(
            "400 application/json",
            r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Bad Request: Missing session ID"}}"#
        ),
        "400 · Missing session ID"
    );
}
