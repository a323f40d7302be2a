//! The question before everything that is kept is deleted.

use inspector_core::numbers::count;
use leptos::prelude::*;

use super::keeping::{History, State};
use crate::ui::dom::{El, button, el};
use crate::ui::keyboard::focus_soon;

/// What would delete everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Deleting all.
    Clear,
    /// Turning it off.
    TurnOff,
}

/// The question, with its answers.
pub(super) fn question(history: History, asked: RwSignal<Option<Question>>, which: Question) -> El {
    let kept = untrack(|| history.state.with(|state| if let State::On(entries) = state { entries.len() } else { 0 }));
    let all = match kept {
        1 => "the recording".to_owned(),
        2 => "both recordings".to_owned(),
        more => format!("all {}", count(more as u64, "recording")),
    };
    let clear = move || {
        asked.set(None);
        history.clear();
    };
    let turn_off = move || {
        asked.set(None);
        history.turn_off();
    };
    let (said, answers) = match which {
        Question::Clear => (
            format!("Delete {all} from this browser? There is no way back."),
            vec![button("Delete for good", clear), button("Delete and turn it off", turn_off)],
        ),
        Question::TurnOff => (
            format!("Turning it off deletes {all} from this browser. There is no way back."),
            vec![button("Delete and turn it off", turn_off)],
        ),
    };
    focus_soon("history-cancel".to_owned());
    el("div")
        .class("card question")
        .attr("role", "group")
        .attr("aria-labelledby", "history-question")
        .child(el("p").attr("id", "history-question").child(said))
        .child(
            el("div")
                .class("row")
                .children(answers)
                .child(button("Cancel", move || asked.set(None)).attr("id", "history-cancel")),
        )
}
