//! What is kept on this device: recordings without their secrets, once somebody has asked for that. Off, nothing is stored at all:
//! whether it is on is whether there is a database.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::database::{Database, Entry, Refused};
use crate::platform::schedule::Throttle;
use crate::store::{Comparison, Given, Origin, Phase, Source, Store};
use crate::ui::dom::effect;
use crate::ui::keyboard::focus_soon;
use crate::ui::share::Sharing;

/// The id of the switch.
pub(super) const SWITCH: &str = "history-switch";

/// The id of the button that brings back what was deleted.
pub(super) const UNDO: &str = "history-undo";

/// The id of the first button of a recording.
pub(super) fn button_of(id: f64) -> String {
    format!("rename-{id}")
}

/// How often a recording that goes on is written anew, in milliseconds.
const EVERY: i32 = 2_000;

/// Whether anything is kept.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) enum State {
    /// Not known yet.
    Unknown,
    /// Nothing is stored.
    Off,
    /// These are kept, the latest first.
    On(Vec<Entry>),
    /// The browser lets nothing be kept.
    Refused(Refused),
}

/// The history, as handles that can be copied around.
#[derive(Clone, Copy)]
pub(in crate::ui) struct History {
    pub(super) store: Store,
    pub(super) sharing: Sharing,
    /// Whether anything is kept, and what.
    pub(super) state: RwSignal<State>,
    /// What there is to say of the last thing that was done or could not be done.
    pub(super) word: RwSignal<Option<String>>,
    /// What was deleted last, to be put back.
    pub(super) deleted: RwSignal<Option<(Entry, String)>>,
    /// The opened recording that was kept on request, by the count of recordings on this page.
    kept: RwSignal<Option<u32>>,
    /// The run that is kept.
    run: StoredValue<Run>,
    /// Where the focus belongs once the list is drawn anew.
    focus: StoredValue<Option<String>>,
}

/// The run that is kept and goes on.
#[derive(Clone, Copy, Default)]
struct Run {
    /// Which it is, by the count of recordings on this page.
    recording: u32,
    id: f64,
    /// How much of it is kept: exchanges, and bytes of bodies.
    size: (usize, usize),
}

impl History {
    /// The history, and the keeping of runs if it is on.
    pub(in crate::ui) fn new(store: Store) -> Self {
        let this = Self {
            store,
            sharing: Sharing::get(),
            state: RwSignal::new(State::Unknown),
            word: RwSignal::new(None),
            deleted: RwSignal::new(None),
            kept: RwSignal::new(None),
            run: StoredValue::new(Run::default()),
            focus: StoredValue::new(None),
        };
        this.look();
        let keep = Throttle::new(EVERY, move || this.keep_run());
        effect(move || {
            store.version.track();
            let is_on = this.state.with(|state| matches!(state, State::On(_)));
            if is_on && store.phase.get() == Phase::Done && store.source.with(|source| *source == Source::Live) {
                keep.ask();
            }
        });
        this
    }

    /// The one of this page.
    pub(in crate::ui) fn get() -> Self {
        expect_context()
    }

    /// Sees what is there.
    pub(super) fn look(self) {
        self.act(async |_| Ok(()));
    }

    /// Keeps recordings from now on.
    pub(super) fn turn_on(self) {
        self.act_with(async || {
            Database::make().await?;
            Database::open().await
        });
    }

    /// Keeps nothing any more, and deletes what is kept.
    pub(super) fn turn_off(self) {
        self.forget();
        self.focus.set_value(Some(SWITCH.to_owned()));
        self.act_with(async || {
            Database::take_away().await?;
            Ok(None)
        });
    }

    /// Deletes everything that is kept.
    pub(super) fn clear(self) {
        self.forget();
        self.focus.set_value(Some(SWITCH.to_owned()));
        self.act(async |database| database.clear().await);
    }

    /// Calls a recording something else.
    pub(super) fn rename(self, id: f64, name: String) {
        self.focus.set_value(Some(button_of(id)));
        self.act(async move |database| database.rename(id, &name).await);
    }

    /// Deletes a recording, which can be put back as long as nothing else is deleted.
    pub(super) fn delete(self, entry: Entry) {
        self.focus.set_value(Some(UNDO.to_owned()));
        self.act(async move |database| {
            let text = database.text(entry.id).await?.unwrap_or_default();
            database.remove(&[entry.id]).await?;
            self.word.set(None);
            self.deleted.set(Some((entry, text)));
            Ok(())
        });
    }

    /// Puts back what was deleted last.
    pub(super) fn undo(self) {
        let Some((entry, text)) = self.deleted.get_untracked() else { return };
        self.deleted.set(None);
        self.focus.set_value(Some(button_of(entry.id)));
        self.act(async move |database| database.add(&entry, &text).await);
    }

    /// Opens a recording on the page, and tells whether it could be. Nothing is sent by it.
    pub(super) fn open(self, entry: Entry, told: impl FnOnce(bool) + 'static) {
        self.act(async move |database| {
            let text = database.text(entry.id).await?;
            let given = Given::Text(text.unwrap_or_default(), Origin::History(entry.name));
            self.store.open(given, move |opened| {
                told(opened.is_ok());
                self.word.set(opened.err());
            });
            Ok(())
        });
    }

    /// Whether the recording on the page is one that can be kept on request.
    pub(super) fn can_keep(self) -> bool {
        let is_on = self.state.with(|state| matches!(state, State::On(_)));
        is_on && !matches!(self.store.source.get(), Source::Opened(opened) if matches!(opened.origin, Origin::History(_)))
    }

    /// Whether that was done.
    pub(super) fn is_kept(self) -> bool {
        self.kept.get() == Some(self.store.recordings.get())
    }

    /// Keeps the recording on the page.
    pub(super) fn keep_opened(self) {
        let Some((entry, text)) = self.made(Entry::new_id()) else { return };
        let recording = self.store.recordings.get_untracked();
        self.act(async move |database| {
            database.add(&entry, &text).await?;
            self.kept.set(Some(recording));
            self.make_room(database).await
        });
    }

    /// Keeps the run on the page, or what it has grown by.
    fn keep_run(self) {
        let store = self.store;
        let elsewhere = matches!(store.comparison.get_untracked(), Comparison::Done { other_shown: true });
        let is_live = store.source.with_untracked(|source| *source == Source::Live);
        if elsewhere || !is_live || store.phase.get_untracked() != Phase::Done {
            return;
        }
        let size = untrack(|| store.with_trace(|trace| (trace.exchanges().len(), trace.held_bytes()))).unwrap_or_default();
        let (before, recording) = (self.run.get_value(), store.recordings.get_untracked());
        // After both eras were looked at in turn it is still the same run.
        let compared = matches!(store.comparison.get_untracked(), Comparison::Done { .. });
        let goes_on = before.id > 0.0 && (before.recording == recording || compared);
        if goes_on && before.size == size {
            return;
        }
        let id = if goes_on { before.id } else { Entry::new_id() };
        self.run.set_value(Run { recording, id, size });
        let Some((entry, text)) = self.made(id) else { return };
        self.act(async move |database| {
            if goes_on {
                database.update(&entry, &text).await?;
            } else {
                database.add(&entry, &text).await?;
            }
            self.make_room(database).await
        });
    }

    /// Lets go of what was said, and of what could be put back.
    fn forget(self) {
        self.word.set(None);
        self.deleted.set(None);
        self.kept.set(None);
        self.run.set_value(Run::default());
    }

    /// Does something in the database, if there is one, and sees what is there then.
    fn act(self, act: impl AsyncFnOnce(&Database) -> Result<(), Refused> + 'static) {
        self.act_with(async move || {
            let database = Database::open().await?;
            if let Some(database) = &database {
                act(database).await?;
            }
            Ok(database)
        });
    }

    fn act_with(self, act: impl AsyncFnOnce() -> Result<Option<Database>, Refused> + 'static) {
        spawn_local(async move {
            let listed = match act().await {
                Ok(Some(database)) => database.list().await.map(State::On),
                Ok(None) => Ok(State::Off),
                Err(refused) => Err(refused),
            };
            match listed {
                Ok(state) => {
                    self.state.set(state);
                    self.focus.try_update_value(Option::take).flatten().into_iter().for_each(focus_soon);
                }
                // What is kept stays, and can be made room of.
                Err(Refused::NoRoom) => self.word.set(Some(Refused::NoRoom.to_string())),
                Err(refused) => self.state.set(State::Refused(refused)),
            }
        });
    }
}
