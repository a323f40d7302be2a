//! The keys of the page, and the dialog that lists them.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::dom::{El, button, el};
use super::open::{Dialogs, dialog};
use crate::platform::schedule;
use crate::selectors::Selectors;
use crate::store::Store;

/// What each key does.
const KEYS: [(&str, &str); 9] = [
    ("/", "go to the server URL; in the causes, to their search"),
    ("Enter", "in the form: run the handshake; in the diagram: open the detail"),
    ("Ctrl Enter", "in the form of a tool, a prompt or an answer: send it"),
    ("Up, Down", "walk the diagram"),
    ("Home, End", "first and last row of the diagram"),
    ("[ and ]", "previous and next finding in the diagram"),
    ("Left, Right", "in a comparison: let only that side follow"),
    ("Escape", "leave a field for the diagram; close the detail or a dialog"),
    ("?", "this list"),
];

/// Listens to the keys that work anywhere on the page.
pub(super) fn listen() {
    let store = Store::get();
    let dialogs = Dialogs::get();
    on_key(move |event: &KeyboardEvent| {
        if is_typing(event) {
            // A dialog closes by itself.
            if event.key() == "Escape" && !dialogs.any_open() {
                focus("ladder");
            }
            return;
        }
        match event.key().as_str() {
            "/" => {
                event.prevent_default();
                focus("url");
            }
            "?" => dialogs.keys.set(true),
            "Escape" if !dialogs.any_open() => store.detail_open.set(false),
            _ => {}
        }
    });
}

/// Listens to the keys that are no command to the browser.
fn on_key(pressed: impl Fn(&KeyboardEvent) + 'static) {
    let pressed: Box<dyn Fn(&KeyboardEvent)> = Box::new(pressed);
    let handle = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.alt_key()) {
            pressed(&event);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Listens to the keys that walk the findings of the diagram.
pub(super) fn listen_for_marks() {
    let store = Store::get();
    let dialogs = Dialogs::get();
    let diagram = Selectors::get().diagram;
    on_key(move |event: &KeyboardEvent| {
        let key = event.key();
        if is_typing(event) || dialogs.any_open() || !matches!(key.as_str(), "[" | "]") {
            return;
        }
        let selected = store.selected.get_untracked();
        let to = diagram.with_untracked(|diagram| {
            let diagram = diagram.as_ref()?;
            if key == "]" { diagram.next_mark(selected) } else { diagram.previous_mark(selected) }
        });
        if let Some(to) = to {
            store.look_at(to);
            focus("ladder");
        }
    });
}

/// Whether a key goes into a field.
pub(super) fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Moves the focus to an element.
pub(super) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Lets Ctrl or Cmd with Enter send a form from any of its fields: Enter alone is a line break in most of them.
pub(super) fn submits(event: KeyboardEvent) {
    let form = event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
    if event.key() == "Enter"
        && (event.ctrl_key() || event.meta_key())
        && let Some(form) = form
    {
        event.prevent_default();
        let _ = form.request_submit();
    }
}

/// Moves the focus to an element that is about to be shown.
pub(super) fn focus_soon(id: String) {
    spawn_local(async move {
        schedule::turn().await;
        focus(&id);
    });
}

/// Moves the focus to the first field that keeps the handshake from being run.
pub(super) fn focus_first_problem() {
    if let Ok(Some(field)) = document().query_selector(".contact form [aria-invalid=true]")
        && let Ok(field) = field.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = field.focus();
    }
}

/// The list of keys.
pub(super) fn keys_dialog() -> El {
    let open = Dialogs::get().keys;
    let key = |(key, does)| el("div").child(el("dt").child(el("kbd").child(key))).child(el("dd").child(does));
    dialog(open)
        .attr("aria-labelledby", "keys-title")
        .child(el("h2").attr("id", "keys-title").child("Keys"))
        .child(el("dl").class("keys").children(KEYS.into_iter().map(key)))
        .child(el("div").class("row end").child(button("Close", move || open.set(false))))
}
