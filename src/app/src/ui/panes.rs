//! The panes on the right: detail, findings, tools, raw.

use leptos::prelude::*;

use super::detail::Detail;
use super::findings::Findings;
use super::raw::Raw;
use super::tools::Tools;
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
#[component]
pub(super) fn Panes() -> impl IntoView {
    let store = Store::get();
    let findings = Selectors::get().findings;
    let tools = Memo::new(move |_| store.with_trace(|trace| trace.tools().len()).unwrap_or_default());
    let title = move |tab: Tab| match tab {
        Tab::Detail => "Detail".to_owned(),
        Tab::Findings => format!("Findings {}", findings.with(Vec::len)),
        Tab::Tools => format!("Tools {}", tools.get()),
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
    view! {
        <Show when=move || store.phase.get() != Phase::Idle>
            <aside class="panes" class:over=move || store.detail_open.get() aria-label="What it means">
                <button type="button" class="back" on:click=move |_| store.detail_open.set(false)>"Back to the diagram"</button>
                <div class="tabs" role="tablist" aria-label="Panes" on:keydown=walk>
                    {TABS
                        .into_iter()
                        .map(|tab| {
                            let selected = move || store.tab.get() == tab;
                            view! {
                                <button
                                    type="button"
                                    role="tab"
                                    id=tab.id()
                                    aria-controls="pane"
                                    aria-selected=move || selected().to_string()
                                    tabindex=move || if selected() { "0" } else { "-1" }
                                    on:click=move |_| store.tab.set(tab)
                                >
                                    {move || title(tab)}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
                <div id="pane" role="tabpanel" aria-labelledby=move || store.tab.get().id() tabindex="0">
                    {move || match store.tab.get() {
                        Tab::Detail => view! { <Detail/> }.into_any(),
                        Tab::Findings => view! { <Findings/> }.into_any(),
                        Tab::Tools => view! { <Tools/> }.into_any(),
                        Tab::Raw => view! { <Raw/> }.into_any(),
                    }}
                </div>
            </aside>
        </Show>
    }
}
