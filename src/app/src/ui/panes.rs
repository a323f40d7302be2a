//! The panes on the right: detail, findings, tools, raw.

use leptos::prelude::*;

use super::detail::detail;
use super::dom::{View, button, el, live, memo, when, words};
use super::findings::findings;
use super::raw::raw;
use super::tools::tools;
use crate::selectors::Selectors;
use crate::store::{Phase, Store, Tab};

const TABS: [Tab; 4] = [Tab::Detail, Tab::Findings, Tab::Tools, Tab::Raw];

impl Tab {
    const fn id(self) -> &'static str {
        match self {
            Self::Detail => "tab-detail",
            Self::Findings => "tab-findings",
            Self::Tools => "tab-tools",
            Self::Raw => "tab-raw",
        }
    }
}

/// The panes, as tabs.
pub(super) fn panes() -> View {
    let store = Store::get();
    let told = Selectors::get().findings;
    let offered = memo(move || store.with_trace(|trace| trace.tools().len()).unwrap_or_default());
    let title = move |tab: Tab| match tab {
        Tab::Detail => "Detail".to_owned(),
        Tab::Findings => format!("Findings {}", told.with(Vec::len)),
        Tab::Tools => format!("Tools {}", offered.get()),
        Tab::Raw => "Raw".to_owned(),
    };
    // Left and right walk the tabs, as people who use a keyboard expect (ARIA Authoring Practices, tabs).
    let walk = move |event: leptos::ev::KeyboardEvent| {
        let at = TABS.iter().position(|tab| *tab == store.tab.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % TABS.len(),
            "ArrowLeft" => (at + TABS.len() - 1) % TABS.len(),
            _ => return,
        };
        event.prevent_default();
        store.tab.set(TABS[to]);
        super::keyboard::focus(TABS[to].id());
    };
    let choice = move |tab: Tab| {
        let selected = move || store.tab.get() == tab;
        button(words(move || title(tab)), move || store.tab.set(tab))
            .attr("role", "tab")
            .attr("id", tab.id())
            .attr("aria-controls", "pane")
            .live_attr("aria-selected", selected)
            .live_attr("tabindex", move || if selected() { "0" } else { "-1" })
    };
    let open = move || match store.tab.get() {
        Tab::Detail => detail(),
        Tab::Findings => findings().into(),
        Tab::Tools => tools().into(),
        Tab::Raw => raw().into(),
    };
    let panes = move || {
        let tabs = el("div")
            .class("tabs")
            .attr("role", "tablist")
            .attr("aria-label", "Panes")
            .on("keydown", walk)
            .children(TABS.map(choice));
        let pane = el("div")
            .attr("id", "pane")
            .attr("role", "tabpanel")
            .live_attr("aria-labelledby", move || store.tab.get().id())
            .attr("tabindex", "0")
            .child(live::<View>(open));
        el("aside")
            .class("panes")
            .live_class("over", move || store.detail_open.get())
            .attr("aria-label", "What it means")
            .child(button("Back to the diagram", move || store.detail_open.set(false)).class("back"))
            .child(tabs)
            .child(pane)
    };
    when(move || store.phase.get() != Phase::Idle, panes)
}
