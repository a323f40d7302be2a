//! The explanations of the causes: loaded beside the page, so that its first form does not wait for them.

use inspector_core::diagnose::{Cause, Explanation};
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
    Ready(Explanation),
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
}

impl Explanations {
    /// Explanations that load at once, because a run that breaks the network must find them here; after a failure, again
    /// with the next run.
    pub(crate) fn new() -> Self {
        let this = Self { state: RwSignal::new(State::Wanted), text: StoredValue::default() };
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

    /// The explanation of a cause; follows the loading.
    pub(crate) fn of(self, cause: &Cause) -> Explained {
        match self.state.get() {
            State::Wanted | State::Loading => Explained::Loading,
            State::Failed => Explained::Unavailable,
            State::Loaded => {
                let page = Store::get().with_trace(|trace| trace.about.page.clone()).flatten().unwrap_or_else(location::origin);
                self.text.with_value(|text| find(text, cause.slug, &page)).map_or(Explained::Unavailable, Explained::Ready)
            }
        }
    }

    fn load(self) {
        if matches!(self.state.get_untracked(), State::Loading | State::Loaded) {
            return;
        }
        self.state.set(State::Loading);
        spawn_local(async move {
            let text = assets::text(FILE).await;
            let state = if text.is_ok() { State::Loaded } else { State::Failed };
            self.text.set_value(text.unwrap_or_default());
            self.state.set(state);
        });
    }
}

/// The explanation, with the lines to copy already naming the page that made the recording.
fn find(text: &str, slug: &str, page: &str) -> Option<Explanation> {
    let scan = json::scan(text);
    let explanation = scan.root(text)?.get(slug)?.as_str()?;
    Explanation::read(&explanation.replace(EXAMPLE_PAGE, page)).ok()
}
