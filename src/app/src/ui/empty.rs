//! The page before anything has happened: how to start, and incidents to look at without a server.

use leptos::prelude::*;

use crate::gallery::{INCIDENTS, Incident};
use crate::store::{Source, Store};

/// How to start.
#[component]
pub(super) fn Empty() -> impl IntoView {
    view! {
        <div class="empty">
            <section aria-labelledby="start-title">
                <h2 id="start-title">"See why an MCP session fails"</h2>
                <ol class="steps">
                    <li>"Paste the address of the server, and a token if it wants one."</li>
                    <li>"Run the handshake. It goes from this browser straight to that server, and nowhere else."</li>
                    <li>"Read the first sentence: it says what went wrong, with the messages that prove it."</li>
                </ol>
            </section>
            <section aria-labelledby="gallery-title">
                <h2 id="gallery-title">"No server at hand? Open a recorded incident"</h2>
                <ul class="gallery">{INCIDENTS.iter().map(|incident| view! { <li><Card incident/></li> }).collect_view()}</ul>
            </section>
        </div>
    }
}

#[component]
fn Card(incident: &'static Incident) -> impl IntoView {
    let store = Store::get();
    let open = move |_| {
        // A test opens each of them: they are part of the program.
        let _ = store.open(incident.recording, Source::Incident(incident.title));
    };
    view! {
        <button type="button" class="incident" on:click=open>
            <strong>{incident.title}</strong>
            <span>{incident.story}</span>
        </button>
    }
}
