//! The bar at the top: what this is, what is being looked at, and the way in and out.

use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::open::Dialogs;
use crate::platform::theme::Theme;
use crate::store::{Phase, Source, Store};

/// The bar at the top.
#[component]
pub(super) fn Header() -> impl IntoView {
    let store = Store::get();
    let dialogs = Dialogs::get();
    let theme = RwSignal::new(Theme::stored());
    let crumb = move || store.with_trace(|trace| crumb(trace, &store.source.get())).unwrap_or_default();
    view! {
        <header class="top">
            <svg class="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
                <path d="M4 2v18M18 2v18M4 7h10m-3-3 3 3-3 3M18 15H8m3-3-3 3 3 3"/>
            </svg>
            <h1>"MCP Session Inspector"</h1>
            <p class="crumb">{crumb}</p>
            <button type="button" on:click=move |_| dialogs.open_trace.set(true)>"Open trace"</button>
            <Show when=move || store.phase.get() != Phase::Idle>
                <button type="button" on:click=move |_| store.download()>"Download trace"</button>
            </Show>
            <button type="button" class="ghost" on:click=move |_| dialogs.keys.set(true)>"Keys"</button>
            <button
                type="button"
                class="ghost"
                aria-label=move || format!("Colours: {}. Change", theme.get().as_str())
                on:click=move |_| {
                    theme.update(|theme| *theme = theme.next());
                    theme.get_untracked().apply();
                }
            >
                <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                    <circle cx="8" cy="8" r="6"/>
                    <path class="half" d="M8 2a6 6 0 0 1 0 12z"/>
                </svg>
            </button>
        </header>
    }
}

fn crumb(trace: &Trace, source: &Source) -> String {
    let count = trace.exchanges().len();
    let exchanges = if count == 1 { "1 exchange".to_owned() } else { format!("{count} exchanges") };
    let server = &trace.about.server;
    let from = match source {
        Source::Live => String::new(),
        Source::Opened(name) => format!(" · recording {name}"),
        Source::Incident(_) => " · recorded incident".to_owned(),
    };
    format!("{}{} · {exchanges}{from}", server.authority(), server.path())
}
