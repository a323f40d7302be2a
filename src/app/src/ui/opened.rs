//! What a recording is that somebody opened, that nothing was sent for it, what is not known of it, and why a link could not be opened.

use inspector_core::numbers::count;
use inspector_core::share::Shared;
use inspector_core::trace::Outcome;
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, memo, words};
use super::history::keep_button;
use super::keyboard::focus_soon;
use super::open::Dialogs;
use super::shown::plain;
use crate::store::{Listed, Opened, Phase, Source, Store};

/// The strip above the verdict.
pub(super) fn opened() -> View {
    let store = Store::get();
    let opened = memo(move || match (store.phase.get(), store.source.get()) {
        (Phase::Done, Source::Opened(opened)) => Some(opened),
        _ => None,
    });
    let refused = live(move || store.refused.get().map(|why| no_recording(&why)));
    let listed = memo(move || store.servers.with(|servers| servers.listed.clone()));
    let servers = live(move || listed.with(|listed| (!listed.is_empty()).then(|| servers(listed))));
    (refused, live(move || opened.get().map(|opened| strip(&opened))), servers).into()
}

fn strip(opened: &Opened) -> El {
    let store = Store::get();
    let try_it = move || {
        store.try_yourself();
        focus_soon("token".to_owned());
    };
    let level = match opened.shared {
        Shared::Redacted(level) => Some(format!("{}. {}", level.title(), level.loses())),
        Shared::WithBodies => {
            Some("With the values in messages. Credentials, session ids and what looks like a key are covered.".to_owned())
        }
        Shared::Unknown => None,
    };
    let next = move || match (store.filled_in.get(), store.url.with(|url| url.contains('*'))) {
        (false, _) => "",
        (true, false) => "The form holds its address now, and no token. Nothing is sent before you run the handshake.",
        (true, true) => {
            "The form holds its address now, and no token. Type in what is covered there. Nothing is sent before you run the \
             handshake."
        }
    };
    el("section")
        .class("opened")
        .attr("aria-label", "Opened recording")
        .child(
            el("div")
                .child(el("p").attr("role", "status").child(plain(&opened.summary)))
                .child(level.map(|level| el("p").class("quiet").child(level)))
                .children(opened.notes.iter().map(|note| el("p").class("quiet").child(plain(note))))
                .child(el("p").class("quiet").attr("role", "status").child(words(next))),
        )
        .child(el("div").class("row").child(keep_button()).child(button("Try it yourself", try_it)))
}

/// The recordings that came together: one of them is on the page. Choosing another one does not draw this anew.
fn servers(listed: &[Listed]) -> El {
    let store = Store::get();
    let line = move |(n, listed): (usize, &Listed)| {
        let id = format!("server-{n}");
        let (kind, word) = match listed.outcome {
            Outcome::Ok => ("chip ok", "Worked"),
            Outcome::Failed => ("chip bad", listed.cause.unwrap_or("Failed")),
            Outcome::Stopped => ("chip warn", "Stopped"),
        };
        let choice = el("input")
            .attr("type", "radio")
            .attr("name", "server")
            .attr("id", &id)
            .ticked(move || store.servers.with(|servers| servers.shown == n), move |_| store.look_at_server(n));
        el("div")
            .class("server-choice")
            .child(choice)
            .child(el("label").attr("for", id).child(plain(&listed.server)))
            .child(el("span").class("quiet").child(count(listed.exchanges as u64, "exchange")))
            .child(el("span").class(kind).child(word))
    };
    let choices = el("div").class("choices").children(listed.iter().enumerate().map(line));
    let legend = el("legend").child(format!("It holds exchanges with {} servers", listed.len()));
    el("section")
        .class("opened servers")
        .attr("aria-label", "Servers in this recording")
        .child(el("fieldset").child(legend).child(choices))
}

/// Why the link led to nothing.
fn no_recording(why: &str) -> El {
    let store = Store::get();
    let dialogs = Dialogs::get();
    let said = (el("h2").child("The recording in this link could not be opened"), el("p").child(plain(why)));
    el("section")
        .class("opened refused")
        .attr("id", "refused")
        .attr("aria-label", "Link not opened")
        .child(el("div").attr("role", "alert").child(said))
        .child(
            el("div")
                .class("row")
                .child(button("Open trace", move || dialogs.open_trace.set(true)))
                .child(button("Close", move || store.forget_link())),
        )
}
