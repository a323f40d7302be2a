//! The table of what clients show: loaded when somebody pastes a text or asks what each client would have shown.

use inspector_core::symptoms::{Table, search};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::{assets, schedule::Throttle};
use crate::store::{Store, Tab};

/// The table in one file, a JSON object from the name of each file to its text; `cargo xtask page` writes it.
const FILE: &str = "symptoms.json";

/// How often a paste that is being typed is searched, in milliseconds.
const SEARCH_MILLIS: i32 = 150;

/// Where the table stands.
#[derive(Clone, Copy)]
pub(crate) enum Known {
    /// It is on its way.
    Loading,
    /// Here it is; it stays as long as the page.
    Ready(&'static Table),
    /// It could not be loaded.
    Unavailable,
}

/// What has been loaded, as handles that can be copied around.
#[derive(Clone, Copy)]
pub(crate) struct Symptoms {
    known: RwSignal<Option<Known>>,
    /// What was pasted, as far as it has been searched: every key changes the paste, and a long one takes its time.
    pub(crate) searched: RwSignal<String>,
}

impl Symptoms {
    /// A table that is loaded when it is needed, and the search that follows what is typed.
    pub(crate) fn new(store: Store) -> Self {
        let this = Self { known: RwSignal::new(None), searched: RwSignal::default() };
        let search = Throttle::new(SEARCH_MILLIS, move || this.searched.set(store.paste.get_untracked()));
        Effect::new(move || {
            let pasted = store.paste.with(|paste| !paste.trim().is_empty());
            search.ask();
            if pasted || store.tab.get() == Tab::Clients {
                this.load();
            }
        });
        this
    }

    /// The symptoms of this page.
    pub(crate) fn get() -> Self {
        expect_context()
    }

    /// Where the table stands; follows the loading.
    pub(crate) fn known(self) -> Known {
        self.known.get().unwrap_or(Known::Loading)
    }

    /// The slugs of the causes behind what a client shows, the most likely first; nothing before the table is there. Follows the
    /// loading.
    pub(crate) fn behind(self, text: &str) -> Vec<String> {
        let Some(Known::Ready(table)) = self.known.get() else { return Vec::new() };
        let near = search(table, text).causes.into_iter().filter(|suspect| !suspect.remote);
        near.map(|suspect| suspect.slug).collect()
    }

    /// Loads the table, if it is neither there nor on its way.
    pub(crate) fn load(self) {
        if matches!(self.known.get_untracked(), Some(Known::Loading | Known::Ready(_))) {
            return;
        }
        self.known.set(Some(Known::Loading));
        spawn_local(async move {
            let table = assets::text(FILE).await.ok().and_then(|text| Table::from_json(&text).ok());
            // It is needed as long as the page is open: nothing is gained by counting who still reads it.
            self.known.set(Some(table.map_or(Known::Unavailable, |table| Known::Ready(Box::leak(Box::new(table))))));
        });
    }
}
