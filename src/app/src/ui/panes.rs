//! The panes on the right: detail, findings, what the server offers, raw.

use inspector_core::id::EventRef;
use inspector_core::trace::{Outcome, Trace};
use leptos::prelude::*;

use super::checkup::checkup;
use super::clients::clients;
use super::detail::detail;
use super::dom::{View, button, effect, el, live, memo, when, words};
use super::findings::findings;
use super::prompts::prompts;
use super::questions::questions;
use super::raw::raw;
use super::resources::resources;
use super::sessions::sessions;
use super::token_help::token_help;
use super::tools::tools;
use crate::selectors::Selectors;
use crate::store::{Phase, Store, Tab};

const TABS: [Tab; 10] = [
    Tab::Detail,
    Tab::Findings,
    Tab::Clients,
    Tab::Token,
    Tab::Tools,
    Tab::Prompts,
    Tab::Resources,
    Tab::Sessions,
    Tab::Checkup,
    Tab::Raw,
];

impl Tab {
    const fn id(self) -> &'static str {
        match self {
            Self::Detail => "tab-detail",
            Self::Findings => "tab-findings",
            Self::Clients => "tab-clients",
            Self::Tools => "tab-tools",
            Self::Prompts => "tab-prompts",
            Self::Resources => "tab-resources",
            Self::Sessions => "tab-sessions",
            Self::Token => "tab-token",
            Self::Checkup => "tab-checkup",
            Self::Raw => "tab-raw",
        }
    }
}

/// How much there is of what has a tab. Nothing for what the server does not offer, or has not been asked for yet.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Offered {
    tools: usize,
    prompts: Option<usize>,
    resources: Option<usize>,
    sessions: Option<usize>,
    /// Whether it was asked where tokens come from.
    tokens: bool,
}

impl Offered {
    fn of(trace: &Trace) -> Self {
        let offers = |name: &str, listed: usize| {
            (listed > 0 || trace.server().is_some_and(|server| server.offers(name))).then_some(listed)
        };
        let probe = |at: EventRef| trace.exchange(at.exchange).is_some_and(|exchange| exchange.purpose.is_probe());
        let sessions = trace.sessions().iter().filter(|session| !session.issued.is_some_and(probe)).count();
        // Without sessions there is still something to say: how long answers took.
        let answered = trace.exchanges().iter().any(|exchange| exchange.answer.is_some());
        Self {
            tools: trace.tools().len(),
            prompts: offers("prompts", trace.prompts().len()),
            resources: offers("resources", trace.resources().len() + trace.templates().len()),
            sessions: Some(sessions).filter(|n| *n > 0 || answered),
            tokens: trace.exchanges().iter().any(|exchange| exchange.purpose.seeks_token()),
        }
    }
}

/// What has a tab only when there is something to show in it. A checkup has one when there was one, or can be.
fn is_there(tab: Tab, store: Store, offered: Memo<Offered>) -> bool {
    match tab {
        Tab::Prompts => offered.with(|offered| offered.prompts.is_some()),
        Tab::Resources => offered.with(|offered| offered.resources.is_some()) || store.resource.with(Option::is_some),
        Tab::Sessions => offered.with(|offered| offered.sessions.is_some()),
        Tab::Token => store.token_help.get() || offered.with(|offered| offered.tokens),
        Tab::Checkup => store.is_live() || store.with_trace(|trace| !trace.probes().is_empty()) == Some(true),
        Tab::Clients => store.outcome() == Some(Outcome::Failed),
        Tab::Detail | Tab::Findings | Tab::Tools | Tab::Raw => true,
    }
}

fn counted(name: &str, listed: Option<usize>) -> String {
    match listed {
        Some(count) if count > 0 => format!("{name} {count}"),
        _ => name.to_owned(),
    }
}

/// The panes, as tabs.
pub(super) fn panes() -> View {
    let store = Store::get();
    let told = Selectors::get().findings;
    let offered = memo(move || store.with_trace(Offered::of).unwrap_or_default());
    let title = move |tab: Tab| match tab {
        Tab::Detail => "Detail".to_owned(),
        Tab::Findings => format!("Findings {}", told.with(Vec::len)),
        Tab::Clients => "Clients".to_owned(),
        Tab::Tools => format!("Tools {}", offered.with(|offered| offered.tools)),
        Tab::Prompts => counted("Prompts", offered.with(|offered| offered.prompts)),
        Tab::Resources => counted("Resources", offered.with(|offered| offered.resources)),
        Tab::Sessions => counted("Sessions", offered.with(|offered| offered.sessions)),
        Tab::Token => "Token".to_owned(),
        Tab::Checkup => "Checkup".to_owned(),
        Tab::Raw => "Raw".to_owned(),
    };
    // Left and right walk the tabs, as people who use a keyboard expect (ARIA Authoring Practices, tabs).
    let walk = move |event: leptos::ev::KeyboardEvent| {
        let tabs: Vec<Tab> = TABS.into_iter().filter(|tab| untrack(|| is_there(*tab, store, offered))).collect();
        let at = tabs.iter().position(|tab| *tab == store.tab.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % tabs.len(),
            "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
            _ => return,
        };
        event.prevent_default();
        store.tab.set(tabs[to]);
        super::keyboard::focus(tabs[to].id());
    };
    let choice = move |tab: Tab| {
        let selected = move || store.tab.get() == tab;
        button(words(move || title(tab)), move || store.tab.set(tab))
            .attr("role", "tab")
            .attr("id", tab.id())
            .attr("aria-controls", "pane")
            .live_attr("hidden", move || (!is_there(tab, store, offered)).then_some(""))
            .live_attr("aria-selected", selected)
            .live_attr("tabindex", move || if selected() { "0" } else { "-1" })
    };
    let open = move || match store.tab.get() {
        Tab::Detail => detail(),
        Tab::Findings => findings().into(),
        Tab::Clients => clients().into(),
        Tab::Tools => tools().into(),
        Tab::Prompts => prompts().into(),
        Tab::Resources => resources().into(),
        Tab::Sessions => sessions().into(),
        Tab::Token => token_help().into(),
        Tab::Checkup => checkup().into(),
        Tab::Raw => raw().into(),
    };
    // A recording may have been looked at in a pane that there is not here.
    effect(move || {
        if store.phase.get() == Phase::Done && !is_there(store.tab.get(), store, offered) {
            store.tab.set(Tab::Findings);
        }
    });
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
            .child(questions())
            .child(tabs)
            .child(pane)
    };
    when(move || store.phase.get() != Phase::Idle, panes)
}
