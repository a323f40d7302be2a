//! The dialog "Share this trace": how much of it, the link and the file, what goes out and what was removed.

mod contents;
mod exports;
mod levels;
mod send;
mod sharing;

use leptos::prelude::*;

pub(super) use self::exports::exports;
pub(super) use self::sharing::Sharing;
use super::dom::{El, View, button, effect, el, when};
use super::open::{Dialogs, dialog};

/// The dialog.
pub(super) fn share() -> El {
    let sharing = Sharing::get();
    let open = Dialogs::get().share;
    effect(move || if open.get() { sharing.make() } else { sharing.forget() });
    let head = el("header")
        .child(el("h2").attr("id", "share-title").attr("tabindex", "-1").flag("autofocus", true).child("Share this trace"))
        .child(el("p").child(
            "The link holds the recording itself. Nothing is uploaded, and whoever opens it sends nothing. \
             Tokens, cookies, session ids and values are taken out before it is made.",
        ));
    let is_made = move || !sharing.choices().is_empty();
    let making = when(move || !is_made(), || el("p").class("quiet").attr("role", "status").child("Taking the secrets out…"));
    let body = move || -> View {
        (levels::levels(sharing), (send::link(sharing), send::file(sharing)), contents::contents(sharing)).into()
    };
    dialog(open)
        .class("share")
        .attr("aria-labelledby", "share-title")
        .child(head)
        .child(making)
        .child(when(is_made, body))
        .child(el("div").class("row end").child(button("Close", move || open.set(false))))
}
