//! Two recordings of one server side by side.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixture must fail")]

use inspector_core::compare::{compare, tools_apart};
use inspector_core::trace::{Trace, notation};

fn fixture(name: &str) -> Trace {
    let path = format!("{}/fixtures/ladder/{name}.trace", env!("CARGO_MANIFEST_DIR"));
    notation::read(&std::fs::read_to_string(path).unwrap()).unwrap().trace
}

#[test]
fn two_eras_differ_in_what_they_show_of_one_server() {
    let (left, right) = (fixture("http-sse"), fixture("stateless"));
    let rows: Vec<String> = compare(&left, &right)
        .into_iter()
        .map(|row| format!("{} {}: {} | {}", if row.differs() { "≠" } else { " " }, row.what, row.left, row.right))
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn tools_that_only_one_of_them_lists_are_named() {
    let (left, right) = (fixture("http-sse"), fixture("stateless"));
    assert_eq!(tools_apart(&left, &right), (vec!["cancel"], vec!["book"]));
}

#[test]
fn a_recording_does_not_differ_from_itself() {
    let trace = fixture("resumed");
    assert!(compare(&trace, &trace).iter().all(|row| !row.differs()));
}
