//! The sequence diagram: a window on the layout that core computes. Only the rows in view are in the document.

mod draw;
mod table;

use inspector_core::diagram::Diagram;
use inspector_core::id::EventRef;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::platform::resize;
use crate::selectors::Selectors;
use crate::store::{Gutter, Phase, Store, Tab};
use crate::ui::dom::{El, button, effect, el, memo, when, words};
use crate::ui::share::exports;
use draw::{Drawing, Window};
use table::messages;

/// Pixels drawn above and below what is in view, so that scrolling does not show an edge.
const MARGIN: u32 = 240;

/// Rows that Page Up and Page Down pass over.
const LEAP: usize = 10;

/// Within this many pixels of the end, a growing diagram keeps showing its end.
const AT_END: i32 = 80;

/// The region "Sequence diagram".
pub(super) fn ladder() -> El {
    let store = Store::get();
    let Selectors { diagram, width, .. } = Selectors::get();
    let (scrolled, height) = (RwSignal::new(0_u32), RwSignal::new(600_u32));
    let window = memo(move || {
        let top = scrolled.get().saturating_sub(MARGIN);
        Window { top, bottom: scrolled.get() + height.get() + MARGIN, width: width.get() }
    });
    let selected_row = memo(move || {
        let selected = store.selected.get()?;
        diagram.with(|diagram| diagram.as_ref()?.row_of(selected))
    });
    let mut drawing = Drawing::new();
    let port = el("div")
        .class("port")
        .attr("id", "ladder")
        .attr("tabindex", "0")
        .attr("role", "listbox")
        .attr("aria-label", "Messages in the order they were sent and received")
        .live_attr("aria-activedescendant", move || selected_row.get().map(draw::row_id))
        .on("keydown", move |event: KeyboardEvent| walk(store, diagram, selected_row.get_untracked(), &event))
        .on("click", move |event: Event| {
            if let Some(event) = event_at(&event) {
                store.look_at(event);
            }
        })
        .child(drawing.svg.clone());
    effect(move || {
        let (window, selected) = (window.get(), selected_row.get());
        diagram.with(|diagram| diagram.iter().for_each(|diagram| drawing.show(diagram, &window, selected)));
    });
    let port = port.on("scroll", move |event: Event| {
        let port: web_sys::Element = event_target(&event);
        scrolled.set(u32::try_from(port.scroll_top()).unwrap_or(0));
    });
    follow(&port, height);
    el("section").class("ladder").attr("aria-label", "Sequence diagram").child(bar()).child(port).child(messages())
}

/// Keeps the diagram as wide as its place, and in view what matters.
fn follow(port: &El, height: RwSignal<u32>) {
    let store = Store::get();
    let Selectors { diagram, width, .. } = Selectors::get();
    let port: web_sys::Element = port.element();
    let observer = StoredValue::new_local(resize::observe(&port, move |new_width, new_height| {
        width.set(new_width);
        height.set(new_height);
    }));
    on_cleanup(move || observer.set_value(None));
    // While it runs, the newest row stays in view, unless the person has scrolled away from it.
    let growing = port.clone();
    effect(move || {
        diagram.track();
        let port = &growing;
        if store.phase.get_untracked() == Phase::Running
            && port.scroll_height() - port.scroll_top() - port.client_height() < AT_END + 2 * port.client_height() / 3
        {
            port.set_scroll_top(port.scroll_height());
        }
    });
    // A row that is selected from elsewhere comes into view.
    effect(move || {
        let Some(selected) = store.selected.get() else { return };
        let place = diagram.with_untracked(|diagram| {
            let diagram = diagram.as_ref()?;
            let row = diagram.rows.get(diagram.row_of(selected)?)?;
            Some((i32::try_from(row.y).ok()?, i32::try_from(row.height).ok()?))
        });
        let Some((y, row_height)) = place else { return };
        let (top, view) = (port.scroll_top(), port.client_height());
        if y < top + row_height || y + 2 * row_height > top + view {
            port.set_scroll_top((y - view / 3).max(0));
        }
    });
}

/// The event of the row that was clicked.
fn event_at(click: &Event) -> Option<EventRef> {
    let clicked: web_sys::Element = click.target()?.dyn_into().ok()?;
    clicked.closest("[data-event]").ok()??.get_attribute("data-event")?.parse().ok()
}

fn walk(store: Store, diagram: Memo<Option<Diagram>>, from: Option<usize>, event: &KeyboardEvent) {
    let moved = diagram.with_untracked(|diagram| step(diagram.as_ref()?, from, &event.key()));
    if let Some(to) = moved {
        event.prevent_default();
        store.selected.set(Some(to));
        store.tab.set(Tab::Detail);
    } else if event.key() == "Enter" && store.selected.get_untracked().is_some() {
        event.prevent_default();
        store.detail_open.set(true);
        store.tab.set(Tab::Detail);
        super::keyboard::focus("pane");
    }
}

/// Where a key leads from a row: rows without an event of their own are stepped over.
fn step(diagram: &Diagram, from: Option<usize>, key: &str) -> Option<EventRef> {
    let count = diagram.rows.len();
    let (mut rows, backwards) = match key {
        "ArrowDown" => (from.map_or(0, |from| from + 1)..count, false),
        "PageDown" => (from.map_or(0, |from| (from + LEAP).min(count.saturating_sub(1)))..count, false),
        "Home" => (0..count, false),
        "ArrowUp" => (0..from.unwrap_or(count), true),
        "PageUp" => (0..from.unwrap_or(count).saturating_sub(LEAP - 1), true),
        "End" => (0..count, true),
        _ => return None,
    };
    let event = |row: usize| diagram.rows.get(row)?.event;
    if backwards { rows.rev().find_map(event) } else { rows.find_map(event) }
}

/// The line above the diagram.
fn bar() -> El {
    let store = Store::get();
    let diagram = Selectors::get().diagram;
    let rows = move || diagram.with(|diagram| diagram.as_ref().map_or(0, |diagram| diagram.rows.len()));
    let hidden = memo(move || diagram.with(|diagram| diagram.as_ref().map_or(0, |diagram| diagram.hidden_comments)));
    let choices = [
        ("start", "since start", Gutter::SinceStart),
        ("previous", "since the row before", Gutter::SincePrevious),
        ("selected", "since the selected row", Gutter::SinceSelected),
        ("clock", "time of day", Gutter::Clock),
    ];
    let times = el("select")
        .attr("aria-label", "Times")
        .on("change", move |event: Event| {
            let value = event_target_value(&event);
            store.gutter.set(choices.iter().find(|(key, ..)| *key == value).map_or(Gutter::SinceStart, |(.., gutter)| *gutter));
        })
        .children(choices.map(|(key, text, _)| el("option").attr("value", key).child(text)));
    let keep_alives = move || {
        let text = move || {
            if store.comments.get() { "Hide keep-alives".to_owned() } else { format!("Show keep-alives ({})", hidden.get()) }
        };
        button(words(text), move || store.comments.update(|on| *on = !*on))
            .class("link")
            .live_attr("aria-pressed", move || store.comments.get())
    };
    el("div")
        .class("bar")
        .child(el("h3").child("Sequence"))
        .child(times)
        .child(el("span").class("spring"))
        .child(el("span").child(words(move || if rows() == 1 { "1 row".to_owned() } else { format!("{} rows", rows()) })))
        .child(when(move || hidden.get() > 0 || store.comments.get(), keep_alives))
        .child(exports())
}
