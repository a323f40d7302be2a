//! The diagram as a table: the same content for those who read instead of look.

use inspector_core::diagram::Row;
use leptos::prelude::*;

use crate::selectors::Selectors;
use crate::store::Store;
use crate::ui::dom::{El, View, button, el, live, row, when, words};
use crate::ui::shown::plain;

/// Rows per page of the table.
const PAGE: usize = 200;

/// The table "Messages".
pub(super) fn messages() -> El {
    let diagram = Selectors::get().diagram;
    let open = RwSignal::new(false);
    let limit = RwSignal::new(PAGE);
    let rows = move || {
        diagram.with(|diagram| {
            let rows = diagram.iter().flat_map(|diagram| diagram.rows.iter());
            row(rows.take(limit.get()).map(message))
        })
    };
    let left =
        move || diagram.with(|diagram| diagram.as_ref().map_or(0, |diagram| diagram.rows.len())).saturating_sub(limit.get());
    let head = |title| el("th").attr("scope", "col").child(title);
    let more = move || button(words(move || format!("Show more ({})", left())), move || limit.update(|limit| *limit += PAGE));
    let table = move || {
        let table = el("table")
            .attr("aria-label", "Messages")
            .child(el("thead").child(el("tr").child(head("Time")).child(head("What happened"))))
            .child(el("tbody").child(live(rows)));
        el("div")
            .class("scroll")
            .attr("tabindex", "0")
            .attr("role", "group")
            .attr("aria-label", "Messages as a table")
            .child(table)
            .child(when(move || left() > 0, more))
    };
    el("details")
        .class("as-table")
        .on_toggle(open)
        .child(el("summary").child("Messages as a table"))
        .child(when(move || open.get(), table))
}

fn message(row: &Row) -> El {
    let store = Store::get();
    let says = plain(&row.says);
    let cell = match row.event {
        Some(event) => button(says, move || store.look_at(event)).class("link").into(),
        None => View::from(says),
    };
    el("tr")
        .attr("data-event", row.event.map(|event| event.to_string()))
        .child(el("td").child(row.time.as_str()))
        .child(el("td").child(cell))
}
