//! The views. Each file is one part of the screen; all of them read the store and the selectors, none of them computes meaning.

mod detail;
mod empty;
mod findings;
mod form;
mod header;
mod json_tree;
mod keyboard;
mod ladder;
mod live;
mod open;
mod panes;
mod raw;
mod rich;
mod server;
mod shown;
mod token_card;
mod tools;
mod verdict;

use inspector_core::trace::Outcome;
use leptos::prelude::*;

use crate::explanations::Explanations;
use crate::platform::location;
use crate::selectors::Selectors;
use crate::store::{Phase, Store};

/// The whole page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let store = Store::new();
    provide_context(store);
    provide_context(Selectors::new(store));
    provide_context(Explanations::new(store));
    provide_context(open::Dialogs::new());
    if let Some(url) = location::fragment("server") {
        store.url.set(url);
    }
    keyboard::listen();
    view! {
        <a class="skip" href="#main">"Skip to what happened"</a>
        <header::Header/>
        <form::Form/>
        <main
            id="main"
            tabindex="-1"
            data-phase=move || store.phase.get().as_str()
            data-outcome=move || store.outcome().map(Outcome::as_str)
        >
            <Show when=move || store.phase.get() != Phase::Idle fallback=empty::Empty>
                <verdict::Verdict/>
                <ladder::Ladder/>
            </Show>
        </main>
        <panes::Panes/>
        <live::Live/>
        <open::OpenDialog/>
        <keyboard::KeysDialog/>
    }
}
