//! What the server says of itself.

use inspector_core::mcp::{Freshness, ServerFacts};
use leptos::prelude::*;

use super::dom::{El, View, el, live, memo, words};
use super::shown::{plain, shown};
use crate::store::Store;

/// The card "Server", once the server has said something.
pub(super) fn server_card() -> View {
    let store = Store::get();
    let facts = memo(move || store.with_trace(|trace| trace.server().cloned()).flatten());
    let tools = memo(move || store.with_trace(|trace| trace.tools().len()).unwrap_or_default());
    live(move || facts.get().map(|facts| card(facts, tools)))
}

fn card(facts: ServerFacts, tools: Memo<usize>) -> El {
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
    let offered = el("dl").child(
        el("div").child(el("dt").child("offers")).child(el("dd").child(el("ul").class("inline-list").children(capabilities))),
    );
    let supported = (!supported.is_empty()).then(|| {
        let names = shown(&supported.join(", "));
        el("dl").child(el("div").child(el("dt").child("speaks")).child(el("dd").child(names)))
    });
    let kept = Freshness { ttl_ms, scope: cache_scope }
        .words()
        .map(|words| el("dl").child(el("div").child(el("dt").child("this answer")).child(el("dd").child(words))));
    let instructions = (!instructions.is_empty()).then(|| {
        el("details").child(el("summary").child("Instructions")).child(el("p").class("instructions").child(shown(&instructions)))
    });
    el("section")
        .class("server")
        .attr("aria-label", "Server")
        .child(el("h3").child("Server"))
        .child(el("div").class("card").child(head).child(supported).child(offered).child(kept).child(instructions))
}
