//! What the server says of itself.

use inspector_core::mcp::{Freshness, ServerFacts};
use leptos::prelude::*;

use super::dom::{El, View, el, live, memo, row, when, words};
use super::shown::{plain, shown};
use crate::selectors::Selectors;
use crate::store::Store;

/// The card "Server", once the server has said something of itself, or given it away.
pub(super) fn server_card() -> View {
    let store = Store::get();
    let facts = memo(move || store.with_trace(|trace| trace.server().cloned()).flatten());
    let known = move || facts.with(Option::is_some) || Selectors::get().looks_like.with(Option::is_some);
    let said = move || facts.get().map_or_else(looks_like, |facts| said(facts, store));
    let card = move || {
        let card = el("div").class("card").child(live(said));
        el("section").class("server").attr("aria-label", "Server").child(el("h3").child("Server")).child(card)
    };
    when(known, card)
}

/// What it seems to be made with.
fn looks_like() -> View {
    let like = Selectors::get().looks_like;
    live(move || like.get().map(|like| fact("looks like", like.words())))
}

/// One line of the card.
fn fact(name: &str, value: impl Into<View>) -> El {
    el("dl").child(el("div").child(el("dt").child(name)).child(el("dd").child(value)))
}

/// What it said of itself.
fn said(facts: ServerFacts, store: Store) -> View {
    let tools = memo(move || store.with_trace(|trace| trace.tools().len()).unwrap_or_default());
    let ServerFacts { name, title, version, protocol_version, capabilities, instructions, supported, ttl_ms, cache_scope } =
        facts;
    let shown_name = if title.is_empty() { name } else { title };
    let offers = move |name: &str| match (name, tools.get()) {
        ("tools", n) if n > 0 => format!("tools ({n})"),
        (name, _) => name.to_owned(),
    };
    let capabilities = capabilities.into_iter().map(|capability| {
        let item = el("li").attr("title", plain(&capability.options));
        item.child(words(move || plain(&offers(&capability.name))))
    });
    let head = el("div")
        .class("head")
        .child(el("b").child(shown(&format!("{shown_name} {version}"))))
        .child(el("span").class("chip mut").child(shown(&protocol_version)));
    let offered = fact("offers", el("ul").class("inline-list").children(capabilities));
    let supported = (!supported.is_empty()).then(|| fact("speaks", shown(&supported.join(", "))));
    let kept = Freshness { ttl_ms, scope: cache_scope }.words().map(|words| fact("this answer", words));
    let instructions = (!instructions.is_empty()).then(|| {
        el("details").child(el("summary").child("Instructions")).child(el("p").class("instructions").child(shown(&instructions)))
    });
    row::<View>([head.into(), supported.into(), looks_like(), offered.into(), kept.into(), instructions.into()])
}
