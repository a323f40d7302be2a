//! The sequence diagram: a window on the layout that core computes. Only the rows in view are in the document.

mod draw;
mod table;

use inspector_core::diagram::Diagram;
use inspector_core::id::EventRef;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;

use crate::platform::resize;
use crate::selectors::Selectors;
use crate::store::{Gutter, Phase, Store};
use table::Messages;

/// Pixels drawn above and below what is in view, so that scrolling does not show an edge.
const MARGIN: u32 = 240;

/// Rows that Page Up and Page Down pass over.
const LEAP: usize = 10;

/// Within this many pixels of the end, a growing diagram keeps showing its end.
const AT_END: i32 = 80;

/// The region "Sequence diagram".
#[component]
pub(super) fn Ladder() -> impl IntoView {
    let store = Store::get();
    let Selectors { diagram, width, .. } = Selectors::get();
    let port = NodeRef::<Div>::new();
    let scrolled = RwSignal::new(0_u32);
    let height = RwSignal::new(600_u32);
    let observer = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(port) = port.get() else { return };
        observer.set_value(resize::observe(&port, move |new_width, new_height| {
            width.set(new_width);
            height.set(new_height);
        }));
    });
    on_cleanup(move || observer.set_value(None));
    // While it runs, the newest row stays in view, unless the person has scrolled away from it.
    Effect::new(move |_| {
        diagram.track();
        let Some(port) = port.get_untracked().filter(|_| store.phase.get_untracked() == Phase::Running) else { return };
        if port.scroll_height() - port.scroll_top() - port.client_height() < AT_END + 2 * port.client_height() / 3 {
            port.set_scroll_top(port.scroll_height());
        }
    });
    // A row that is selected from elsewhere comes into view.
    Effect::new(move |_| {
        let (Some(selected), Some(port)) = (store.selected.get(), port.get_untracked()) else { return };
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
    let window = Memo::new(move |_| {
        let top = scrolled.get().saturating_sub(MARGIN);
        let bottom = scrolled.get() + height.get() + MARGIN;
        diagram.with(|diagram| diagram.as_ref().map(|diagram| (diagram.rows_between(top, bottom), top, bottom)))
    });
    let selected_row = Memo::new(move |_| {
        let selected = store.selected.get()?;
        diagram.with(|diagram| diagram.as_ref()?.row_of(selected))
    });
    let walk = move |event: KeyboardEvent| {
        let moved = diagram.with_untracked(|diagram| step(diagram.as_ref()?, selected_row.get_untracked(), &event.key()));
        if let Some(to) = moved {
            event.prevent_default();
            store.selected.set(Some(to));
            store.tab.set(crate::store::Tab::Detail);
        } else if event.key() == "Enter" && store.selected.get_untracked().is_some() {
            event.prevent_default();
            store.detail_open.set(true);
            store.tab.set(crate::store::Tab::Detail);
            super::keyboard::focus("pane");
        }
    };
    view! {
        <section class="ladder" aria-label="Sequence diagram">
            <Bar/>
            <div
                class="port"
                id="ladder"
                node_ref=port
                tabindex="0"
                role="listbox"
                aria-label="Messages in the order they were sent and received"
                aria-activedescendant=move || selected_row.get().map(draw::row_id)
                on:keydown=walk
                on:scroll:target=move |event| scrolled.set(u32::try_from(event.target().scroll_top()).unwrap_or(0))
            >
                {move || {
                    let (rows, top, bottom) = window.get()?;
                    diagram.with(|diagram| diagram.as_ref().map(|diagram| draw::window(diagram, rows, top, bottom, selected_row, store)))
                }}
            </div>
            <Messages/>
        </section>
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
#[component]
fn Bar() -> impl IntoView {
    let store = Store::get();
    let diagram = Selectors::get().diagram;
    let rows = move || diagram.with(|diagram| diagram.as_ref().map_or(0, |diagram| diagram.rows.len()));
    let hidden = Memo::new(move |_| diagram.with(|diagram| diagram.as_ref().map_or(0, |diagram| diagram.hidden_comments)));
    let choices = [
        ("start", "since start", Gutter::SinceStart),
        ("previous", "since the row before", Gutter::SincePrevious),
        ("selected", "since the selected row", Gutter::SinceSelected),
        ("clock", "time of day", Gutter::Clock),
    ];
    view! {
        <div class="bar">
            <h3>"Sequence"</h3>
            <select
                aria-label="Times"
                on:change:target=move |event| {
                    let value = event.target().value();
                    store.gutter.set(choices.iter().find(|(key, ..)| *key == value).map_or(Gutter::SinceStart, |(.., gutter)| *gutter));
                }
            >
                {choices.into_iter().map(|(key, text, _)| view! { <option value=key>{text}</option> }).collect_view()}
            </select>
            <span class="spring"></span>
            <span>{move || format!("{} rows", rows())}</span>
            <Show when=move || { hidden.get() > 0 || store.comments.get() }>
                <button type="button" class="link" aria-pressed=move || store.comments.get().to_string() on:click=move |_| store.comments.update(|on| *on = !*on)>
                    {move || if store.comments.get() { "Hide keep-alives".to_owned() } else { format!("Show keep-alives ({})", hidden.get()) }}
                </button>
            </Show>
        </div>
    }
}
