//! A form made from a JSON Schema, and the JSON behind it: the one is the other, and what is typed in one shows in the other.

mod control;
mod draft;
mod field;

use std::sync::Arc;

use leptos::prelude::*;

pub(super) use self::draft::{Draft, Drafts};
use self::field::fields;
use super::dom::{El, View, button, el, live, memo, row, when};

/// Where the suggestions for a field come from: a server completes what it knows of (2025-03-26, completion).
#[derive(Clone)]
pub(super) struct Completes {
    /// Asks for suggestions to a field, by its name.
    pub(super) ask: Arc<dyn Fn(&str) + Send + Sync>,
    /// What was suggested, and a word about it.
    pub(super) found: Arc<dyn Fn(&str) -> (Vec<String>, String) + Send + Sync>,
}

/// What all parts of one form share.
#[derive(Clone)]
struct Shared {
    draft: Draft,
    /// What the ids of its elements begin with.
    id: Arc<str>,
    completes: Option<Completes>,
}

/// The form of a draft. `id` is what the ids of its elements begin with, `what` is what it is called as JSON.
pub(super) fn schema_form(draft: Draft, id: &str, what: &'static str, completes: Option<Completes>) -> El {
    let shared = Shared { draft, id: id.into(), completes };
    let form = draft.form();
    let switch = form.raw.is_none().then(|| {
        button("JSON", move || match draft.as_json.get_untracked() {
            true => draft.to_form(false),
            false => draft.to_json(),
        })
        .class("small")
        .live_attr("aria-pressed", move || draft.as_json.get())
    });
    let why = form.raw.as_ref().map(|why| el("p").class("quiet").child(format!("Typed as JSON: {why}.")));
    let notes = form.notes.iter().map(|note| el("p").class("quiet").child(super::shown::plain(&note.to_string())));
    let empty = form.root.fields.is_empty() && form.raw.is_none();
    let body = {
        let (shared, form) = (shared.clone(), Arc::clone(&form));
        let as_json = memo(move || draft.as_json.get());
        move || match as_json.get() {
            true => editor(&shared, what),
            false if empty => el("p").class("quiet").child("The schema names nothing to fill in.").into(),
            false => fields(&shared, &form.root, &[], ""),
        }
    };
    el("div")
        .class("schema-form")
        .child(el("div").class("row").child(el("h4").child(what)).child(el("span").class("spring")).child(switch))
        .child(why)
        .child(live(body))
        .child(row(notes))
}

/// The whole as JSON.
fn editor(shared: &Shared, what: &'static str) -> View {
    let draft = shared.draft;
    let (id, words) = (format!("{}-json", shared.id), format!("{}-json-words", shared.id));
    let flaws = memo(move || draft.said_of_all());
    let field = el("textarea")
        .attr("id", &id)
        .class("grow")
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("aria-label", format!("{what} as JSON"))
        .attr("aria-describedby", &words)
        .live_attr("aria-invalid", move || flaws.with(|flaws| !flaws.is_empty()))
        .bind(draft.text);
    let said = live(move || row(flaws.get().into_iter().map(|text| el("p").class("word").child(super::shown::plain(&text)))));
    let lost = move || {
        let lost = draft.lost.get().into_iter().map(|text| el("p").class("word").child(super::shown::plain(&text)));
        let anyway = button("Show the form without it", move || draft.to_form(true));
        let stay = button("Stay with JSON", move || draft.lost.set(Vec::new())).class("ghost");
        el("div").class("card").attr("role", "status").child(row(lost)).child(el("div").class("row").child(anyway).child(stay))
    };
    let lost = when(move || draft.lost.with(|lost| !lost.is_empty()), lost);
    (field, el("div").attr("id", &words).child(said), lost).into()
}
