//! One tool: what it says of itself, the form to call it with, and what came of the last call.

use inspector_core::mcp::{Tool, named_params, read_call};
use inspector_core::schema;
use leptos::prelude::*;
use web_sys::Event;

use crate::store::Store;
use crate::ui::answered::{Told, answered};
use crate::ui::content::contents;
use crate::ui::dom::{El, View, button, el, live, row, when};
use crate::ui::json_tree::json_tree;
use crate::ui::keyboard::submits;
use crate::ui::schema_form::{Draft, Drafts, schema_form};
use crate::ui::shown::shown;

/// The tool that was chosen.
pub(super) fn panel(tool: &Tool) -> View {
    let store = Store::get();
    let schema = tool.member("inputSchema");
    let draft = Drafts::draft(&format!("tool {} {schema}", tool.name), || schema::form(&schema));
    let title = (!tool.title.is_empty() && tool.title != tool.name).then(|| el("span").child(shown(&tool.title)));
    let hints = tool.hints();
    let hints =
        (!hints.is_empty()).then(|| el("p").class("quiet").child(format!("The server's own hints: {}.", hints.join(", "))));
    row::<View>([
        button("All tools", move || store.tool.set(None)).class("link").into(),
        el("h3").attr("id", "chosen").attr("tabindex", "-1").child((el("code").child(shown(&tool.name)), " ", title)).into(),
        el("p").class("description").child(shown(&tool.description)).into(),
        hints.into(),
        form(tool, draft).into(),
        answered("tools/call", "name", tool.name.clone(), told),
        schemas(tool).into(),
    ])
}

fn form(tool: &Tool, draft: Draft) -> El {
    let store = Store::get();
    let open = move || store.standing.with(|standing| standing.open);
    let name = tool.name.clone();
    let buttons = el("div")
        .class("row")
        .child(
            el("button")
                .attr("type", "submit")
                .class("primary")
                .live_attr("disabled", move || (!open()).then_some(""))
                .child("Call tool"),
        )
        .child(button("Reset", move || draft.reset()).class("ghost"))
        .child(when(
            move || !open(),
            || el("span").class("quiet").child("This conversation is not open: run the handshake to call tools."),
        ));
    el("form")
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .on("submit", move |event: Event| {
            event.prevent_default();
            if let Some(arguments) = draft.take() {
                store.call("tools/call", named_params(&name, &arguments));
            }
        })
        .on("keydown", submits)
        .child(schema_form(draft, "argument", "Arguments", None))
        .child(buttons)
}

/// What a call gave. A tool that failed answers all the same: what it says is meant for the model (2024-11-05, tools).
fn told(message: &str) -> Told {
    let Some(result) = read_call(message) else {
        return Told { headline: "Answered, but not with the result of a tool", tone: "warn", body: json_tree(message).into() };
    };
    let structured =
        (!result.structured.is_empty()).then(|| (el("h4").child("Structured content"), json_tree(result.structured)));
    let nothing =
        (result.content.is_empty() && structured.is_none()).then(|| el("p").class("quiet").child("The result is empty."));
    let (headline, tone) = if result.is_error { ("The tool reports an error", "warn") } else { ("Answered", "ok") };
    Told { headline, tone, body: row([contents(&result.content), structured.into(), nothing.into()]) }
}

fn schemas(tool: &Tool) -> El {
    let open = RwSignal::new(false);
    let members = [("inputSchema", "Input schema"), ("outputSchema", "Output schema"), ("annotations", "Annotations")];
    let stored = tool.clone();
    let trees = move || {
        let texts = members.iter().map(|(key, title)| (stored.member(key), *title));
        row(texts.filter(|(json, _)| !json.is_empty()).map(|(json, title)| (el("h5").child(title), json_tree(json))))
    };
    el("details")
        .on_toggle(open)
        .child(el("summary").child("Schemas, as the server sent them"))
        .child(live(move || open.get().then(&trees)))
}
