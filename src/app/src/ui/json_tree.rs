//! JSON as a tree that opens piece by piece, or exactly as it was sent. Numbers, order and repeated keys stay as on the wire.

use std::sync::Arc;

use inspector_core::json::{self, Kind, Scan};
use leptos::prelude::*;

use super::shown::Shown;

/// How deep the tree is open at first.
const OPEN_DEPTH: usize = 2;

/// How many entries of one object or array are shown before "more".
const ENTRIES: usize = 100;

/// The longest text that is drawn as sent, in characters; the rest is counted.
const SENT_CHARS: usize = 100_000;

/// A text and its tokens, shared by every part of the tree.
#[derive(Clone)]
struct Source(Arc<(String, Scan)>);

/// JSON, as a tree and as sent.
#[component]
pub(super) fn JsonTree(#[prop(into)] text: String) -> impl IntoView {
    let scan = json::scan(&text);
    let error = scan.error.map(|error| format!("This is not JSON: {error}."));
    let source = Source(Arc::new((text, scan)));
    let as_sent = RwSignal::new(error.is_some());
    let tree = source.clone();
    view! {
        <div class="json">
            {error.map_or_else(
                || {
                    view! {
                        <button type="button" class="switch" aria-pressed=move || as_sent.get().to_string() on:click=move |_| as_sent.update(|on| *on = !*on)>
                            "As sent"
                        </button>
                    }
                    .into_any()
                },
                |error| view! { <p class="word stops">{error}</p> }.into_any(),
            )}
            {move || if as_sent.get() { sent(&source.0.0).into_any() } else { view! { <div class="tree">{node(&tree, 0, 0)}</div> }.into_any() }}
        </div>
    }
}

fn sent(text: &str) -> impl IntoView {
    let shown: String = text.chars().take(SENT_CHARS).collect();
    let more = text.len() - shown.len();
    view! {
        <pre tabindex="0"><Shown text=shown/></pre>
        {(more > 0).then(|| view! { <p class="quiet">{format!("and {more} bytes more")}</p> })}
    }
}

/// The value at a token: a leaf, or a container that renders its entries once it is open.
fn node(source: &Source, index: usize, depth: usize) -> AnyView {
    let (text, scan) = &*source.0;
    let Some(here) = scan.node(text, index) else { return ().into_any() };
    let name = here.key().map(|key| view! { <span class="key"><Shown text=key.raw().to_owned()/></span> ": " });
    let (class, value) = match here.kind() {
        Kind::ObjectStart | Kind::ArrayStart => {
            let (open, close) = if here.is_object() { ("{", "}") } else { ("[", "]") };
            if here.children() == 0 {
                return view! { <div class="leaf">{name} {format!("{open}{close}")}</div> }.into_any();
            }
            return container(source, index, depth, name.into_any(), open, close, here.children());
        }
        Kind::String | Kind::Key => ("string", here.raw()),
        Kind::Number => ("number", here.raw()),
        _ => ("word", here.raw()),
    };
    view! { <div class="leaf">{name} <span class=class><Shown text=value.to_owned()/></span></div> }.into_any()
}

fn container(
    source: &Source,
    index: usize,
    depth: usize,
    name: AnyView,
    open: &'static str,
    close: &'static str,
    count: usize,
) -> AnyView {
    let is_open = RwSignal::new(depth < OPEN_DEPTH);
    let limit = RwSignal::new(ENTRIES);
    let source = source.clone();
    let entries = move || {
        let (text, scan) = &*source.0;
        let here = scan.node(text, index)?;
        let child = |index| node(&source, index, depth + 1);
        let views: Vec<AnyView> = if here.is_object() {
            here.entries().take(limit.get()).map(|(_, value)| child(value.index())).collect()
        } else {
            here.items().take(limit.get()).map(|item| child(item.index())).collect()
        };
        Some(views)
    };
    let left = move || count.saturating_sub(limit.get());
    let counted = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
    view! {
        <details open=depth < OPEN_DEPTH on:toggle:target=move |event| is_open.set(event.target().open())>
            <summary>{name} {open} <span class="count">{counted}</span> {close}</summary>
            <div class="children">
                <Show when=move || is_open.get()>
                    {entries.clone()}
                    <Show when=move || { left() > 0 }>
                        <button type="button" class="link" on:click=move |_| limit.update(|limit| *limit += ENTRIES)>
                            {move || format!("{} more", left())}
                        </button>
                    </Show>
                </Show>
            </div>
        </details>
    }
    .into_any()
}
