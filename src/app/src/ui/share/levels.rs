//! How much of the recording is sent: each level with the length of its link, and what who opens it does not see.

use inspector_core::numbers::count;
use inspector_core::share::{Level, NoLink};
use leptos::prelude::*;

use super::sharing::{Choice, Sharing};
use crate::ui::dom::{El, el, live, memo, row, words};

/// The levels to choose from.
pub(super) fn levels(sharing: Sharing) -> El {
    // The list stays while lengths change, so that the keyboard does not lose its place.
    let levels = memo(move || sharing.choices().iter().map(|choice| choice.level).collect::<Vec<_>>());
    el("fieldset")
        .class("levels")
        .child(el("legend").child("How much of it"))
        .child(live(move || row(levels.get().into_iter().map(|level| option(sharing, level)))))
}

fn option(sharing: Sharing, level: Level) -> El {
    let choice = move || sharing.choices().into_iter().find(|choice| choice.level == level);
    let radio = el("input")
        .attr("type", "radio")
        .attr("name", "share-level")
        .attr("id", format!("share-{}", level.as_str()))
        .attr("aria-describedby", format!("share-{}-length share-{}-loses", level.as_str(), level.as_str()))
        .ticked(
            move || sharing.level() == Some(level),
            move |on| {
                if on {
                    sharing.chosen.set(Some(level));
                }
            },
        );
    let title = el("label").attr("for", format!("share-{}", level.as_str())).child(level.title());
    let mark = move || {
        let choice = choice()?;
        let chip = |class: &str, text: &str| el("span").class(class).child(text);
        match (choice.keeps_findings, choice.first) {
            (false, _) => Some(chip("chip warn", "loses what was found")),
            (true, true) => Some(chip("chip ok", "smallest that shows what was found")),
            (true, false) => None,
        }
    };
    el("div")
        .class("level")
        .child(radio)
        .child(title)
        .child(el("span").class("marks").child(live(mark)))
        .child(
            el("span")
                .class("length")
                .attr("id", format!("share-{}-length", level.as_str()))
                .child(words(move || choice().map(|choice| length(&choice)).unwrap_or_default())),
        )
        .child(el("p").class("quiet").attr("id", format!("share-{}-loses", level.as_str())).child(level.loses()))
}

fn length(choice: &Choice) -> String {
    match choice.chars {
        Ok(chars) => count(chars as u64, "character"),
        Err(NoLink::TooLong(_)) => "as a file only".to_owned(),
        Err(NoLink::Tainted(_)) => "not possible".to_owned(),
    }
}
