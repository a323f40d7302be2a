//! What sessions cost is read from any recording, and what a recording does not hold is unknown and not zero.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use std::fmt::Write as _;

use inspector_core::economy::{Economy, Fate, Spread, figures, millis, strip, summary};
use inspector_core::time::Micros;
use inspector_core::trace::Trace;
use inspector_core::trace::notation::read;
use proptest::prelude::*;

const HEAD: &str = "mcp-trace 1\nserver https://orders.example.com/mcp\n";
const OPENED: &str = r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"}}"#;

fn trace(text: &str) -> Trace {
    read(&format!("{HEAD}{text}")).unwrap_or_else(|error| panic!("{error}")).trace
}

fn fixture(path: &str) -> Trace {
    let text = std::fs::read_to_string(format!("{}/fixtures/{path}.trace", env!("CARGO_MANIFEST_DIR"))).unwrap();
    read(&text).unwrap().trace
}

/// A session in which one tool is called.
fn one_call(session: &str, ends: bool) -> String {
    let end = if ends { format!("> DELETE session={session}\n< 200 +1ms\n  end\n") } else { String::new() };
    format!(
        "> initialize id=1 +1ms\n< 200 application/json session={session} +4ms\n  body {OPENED}\n  end\n\
         > notifications/initialized session={session}\n< 202 +1ms\n  end\n\
         > tools/call id=2 session={session}\n< 200 application/json +9ms\n  body {{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{{}}}}\n  end\n{end}"
    )
}

fn fates(trace: &Trace) -> Vec<Fate> {
    Economy::of(trace).sessions.iter().map(|session| session.fate).collect()
}

#[test]
fn a_session_is_ended_refused_left_or_open() {
    let refused = "> tools/list id=9 session=B\n< 404 text/plain +1ms\n  body Session not found\n  end\n";
    let text = one_call("A", true) + &one_call("B", false) + refused + &one_call("C", false) + &one_call("D", false);
    let trace = trace(&text);
    assert_eq!(fates(&trace), [Fate::Ended, Fate::Refused, Fate::Left, Fate::Open]);
    let economy = Economy::of(&trace);
    assert_eq!((economy.opened.seen, economy.left(), economy.unended(), economy.reopened()), (4, 1, 2, 3));
}

#[test]
fn a_refused_delete_leaves_the_session_where_it_is_and_an_unknown_session_is_gone() {
    for (status, fate) in [(405, Fate::Open), (501, Fate::Open), (404, Fate::Refused), (200, Fate::Ended)] {
        let trace = trace(&format!("{}> DELETE session=A\n< {status} +1ms\n  end\n", one_call("A", false)));
        assert_eq!(fates(&trace), [fate], "{status}");
    }
}

#[test]
fn sessions_side_by_side_are_not_taken_for_one_after_the_other() {
    let open = |session: &str| format!("> initialize id=1\n< 200 session={session} +1ms\n  body {OPENED}\n  end\n");
    let ask = |session: &str| format!("> tools/call id=2 session={session}\n< 200 +1ms\n  end\n");
    let economy = Economy::of(&trace(&format!("{}{}{}{}", open("A"), open("B"), ask("A"), ask("B"))));
    assert_eq!((economy.opened.seen, economy.reopened(), economy.left(), economy.at_once()), (2, 0, 0, 2));
}

#[test]
fn a_session_in_which_nothing_was_asked_was_never_used() {
    let unused = format!(
        "> initialize id=1\n< 200 session=A +1ms\n  body {OPENED}\n  end\n> notifications/initialized session=A\n< 202\n  end\n> GET session=A\n< 200 text/event-stream\n"
    );
    assert_eq!(Economy::of(&trace(&unused)).unused(), 1);
    assert_eq!(Economy::of(&trace(&one_call("A", true))).unused(), 0);
}

#[test]
fn what_was_sent_to_find_out_is_counted_apart() {
    let economy = Economy::of(&fixture("causes/session-stale"));
    assert_eq!((economy.opened.seen, economy.requests, economy.probes), (1, 3, 1));
    assert_eq!(economy.sessions.iter().map(|session| session.probe).collect::<Vec<_>>(), [false, true]);
    assert_eq!(economy.latencies.iter().map(|latency| latency.asked).sum::<usize>(), 2);
}

#[test]
fn a_session_id_that_cors_may_hide_is_unknown_and_not_absent() {
    let open = |status: &str| format!("> initialize id=1\n< {status} application/json +1ms\n  body {OPENED}\n  end\n");
    assert_eq!(Economy::of(&trace(&open("200?"))).opened.to_string(), "unknown");
    assert_eq!(Economy::of(&trace(&open("200"))).opened.to_string(), "0");
    assert_eq!(Economy::of(&trace(&(one_call("A", true) + &open("200?")))).opened.to_string(), "at least 1");
    // Who takes the next request without an id has not hidden one.
    let listed =
        "> tools/list id=2\n< 200? application/json\n  body {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[]}}\n  end\n";
    assert_eq!(Economy::of(&trace(&(open("200?") + listed))).opened.to_string(), "0");
}

#[test]
fn calls_in_a_log_without_bodies_are_unknown() {
    let log = "> POST purpose=other +1ms\n  User-Agent: agent/1\n< 200 +3ms\n  end\n";
    let economy = Economy::of(&trace(log));
    assert_eq!(economy.calls.to_string(), "unknown");
    assert!(economy.latencies.is_empty());
    assert_eq!(Economy::of(&trace(&(one_call("A", true) + log))).calls.to_string(), "at least 1");
}

#[test]
fn a_recording_without_times_has_no_span_and_no_latency() {
    let untimed = (one_call("A", false) + &one_call("B", true)).replace(" +1ms", "").replace(" +4ms", "").replace(" +9ms", "");
    let trace = trace(&untimed);
    let economy = Economy::of(&trace);
    assert_eq!((economy.span, economy.calls.seen, economy.reopened()), (None, 2, 1));
    assert!(economy.latencies.iter().all(|latency| latency.spread.is_none() && latency.answered > 0));
    let strip = strip(&economy);
    assert_eq!(strip.span, None);
    // In their order, one after the other.
    assert!(strip.bars[0].to < strip.bars[1].from, "{strip:?}");
    assert!(figures(&economy).iter().any(|figure| figure.name == "Time" && figure.value == "unknown"));
}

#[test]
fn an_answer_counts_from_its_request_on_whichever_stream_it_comes() {
    let economy = Economy::of(&fixture("ladder/http-sse"));
    let list = economy.latencies.iter().find(|latency| latency.method == "tools/list").unwrap();
    let spread = list.spread.unwrap();
    assert!(list.answered > 0 && spread.min > Micros::ZERO, "{list:?}");
    let resumed = fixture("ladder/resumed");
    let call = resumed.exchanges().iter().find(|exchange| exchange.answer.is_some_and(|at| at.exchange != exchange.id)).unwrap();
    let took = resumed.when(call.answer.unwrap()).unwrap().saturating_sub(call.at);
    let economy = Economy::of(&resumed);
    let latency = economy.latencies.iter().find(|latency| Some(latency.method.as_str()) == call.method()).unwrap();
    assert_eq!(latency.spread.unwrap().max, took);
}

#[test]
fn each_request_of_a_batch_has_a_latency_of_its_own() {
    let batch = concat!(
        "> POST purpose=other\n  Content-Type: application/json\n",
        r#"  body [{"jsonrpc":"2.0","id":1,"method":"tools/list"},{"jsonrpc":"2.0","id":2,"method":"tools/call"}]"#,
        "\n< 200 text/event-stream +1ms\n  wait +5ms\n",
        r#"  data {"jsonrpc":"2.0","id":2,"result":{}}"#,
        "\n  wait +30ms\n",
        r#"  data {"jsonrpc":"2.0","id":1,"result":{}}"#,
        "\n  end\n"
    );
    let economy = Economy::of(&trace(batch));
    let median = |method: &str| economy.latencies.iter().find(|latency| latency.method == method).unwrap().spread.unwrap().p50;
    assert_eq!((median("tools/call"), median("tools/list")), (Micros::from_millis(6), Micros::from_millis(36)));
}

#[test]
fn many_sessions_share_bars_and_none_is_lost() {
    let text: String = (0..200).map(|n| one_call(&format!("S{n}"), n % 2 == 0)).collect();
    let trace = trace(&text);
    let economy = Economy::of(&trace);
    let bars = strip(&economy).bars;
    assert!(bars.len() <= 32 && bars.iter().map(|bar| bar.sessions).sum::<usize>() == 200);
    assert_eq!(bars[0].label, "A to G");
    assert_eq!(bars[0].ended, "4 ended, 3 never ended");
}

#[test]
fn the_economy_of_a_storm_reads_well() {
    insta::assert_snapshot!(print(&fixture("causes/session-storm")));
}

#[test]
fn the_economy_of_one_session_reads_well() {
    insta::assert_snapshot!(print(&fixture("causes/session-stale")));
}

#[test]
fn every_fixture_has_an_economy_whose_numbers_agree() {
    for folder in ["causes", "ladder"] {
        for entry in std::fs::read_dir(format!("{}/fixtures/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
            let trace = fixture(&format!("{folder}/{name}"));
            let economy = Economy::of(&trace);
            assert_eq!(economy.requests + economy.probes, trace.exchanges().len(), "{name}");
            assert!(economy.counted().count() == economy.opened.seen && economy.reopened() <= economy.opened.seen, "{name}");
            assert!(economy.at_once() <= economy.opened.seen && economy.left() <= economy.unended(), "{name}");
            for bar in strip(&economy).bars {
                assert!(bar.from <= bar.to && bar.to <= 1_000, "{name}: {bar:?}");
                assert!(bar.ticks.iter().all(|tick| (bar.from..=1_000).contains(tick)), "{name}: {bar:?}");
                assert!(trace.exchange(bar.at.exchange).is_some(), "{name}");
            }
        }
    }
}

proptest! {
    #[test]
    fn percentiles_are_spans_that_were_measured_and_in_order(spans in prop::collection::vec(0_u64..10_000, 1..400)) {
        let Spread { min, p50, p90, p99, max } = Spread::of(spans.iter().copied().map(Micros).collect()).unwrap();
        let all = [min, p50, p90, p99, max];
        prop_assert!(all.is_sorted());
        prop_assert!(all.iter().all(|span| spans.contains(&span.0)));
        // Nearest rank: so many percent do not exceed it, and without it fewer would.
        for (percent, value) in [(50, p50), (90, p90), (99, p99)] {
            let within = spans.iter().filter(|span| **span <= value.0).count();
            let below = spans.iter().filter(|span| **span < value.0).count();
            prop_assert!(within * 100 >= spans.len() * percent && below * 100 < spans.len() * percent);
        }
    }
}

#[test]
fn spans_are_written_in_milliseconds_as_far_as_they_say_something() {
    let written = [0, 40, 940, 9_999, 41_700, 2_412_345].map(|micros| millis(Micros(micros)));
    assert_eq!(written, ["0", "0.0", "0.9", "9.9", "41", "2,412"]);
}

#[test]
fn what_sessions_came_to_is_said_in_one_sentence() {
    let after = "> tools/list id=9 session=Z\n< 200 +1ms\n  end\n";
    for (text, said) in [
        (String::new(), "No session was opened."),
        (after.to_owned(), "The session was opened before this recording began."),
        (one_call("A", true), "One session was opened, for 1 tool call."),
        (one_call("A", true) + &one_call("B", true), "2 sessions were opened for 2 tool calls, and each was ended."),
        (one_call("A", false) + &one_call("B", true), "2 sessions were opened for 2 tool calls, and 1 of them ended."),
        (one_call("A", false) + &one_call("B", false), "2 sessions were opened for 2 tool calls, and none was ended."),
    ] {
        assert_eq!(summary(&Economy::of(&trace(&text))), said);
    }
}

#[test]
fn nothing_measured_has_no_spread() {
    assert_eq!(Spread::of(Vec::new()), None);
}

fn print(trace: &Trace) -> String {
    let economy = Economy::of(trace);
    let mut out = format!("{}\n\n", summary(&economy));
    for figure in figures(&economy) {
        writeln!(out, "{:<16} {:<9} {}", figure.name, figure.value, figure.note).unwrap();
    }
    writeln!(out).unwrap();
    for bar in strip(&economy).bars {
        let line: String = (0..=50).map(|x| draw(&bar.ticks, bar.from / 20, bar.to / 20, x)).collect();
        writeln!(out, "{:<3} {line} {:>2} {}", bar.label, bar.requests, bar.ended).unwrap();
    }
    writeln!(out).unwrap();
    for latency in &economy.latencies {
        let spread = latency.spread.map(|Spread { min, p50, p90, p99, max }| [min, p50, p90, p99, max]);
        let spans = spread.map(|spans| spans.map(millis).join("  ")).unwrap_or_default();
        writeln!(out, "{:<12} {} of {}  {spans}", latency.method, latency.answered, latency.asked).unwrap();
    }
    out
}

fn draw(ticks: &[u32], from: u32, to: u32, x: u32) -> char {
    match x {
        x if ticks.iter().any(|tick| tick / 20 == x) => '|',
        x if (from..=to).contains(&x) => '=',
        _ => '.',
    }
}
