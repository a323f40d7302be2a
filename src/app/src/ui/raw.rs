//! The whole recording as text, for who wants to read it from top to bottom.

use inspector_core::trace::notation;
use leptos::prelude::*;

use super::dom::{El, button, el, live, memo, when};
use super::open::Dialogs;
use crate::store::{Phase, Store};

/// How much of a long recording is shown.
const SHOWN_CHARS: usize = 200_000;

/// The region "Raw". What stands here is not redacted, so nothing here copies or saves it.
pub(super) fn raw() -> El {
    let store = Store::get();
    let share = Dialogs::get().share;
    // Only of a finished recording: writing it out at every event would slow the run down.
    let text =
        memo(move || if store.phase.get() == Phase::Done { store.recording_text().unwrap_or_default() } else { String::new() });
    let shown = move || text.with(|text| text.chars().take(SHOWN_CHARS).collect::<String>());
    let about = format!(
        "The wire as recorded, in the inspector's text notation ({}). Your token is not in it, and session ids are replaced by \
         letters; arguments and results are as they were. To send it to somebody, take them out:",
        notation::HEADER
    );
    el("section")
        .class("raw")
        .attr("aria-label", "Raw")
        .child(el("p").class("quiet").child(about).child(" ").child(button("share it", move || share.set(true)).class("link")))
        .child(when(
            move || text.with(|text| text.len() > SHOWN_CHARS),
            || el("p").class("quiet").child("Only the beginning is shown."),
        ))
        .child(el("pre").attr("tabindex", "0").child(live(move || super::shown::shown(&shown()))))
}
