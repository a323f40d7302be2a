//! The page of one cause, with the way to pass it on.

use inspector_core::diagnose::{Cause, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Causes;
use crate::explanations::{Explained, Explanations};
use crate::platform::{clipboard, location};
use crate::selectors::Selectors;
use crate::ui::dom::{El, View, button, el, live, words};
use crate::ui::explanation::whole;

/// The id of the title, which is where reading begins.
pub(super) const TITLE: &str = "cause-title";

/// The page that is being read, or how to choose one.
pub(super) fn page(causes: Causes) -> El {
    let shown = move || causes.reading.get().map_or_else(choose, |cause| read(causes, cause));
    el("div").class("page").attr("tabindex", "-1").child(live(shown))
}

/// What was found in the recording, which is what most people look for; else what a page has to say.
fn choose() -> View {
    let text = "Each page says what you see, why it happens, the first thing to do, the lines for each kind of server, what the \
                specification says, and what looks the same and is something else.";
    let found = Selectors::get().findings.with(|told| told.iter().map(|told| told.finding.cause).collect::<Vec<_>>());
    let link = |cause: &Cause| {
        let way = el("a").attr("href", format!("#cause={}", cause.slug)).child(cause.title);
        el("li").child(way)
    };
    let found =
        (!found.is_empty()).then(|| (el("h3").child("Found in this recording"), el("ul").children(found.into_iter().map(link))));
    el("div").class("choose").child(el("h2").child("Choose a cause")).child(el("p").child(text)).child(found).into()
}

fn read(causes: Causes, cause: &'static Cause) -> View {
    let copied = RwSignal::new("");
    let copy = move || {
        spawn_local(async move {
            let link = format!("{}#cause={}", location::without_fragment(), cause.slug);
            copied.set(if clipboard::copy(&link).await { "Copied." } else { "The browser did not allow copying." });
        });
    };
    let head = el("div")
        .class("row")
        .child(button("All causes", move || causes.list()).class("all"))
        .child(el("code").class("slug").child(cause.slug))
        .child(el("span").class("quiet").child(cause.group.title()))
        .child(el("span").class("spring"))
        .child(el("span").class("quiet").attr("role", "status").child(words(move || copied.get())))
        .child(button("Copy link", copy));
    let title = el("h2").attr("id", TITLE).attr("tabindex", "-1").child(cause.title);
    el("article").attr("aria-labelledby", TITLE).child(head).child(title).child(live(move || explained(cause))).into()
}

fn explained(cause: &Cause) -> View {
    let explanations = Explanations::get();
    let quiet = |text: &str| el("p").class("quiet").child(text);
    match explanations.of(cause) {
        Explained::Loading => quiet("Loading the page…").into(),
        Explained::Ready(page) => shown(&page),
        Explained::Unavailable => {
            (quiet("The pages could not be loaded from this page's own site."), button("Try again", move || explanations.load()))
                .into()
        }
    }
}

fn shown(page: &Page) -> View {
    whole(page, Selectors::get().looks_like.get().map(|like| like.stack))
}
