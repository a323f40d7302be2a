//! A second recording beside the one on the page: one that is opened, an incident, the run before, or the other era.

use inspector_core::compare::Side;
use inspector_core::id::ExchangeId;
use inspector_core::mcp::{Ask, Revision};
use inspector_core::share::{Level, Shared};
use inspector_core::trace::notation;
use inspector_core::trace::{Command, Record, Trace};
use leptos::prelude::*;

use super::{Given, Phase, Recording, Source, Store, split_points};
use crate::gallery::Incident;

/// Where a comparison stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// There is one recording.
    #[default]
    Not,
    /// Both eras are run: the stateless one now.
    First,
    /// The handshake era now; the other recording is the first one.
    Second,
    /// Both are there.
    Done {
        /// Whether they are the two eras of one server.
        eras: bool,
        /// Whether the other recording is the one on the page.
        other_shown: bool,
    },
}

/// Which sides follow when another step is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Moves {
    /// Both: the exchanges of one step.
    #[default]
    Both,
    /// The left one; the right one stays.
    Left,
    /// The right one; the left one stays.
    Right,
}

/// A recording that is not on the page, and where it comes from.
pub(crate) struct Beside {
    trace: Trace,
    source: Source,
    /// Its number among the recordings that were on the page; none before it was.
    number: Option<u32>,
}

/// What there is to a comparison, as handles that can be copied around.
#[derive(Clone, Copy)]
pub(crate) struct Comparing {
    /// Where it stands.
    pub(crate) stage: RwSignal<Stage>,
    /// Whether it is looked at, and not one of the recordings alone.
    pub(crate) open: RwSignal<bool>,
    /// Whether the recording that was on the page first stands on the right.
    pub(crate) flipped: RwSignal<bool>,
    /// The exchanges that are looked at, left and right.
    pub(crate) chosen: RwSignal<(Option<ExchangeId>, Option<ExchangeId>)>,
    /// Which of them follows when another step is chosen.
    pub(crate) moves: RwSignal<Moves>,
    /// Whether there is a run before the one on the page.
    pub(crate) has_before: RwSignal<bool>,
    other: StoredValue<Option<Beside>, LocalStorage>,
    before: StoredValue<Option<Beside>, LocalStorage>,
}

impl Comparing {
    /// Of a fresh page.
    pub(super) fn new() -> Self {
        Self {
            stage: RwSignal::default(),
            open: RwSignal::new(false),
            flipped: RwSignal::new(false),
            chosen: RwSignal::default(),
            moves: RwSignal::default(),
            has_before: RwSignal::new(false),
            other: StoredValue::new_local(None),
            before: StoredValue::new_local(None),
        }
    }

    /// Whether the other recording is the one on the page; follows it.
    pub(crate) fn other_shown(self) -> bool {
        matches!(self.stage.get(), Stage::Done { other_shown: true, .. })
    }

    /// Whether what is asked for now would show in the recording on the page, and nowhere else.
    pub(super) fn is_out_of_the_way(self) -> bool {
        matches!(self.stage.get(), Stage::Not | Stage::Done { eras: false, other_shown: false })
    }

    fn begin(self, other: Beside, eras: bool) {
        self.other.set_value(Some(other));
        // The stateless era was run first, and what is newer stands on the left.
        self.flipped.set(eras);
        self.chosen.set((None, None));
        self.moves.set(Moves::Both);
        self.stage.set(Stage::Done { eras, other_shown: false });
        self.open.set(true);
    }

    /// Appends to the recording that is not on the page.
    pub(super) fn push(self, record: Record) {
        self.other.update_value(|other| {
            if let Some(other) = other {
                other.trace.push(record);
            }
        });
    }
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
        self.comparing.stage.set(Stage::First);
        self.with_part(move |deferred| split_points::run(deferred, self, typed, Ask::Only(Revision::LATEST), Command::Run));
    }

    pub(super) fn compare_second(self) {
        self.comparing.stage.set(Stage::Second);
        let Some(typed) = crate::form::check(self) else { return };
        let first = self.trace.try_update_value(Option::take).flatten();
        self.comparing.other.set_value(first.map(|trace| Beside { trace, source: Source::Live, number: None }));
        self.with_part(move |deferred| {
            split_points::run(deferred, self, typed, Ask::Only(Revision::LATEST_HANDSHAKE), Command::Run)
        });
    }

    /// Both eras are there.
    pub(super) fn compare_runs(self) {
        if let Some(first) = self.comparing.other.try_update_value(Option::take).flatten() {
            self.comparing.begin(first, true);
        }
    }

    /// Reads what a person has, and puts the recording in it beside the one on the page. Nothing is sent.
    pub(crate) fn compare_with(self, given: Given, told: impl FnOnce(Result<(), String>) + 'static) {
        self.with_part(move |deferred| split_points::compare_with(deferred, self, given, Box::new(told)));
    }

    /// Puts an incident beside the recording on the page.
    pub(crate) fn compare_with_incident(self, incident: Incident) {
        if let Ok(recording) = notation::read(incident.recording()) {
            self.comparing.begin(Beside { trace: recording.trace, source: Source::Incident(incident), number: None }, false);
        }
    }

    /// Puts the run before beside the recording on the page.
    pub(crate) fn compare_with_before(self) {
        let before = self.comparing.before.try_update_value(Option::take).flatten();
        self.comparing.has_before.set(false);
        if let Some(before) = before {
            self.comparing.begin(before, false);
        }
    }

    /// Of several recordings the one of the same server is compared, else the first.
    pub(super) fn put_beside(self, found: Vec<Recording>) {
        let server = untrack(|| self.with_trace(|trace| trace.about.server.origin()));
        let mut found = found;
        let same = found.iter().position(|recording| Some(recording.trace.about.server.origin()) == server);
        if !found.is_empty() {
            let Recording { trace, opened, .. } = found.swap_remove(same.unwrap_or(0));
            self.comparing.begin(Beside { trace, source: Source::Opened(opened), number: None }, false);
        }
    }

    /// Keeps the recording that leaves the page, so that the next one can be compared with it.
    pub(super) fn remember(self, trace: Trace) {
        if !trace.is_empty() {
            let source = self.source.get_untracked();
            self.comparing.before.set_value(Some(Beside { trace, source, number: None }));
            self.comparing.has_before.set(true);
        }
    }

    /// Lets the sides change places.
    pub(crate) fn swap_sides(self) {
        self.comparing.flipped.update(|flipped| *flipped = !*flipped);
        self.comparing.chosen.update(|chosen| *chosen = (chosen.1, chosen.0));
        self.comparing.moves.update(|moves| {
            *moves = match moves {
                Moves::Both => Moves::Both,
                Moves::Left => Moves::Right,
                Moves::Right => Moves::Left,
            };
        });
    }

    /// Shows one of the two recordings alone; the comparison can be gone back to.
    pub(crate) fn show_alone(self, is_left: bool) {
        let Stage::Done { eras, other_shown } = self.comparing.stage.get_untracked() else { return };
        let wants_other = is_left == self.comparing.flipped.get_untracked();
        self.comparing.open.set(false);
        if wants_other != other_shown {
            self.change_places();
            self.comparing.stage.set(Stage::Done { eras, other_shown: wants_other });
        }
    }

    /// Goes back to the recording that was on the page before another one was put beside it.
    pub(crate) fn close_comparison(self) {
        if self.comparing.stage.with_untracked(|stage| matches!(stage, Stage::Done { other_shown: true, .. })) {
            self.change_places();
        }
        self.forget_comparison();
    }

    /// Lets go of the recording that is not looked at.
    pub(crate) fn forget_comparison_and_stay(self) {
        // Where a session is still spoken with, its recording goes on; it is the one that stays.
        if self.comparing.stage.with_untracked(|stage| matches!(stage, Stage::Done { other_shown: true, .. }))
            && self.standing.with_untracked(|standing| standing.open)
        {
            self.change_places();
        }
        self.forget_comparison();
    }

    fn change_places(self) {
        let shown = self.trace.try_update_value(Option::take).flatten();
        let Some(beside) = self.comparing.other.try_update_value(Option::take).flatten() else { return };
        let (source, number) = (self.source.get_untracked(), self.recordings.get_untracked());
        self.comparing.other.set_value(shown.map(|trace| Beside { trace, source, number: Some(number) }));
        self.trace.set_value(Some(beside.trace));
        self.source.set(beside.source);
        // Who comes back is the same recording as before.
        self.recordings.set(beside.number.unwrap_or_else(|| self.new_number()));
        self.selected.set(None);
        self.settle();
    }

    /// Reads both recordings of a comparison, left and right, with where each comes from.
    pub(crate) fn with_compared<T>(self, read: impl FnOnce((&Side<'_>, &Source), (&Side<'_>, &Source)) -> T) -> Option<T> {
        self.version.track();
        let Stage::Done { other_shown, .. } = self.comparing.stage.get() else { return None };
        let source = self.source.get();
        let shown_is_left = other_shown == self.comparing.flipped.get();
        self.trace.with_value(|shown| {
            self.comparing.other.with_value(|other| {
                let (shown, other) = (shown.as_ref()?, other.as_ref()?);
                let (here, there) = (side(shown, &source), side(&other.trace, &other.source));
                let (here, there) = ((&here, &source), (&there, &other.source));
                Some(if shown_is_left { read(here, there) } else { read(there, here) })
            })
        })
    }

    pub(super) fn forget_comparison(self) {
        self.comparing.stage.set(Stage::Not);
        self.comparing.open.set(false);
        self.comparing.other.set_value(None);
    }
}

/// A recording with what is known of how it was shared.
fn side<'a>(trace: &'a Trace, source: &Source) -> Side<'a> {
    let side = Side::new(trace);
    match source {
        Source::Opened(opened) => match opened.shared {
            Shared::Redacted(Level::Failure) => side.failure_only(),
            Shared::Redacted(_) | Shared::WithBodies => side.shared(),
            Shared::Unknown => side,
        },
        Source::Live | Source::Incident(_) => side,
    }
}
