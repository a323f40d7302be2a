//! What a field is filled in with: a text field, a choice, boxes to tick, rows, or the fields of an object.

use std::sync::Arc;

use inspector_core::json;
use inspector_core::schema::{Answer, Choice, Field, Kind};
use leptos::prelude::*;

use super::field::{Spot, chosen, fields, one};
use crate::ui::dom::{El, View, button, el, live, memo, row, words};
use crate::ui::keyboard::focus_soon;
use crate::ui::shown::{plain, shown};

/// The control of a field, or a text field for its JSON. `described` are the ids of what is said of it.
pub(super) fn control(spot: &Spot, as_json: bool, described: &str, said: Memo<Vec<String>>) -> View {
    let named = |element: El| {
        element
            .attr("id", spot.id())
            .attr("aria-describedby", described)
            .attr("aria-required", spot.field.required.then_some("true"))
            .live_attr("aria-invalid", move || said.with(|said| !said.is_empty()))
    };
    if as_json {
        return named(raw(spot)).attr("aria-label", &*spot.label).into();
    }
    match &spot.field.kind {
        Kind::Text { format, multiline, .. } => text(spot, format, *multiline, &named),
        Kind::Number { integer, .. } => {
            let mode = if *integer { "numeric" } else { "decimal" };
            named(typed(spot, el("input").attr("type", "text").attr("inputmode", mode))).into()
        }
        Kind::Boolean => {
            let choice = |word: &str| Choice { value: word.to_owned(), label: word.to_owned() };
            named(choose(spot, Arc::new([choice("true"), choice("false")]))).into()
        }
        Kind::Choice(choices) => named(choose(spot, choices.as_slice().into())).into(),
        Kind::List { item, .. } => match &item.kind {
            Kind::Choice(choices) if !item.nullable => boxes(spot, choices),
            _ => rows(spot, &Arc::new((**item).clone())),
        },
        Kind::Group(_) => group(spot),
        Kind::Raw(_) => named(raw(spot)).into(),
    }
}

/// Text that is neither prose nor to be remembered by the browser.
fn plainly(element: El) -> El {
    element.attr("spellcheck", "false").attr("autocapitalize", "off").attr("autocomplete", "off")
}

fn typed(spot: &Spot, element: El) -> El {
    let (here, heard) = (spot.clone(), spot.clone());
    let shown = move || match here.answer() {
        Answer::Text(text) => text,
        _ => String::new(),
    };
    let example = spot.field.example.as_deref().map(|example| json::string_value(example).into_owned());
    plainly(element)
        .attr("placeholder", example.map(|example| plain(&example)))
        .typed(shown, move |text| heard.fill(Answer::Text(text)))
}

/// A text. Several lines can be typed or pasted into every one, because a line break is a character like any other.
fn text(spot: &Spot, format: &str, multiline: bool, named: &dyn Fn(El) -> El) -> View {
    let Some(completes) = &spot.shared.manner.completes else {
        let lines = if multiline { "4" } else { "1" };
        let mode = match format {
            "email" => Some("email"),
            "uri" => Some("url"),
            _ => None,
        };
        return named(typed(spot, el("textarea").class("grow").attr("rows", lines).attr("inputmode", mode))).into();
    };
    let list = format!("{}-list", spot.id());
    let field = named(typed(spot, el("input").attr("type", "text").attr("list", &list)));
    let (ask, name) = (Arc::clone(&completes.ask), Arc::clone(&spot.label));
    let (found, of) = (Arc::clone(&completes.found), Arc::clone(&spot.label));
    let found = memo(move || found(&of));
    let options = move || row(found.get().values.into_iter().map(|value| el("option").attr("value", value)));
    let suggest = button("Suggest", move || ask(&name)).class("small").attr("aria-label", format!("Suggest {}", spot.label));
    let said = el("span").class("quiet").attr("role", "status").child(words(move || found.get().word));
    row::<View>([
        field.into(),
        el("datalist").attr("id", &list).child(live(options)).into(),
        el("div").class("row").child(suggest).child(said).into(),
    ])
}

fn raw(spot: &Spot) -> El {
    let (here, heard) = (spot.clone(), spot.clone());
    let shown = move || match here.answer() {
        Answer::Json(text) => text,
        _ => String::new(),
    };
    plainly(el("textarea").class("grow").attr("rows", "2"))
        .attr("placeholder", spot.field.example.as_deref().map(plain))
        .typed(shown, move |text| heard.fill(Answer::Json(text)))
}

/// One of several values, or none. The value of an option is its number.
fn choose(spot: &Spot, choices: Arc<[Choice]>) -> El {
    let nullable = spot.field.nullable;
    let option = |value: String, label: String| el("option").attr("value", value).child(label);
    let listed = choices.iter().enumerate().map(|(n, choice)| option(n.to_string(), plain(&choice.label)));
    let list = el("select")
        .child(option(String::new(), "—".to_owned()))
        .children(listed)
        .child(nullable.then(|| option(choices.len().to_string(), "null".to_owned())));
    let (here, heard, known) = (spot.clone(), spot.clone(), Arc::clone(&choices));
    let shown = move || match here.answer() {
        Answer::Json(raw) => chosen(&known, nullable, &raw).map(|n| n.to_string()).unwrap_or_default(),
        _ => String::new(),
    };
    let heard = move |picked: String| {
        heard.fill(match picked.parse::<usize>() {
            Ok(n) => Answer::Json(choices.get(n).map_or_else(|| "null".to_owned(), |choice| choice.value.clone())),
            Err(_) => Answer::Blank,
        });
    };
    list.chosen(shown, heard)
}

/// Several of several values, in the order of the schema.
fn boxes(spot: &Spot, choices: &[Choice]) -> View {
    let all: Arc<[Choice]> = choices.into();
    let one_box = |(n, choice): (usize, &Choice)| {
        let (here, heard, all) = (spot.clone(), spot.clone(), Arc::clone(&all));
        let ticks = |answer: &Answer, choices: &[Choice], n| matches!(answer, Answer::Items(items) if items.iter().any(|item| is(choices, item) == Some(n)));
        let known = Arc::clone(&all);
        let on_now = move || ticks(&here.answer(), &known, n);
        let heard = move |on: bool| {
            let before = heard.answer();
            let on = |at: usize| if at == n { on } else { ticks(&before, &all, at) };
            let picked: Vec<_> = (0..all.len()).filter(|at| on(*at)).map(|at| Answer::Json(all[at].value.clone())).collect();
            let none = picked.is_empty() && !heard.field.required;
            heard.fill(if none { Answer::Blank } else { Answer::Items(picked) });
        };
        el("label").class("check").child(el("input").attr("type", "checkbox").ticked(on_now, heard)).child(shown(&choice.label))
    };
    row(choices.iter().enumerate().map(one_box))
}

/// Which of the choices an answer is.
fn is(choices: &[Choice], answer: &Answer) -> Option<usize> {
    match answer {
        Answer::Json(raw) => chosen(choices, false, raw),
        _ => None,
    }
}

/// Rows of the same kind, which can be added and taken away.
fn rows(spot: &Spot, item: &Arc<Field>) -> View {
    let rows_of = |answer: Answer| match answer {
        Answer::Items(items) => items,
        _ => Vec::new(),
    };
    let counting = spot.clone();
    let count = memo(move || rows_of(counting.answer()).len());
    let (here, kind) = (spot.clone(), Arc::clone(item));
    let listed = move || {
        row((0..count.get()).map(|n| {
            let taking = here.clone();
            let take = move || {
                let mut items = rows_of(taking.answer());
                items.remove(n);
                let none = items.is_empty() && !taking.field.required;
                taking.fill(if none { Answer::Blank } else { Answer::Items(items) });
                // The button that was pressed is gone.
                focus_soon(add_id(&taking));
            };
            let label = format!("{} {}", here.label, n + 1);
            let remove = button("×", take).class("small").attr("aria-label", format!("Remove {label}"));
            el("div").class("item").child(one(here.inside(&kind, label, n, &n.to_string()))).child(remove)
        }))
    };
    let (adding, kind) = (spot.clone(), Arc::clone(item));
    let add = move || {
        let mut items = rows_of(adding.answer());
        let id = format!("{}-{}", adding.id(), items.len());
        items.push(kind.start());
        adding.fill(Answer::Items(items));
        focus_soon(id);
    };
    let add = button("Add", add).class("small").attr("id", add_id(spot)).attr("aria-label", format!("Add to {}", spot.label));
    (live(listed), add).into()
}

fn add_id(spot: &Spot) -> String {
    format!("{}-add", spot.id())
}

/// The fields of an object; one that need not be there can be added and taken away.
fn group(spot: &Spot) -> View {
    let (there, here, taking, adding) = (spot.clone(), spot.clone(), spot.clone(), spot.clone());
    let is_there = memo(move || matches!(there.answer(), Answer::Fields(_)));
    let add = move || {
        // Begins as an object that has to be there does: with its own defaults.
        let required = Field { required: true, default: None, ..(*adding.field).clone() };
        adding.fill(required.start());
    };
    live(move || {
        let (add, taking) = (add.clone(), taking.clone());
        match (&here.field.kind, is_there.get()) {
            (Kind::Group(group), true) => {
                let inside = el("div").class("inside").child(fields(&here.shared, group, &here.place, &here.path));
                let leave_out = button("Leave out", move || taking.fill(Answer::Blank)).class("small");
                (inside, leave_out.attr("aria-label", format!("Leave out {}", here.label))).into()
            }
            _ => View::from(button("Fill in", add).class("small").attr("aria-label", format!("Fill in {}", here.label))),
        }
    })
}
