//! The pane "Checkup": what was tried, what the specification expects, what came, and the verdict.

mod dialog;
mod row;
mod told;

use inspector_core::probe::{self, Verdict};
use inspector_core::trace::Trace;
use leptos::prelude::*;

pub(super) use self::dialog::dialog;
use self::row::{Row, row};
pub(super) use self::told::{differs, done, is_under_way, under_way};
use super::dom::{El, button, el, live, memo, words};
use crate::store::{Phase, Store};

/// The region "Checkup".
pub(super) fn checkup() -> El {
    let store = Store::get();
    let running = move || store.phase.get() == Phase::Running;
    let rows = memo(move || store.with_trace(|trace| rows(trace, running())).unwrap_or_default());
    let again = move || store.is_live() && !running();
    let table = move || {
        let head = ["What was tried", "What came", "What the specification says", "Verdict", "Try"];
        el("table")
            .attr("role", "table")
            .class("matrix")
            .attr("aria-label", "What was tried, and what came")
            .child(el("thead").attr("role", "rowgroup").child(
                el("tr").attr("role", "row").children(head.map(|title| el("th").attr("role", "columnheader").child(title))),
            ))
            .child(el("tbody").attr("role", "rowgroup").children(rows.get().into_iter().map(row)))
    };
    el("section")
        .class("checkup")
        .attr("aria-label", "Checkup")
        .child(el("p").child(words(move || store.with_trace(summary).unwrap_or_default())))
        .child(live(move || {
            again().then(|| el("div").class("row").child(button("Run checkup", move || store.ask_for_checkup())))
        }))
        .child(live(table))
}

/// A row for each probe: first what differs, last what was not tried; as long as it runs, in the order in which they are tried.
fn rows(trace: &Trace, running: bool) -> Vec<Row> {
    let matrix = probe::matrix(trace);
    if running {
        return matrix.iter().map(|entry| Row::of(entry, trace)).collect();
    }
    let of = |verdict: Verdict| matrix.iter().filter(move |entry| entry.verdict() == verdict);
    let order = [Verdict::Differs, Verdict::Unseen, Verdict::AsExpected, Verdict::NotTried];
    order.into_iter().flat_map(of).map(|entry| Row::of(entry, trace)).collect()
}

/// How it came out as a whole.
fn summary(trace: &Trace) -> String {
    if trace.probes().is_empty() {
        return "A checkup sends requests that a server should answer, and some that it should refuse, and compares what comes with \
                the specification. It asks before it begins."
            .to_owned();
    }
    format!("{}.", probe::tally(&probe::matrix(trace)))
}
