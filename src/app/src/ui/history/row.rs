//! One recording in the list, and what can be done with it.

use inspector_core::numbers::count;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use web_sys::Event;

use super::keeping::{History, button_of};
use crate::platform::clock;
use crate::platform::database::Entry;
use crate::ui::dom::{El, View, button, el, live};
use crate::ui::keyboard::focus_soon;
use crate::ui::shown::plain;

/// The recording that is being renamed, and what was typed for it. The list may be drawn anew meanwhile.
#[derive(Clone, Copy)]
pub(super) struct Renamed {
    id: RwSignal<Option<f64>>,
    typed: RwSignal<String>,
}

impl Default for Renamed {
    fn default() -> Self {
        Self { id: RwSignal::new(None), typed: RwSignal::new(String::new()) }
    }
}

/// A size as a person says it.
pub(super) fn size(bytes: f64) -> String {
    if bytes < 1_000_000.0 { format!("{} KB", (bytes / 1_000.0).ceil()) } else { format!("{:.1} MB", bytes / 1_000_000.0) }
}

/// The line of a recording.
pub(super) fn line(history: History, open: RwSignal<bool>, renamed: Renamed, entry: Entry) -> El {
    let id = entry.id;
    let (kind, outcome) = match entry.outcome.as_str() {
        "ok" => ("chip ok", "Worked".to_owned()),
        "stopped" => ("chip warn", "Stopped".to_owned()),
        _ if entry.cause.is_empty() => ("chip bad", "Failed".to_owned()),
        _ => ("chip bad", plain(&entry.cause)),
    };
    let about = [clock::local(entry.at), count(entry.exchanges as u64, "exchange"), size(entry.bytes)].join(" · ");
    let server = (entry.name != entry.server).then(|| el("span").class("mono").child(plain(&entry.server)));
    let head = {
        let entry = entry.clone();
        move || -> View {
            if renamed.id.get() == Some(id) { rename(history, renamed, id).into() } else { named(history, open, renamed, &entry) }
        }
    };
    el("li")
        .child(el("div").class("head").child(live(head)))
        .child(el("p").class("quiet").child(server).child(el("span").child(about)).child(el("span").class(kind).child(outcome)))
}

/// Its name, which opens it, and the buttons.
fn named(history: History, open: RwSignal<bool>, renamed: Renamed, entry: &Entry) -> View {
    let name = plain(&entry.name);
    let (opened, deleted, id, old) = (entry.clone(), entry.clone(), entry.id, entry.name.clone());
    let look = move || {
        history.open(opened.clone(), move |is_open| {
            if is_open {
                open.set(false);
            }
        });
    };
    let rename = move || {
        renamed.typed.set(old.clone());
        renamed.id.set(Some(id));
        focus_soon("history-name".to_owned());
    };
    let delete = move || history.delete(deleted.clone());
    (
        button(name.as_str(), look).class("link").attr("aria-label", format!("Open {name}")),
        button("Rename", rename).attr("aria-label", format!("Rename {name}")).attr("id", button_of(id)),
        button("Delete", delete).attr("aria-label", format!("Delete {name}")),
    )
        .into()
}

/// The field for another name.
fn rename(history: History, renamed: Renamed, id: f64) -> El {
    let leave = move || {
        renamed.id.set(None);
        focus_soon(button_of(id));
    };
    let save = move |event: Event| {
        event.prevent_default();
        let name = renamed.typed.get_untracked().trim().to_owned();
        if !name.is_empty() {
            history.rename(id, name);
        }
        leave();
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            // The dialog stays open.
            event.prevent_default();
            event.stop_propagation();
            leave();
        }
    };
    let field = el("input")
        .attr("id", "history-name")
        .attr("type", "text")
        .attr("aria-label", "Name of the recording")
        .attr("maxlength", "200")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .bind(renamed.typed);
    el("form")
        .class("with-copy")
        .on("submit", save)
        .on("keydown", keys)
        .child(field)
        .child(el("button").attr("type", "submit").child("Save"))
        .child(button("Cancel", leave))
}
