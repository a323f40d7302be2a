//! The link with its length, and the file. Where there is none, why, and what to do.

use inspector_core::id::ExchangeId;
use inspector_core::numbers::count;
use inspector_core::share::{NoLink, Taint};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Event, HtmlInputElement};

use super::sharing::{FileKind, Sharing};
use crate::platform::{clipboard, location};
use crate::ui::dom::{El, View, button, el, live, memo, words};

/// The link, or why there is none.
pub(super) fn link(sharing: Sharing) -> El {
    let made = memo(move || {
        let made = sharing.with_offer(|offer| offer.link.clone())?;
        Some(made.map(|link| format!("{}#{}", location::without_fragment(), link.fragment)))
    });
    let told = RwSignal::new("");
    let address = move || made.get().and_then(Result::ok).unwrap_or_default();
    let copy = move || {
        spawn_local(async move {
            let link = untrack(address);
            told.set(if clipboard::copy(&link).await { "Copied." } else { "The browser did not allow copying. Select it." });
        });
    };
    let field = el("input")
        .attr("id", "share-link")
        .attr("type", "text")
        .attr("readonly", "")
        .attr("aria-describedby", "share-length")
        .typed(address, |_| ())
        .on("focus", |event: Event| event_target::<HtmlInputElement>(&event).select());
    let length = move || {
        told.set("");
        let chars = address().chars().count();
        if chars == 0 { String::new() } else { format!("{}.", count(chars as u64, "character")) }
    };
    let none = move || match made.get() {
        Some(Err(NoLink::Tainted(taint))) => Some(tainted(sharing, &taint)),
        Some(Err(too_long)) => Some(el("p").class("word").child(too_long.to_string()).into()),
        _ => None,
    };
    el("div")
        .class("field")
        .child(el("label").attr("for", "share-link").child("Link"))
        .child(
            el("div").class("with-copy").child(field).child(
                button("Copy link", copy).class("primary").live_attr("disabled", move || address().is_empty().then_some("")),
            ),
        )
        .child(
            el("p")
                .class("quiet")
                .child(el("span").attr("id", "share-length").child(words(length)))
                .child(" ")
                .child(el("span").attr("role", "status").child(words(move || told.get()))),
        )
        .child(el("div").attr("role", "alert").child(live(none)))
}

/// The file, with or without the values in bodies.
pub(super) fn file(sharing: Sharing) -> El {
    let refused = RwSignal::new(None::<Taint>);
    let keep =
        el("input").attr("type", "checkbox").attr("id", "share-bodies").attr("aria-describedby", "share-bodies-word").ticked(
            move || sharing.with_bodies.get(),
            move |on| {
                sharing.with_bodies.set(on);
                refused.set(None);
            },
        );
    let downloads = [("Download trace", FileKind::Trace), ("Download HAR", FileKind::Har)]
        .map(|(name, kind)| button(name, move || refused.set(sharing.save(kind).err())));
    let word = move || {
        if sharing.with_bodies.get() {
            "The file shows arguments, results and answers as they were, but for what looks like a key or is named like a \
             credential. Send it only to who may see them."
        } else {
            "The file holds what the link holds. Values in messages are covered."
        }
    };
    el("div")
        .class("field file")
        .child(
            el("div").class("row").children(downloads).child(
                el("span")
                    .class("tick")
                    .child(keep)
                    .child(el("label").attr("for", "share-bodies").child("Keep arguments, results and answers in the file")),
            ),
        )
        .child(el("p").class("quiet").attr("id", "share-bodies-word").child(words(word)))
        .child(el("div").attr("role", "alert").child(live(move || refused.get().map(|taint| tainted(sharing, &taint)))))
}

/// Where a secret was found, and a way to leave it out.
pub(in crate::ui) fn tainted(sharing: Sharing, taint: &Taint) -> View {
    let leave_out = taint.at.map(|at| {
        let exchange: ExchangeId = at.exchange;
        button(format!("Leave out exchange {exchange}"), move || sharing.leave_out(exchange, true))
    });
    (el("p").class("word stops").child(taint.to_string()), leave_out).into()
}
