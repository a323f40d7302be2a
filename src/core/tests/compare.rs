//! Two recordings side by side: where they part, which steps belong together, and what differs in them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its fixture must fail")]

mod recordings;

use std::fmt::Write;
use std::sync::LazyLock;

use inspector_core::compare::{self, Comparison, How, Names, Section, Side, facts};
use inspector_core::id::ExchangeId;
use inspector_core::share::{Level, More, redact};
use inspector_core::trace::{Trace, notation};
use proptest::prelude::*;

const NAMES: Names<'_> = Names { left: "this recording", right: "the other" };
const INCIDENTS: [&str; 5] =
    ["session-terminated", "could-not-find-session", "redeployed", "closed-before-answer", "session-storm"];

fn fixture(name: &str) -> Trace {
    let path = format!("{}/fixtures/{name}.trace", env!("CARGO_MANIFEST_DIR"));
    notation::read(&std::fs::read_to_string(path).unwrap()).unwrap().trace
}

fn good() -> Trace {
    fixture("compare/good")
}

/// A recording of the good one's server with this between head and end of one of its lines.
fn good_with(from: &str, to: &str) -> Trace {
    let path = format!("{}/fixtures/compare/good.trace", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    notation::read(&text.replacen(from, to, 1)).unwrap().trace
}

fn compared(left: &Trace, right: &Trace) -> Comparison {
    Comparison::of(&Side::new(left), &Side::new(right))
}

/// All that is said of where two recordings part.
fn said(comparison: &Comparison) -> String {
    let parting = comparison.parting(NAMES);
    std::iter::once(parting.headline).chain(parting.before).collect::<Vec<_>>().join(" ")
}

fn sentence(left: &Trace, right: &Trace) -> String {
    said(&compared(left, right))
}

/// A comparison as text: the sentence, the steps, the findings.
fn told(left: &Trace, right: &Trace) -> String {
    let comparison = compared(left, right);
    let mut out = said(&comparison) + "\n";
    let id = |id: Option<ExchangeId>| id.map_or("-".to_owned(), |id| id.to_string());
    for row in &comparison.rows {
        let unknown = if row.not_known { " (not all is known)" } else { "" };
        let (one, other) = (id(row.left) + " " + &row.left_came, id(row.right) + " " + &row.right_came);
        write!(out, "\n{}: {one} | {other} | {}{unknown}", row.name, row.words().join(", ")).unwrap();
    }
    out.push('\n');
    for found in &comparison.findings {
        let on = match (&found.left, &found.right) {
            (Some(_), Some(_)) => "both",
            (Some(_), None) => "left",
            _ => "right",
        };
        write!(out, "\n{on}: {}", found.slug).unwrap();
    }
    out
}

fn sections(left: &Trace, right: &Trace, one: u32, other: u32) -> Vec<Section> {
    compare::exchanges(&Side::new(left), ExchangeId(one), &Side::new(right), ExchangeId(other))
}

/// The lines of two exchanges as text.
fn lines(sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        writeln!(out, "{} ({} alike)", section.part.title(), section.alike).unwrap();
        for line in &section.lines {
            let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
            writeln!(out, "  {} {}: {} | {}", line.how.as_str(), line.place, side(&line.left), side(&line.right)).unwrap();
        }
    }
    out
}

#[test]
fn each_incident_beside_a_good_run_says_where_it_parts() {
    for name in INCIDENTS {
        insta::assert_snapshot!(format!("incident__{name}"), told(&recordings::incident(name), &good()));
    }
}

#[test]
fn every_recording_beside_a_good_run_says_where_it_parts() {
    let good = good();
    let told: Vec<String> = ALL.iter().map(|(name, trace)| format!("{name}: {}", sentence(trace, &good))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_differs_in_two_exchanges_is_told_part_by_part() {
    let (incident, good) = (recordings::incident("redeployed"), good());
    insta::assert_snapshot!(lines(&sections(&incident, &good, 3, 3)));
}

#[test]
fn any_two_exchanges_can_be_compared() {
    let good = good();
    insta::assert_snapshot!(lines(&sections(&good, &good, 1, 4)));
}

#[test]
fn event_streams_are_compared_item_by_item() {
    let (left, right) = (fixture("ladder/success-stream"), fixture("ladder/success-json"));
    insta::assert_snapshot!(lines(&sections(&left, &right, 3, 3)));
}

#[test]
fn a_tool_that_is_missing_does_not_move_those_after_it() {
    let other = good_with(r#"{"name":"search","description":"Finds orders","inputSchema":{"type":"object"}},"#, "");
    assert_eq!(
        sentence(&good(), &other),
        "Every step came out alike. The first difference is in the answer of tools/list: /result/tools/0 (search) is only in this \
         recording."
    );
    let differs = lines(&sections(&good(), &other, 3, 3));
    assert_eq!(differs.matches("differs").count(), 1, "{differs}");
}

#[test]
fn what_was_sent_otherwise_is_named_beside_what_came_of_it() {
    let refused = good_with(
        "> tools/list id=2 session=A version=2025-11-25 +1ms\n< 200",
        "> tools/list id=2 version=2025-11-25 +1ms\n< 400 +1ms\n  end\n> tools/list id=9\n< 200",
    );
    let says = sentence(&refused, &good());
    assert_eq!(
        says,
        "Both go alike up to tools/list; there this recording got 400 and the other 200. What was sent differs as well: at \
         tools/list, mcp-session-id was sent only by the other."
    );
}

#[test]
fn ids_and_moments_are_expected_to_differ() {
    let other = good_with("Fri, 20 Nov 2026 09:00:00 GMT", "Sat, 21 Nov 2026 10:00:00 GMT");
    assert!(lines(&sections(&good(), &other, 1, 1)).contains("expected date"));
    assert!(sentence(&good(), &other).starts_with("Both recordings show the same: 4 steps"));
}

#[test]
fn a_header_that_cors_may_hide_is_not_known_to_be_absent() {
    let seen = good_with("< 200 application/json +12ms", "< 200 application/json +12ms\n  x-served-by: a");
    let hidden = good_with("< 200 application/json +12ms", "< 200? application/json +12ms");
    assert!(lines(&sections(&seen, &good(), 3, 3)).contains("differs x-served-by: a | –"));
    assert!(lines(&sections(&seen, &hidden, 3, 3)).contains("not-known x-served-by: a | –"));
    assert!(lines(&sections(&hidden, &seen, 3, 3)).contains("not-known x-served-by: – | a"));
}

#[test]
fn a_time_differs_only_when_it_is_far_from_the_other() {
    let slow = good_with("< 200 application/json +90ms", "< 200 application/json +900ms");
    let near = good_with("< 200 application/json +90ms", "< 200 application/json +400ms");
    assert!(lines(&sections(&slow, &good(), 4, 4)).contains("differs first byte after: 900 ms | 90 ms"));
    assert!(lines(&sections(&near, &good(), 4, 4)).contains("same first byte after: 400 ms | 90 ms"));
}

#[test]
fn what_was_covered_when_it_was_shared_is_no_difference() {
    for (name, trace) in ALL.iter() {
        for level in [Level::Names, Level::Everything] {
            let redacted = redact(trace, level, &More::default());
            let comparison = Comparison::of(&Side::new(redacted.trace()).shared(), &Side::new(trace));
            for row in &comparison.rows {
                let (Some(one), Some(other)) = (row.left, row.right) else { panic!("{name}: {row:?}") };
                let sections = compare::exchanges(&Side::new(redacted.trace()).shared(), one, &Side::new(trace), other);
                assert_eq!(row.differs, [], "{name} at {level:?}: {}\n{}", row.name, lines(&sections));
            }
        }
    }
}

#[test]
fn what_was_left_out_when_it_was_shared_is_not_missing() {
    let trace = recordings::incident("redeployed");
    let shared = redact(&trace, Level::Failure, &More::default());
    let comparison = Comparison::of(&Side::new(shared.trace()).failure_only(), &Side::new(&trace));
    assert!(comparison.rows.iter().filter(|row| row.is_alone()).all(|row| row.not_known));
    assert!(said(&comparison).contains("could not be compared") || !comparison.rows.iter().any(|row| row.is_alone()));
}

#[test]
fn two_eras_differ_in_what_they_show_of_one_server() {
    let (left, right) = (fixture("ladder/http-sse"), fixture("ladder/stateless"));
    let facts: Vec<String> = facts(&Side::new(&left), &Side::new(&right))
        .into_iter()
        .map(|fact| format!("{} {}: {} | {}", fact.how.as_str(), fact.what, fact.left, fact.right))
        .collect();
    insta::assert_snapshot!(facts.join("\n"));
    insta::assert_snapshot!("two_eras", told(&left, &right));
}

#[test]
fn hundreds_of_like_requests_are_put_side_by_side() {
    let storm = |n: usize| {
        let mut text = String::from("mcp-trace 1\nserver https://a.example/mcp\n! run\n");
        for id in 1..=n {
            let tool = if id % 7 == 0 { "ping" } else { "tools/list" };
            write!(text, "> {tool} id={id}\n< 200 application/json\n  body {{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{\"tools\":[]}}}}\n  end\n").unwrap();
        }
        notation::read(&text).unwrap().trace
    };
    let (left, right) = (storm(700), storm(800));
    let comparison = compared(&left, &right);
    let pairs = comparison.rows.iter().filter(|row| !row.is_alone()).count();
    assert!(pairs >= 690, "{pairs} of 700 were paired");
}

/// The rows by what they pair, whatever their order.
fn pairs(comparison: &Comparison, swapped: bool) -> Vec<(Option<u32>, Option<u32>, Vec<&'static str>)> {
    let id = |id: Option<ExchangeId>| id.map(|id| id.0);
    let mut pairs: Vec<_> = comparison
        .rows
        .iter()
        .map(|row| {
            let (one, other) = if swapped { (row.right, row.left) } else { (row.left, row.right) };
            (id(one), id(other), row.words())
        })
        .collect();
    pairs.sort();
    pairs
}

/// Every recording, read once.
static ALL: LazyLock<Vec<(String, Trace)>> = LazyLock::new(recordings::all);

fn any_recording() -> impl Strategy<Value = &'static Trace> {
    (0..ALL.len()).prop_map(|n| &ALL[n].1)
}

#[test]
fn no_recording_differs_from_itself() {
    for (name, trace) in ALL.iter() {
        let comparison = compared(trace, trace);
        assert!(comparison.rows.iter().all(|row| !row.is_alone() && row.differs.is_empty()), "{name}");
        assert!(comparison.findings.iter().all(|found| found.left == found.right), "{name}");
        let sides = [Side::new(trace), Side::new(trace)];
        assert!(facts(&sides[0], &sides[1]).iter().all(|fact| fact.how != How::Differs), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn swapping_the_sides_mirrors_the_comparison(left in any_recording(), right in any_recording()) {
        let (there, back) = (compared(left, right), compared(right, left));
        prop_assert_eq!(pairs(&there, false), pairs(&back, true));
        for row in there.rows.iter().filter(|row| !row.is_alone()) {
            let sides = (Side::new(left), Side::new(right));
            let (one, other) = (row.left.unwrap(), row.right.unwrap());
            let there = compare::exchanges(&sides.0, one, &sides.1, other);
            let back = compare::exchanges(&sides.1, other, &sides.0, one);
            let count = |sections: &[Section]| {
                sections.iter().map(|section| (section.part, section.alike, section.more, section.lines.len())).collect::<Vec<_>>()
            };
            prop_assert_eq!(count(&there), count(&back));
        }
    }

    #[test]
    fn no_bytes_make_a_comparison_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), stream in any::<bool>()) {
        let media = if stream { "text/event-stream" } else { "application/json" };
        let body: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
        let from = "< 200 application/json +12ms\n";
        let path = format!("{}/fixtures/compare/good.trace", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let text = text.replacen(from, &format!("< 200 {media} +12ms\n  bytes \"{body}\"\n"), 1);
        if let Ok(recording) = notation::read(&text) {
            let _ = told(&recording.trace, &good());
            let _ = told(&good(), &recording.trace);
        }
    }
}
