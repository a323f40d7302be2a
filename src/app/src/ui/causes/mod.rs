//! "Causes": everything that can be wrong, to look through and to search. Every cause has an address of its own, `#cause=SLUG`; to
//! read sends nothing, and the recording on the page stays where it is.

mod list;
mod page;

use std::cell::Cell;

use inspector_core::diagnose::{self, Cause};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::KeyboardEvent;

use super::dom::{El, View, button, effect, el};
use super::keyboard::{focus, focus_soon, is_typing};
use super::open::{Dialogs, dialog};
use crate::explanations::Explanations;
use crate::platform::{history, location, title};
use crate::symptoms::Symptoms;

/// The fragment of the list.
const LIST: &str = "causes";

/// The id of the field for what is searched for.
const SEARCH: &str = "causes-search";

/// So much of what an address names is shown when that is no cause.
const SLUG_CHARS: usize = 60;

/// What is being read, as handles that can be copied around.
#[derive(Clone, Copy)]
struct Causes {
    open: RwSignal<bool>,
    query: RwSignal<String>,
    /// The cause whose page is shown.
    reading: RwSignal<Option<&'static Cause>>,
    /// What the address names when that is no cause.
    unknown: RwSignal<Option<String>>,
}

impl Causes {
    /// Shows what the address names.
    fn follow(self) {
        let named = location::fragment("cause");
        let reading = named.as_deref().and_then(diagnose::cause);
        let readable = |slug: &String| slug.chars().filter(char::is_ascii_graphic).take(SLUG_CHARS).collect::<String>();
        let unknown = named.as_ref().filter(|_| reading.is_none()).map(readable);
        if let Some(unknown) = &unknown {
            // What comes near has some of its words.
            self.query.set(unknown.replace('-', " "));
        }
        self.unknown.set(unknown);
        self.reading.set(reading);
        self.open.set(named.is_some() || is_at_list());
    }

    /// Whether nothing is searched for.
    fn lists_all(self) -> bool {
        self.query.with(|query| query.trim().is_empty())
    }

    /// Whether the address names no cause, and nothing else was searched for since.
    fn names_none(self) -> bool {
        self.unknown
            .with(|unknown| unknown.as_ref().is_some_and(|slug| self.query.with(|query| *query == slug.replace('-', " "))))
    }

    /// Goes to a page.
    fn read(self, cause: &Cause) {
        history::go_to(&format!("cause={}", cause.slug));
        self.follow();
    }

    /// Goes to the list.
    fn list(self) {
        history::go_to(LIST);
        self.follow();
    }
}

fn is_at_list() -> bool {
    location::fragment_names(LIST)
}

/// The dialog "Causes".
pub(super) fn causes() -> El {
    let open = Dialogs::get().causes;
    let this = Causes { open, query: RwSignal::new(String::new()), reading: RwSignal::new(None), unknown: RwSignal::new(None) };
    let (explanations, symptoms) = (Explanations::get(), Symptoms::get());
    let opened_at = location::fragment("cause").map(|slug| format!("cause={slug}"));
    history::on_change(opened_at.or_else(|| is_at_list().then(|| LIST.to_owned())), move || this.follow());
    // A dialog can be shown once it is in the document.
    spawn_local(async move { this.follow() });
    let was_open = Cell::new(false);
    effect(move || {
        let is_here = location::fragment("cause").is_some() || is_at_list();
        match (was_open.replace(open.get()), open.get(), is_here) {
            (_, true, false) => this.list(),
            (true, false, true) => history::leave(),
            _ => {}
        }
        if open.get() {
            explanations.load();
            symptoms.load();
        }
    });
    effect(move || {
        let reading = this.reading.get().map(|cause| cause.title);
        title::set(open.get().then(|| reading.unwrap_or("Causes")));
    });
    effect(move || {
        if open.get() {
            focus_soon(if this.reading.with(Option::is_some) { page::TITLE } else { SEARCH }.to_owned());
        }
    });
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "/" if !is_typing(&event) => {
            event.prevent_default();
            focus(SEARCH);
        }
        // In a search field, browsers take it for clearing the field.
        "Escape" => {
            event.prevent_default();
            open.set(false);
        }
        _ => {}
    };
    let head = el("header")
        .child(el("h2").attr("id", "causes-title").child("Causes"))
        .child(
            el("p")
                .class("quiet")
                .child("What can be wrong between a client and a server, and how to fix it. Reading sends nothing."),
        )
        .child(button("Close", move || open.set(false)));
    let content: View = (list::list(this), page::page(this)).into();
    dialog(open)
        .class("causes")
        .live_class("reading", move || this.reading.with(Option::is_some))
        .attr("aria-labelledby", "causes-title")
        .on("keydown", keys)
        .child(head)
        .child(content)
}
