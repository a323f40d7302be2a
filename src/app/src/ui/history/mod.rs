//! The dialog "History": what is kept on this device, and whether anything is.

mod ask;
mod entry;
mod keeping;
mod row;

use inspector_core::limits::{HISTORY_BYTES, HISTORY_RECORDINGS};
use inspector_core::numbers::count;
use leptos::prelude::*;

use self::ask::{Question, question};
pub(super) use self::keeping::History;
use self::keeping::{SWITCH, State, UNDO};
use self::row::{Renamed, line};
use super::dom::{El, View, button, effect, el, live, memo, row, when, words};
use super::open::{Dialogs, dialog};
use super::shown::plain;
use crate::store::Store;

/// The dialog.
pub(super) fn history() -> El {
    let history = History::get();
    let open = Dialogs::get().history;
    let asked = RwSignal::new(None::<Question>);
    effect(move || {
        asked.set(None);
        if open.get() {
            history.look();
        } else {
            history.deleted.set(None);
        }
    });
    dialog(open)
        .class("share history")
        .attr("aria-labelledby", "history-title")
        .child(
            el("header")
                .child(el("h2").attr("id", "history-title").attr("tabindex", "-1").flag("autofocus", true).child("History"))
                .child(el("p").child(
                    "What you record can be kept in this browser, to be opened again: without tokens, cookies, session ids and \
                     values, like a link. Nothing is uploaded, and only this browser has it; whoever uses it can see it.",
                )),
        )
        .child(switch(history, asked))
        .child(live(move || asked.get().map(|which| question(history, asked, which))))
        .child(el("p").class("word").attr("role", "status").child(words(move || history.word.get().unwrap_or_default())))
        .child(undo(history))
        .child(kept(history, open))
        .child(
            el("div")
                .class("row end")
                .child(when(
                    move || history.state.with(|state| matches!(state, State::On(entries) if !entries.is_empty())),
                    move || button("Delete all", move || asked.set(Some(Question::Clear))),
                ))
                .child(button("Close", move || open.set(false))),
        )
}

/// Turns the keeping on and off.
fn switch(history: History, asked: RwSignal<Option<Question>>) -> El {
    let is_on = memo(move || history.state.with(|state| matches!(state, State::On(_))));
    let turn = move || match history.state.get_untracked() {
        State::On(entries) if entries.is_empty() => history.turn_off(),
        State::On(_) => asked.set(Some(Question::TurnOff)),
        State::Off | State::Refused(_) => history.turn_on(),
        State::Unknown => {}
    };
    let bounds =
        format!(". At most {HISTORY_RECORDINGS} recordings and {} MB; beyond that the oldest go.", HISTORY_BYTES / 1_000_000);
    let said = move || match history.state.get() {
        State::Unknown => String::new(),
        State::Off => {
            format!("Off: nothing is stored, not even this choice. Once it is on, each run is kept when it ends{bounds}")
        }
        State::On(_) => {
            format!("On: each run is kept when it ends, and as it goes on. What you open is kept when you ask for it{bounds}")
        }
        State::Refused(refused) => refused.to_string(),
    };
    let label = el("span").attr("id", "history-label").child("Keep recordings on this device");
    el("div")
        .class("switching")
        .child(
            button(el("span").class("knob"), turn)
                .class("switch")
                .attr("id", SWITCH)
                .attr("role", "switch")
                .attr("aria-labelledby", "history-label")
                .attr("aria-describedby", "history-said")
                .live_attr("aria-checked", move || is_on.get()),
        )
        .child(label)
        .child(el("p").class("quiet").attr("id", "history-said").attr("role", "status").child(words(said)))
}

/// What was deleted, and the way back.
fn undo(history: History) -> View {
    let name = memo(move || history.deleted.with(|deleted| deleted.as_ref().map(|(entry, _)| plain(&entry.name))));
    let line = move |name: String| {
        el("div")
            .class("row undo")
            .child(el("p").attr("role", "status").child(format!("Deleted {name}.")))
            .child(button("Undo", move || history.undo()).attr("id", UNDO))
    };
    live(move || name.get().map(line))
}

/// What is kept.
fn kept(history: History, open: RwSignal<bool>) -> View {
    let renamed = Renamed::default();
    let list = move || -> View {
        let entries = match history.state.get() {
            State::On(entries) => entries,
            State::Unknown | State::Off | State::Refused(_) => return ().into(),
        };
        if entries.is_empty() {
            return el("p").class("quiet").child("Nothing is kept yet. Run a handshake, and it will be here.").into();
        }
        let bytes: f64 = entries.iter().map(|entry| entry.bytes).sum();
        let summary = format!("{}, {}", count(entries.len() as u64, "recording"), row::size(bytes));
        let lines = entries.into_iter().map(|entry| line(history, open, renamed, entry));
        el("section")
            .attr("aria-label", "Kept recordings")
            .child(el("p").class("quiet").child(summary))
            .child(el("ul").class("kept").child(row(lines)))
            .into()
    };
    live(list)
}

/// Keeps the opened recording on the page, where the history is on.
pub(super) fn keep_button() -> View {
    let history = History::get();
    let said = move || if history.is_kept() { "Kept" } else { "Keep" };
    let keep = move || {
        if !untrack(|| history.is_kept()) {
            history.keep_opened();
        }
    };
    when(
        move || history.can_keep(),
        move || {
            button(words(said), keep)
                .attr("title", "Keeps it in the history of this browser, without secrets and values")
                .live_attr("aria-disabled", move || history.is_kept())
        },
    )
}

/// Says on the page why a run is not kept.
pub(super) fn word() -> View {
    let (history, dialogs, store) = (History::get(), Dialogs::get(), Store::get());
    effect(move || {
        store.recordings.track();
        history.word.set(None);
    });
    let card = move |word: String| {
        let line = el("div")
            .class("row")
            .child(button("History", move || dialogs.history.set(true)))
            .child(button("Dismiss", move || history.word.set(None)));
        el("div").class("notice").child(
            el("section")
                .class("card")
                .attr("aria-label", "History")
                .child(el("p").attr("role", "status").child(word))
                .child(line),
        )
    };
    live(move || history.word.get().filter(|_| !dialogs.history.get()).map(card))
}
