//! The views. Each file is one part of the screen; all of them read the store and the selectors, none of them computes meaning.

mod answered;
mod causes;
mod checkup;
mod clients;
mod compare;
mod content;
mod copied;
mod detail;
mod dom;
mod empty;
mod explanation;
mod findings;
mod form;
mod header;
mod history;
mod json_tree;
mod keyboard;
mod ladder;
mod listed;
mod listen;
mod live;
mod notice;
mod open;
mod opened;
mod panes;
mod possible;
mod prompts;
mod prove;
mod questions;
mod raw;
mod reading;
mod resources;
mod rich;
mod schema_form;
mod server;
mod sessions;
mod share;
mod shown;
mod split_points;
mod token_card;
mod token_help;
mod tools;
mod verdict;
mod watching;

use leptos::prelude::*;

use self::dom::{El, Place, el, when};
use crate::platform::location;
use crate::store::{Phase, Store};

/// Where the views of the deferred part will stand.
#[derive(Clone)]
struct Places {
    /// In the bar at the top: what is being looked at.
    crumb: Place,
    /// In the bar at the top: what can be done with a recording.
    actions: Place,
    /// Under the token field.
    token_card: Place,
    /// Under the form.
    server_card: Place,
    /// At the top of the middle of the page: what was opened.
    opened: Place,
    /// The middle of the page.
    main: El,
    /// On the right.
    panes: Place,
    /// What a screen reader is told.
    announcement: El,
}

/// Puts the whole page into the document.
pub(crate) fn show() {
    let store = Store::new();
    provide_context(store);
    provide_context(open::Dialogs::new(store));
    if let Some(url) = location::fragment("server") {
        store.url.set(url);
    }
    keyboard::listen();
    let changed = window_event_listener_untyped("hashchange", move |_| store.follow_link());
    on_cleanup(move || changed.remove());
    // The start page stays until there is something to show instead.
    let pasted = move || store.paste.with(|paste| !paste.trim().is_empty());
    let idle = move || store.part.here().is_none() || (store.phase.get() == Phase::Idle && !pasted());
    let opened = Place::new();
    let main = el("main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .live_attr("data-phase", move || store.phase.get().as_str())
        .child(&opened)
        .child(when(idle, empty::empty));
    let places = Places {
        crumb: Place::new(),
        actions: Place::new(),
        token_card: Place::new(),
        server_card: Place::new(),
        opened,
        main: main.clone(),
        panes: Place::new(),
        announcement: el("p").class("visually-hidden").attr("role", "status"),
    };
    dom::show([
        el("a").class("skip").attr("href", "#main").child("Skip to what happened").into(),
        header::header(&places).into(),
        form::form(&places).into(),
        main.into(),
        (&places.panes).into(),
        places.announcement.clone().into(),
        notice::notice().into(),
        open::open_dialog(),
        keyboard::keys_dialog().into(),
    ]);
    dom::effect(move || {
        if let Some(deferred) = store.part.here() {
            split_points::show(deferred, &places);
        }
    });
    store.follow_link();
}
