//! The whole recording as text, as it would be saved.

use inspector_core::trace::notation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::shown::Shown;
use crate::platform::clipboard;
use crate::store::{Phase, Store};

/// How much of a long recording is shown; the file holds all of it.
const SHOWN_CHARS: usize = 200_000;

/// The region "Raw".
#[component]
pub(super) fn Raw() -> impl IntoView {
    let store = Store::get();
    let copied = RwSignal::new("");
    // Only of a finished recording: writing it out at every event would slow the run down.
    let text =
        Memo::new(
            move |_| {
                if store.phase.get() == Phase::Done { store.recording_text().unwrap_or_default() } else { String::new() }
            },
        );
    let shown = move || text.with(|text| text.chars().take(SHOWN_CHARS).collect::<String>());
    let copy = move |_| {
        spawn_local(async move {
            let text = text.get_untracked();
            copied.set(if clipboard::copy(&text).await { "Copied." } else { "The browser did not allow copying." });
        });
    };
    view! {
        <section class="raw" aria-label="Raw">
            <p class="quiet">
                "The wire as recorded, in the inspector's text notation (" {notation::HEADER} "). "
                "Your token is not in it, and session ids are replaced by letters."
            </p>
            <div class="row">
                <button type="button" on:click=copy>"Copy"</button>
                <button type="button" on:click=move |_| store.download()>"Download"</button>
                <span role="status">{copied}</span>
            </div>
            <Show when=move || text.with(|text| text.len() > SHOWN_CHARS)>
                <p class="quiet">"Only the beginning is shown; the file holds everything."</p>
            </Show>
            <pre tabindex="0">{move || view! { <Shown text=shown()/> }}</pre>
        </section>
    }
}
