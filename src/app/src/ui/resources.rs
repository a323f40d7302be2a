//! The resources of the server: listed on demand, read, and watched for changes; and templates of their addresses.

use inspector_core::asked::{Updated, subscribed, updated};
use inspector_core::mcp::{Resource, Template, expand_template, read_contents, resource_reference, uri_params};
use leptos::prelude::*;
use web_sys::Event;

use super::answered::{Told, answered};
use super::content::{address, contents};
use super::dom::{El, View, button, el, live, memo, row, when, words};
use super::json_tree::json_tree;
use super::keyboard::{focus_soon, submits};
use super::listed::{completes, list_button};
use super::schema_form::{Draft, Drafts, schema_form};
use super::shown::{plain, shown};
use super::tools::entry;
use crate::store::Store;

/// The region "Resources": the lists, or the resource or template that was chosen.
pub(super) fn resources() -> El {
    let store = Store::get();
    let listed = memo(move || {
        let both = |trace: &inspector_core::trace::Trace| (trace.resources().to_vec(), trace.templates().to_vec());
        store.with_trace(both).unwrap_or_default()
    });
    let changed = memo(move || store.with_trace(updated).unwrap_or_default());
    let shown = move || {
        let Some(uri) = store.resource.get() else { return lists(listed, changed) };
        listed.with(|(resources, templates)| match templates.iter().find(|template| template.uri_template == uri) {
            Some(template) => template_panel(template),
            None => panel(&uri, resources.iter().find(|resource| resource.uri == uri), changed),
        })
    };
    el("section").class("tools").attr("aria-label", "Resources").child(live(shown))
}

fn lists(listed: Memo<(Vec<Resource>, Vec<Template>)>, changed: Memo<Vec<Updated>>) -> View {
    let store = Store::get();
    let choose = move |uri: &str| {
        let uri = uri.to_owned();
        move || {
            store.resource.set(Some(uri.clone()));
            focus_soon("chosen".to_owned());
        }
    };
    let resource = move |resource: &Resource| {
        let title = if resource.title.is_empty() { &resource.name } else { &resource.title };
        el("li")
            .child(entry(&resource.uri, title, &resource.description, choose(&resource.uri)))
            .child(mark(&resource.uri, changed))
    };
    let template = move |template: &Template| {
        let title = if template.title.is_empty() { &template.name } else { &template.title };
        el("li").child(entry(&template.uri_template, title, &template.description, choose(&template.uri_template)))
    };
    let rows = move || {
        listed.with(|(resources, templates)| {
            let heading = (!templates.is_empty()).then(|| el("h4").child("Templates"));
            let first = el("ul").class("offers").children(resources.iter().map(resource));
            (first, heading, el("ul").class("offers").children(templates.iter().map(template)))
        })
    };
    (list_button(&["resources/list", "resources/templates/list"], "resources"), live(rows)).into()
}

/// That the server said a resource has changed since it was read.
fn mark(uri: &str, changed: Memo<Vec<Updated>>) -> View {
    let store = Store::get();
    let uri = uri.to_owned();
    let here = memo(move || changed.with(|changed| changed.iter().find(|updated| updated.uri == uri).cloned()));
    live(move || {
        here.get().map(|Updated { at, times, .. }| {
            let times = if times == 1 { "changed".to_owned() } else { format!("changed {times} times") };
            button(times, move || store.look_at(at)).class("link changed").attr("title", "Show in diagram")
        })
    })
}

fn back() -> View {
    let store = Store::get();
    button("All resources", move || store.resource.set(None)).class("link").into()
}

fn title(name: &str) -> View {
    el("h3").attr("id", "chosen").attr("tabindex", "-1").child(shown(name)).into()
}

fn is_closed(store: Store) -> impl Fn() -> Option<&'static str> {
    move || store.standing.with(|standing| !standing.open).then_some("")
}

fn panel(uri: &str, resource: Option<&Resource>, changed: Memo<Vec<Updated>>) -> View {
    let store = Store::get();
    let (name, description) = resource.map_or((uri, ""), |resource| {
        (if resource.title.is_empty() { &*resource.name } else { &*resource.title }, &*resource.description)
    });
    let kind = resource.map(|resource| {
        let size = resource.size.map(|size| format!(" {size} bytes")).unwrap_or_default();
        el("p").class("quiet").child(plain(&format!("{}{size}", resource.mime_type)))
    });
    let asked = uri.to_owned();
    let read = button("Read", move || store.call("resources/read", uri_params(&asked)))
        .class("primary")
        .live_attr("disabled", is_closed(store));
    row::<View>([
        back(),
        title(name),
        address(uri).into(),
        kind.into(),
        el("p").class("description").child(shown(description)).into(),
        el("div").class("row").child(read).child(subscription(uri)).child(mark(uri, changed)).into(),
        answered("resources/read", "uri", uri.to_owned(), told),
    ])
}

/// The button that asks the server to tell of changes, where it offers that.
fn subscription(uri: &str) -> View {
    let store = Store::get();
    let offered =
        memo(move || store.with_trace(|trace| trace.server().is_some_and(|server| server.allows("resources", "subscribe"))));
    let here = uri.to_owned();
    let is_subscribed = memo(move || store.with_trace(|trace| subscribed(trace).contains(&here)) == Some(true));
    let uri = uri.to_owned();
    when(
        move || offered.get() == Some(true),
        move || {
            let uri = uri.clone();
            let toggle = move || {
                let method = if is_subscribed.get_untracked() { "resources/unsubscribe" } else { "resources/subscribe" };
                store.call(method, uri_params(&uri));
            };
            button(words(move || if is_subscribed.get() { "Unsubscribe" } else { "Subscribe" }), toggle)
                .live_attr("disabled", is_closed(store))
        },
    )
}

fn template_panel(template: &Template) -> View {
    let name = if template.title.is_empty() { &template.name } else { &template.title };
    let draft = Drafts::draft(&format!("template {}", template.raw), || template.form());
    let uri = {
        let template = template.uri_template.clone();
        memo(move || expand_template(&template, &|name| Some(draft.value_of(name)).filter(|value| !value.is_empty())))
    };
    let came = live(move || answered("resources/read", "uri", uri.get(), told));
    row::<View>([
        back(),
        title(name),
        el("p").class("mono line").child(shown(&template.uri_template)).into(),
        el("p").class("description").child(shown(&template.description)).into(),
        template_form(template, draft, uri).into(),
        came,
    ])
}

fn template_form(template: &Template, draft: Draft, uri: Memo<String>) -> El {
    let store = Store::get();
    let names = template.form().root.fields.into_iter().map(|field| field.name).collect();
    let completes = completes(draft, resource_reference(&template.uri_template), names);
    let read = el("button").attr("type", "submit").class("primary").live_attr("disabled", is_closed(store)).child("Read");
    el("form")
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .on("submit", move |event: Event| {
            event.prevent_default();
            store.call("resources/read", uri_params(&uri.get_untracked()));
        })
        .on("keydown", submits)
        .child(schema_form(draft, "variable", "Variables", completes))
        .child(el("p").class("mono line").attr("role", "status").child(live(move || shown(&uri.get()))))
        .child(el("div").class("row").child(read))
}

fn told(message: &str) -> Told {
    match read_contents(message) {
        Some(read) => Told { headline: "Read", tone: "ok", body: contents(&read) },
        None => Told { headline: "Answered, but not with a resource", tone: "warn", body: json_tree(message).into() },
    }
}
