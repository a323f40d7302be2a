//! Both eras against one address: two runs, two recordings, one of them shown.

use inspector_core::mcp::{Ask, Revision};
use inspector_core::trace::{Command, Trace};
use leptos::prelude::*;

use super::{Phase, Store, split_points};

/// Where a comparison of both eras stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// None was asked for.
    #[default]
    Not,
    /// The stateless era runs.
    First,
    /// The handshake era runs; the other recording is the first one.
    Second,
    /// Both are there.
    Done {
        /// Whether the first recording is the one that is shown.
        other_shown: bool,
    },
}

impl Store {
    /// Runs both eras against the address, one after the other: the stateless one first, so that a session that is open
    /// afterwards can be gone on with.
    pub(crate) fn compare_eras(self) {
        self.tried.set(true);
        if self.phase.get_untracked() == Phase::Running {
            return;
        }
        let Some(typed) = crate::form::check(self) else { return };
        self.phase.set(Phase::Running);
        self.forget_comparison();
        self.comparison.set(Comparison::First);
        self.with_part(move |deferred| split_points::run(deferred, self, typed, Ask::Only(Revision::LATEST), Command::Run));
    }

    pub(super) fn compare_second(self) {
        self.comparison.set(Comparison::Second);
        let Some(typed) = crate::form::check(self) else { return };
        self.other.set_value(self.trace.try_update_value(Option::take).flatten());
        self.with_part(move |deferred| {
            split_points::run(deferred, self, typed, Ask::Only(Revision::LATEST_HANDSHAKE), Command::Run)
        });
    }

    /// Shows the other recording of a comparison.
    pub(crate) fn look_at_other(self) {
        let shown = self.trace.try_update_value(Option::take).flatten();
        let other = self.other.try_update_value(|other| std::mem::replace(other, shown)).flatten();
        self.trace.set_value(other);
        if let Comparison::Done { other_shown } = self.comparison.get_untracked() {
            self.comparison.set(Comparison::Done { other_shown: !other_shown });
        }
        self.selected.set(None);
        self.recordings.update(|recordings| *recordings += 1);
        self.settle();
    }

    /// Reads both recordings of a comparison, the stateless one first.
    pub(crate) fn with_compared<T>(self, read: impl FnOnce(&Trace, &Trace) -> T) -> Option<T> {
        self.version.track();
        let Comparison::Done { other_shown } = self.comparison.get() else { return None };
        self.trace.with_value(|shown| {
            self.other.with_value(|other| {
                let (shown, other) = (shown.as_ref()?, other.as_ref()?);
                Some(if other_shown { read(shown, other) } else { read(other, shown) })
            })
        })
    }

    pub(super) fn forget_comparison(self) {
        self.comparison.set(Comparison::Not);
        self.other.set_value(None);
    }
}
