//! The bar at the top: what this is, what is being looked at, and the way in and out.

use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::Places;
use super::dom::{El, View, button, el, svg, when, words};
use super::open::Dialogs;
use crate::platform::theme::Theme;
use crate::store::{Origin, Phase, Source, Store};

/// The bar at the top.
pub(super) fn header(places: &Places) -> El {
    let store = Store::get();
    let dialogs = Dialogs::get();
    let theme = RwSignal::new(Theme::stored());
    let mark = svg("svg")
        .class("mark")
        .attr("width", "22")
        .attr("height", "22")
        .attr("viewBox", "0 0 22 22")
        .attr("aria-hidden", "true");
    let half_moon = svg("svg")
        .class("icon")
        .attr("width", "16")
        .attr("height", "16")
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true");
    el("header")
        .class("top")
        .child(mark.child(svg("path").attr("d", "M4 2v18M18 2v18M4 7h10m-3-3 3 3-3 3M18 15H8m3-3-3 3 3 3")))
        .child(
            el("h1")
                .child(button("MCP Session Inspector", move || store.close()).class("home").attr("title", "To the start page")),
        )
        .child(el("p").class("crumb").child(&places.crumb))
        .child(button("Causes", move || store.part.with(move |part| dialogs.causes.set(part.is_some()))).class("ghost"))
        .child(button("History", move || store.part.with(move |part| dialogs.history.set(part.is_some()))).class("ghost"))
        .child(button("Open trace", move || dialogs.open_trace.set(true)))
        .child(&places.actions)
        .child(button("Keys", move || dialogs.keys.set(true)).class("ghost for-keyboards"))
        .child(
            button(
                half_moon
                    .child(svg("circle").attr("cx", "8").attr("cy", "8").attr("r", "6"))
                    .child(svg("path").class("half").attr("d", "M8 2a6 6 0 0 1 0 12z")),
                move || {
                    theme.update(|theme| *theme = theme.next());
                    theme.get_untracked().apply();
                },
            )
            .class("ghost")
            .live_attr("aria-label", move || format!("Colours: {}. Change", theme.get().as_str())),
        )
}

/// What can be done with a recording.
pub(super) fn actions() -> View {
    let store = Store::get();
    let share = Dialogs::get().share;
    when(move || store.phase.get() != Phase::Idle, move || button("Share", move || share.set(true)))
}

/// What is being looked at.
pub(super) fn crumb() -> View {
    let store = Store::get();
    words(move || store.with_trace(|trace| crumb_of(trace, &store.source.get())).unwrap_or_default())
}

fn crumb_of(trace: &Trace, source: &Source) -> String {
    let count = trace.exchanges().len();
    let exchanges = if count == 1 { "1 exchange".to_owned() } else { format!("{count} exchanges") };
    let server = trace.about.address().map(|url| format!("{}{}", url.authority(), url.path()));
    let server = server.unwrap_or_else(|| "a server whose address is not in the recording".to_owned());
    let from = match source {
        Source::Live => String::new(),
        Source::Opened(opened) => match &opened.origin {
            Origin::Link => " · recording from a link".to_owned(),
            Origin::Pasted => " · pasted recording".to_owned(),
            Origin::File(name) => format!(" · recording {name}"),
            Origin::History(_) => " · recording from the history".to_owned(),
        },
        Source::Incident(_) => " · recorded incident".to_owned(),
    };
    format!("{server} · {exchanges}{from}")
}
