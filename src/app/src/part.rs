//! Whether the deferred part of the program is there, and what waits for it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::deferred::{self, Deferred};

/// What there is to say of an action that needs the deferred part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nothing waits.
    Quiet,
    /// It waits until the part is loaded.
    Waiting,
    /// It was given up, because the part could not be loaded. The next one asks for it again.
    Unavailable,
}

/// An action that needs the deferred part. It gets nothing when that could not be loaded.
type Action = Box<dyn FnOnce(Option<Deferred>)>;

/// The deferred part, as handles that can be copied around.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    here: RwSignal<Option<Deferred>>,
    status: RwSignal<Status>,
    /// One at most: who asks for something else no longer wants the first.
    waiting: StoredValue<Option<Action>, LocalStorage>,
}

impl Part {
    /// A part that is not there until boot.js says so.
    pub(crate) fn new() -> Self {
        let this =
            Self { here: RwSignal::new(None), status: RwSignal::new(Status::Quiet), waiting: StoredValue::new_local(None) };
        deferred::on_arrival(move |deferred| {
            this.here.set(Some(deferred));
            this.status.set(Status::Quiet);
            if let Some(action) = this.take() {
                action(Some(deferred));
            }
        });
        this
    }

    /// Proof that it is there, or nothing; follows the loading.
    pub(crate) fn here(self) -> Option<Deferred> {
        self.here.get()
    }

    /// Proof that it is there now, or nothing.
    pub(crate) fn now(self) -> Option<Deferred> {
        self.here.get_untracked()
    }

    /// What there is to say of it; follows the loading.
    pub(crate) fn status(self) -> Status {
        self.status.get()
    }

    /// Does something that needs the part: at once when it is there, else as soon as it is.
    pub(crate) fn with(self, action: impl FnOnce(Option<Deferred>) + 'static) {
        if let here @ Some(_) = self.now() {
            action(here);
            return;
        }
        self.waiting.set_value(Some(Box::new(action)));
        self.status.set(Status::Waiting);
        spawn_local(async move {
            if deferred::load().await.is_err()
                && let Some(action) = self.take()
            {
                self.status.set(Status::Unavailable);
                action(None);
            }
        });
    }

    /// Forgets the action that waits.
    pub(crate) fn forget(self) {
        self.waiting.set_value(None);
        self.status.set(Status::Quiet);
    }

    /// The action that waits; then none does.
    fn take(self) -> Option<Action> {
        self.waiting.try_update_value(Option::take).flatten()
    }
}
