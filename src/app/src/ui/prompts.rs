//! The prompts of the server: listed on demand, filled in with suggestions of the server, and shown as the conversation they are.

use inspector_core::mcp::{Content, Prompt, named_params, prompt_reference, read_prompt_messages};
use leptos::prelude::*;
use web_sys::Event;

use super::answered::{Told, answered};
use super::content::content;
use super::dom::{El, View, button, el, live, memo, row};
use super::json_tree::json_tree;
use super::keyboard::{focus_soon, submits};
use super::listed::{completes, list_button};
use super::schema_form::{Draft, Drafts, schema_form};
use super::shown::shown;
use super::tools::entry;
use crate::store::Store;

/// The region "Prompts": the list, or the prompt that was chosen.
pub(super) fn prompts() -> El {
    let store = Store::get();
    let prompts = memo(move || store.with_trace(|trace| trace.prompts().to_vec()).unwrap_or_default());
    let chosen = memo(move || {
        let name = store.prompt.get()?;
        prompts.with(|prompts| prompts.iter().find(|prompt| prompt.name == name).cloned())
    });
    let shown = move || match chosen.get() {
        Some(prompt) => panel(&prompt),
        None => list(prompts),
    };
    el("section").class("tools").attr("aria-label", "Prompts").child(live(shown))
}

fn list(prompts: Memo<Vec<Prompt>>) -> View {
    let store = Store::get();
    let one = move |prompt: &Prompt| {
        let name = prompt.name.clone();
        let choose = move || {
            store.prompt.set(Some(name.clone()));
            focus_soon("chosen".to_owned());
        };
        el("li").child(entry(&prompt.name, &prompt.title, &prompt.description, choose))
    };
    let listed = move || prompts.with(|prompts| row(prompts.iter().map(one)));
    (list_button(&["prompts/list"], "prompts"), el("ul").class("offers").child(live(listed))).into()
}

fn panel(prompt: &Prompt) -> View {
    let store = Store::get();
    let draft = Drafts::draft(&format!("prompt {}", prompt.raw), || prompt.form());
    let title = (!prompt.title.is_empty() && prompt.title != prompt.name).then(|| el("span").child(shown(&prompt.title)));
    row::<View>([
        button("All prompts", move || store.prompt.set(None)).class("link").into(),
        el("h3").attr("id", "chosen").attr("tabindex", "-1").child((el("code").child(shown(&prompt.name)), " ", title)).into(),
        el("p").class("description").child(shown(&prompt.description)).into(),
        form(prompt, draft).into(),
        answered("prompts/get", "name", prompt.name.clone(), told),
    ])
}

fn form(prompt: &Prompt, draft: Draft) -> El {
    let store = Store::get();
    let names = prompt.arguments.iter().map(|argument| argument.name.clone()).collect();
    let completes = completes(draft, prompt_reference(&prompt.name), names);
    let name = prompt.name.clone();
    let get = el("button")
        .attr("type", "submit")
        .class("primary")
        .live_attr("disabled", move || store.standing.with(|standing| !standing.open).then_some(""))
        .child("Get prompt");
    el("form")
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .on("submit", move |event: Event| {
            event.prevent_default();
            if let Some(arguments) = draft.take() {
                store.call("prompts/get", named_params(&name, &arguments));
            }
        })
        .on("keydown", submits)
        .child(schema_form(draft, "prompt-argument", "Arguments", completes))
        .child(el("div").class("row").child(get))
}

fn told(message: &str) -> Told {
    let Some(messages) = read_prompt_messages(message) else {
        return Told { headline: "Answered, but not with a prompt", tone: "warn", body: json_tree(message).into() };
    };
    let said = |(role, said): &(String, Content)| el("div").class("said").child(el("h4").child(shown(role))).child(content(said));
    Told { headline: "Answered", tone: "ok", body: row(messages.iter().map(said)) }
}
