//! How to get a new token: where the server's tokens come from, a request for one, and the token that came of it.

mod draft;
mod issued;
mod others;
mod request;
mod sources;

use inspector_core::trace::{Authorization, Command};
use leptos::prelude::*;

pub(super) use draft::Draft;

use super::dom::{El, View, button, el, live, memo};
use crate::selectors::Selectors;
use crate::store::{Phase, Store};

/// The causes that a new token may cure.
const CURED: [&str; 6] =
    ["token-missing", "token-expired", "token-not-yet-valid", "token-wrong-audience", "token-rejected", "scope-insufficient"];

/// Whether a new token may help against a cause.
pub(super) fn helps(slug: &str) -> bool {
    CURED.contains(&slug)
}

/// Whether something was found that a new token may help against.
pub(super) fn is_needed() -> bool {
    let (store, findings) = (Store::get(), Selectors::get().findings);
    store.phase.get() == Phase::Done && findings.with(|told| told.iter().any(|told| helps(told.finding.cause.slug)))
}

/// The button that leads here.
pub(super) fn offer() -> El {
    let store = Store::get();
    button("Get a new token", move || store.show_token_help())
}

/// A button that asks somebody. While that is not possible it stays where it is, so that a keyboard does not lose it.
fn asks(name: impl Into<View>, ask: impl Fn() + 'static) -> El {
    let store = Store::get();
    let ask = move || {
        if untrack(|| store.can_ask()) {
            ask();
        }
    };
    button(name, ask).live_attr("aria-disabled", move || (!store.can_ask()).then_some("true"))
}

/// A button that gives up what is awaited, while it is what the place of the button is about.
fn cancel(found: Memo<Authorization>, about: fn(&Authorization) -> bool) -> View {
    let store = Store::get();
    live(move || {
        let waiting = found.with(|found| found.waiting().filter(|_| about(found)))?;
        Some(button("Cancel", move || store.command(Command::Cancel(waiting))))
    })
}

/// The pane "Token".
pub(super) fn token_help() -> El {
    let store = Store::get();
    let found = memo(move || store.with_trace(|trace| trace.authorization()).unwrap_or_default());
    el("section")
        .class("token-help")
        .attr("aria-label", "Get a new token")
        .child(sources::sources(found))
        .child(request::request(found))
        .child(issued::issued())
        .child(others::others(found))
}
