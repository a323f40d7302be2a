//! The views. Each file is one part of the screen; all of them read the store and the selectors, none of them computes meaning.

mod detail;
mod dom;
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

use self::dom::{el, when};
use crate::explanations::Explanations;
use crate::platform::location;
use crate::selectors::Selectors;
use crate::store::{Phase, Store};

/// Puts the whole page into the document.
pub(crate) fn show() {
    let store = Store::new();
    provide_context(store);
    provide_context(Selectors::new(store));
    provide_context(Explanations::new(store));
    provide_context(open::Dialogs::new());
    if let Some(url) = location::fragment("server") {
        store.url.set(url);
    }
    keyboard::listen();
    let idle = move || store.phase.get() == Phase::Idle;
    let main = el("main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .live_attr("data-phase", move || store.phase.get().as_str())
        .live_attr("data-outcome", move || store.outcome().map(Outcome::as_str))
        .child(when(idle, empty::empty))
        .child(when(move || !idle(), || (verdict::verdict(), ladder::ladder())));
    dom::show([
        el("a").class("skip").attr("href", "#main").child("Skip to what happened").into(),
        header::header().into(),
        form::form().into(),
        main.into(),
        panes::panes(),
        live::live_region().into(),
        open::open_dialog().into(),
        keyboard::keys_dialog().into(),
    ]);
}
