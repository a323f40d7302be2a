//! JSON as a tree that opens piece by piece, or exactly as it was sent. Numbers, order and repeated keys stay as on the wire.

use std::sync::Arc;

use inspector_core::json::{self, Kind, Scan};
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, row, when, words};
use super::shown::shown;

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
pub(super) fn json_tree(text: impl Into<String>) -> El {
    let text = text.into();
    let scan = json::scan(&text);
    let error = scan.error.map(|error| format!("This is not JSON: {error}."));
    let source = Source(Arc::new((text, scan)));
    let as_sent = RwSignal::new(error.is_some());
    let head = match error {
        Some(error) => el("p").class("word stops").child(error),
        None => button("As sent", move || as_sent.update(|on| *on = !*on))
            .class("switch")
            .live_attr("aria-pressed", move || as_sent.get()),
    };
    let body = move || if as_sent.get() { sent(&source.0.0) } else { el("div").class("tree").child(node(&source, 0, 0)).into() };
    el("div").class("json").child(head).child(live(body))
}

fn sent(text: &str) -> View {
    let start: String = text.chars().take(SENT_CHARS).collect();
    let more = text.len() - start.len();
    let rest = (more > 0).then(|| el("p").class("quiet").child(format!("and {more} bytes more")));
    (el("pre").attr("tabindex", "0").child(shown(&start)), rest).into()
}

/// The value at a token: a leaf, or a container that renders its entries once it is open.
fn node(source: &Source, index: usize, depth: usize) -> Option<El> {
    let (text, scan) = &*source.0;
    let here = scan.node(text, index)?;
    let name = here.key().map(|key| (el("span").class("key").child(shown(key.raw())), ": "));
    let (class, value) = match here.kind() {
        Kind::ObjectStart | Kind::ArrayStart => {
            let (open, close) = if here.is_object() { ("{", "}") } else { ("[", "]") };
            if here.children() == 0 {
                return Some(el("div").class("leaf").child(name).child(format!("{open}{close}")));
            }
            let count = here.children();
            let counted = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
            let counted = el("span").class("count").child(counted);
            let summary = el("summary").child(name).child(open).child(counted).child(close);
            return Some(container(source, index, depth, summary, count));
        }
        Kind::String | Kind::Key => ("string", here.raw()),
        Kind::Number => ("number", here.raw()),
        _ => ("word", here.raw()),
    };
    Some(el("div").class("leaf").child(name).child(el("span").class(class).child(shown(value))))
}

fn container(source: &Source, index: usize, depth: usize, summary: El, count: usize) -> El {
    let is_open = RwSignal::new(depth < OPEN_DEPTH);
    let limit = RwSignal::new(ENTRIES);
    let source = source.clone();
    let entries = move || {
        let (text, scan) = &*source.0;
        let here = scan.node(text, index)?;
        let child = |index| node(&source, index, depth + 1);
        Some(if here.is_object() {
            row(here.entries().take(limit.get()).map(|(_, value)| child(value.index())))
        } else {
            row(here.items().take(limit.get()).map(|item| child(item.index())))
        })
    };
    let left = move || count.saturating_sub(limit.get());
    let more =
        move || button(words(move || format!("{} more", left())), move || limit.update(|limit| *limit += ENTRIES)).class("link");
    let children = move || (live(entries.clone()), when(move || left() > 0, more));
    el("details")
        .flag("open", depth < OPEN_DEPTH)
        .on_toggle(is_open)
        .child(summary)
        .child(el("div").class("children").child(when(move || is_open.get(), children)))
}
