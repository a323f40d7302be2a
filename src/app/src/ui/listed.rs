//! Lists that are asked for by a button: prompts, resources, templates. Nothing is sent before it is pressed.

use std::sync::Arc;

use inspector_core::asked::{State, last_asked};
use inspector_core::json::Node;
use inspector_core::mcp::{complete_params, read_completion};
use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::dom::{View, button, el, live, memo, row, words};
use super::schema_form::{Completes, Draft, Suggested};
use super::shown::plain;
use crate::store::Store;

/// The button that asks for lists, and a word where one was not given. `what` is what they list.
pub(super) fn list_button(methods: &'static [&'static str], what: &'static str) -> View {
    let store = Store::get();
    let states = memo(move || {
        let state = |trace: &Trace| -> Vec<Option<State>> {
            methods.iter().map(|method| last_asked(trace, method, &|_| true).map(|asked| asked.state)).collect()
        };
        store.with_trace(state).unwrap_or_default()
    });
    let asked = move || states.with(|states| states.iter().any(Option::is_some));
    let ask = move || methods.iter().for_each(|method| store.call(method, String::new()));
    let ask = button(words(move || if asked() { format!("List {what} again") } else { format!("List {what}") }), ask)
        .live_attr("disabled", move || (!store.is_open()).then_some(""));
    let said = move || {
        let said = |(method, state): (&&str, &Option<State>)| {
            let text = match state.as_ref()? {
                State::Open(_) => format!("{method} is on its way."),
                State::Refused { message, .. } => format!("{method} was refused: {message}"),
                State::Failed(_) | State::GivenUp(_) => format!("{method} was not answered."),
                State::Answered(_) | State::Asking | State::Unmet => return None,
            };
            Some(el("p").class("quiet").attr("role", "status").child(plain(&text)))
        };
        states.with(|states| row(methods.iter().zip(states).filter_map(said)))
    };
    (el("div").class("row").child(ask), live(said)).into()
}

/// Completions by the server for the fields of a draft, if it offers them. `reference` is what is completed, as JSON.
pub(super) fn completes(draft: Draft, reference: String, names: Vec<String>) -> Option<Completes> {
    let store = Store::get();
    // What is offered does not change while a form is shown, and a form that is made anew loses the focus.
    let offered = untrack(|| store.with_trace(|trace| trace.server().is_some_and(|server| server.offers("completions"))));
    if offered != Some(true) {
        return None;
    }
    let meant = reference.clone();
    let ask = move |name: &str| {
        let others = names.iter().filter(|other| *other != name).map(|other| (other.clone(), draft.value_of(other)));
        let known: Vec<_> = others.filter(|(_, value)| !value.is_empty()).collect();
        let typed = untrack(|| draft.value_of(name));
        store.call("completion/complete", complete_params(&reference, name, &typed, &known));
    };
    let found = move |name: &str| suggested(store, &meant, name);
    Some(Completes { ask: Arc::new(ask), found: Arc::new(found) })
}

/// What was suggested last for an argument, and a word about it.
fn suggested(store: Store, reference: &str, name: &str) -> Suggested {
    let asked = store.with_trace(|trace| {
        let asked = last_asked(trace, "completion/complete", &|message| {
            let params = |path: &[&str]| message.get("params").and_then(|params| params.at(path));
            params(&["ref"]).is_some_and(|of| of.raw() == reference)
                && params(&["argument", "name"]).and_then(Node::as_str).is_some_and(|of| of == name)
        })?;
        Some(match asked.state {
            State::Answered(at) => Ok(read_completion(&trace.item_text(at)?)?),
            State::Open(_) => Err("Asking…".to_owned()),
            State::Refused { message, .. } => Err(format!("Refused: {message}")),
            _ => Err("Not answered.".to_owned()),
        })
    });
    match asked.flatten() {
        Some(Ok(completion)) => {
            let more = match completion.total {
                Some(total) => format!(" of {total}"),
                None if completion.has_more => ", and there are more".to_owned(),
                None => String::new(),
            };
            let said = match &*completion.values {
                [] => "No suggestions.".to_owned(),
                values => format!("{} suggested{more}.", values.len()),
            };
            Suggested { values: completion.values, word: said }
        }
        Some(Err(said)) => Suggested { word: plain(&said), ..Suggested::default() },
        None => Suggested::default(),
    }
}
