//! A command to be copied.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dom::{View, button, el, words};
use crate::platform::clipboard;

/// A button that copies a command, and the command behind a summary, shown from the beginning or not.
pub(super) fn copied(command: String, summary: &str, open: bool) -> View {
    let said = RwSignal::new("");
    let text = el("pre").attr("tabindex", "0").child(command.as_str());
    let copy = move || {
        let command = command.clone();
        spawn_local(async move {
            said.set(if clipboard::copy(&command).await { "Copied." } else { "The browser did not allow copying." });
        });
    };
    let told = el("span").attr("role", "status").child(words(move || said.get()));
    let shown = el("details").flag("open", open).child(el("summary").child(summary)).child(text);
    (el("div").class("row").child(button("Copy as curl", copy)).child(told), shown).into()
}
