//! What goes out, what was removed from it, and how to take out more.

use inspector_core::diagram::RowKind;
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::share::Removed;
use leptos::prelude::*;
use web_sys::Event;

use super::sharing::Sharing;
use crate::selectors::Selectors;
use crate::ui::dom::{El, View, button, el, live, memo, row, words};
use crate::ui::shown::{plain, shown};

/// So many places are listed of one kind; the rest is counted.
const PLACES: usize = 8;

/// So many exchanges can be left out one by one.
const EXCHANGES: usize = 200;

/// So much of what goes out is shown; who wants to see all of it downloads it.
const SHOWN_CHARS: usize = 100_000;

/// What was removed, what goes out, and what else to cover.
pub(super) fn contents(sharing: Sharing) -> View {
    let removed = memo(move || sharing.with_offer(|offer| offer.redacted.removed().to_vec()).unwrap_or_default());
    let kinds = move || {
        let kinds: Vec<String> =
            removed.with(|removed| removed.iter().map(|removed| removed.what.words(removed.count)).collect());
        if kinds.is_empty() { "Nothing had to be removed.".to_owned() } else { format!("Removed: {}.", kinds.join(", ")) }
    };
    let list = el("details")
        .child(el("summary").child("What was removed, and where"))
        .child(el("ul").class("removed").child(live(move || row(removed.get().iter().map(line)))));
    let text = memo(move || sharing.file().and_then(Result::ok).unwrap_or_default());
    let goes_out = el("details").child(el("summary").child("What goes out")).child(
        el("pre")
            .attr("tabindex", "0")
            .attr("aria-label", "What goes out")
            .child(live(move || shown(&text.with(|text| text.chars().take(SHOWN_CHARS).collect::<String>())))),
    );
    let out = move || match sharing.left_out.with(|left_out| left_out.len()) {
        0 => "Leave exchanges out".to_owned(),
        n => format!("Leave exchanges out ({n})"),
    };
    let exchanges = el("details").child(el("summary").child(words(out))).child(exchanges(sharing));
    (
        el("p").class("kinds").attr("role", "status").child(words(kinds)),
        el("div").class("sections").children([list, goes_out, exchanges].map(|section| section.class("section"))),
        cover(sharing),
    )
        .into()
}

fn line(removed: &Removed) -> El {
    let place = |at: &EventRef| el("code").child(at.to_string());
    let rest = removed.at.len().saturating_sub(PLACES);
    let rest = (rest > 0).then(|| el("span").class("quiet").child(format!("and {rest} more places")));
    el("li")
        .child(el("span").child(removed.what.words(removed.count)))
        .child(el("span").class("places").children(removed.at.iter().take(PLACES).map(place)).child(rest))
}

/// Each exchange with a box that leaves it out.
fn exchanges(sharing: Sharing) -> El {
    let requests: Vec<(ExchangeId, String)> = Selectors::get().diagram.with_untracked(|diagram| {
        let rows = diagram.iter().flat_map(|diagram| &diagram.rows).filter(|row| row.kind == RowKind::Request);
        rows.filter_map(|row| Some((row.event?.exchange, plain(&row.label)))).take(EXCHANGES).collect()
    });
    let tick = move |(exchange, label): (ExchangeId, String)| {
        let id = format!("leave-out-{exchange}");
        let field = el("input").attr("type", "checkbox").attr("id", &id).ticked(
            move || sharing.left_out.with(|left_out| left_out.contains(&exchange)),
            move |on| sharing.leave_out(exchange, on),
        );
        el("li").class("tick").child(field).child(el("label").attr("for", id).child(format!("{exchange} {label}")))
    };
    el("ul").class("exchanges").attr("aria-label", "Exchanges to leave out").children(requests.into_iter().map(tick))
}

/// Texts to cover as well.
fn cover(sharing: Sharing) -> El {
    let typed = RwSignal::new(String::new());
    let field = el("input")
        .attr("id", "share-cover")
        .attr("type", "text")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "share-cover-word")
        .bind(typed);
    let form = el("form")
        .class("with-copy")
        .on("submit", move |event: Event| {
            event.prevent_default();
            sharing.cover(&typed.get_untracked());
            typed.set(String::new());
        })
        .child(field)
        .child(el("button").attr("type", "submit").child("Cover it"));
    let chip = move |text: String| {
        let name = format!("Do not cover {text}");
        let gone = text.clone();
        el("li")
            .child(el("code").child(plain(&text)))
            .child(button("×", move || sharing.uncover(&gone)).class("ghost").attr("aria-label", name))
    };
    el("div")
        .class("field")
        .child(el("label").attr("for", "share-cover").child("Cover another word"))
        .child(form)
        .child(el("ul").class("covered").child(live(move || row(sharing.texts.get().into_iter().map(chip)))))
        .child(el("p").class("quiet").attr("id", "share-cover-word").child(
            "Names of people and companies can stand in addresses and error messages, and read like any other word. \
             Look through what goes out, and cover what should not be there.",
        ))
}
