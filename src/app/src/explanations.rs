//! The explanations of the causes: loaded beside the page, so that its first form does not wait for them.

use inspector_core::diagnose::{Cause, Hit, Page, Reference};
use inspector_core::json;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::{assets, location};
use crate::store::Store;

/// All pages in one file, a JSON object from slug to text; `cargo xtask page` writes it.
const FILE: &str = "causes.json";

/// What stands in the explanations for the origin of the page.
const EXAMPLE_PAGE: &str = "https://your-page.example";

/// The explanation of one cause.
pub(crate) enum Explained {
    /// It is on its way.
    Loading,
    /// Here it is.
    Ready(Page),
    /// It could not be loaded.
    Unavailable,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Wanted,
    Loading,
    Loaded,
    Failed,
}

/// What has been loaded, as handles that can be copied around.
#[derive(Clone, Copy)]
pub(crate) struct Explanations {
    state: RwSignal<State>,
    text: StoredValue<String>,
    reference: StoredValue<Reference>,
}

impl Explanations {
    /// Explanations that load at once, because a run that breaks the network must find them here; after a failure, again
    /// with the next run.
    pub(crate) fn new() -> Self {
        let this = Self {
            state: RwSignal::new(State::Wanted),
            text: StoredValue::default(),
            reference: StoredValue::new(Reference::new(|_| None)),
        };
        let store = Store::get();
        Effect::new(move || {
            store.phase.track();
            this.load();
        });
        this
    }

    /// The explanations of this page.
    pub(crate) fn get() -> Self {
        expect_context()
    }

    /// The explanation of a cause, with the lines to copy already naming the page that made the recording; follows the loading.
    pub(crate) fn of(self, cause: &Cause) -> Explained {
        match self.state.get() {
            State::Wanted | State::Loading => Explained::Loading,
            State::Failed => Explained::Unavailable,
            State::Loaded => {
                let page = Store::get().with_trace(|trace| trace.about.page.clone()).flatten().unwrap_or_else(location::origin);
                let text = self.text.with_value(|text| page_text(text, cause));
                let explained = text.and_then(|text| Page::parse(&text.replace(EXAMPLE_PAGE, &page)).ok());
                explained.map_or(Explained::Unavailable, Explained::Ready)
            }
        }
    }

    /// The causes that have what is searched for, those first that are known to be behind it; before the explanations are there, by
    /// slug and title. Follows the loading.
    pub(crate) fn search(self, query: &str, behind: &[String]) -> Vec<Hit> {
        self.state.track();
        self.reference.with_value(|reference| reference.search(query, behind))
    }

    /// Loads them, if they are neither there nor on their way.
    pub(crate) fn load(self) {
        if matches!(self.state.get_untracked(), State::Loading | State::Loaded) {
            return;
        }
        self.state.set(State::Loading);
        spawn_local(async move {
            let Ok(text) = assets::text(FILE).await else { return self.state.set(State::Failed) };
            self.reference.set_value(Reference::new(|cause| Page::parse(&page_text(&text, cause)?).ok()));
            self.text.set_value(text);
            self.state.set(State::Loaded);
        });
    }
}

/// The text of one page out of those of all.
fn page_text(all: &str, cause: &Cause) -> Option<String> {
    let scan = json::scan(all);
    Some(scan.root(all)?.get(cause.slug)?.as_str()?.into_owned())
}
