//! What a screen reader is told while a run goes on: the phase and the verdict, not every event.

use inspector_core::trace::Outcome;
use leptos::prelude::*;

use super::dom::{View, memo, words};
use crate::selectors::Selectors;
use crate::store::{Phase, Store};

/// A polite announcement.
pub(super) fn announcement() -> View {
    let store = Store::get();
    let findings = Selectors::get().findings;
    let asks = move || store.with_trace(|trace| !trace.questions().is_empty()) == Some(true);
    let said = move || match (store.phase.get(), store.opening.get(), store.settled.get()) {
        (Phase::Idle, ..) => String::new(),
        _ if store.standing.with(|standing| standing.open) && asks() => "The server asks something.".to_owned(),
        (_, true, _) => "The handshake is running.".to_owned(),
        (Phase::Running, false, _) => "Waiting for the answer.".to_owned(),
        (Phase::Done, _, Some(Outcome::Ok)) => "Done: the handshake succeeded.".to_owned(),
        (Phase::Done, _, Some(Outcome::Stopped)) => "Stopped.".to_owned(),
        (Phase::Done, ..) => findings.with(|told| told.first().map(|told| told.report.headline.clone())).unwrap_or_default(),
    };
    let said = memo(said);
    words(move || said.get())
}
