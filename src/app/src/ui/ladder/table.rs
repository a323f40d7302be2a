//! The diagram as a table: the same content for those who read instead of look.

use leptos::prelude::*;

use crate::selectors::Selectors;
use crate::store::Store;
use crate::ui::shown::plain;

/// Rows per page of the table.
const PAGE: usize = 200;

/// The table "Messages".
#[component]
pub(super) fn Messages() -> impl IntoView {
    let store = Store::get();
    let diagram = Selectors::get().diagram;
    let open = RwSignal::new(false);
    let limit = RwSignal::new(PAGE);
    let rows = move || {
        diagram.with(|diagram| {
            let rows = diagram.iter().flat_map(|diagram| diagram.rows.iter());
            rows.take(limit.get()).map(|row| (row.event, row.time.clone(), plain(&row.says))).collect::<Vec<_>>()
        })
    };
    let left =
        move || diagram.with(|diagram| diagram.as_ref().map_or(0, |diagram| diagram.rows.len())).saturating_sub(limit.get());
    view! {
        <details class="as-table" on:toggle:target=move |event| open.set(event.target().open())>
            <summary>"Messages as a table"</summary>
            <Show when=move || open.get()>
                <div class="scroll" tabindex="0" role="group" aria-label="Messages as a table">
                    <table aria-label="Messages">
                        <thead><tr><th scope="col">"Time"</th><th scope="col">"What happened"</th></tr></thead>
                        <tbody>
                            {move || {
                                rows()
                                    .into_iter()
                                    .map(|(event, time, says)| {
                                        let cell = match event {
                                            Some(event) => view! {
                                                <button type="button" class="link" on:click=move |_| store.look_at(event)>{says}</button>
                                            }
                                            .into_any(),
                                            None => says.into_any(),
                                        };
                                        view! { <tr data-event=event.map(|event| event.to_string())><td>{time}</td><td>{cell}</td></tr> }
                                    })
                                    .collect_view()
                            }}
                        </tbody>
                    </table>
                    <Show when=move || { left() > 0 }>
                        <button type="button" on:click=move |_| limit.update(|limit| *limit += PAGE)>{move || format!("Show more ({})", left())}</button>
                    </Show>
                </div>
            </Show>
        </details>
    }
}
