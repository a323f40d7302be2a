//! The keys of the page, and the dialog that lists them.

use leptos::ev::KeyboardEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::open::{Dialogs, show_when};
use crate::selectors::Selectors;
use crate::store::Store;

/// What each key does.
const KEYS: [(&str, &str); 7] = [
    ("/", "go to the server URL"),
    ("Enter", "in the form: run the handshake; in the diagram: open the detail"),
    ("Up, Down", "walk the diagram"),
    ("Home, End", "first and last row of the diagram"),
    ("[ and ]", "previous and next finding in the diagram"),
    ("Escape", "close the detail or a dialog"),
    ("?", "this list"),
];

/// Listens to the keys that work anywhere on the page.
pub(super) fn listen() {
    let store = Store::get();
    let selectors = Selectors::get();
    let dialogs = Dialogs::get();
    let handle = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => {
                event.prevent_default();
                focus("url");
            }
            "?" => dialogs.keys.set(true),
            "Escape" => store.detail_open.set(false),
            key @ ("[" | "]") => {
                let selected = store.selected.get_untracked();
                let to = selectors.diagram.with_untracked(|diagram| {
                    let diagram = diagram.as_ref()?;
                    if key == "]" { diagram.next_mark(selected) } else { diagram.previous_mark(selected) }
                });
                if let Some(to) = to {
                    store.look_at(to);
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Moves the focus to an element.
pub(super) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The list of keys.
#[component]
pub(super) fn KeysDialog() -> impl IntoView {
    let dialogs = Dialogs::get();
    let dialog = NodeRef::<Dialog>::new();
    show_when(dialog, dialogs.keys);
    view! {
        <dialog node_ref=dialog aria-labelledby="keys-title" on:close=move |_| dialogs.keys.set(false)>
            <h2 id="keys-title">"Keys"</h2>
            <dl class="keys">
                {KEYS.into_iter().map(|(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> }).collect_view()}
            </dl>
            <div class="row end">
                <button type="button" on:click=move |_| dialogs.keys.set(false)>"Close"</button>
            </div>
        </dialog>
    }
}
