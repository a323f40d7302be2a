//! One field of a form: its name, what the schema says of it, its control, and what the schema has against what is in it.

use std::sync::Arc;

use inspector_core::schema::{Answer, Choice, Field, Group, Kind, same, step};
use leptos::prelude::*;

use super::Shared;
use super::control::control;
use crate::ui::dom::{El, View, button, el, live, memo, row};
use crate::ui::shown::shown;

/// A field and where it stands.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) shared: Shared,
    pub(super) field: Arc<Field>,
    /// What it is called: its name, or the number of a row.
    pub(super) label: Arc<str>,
    /// Its place among the answers.
    pub(super) place: Arc<[usize]>,
    /// Its JSON Pointer.
    pub(super) path: Arc<str>,
}

impl Spot {
    /// The field at the n-th place inside this one, which its pointer calls `step`.
    pub(super) fn inside(&self, field: &Arc<Field>, label: String, n: usize, name: &str) -> Self {
        let mut path = String::from(&*self.path);
        step(&mut path, name);
        let place = self.place.iter().copied().chain([n]).collect();
        Self { shared: self.shared.clone(), field: Arc::clone(field), label: label.into(), place, path: path.into() }
    }

    /// The id of its control.
    pub(super) fn id(&self) -> String {
        self.place.iter().fold(self.shared.id.to_string(), |id, n| format!("{id}-{n}"))
    }

    /// What is filled in.
    pub(super) fn answer(&self) -> Answer {
        self.shared.draft.at(&self.place)
    }

    /// Fills it in.
    pub(super) fn fill(&self, answer: Answer) {
        self.shared.draft.put(&self.place, answer);
    }
}

/// The fields of an object.
pub(super) fn fields(shared: &Shared, group: &Group, place: &[usize], path: &str) -> View {
    let spot = |(n, field): (usize, &Field)| {
        let mut path = path.to_owned();
        step(&mut path, &field.name);
        let place = place.iter().copied().chain([n]).collect();
        let label = field.name.as_str().into();
        one(Spot { shared: shared.clone(), field: Arc::new(field.clone()), label, place, path: path.into() })
    };
    row(group.fields.iter().enumerate().map(spot))
}

/// One field.
pub(super) fn one(spot: Spot) -> El {
    let id = spot.id();
    let (about, words) = (format!("{id}-about"), format!("{id}-words"));
    // A value that its control cannot show is shown as JSON, and so is one the person wants to type as JSON.
    let wanted = RwSignal::new(false);
    let here = spot.clone();
    let as_json = memo(move || wanted.get() || !shows(&here.field, &here.answer()));
    let said = {
        let (draft, path) = (spot.shared.draft, Arc::clone(&spot.path));
        memo(move || draft.said_of(&path))
    };
    // Several controls under one name are a group with a legend; a single one has a label.
    let is_group = matches!(spot.field.kind, Kind::Group(_) | Kind::List { .. });
    let name = match is_group {
        true => el("legend").child(shown(&spot.label)),
        false => el("label").attr("for", &id).child(shown(&spot.label)),
    };
    let title = &spot.field.title;
    let title = (!says_the_same(title, &spot.label)).then(|| el("span").class("quiet").child(shown(title)));
    let required = spot.field.required.then(|| el("span").class("quiet").child("required"));
    let head = el("div")
        .class("label")
        .child(title)
        .child(required)
        .child(el("span").class("spring"))
        .child(switches(&spot, wanted, as_json));
    let description = &spot.field.description;
    let description = (!description.is_empty()).then(|| el("p").class("quiet").child(shown(description)));
    let why = match &spot.field.kind {
        Kind::Raw(why) => Some(el("p").class("quiet").child(shown(&format!("JSON: {why}.")))),
        _ => None,
    };
    let body = {
        let (spot, words) = (spot.clone(), format!("{about} {words}"));
        live(move || control(&spot, as_json.get(), &words, said))
    };
    let complaints = live(move || row(said.get().into_iter().map(|text| el("p").class("word").child(shown(&text)))));
    el(if is_group { "fieldset" } else { "div" })
        .class("field")
        .child(name)
        .child(head)
        .child(el("div").attr("id", &about).child(description).child(why))
        .child(body)
        .child(el("div").attr("id", &words).child(complaints))
}

/// The small buttons of a field: `null` where it is allowed, and JSON for any value at all.
fn switches(spot: &Spot, wanted: RwSignal<bool>, as_json: Memo<bool>) -> View {
    let field = &spot.field;
    let is_null = |answer: &Answer| matches!(answer, Answer::Json(raw) if raw == "null");
    // A choice has null among what can be chosen.
    let takes_null = field.nullable && !matches!(field.kind, Kind::Choice(_) | Kind::Boolean | Kind::Raw(_));
    let null = takes_null.then(|| {
        let (here, now) = (spot.clone(), spot.clone());
        let press = move || {
            wanted.set(false);
            here.fill(if is_null(&here.answer()) { Answer::Blank } else { Answer::Json("null".to_owned()) });
        };
        small("null", &spot.label, press).live_attr("aria-pressed", move || is_null(&now.answer()))
    });
    let raw = (!matches!(field.kind, Kind::Raw(_))).then(|| {
        let here = spot.clone();
        let press = move || match as_json.get_untracked() {
            true => {
                wanted.set(false);
                let read = match here.answer() {
                    Answer::Json(raw) => here.field.read(&raw),
                    other => other,
                };
                here.fill(if shows(&here.field, &read) { read } else { Answer::Blank });
            }
            false => {
                let written = here.field.write(&here.answer());
                let value = if written.is_empty() { sample(&here.field.kind).to_owned() } else { written };
                wanted.set(true);
                here.fill(Answer::Json(value));
            }
        };
        small("JSON", &spot.label, press).live_attr("aria-pressed", move || as_json.get())
    });
    (null, raw).into()
}

fn small(text: &'static str, of: &str, press: impl Fn() + 'static) -> El {
    button(text, press).class("small").attr("aria-label", format!("{of} as {text}"))
}

/// Whether the control of a field can show an answer.
fn shows(field: &Field, answer: &Answer) -> bool {
    match (&field.kind, answer) {
        (Kind::Choice(choices), Answer::Json(raw)) => chosen(choices, field.nullable, raw).is_some(),
        (Kind::Boolean, Answer::Json(raw)) => matches!(raw.as_str(), "true" | "false") || (field.nullable && raw == "null"),
        (Kind::Raw(_), _) => true,
        (_, Answer::Json(_)) => false,
        _ => true,
    }
}

/// Which of the choices a value is; one more than the last for `null`.
pub(super) fn chosen(choices: &[Choice], nullable: bool, raw: &str) -> Option<usize> {
    let listed = choices.iter().position(|choice| same(&choice.value, raw));
    listed.or_else(|| (nullable && raw == "null").then_some(choices.len()))
}

/// A value to begin with where nothing is filled in.
fn sample(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text { .. } => "\"\"",
        Kind::Number { .. } => "0",
        Kind::Boolean => "false",
        Kind::List { .. } => "[]",
        Kind::Group(_) => "{}",
        Kind::Choice(_) | Kind::Raw(_) => "null",
    }
}

/// Whether a title only repeats the name, as generators make it: `first_name` and "First Name".
fn says_the_same(title: &str, name: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect::<String>();
    title.is_empty() || letters(title) == letters(name)
}
