//! How far the reading of a long file has come, and a way to give it up. The rest of the page can be used meanwhile.

use leptos::prelude::*;

use super::dom::{El, View, button, el, memo, when, words};
use super::shown::plain;
use crate::store::{Progress, Store};

/// The card "Reading", while something long is read.
pub(super) fn reading() -> View {
    let store = Store::get();
    let name = memo(move || store.reading.with(|reading| reading.as_ref().map(|reading| reading.name.clone())));
    when(move || name.with(Option::is_some), move || card(&name.get_untracked().unwrap_or_default()))
}

fn card(name: &str) -> El {
    let store = Store::get();
    let megabytes = |bytes: usize| bytes / 1_000_000;
    let said = move |progress: &Progress| format!("{} of {} MB", megabytes(progress.read), megabytes(progress.of));
    let told = move || store.reading.with(|reading| reading.as_ref().map(said).unwrap_or_default());
    let part = move || store.reading.with(|reading| reading.as_ref().map(|reading| (reading.read / 1_024).to_string()));
    let whole = store.reading.with_untracked(|reading| reading.as_ref().map_or(1, |reading| reading.of.div_ceil(1_024)));
    let title = format!("Reading {}", plain(name));
    let bar = el("progress").attr("aria-label", &title).attr("max", whole.to_string()).live_attr("value", part);
    let card = el("section")
        .class("card")
        .attr("aria-label", "Reading a file")
        .child(el("p").attr("role", "status").child(title))
        .child(bar)
        .child(
            el("div")
                .class("head")
                .child(el("span").class("quiet").child(words(told)))
                .child(button("Cancel reading", move || store.stop_reading())),
        );
    el("div").class("notice reading").child(card)
}
