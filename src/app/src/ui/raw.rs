//! The whole recording as text, as it would be saved.

use inspector_core::trace::notation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dom::{El, button, el, live, memo, when, words};
use crate::platform::clipboard;
use crate::store::{Phase, Store};

/// How much of a long recording is shown; the file holds all of it.
const SHOWN_CHARS: usize = 200_000;

/// The region "Raw".
pub(super) fn raw() -> El {
    let store = Store::get();
    let copied = RwSignal::new("");
    // Only of a finished recording: writing it out at every event would slow the run down.
    let text =
        memo(move || if store.phase.get() == Phase::Done { store.recording_text().unwrap_or_default() } else { String::new() });
    let shown = move || text.with(|text| text.chars().take(SHOWN_CHARS).collect::<String>());
    let copy = move || {
        spawn_local(async move {
            let text = text.get_untracked();
            copied.set(if clipboard::copy(&text).await { "Copied." } else { "The browser did not allow copying." });
        });
    };
    let about = format!(
        "The wire as recorded, in the inspector's text notation ({}). \
         Your token is not in it, and session ids are replaced by letters.",
        notation::HEADER
    );
    el("section")
        .class("raw")
        .attr("aria-label", "Raw")
        .child(el("p").class("quiet").child(about))
        .child(
            el("div")
                .class("row")
                .child(button("Copy", copy))
                .child(button("Download", move || store.download()))
                .child(el("span").attr("role", "status").child(words(move || copied.get()))),
        )
        .child(when(
            move || text.with(|text| text.len() > SHOWN_CHARS),
            || el("p").class("quiet").child("Only the beginning is shown; the file holds everything."),
        ))
        .child(el("pre").attr("tabindex", "0").child(live(move || super::shown::shown(&shown()))))
}
