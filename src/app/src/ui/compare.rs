//! Both eras side by side: what each of them came to against one address.

use inspector_core::compare::{Fact, How, Side, facts};
use inspector_core::diagnose;
use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, when, words};
use super::shown::shown;
use crate::store::{Comparison, Store};

/// The region "Eras compared", once there are two recordings.
pub(super) fn comparison() -> View {
    let store = Store::get();
    when(move || matches!(store.comparison.get(), Comparison::Done { .. }), region)
}

fn region() -> El {
    let store = Store::get();
    let other_shown = move || matches!(store.comparison.get(), Comparison::Done { other_shown: true });
    let swap = button(
        words(move || if other_shown() { "Show the handshake era below" } else { "Show the stateless era below" }),
        move || store.look_at_other(),
    );
    let column = |text: &str| el("th").attr("scope", "col").child(text);
    let head = el("tr").child(el("td")).child(column("2026-07-28, stateless")).child(column("2025-11-25, handshake"));
    let rows = live(move || super::dom::row(store.with_compared(told).unwrap_or_default().into_iter().map(line)));
    el("section")
        .class("compared")
        .attr("aria-label", "Eras compared")
        .child(el("h3").child("Eras compared"))
        .child(el("table").child(el("thead").child(head)).child(el("tbody").child(rows)))
        .child(swap)
}

/// The facts of both recordings, with the first cause of each.
fn told(left: &Trace, right: &Trace) -> Vec<Fact> {
    let mut rows = facts(&Side::new(left), &Side::new(right));
    let (left, right) = (cause(left), cause(right));
    if left != right {
        rows.push(Fact { what: "First cause", left, right, how: How::Differs });
    }
    rows
}

fn cause(trace: &Trace) -> String {
    let findings = diagnose::diagnose(trace);
    let problem = findings.iter().find(|finding| finding.kind == diagnose::Kind::Problem);
    problem.map(|finding| diagnose::report(finding, trace).headline).unwrap_or_default()
}

fn line(row: Fact) -> El {
    let differs = row.how == How::Differs;
    let cell = |text: &str| el("td").child(if text.is_empty() { "–".into() } else { View::from(shown(text)) });
    el("tr")
        .attr("data-differs", if differs { "true" } else { "false" })
        .child(el("th").attr("scope", "row").child(row.what))
        .child(cell(&row.left))
        .child(cell(&row.right))
}
