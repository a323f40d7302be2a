//! The token that was given: what it says, whether it fits, and the button that puts it in place of the old one.

use inspector_core::http::Url;
use inspector_core::oauth::Claims;
use inspector_core::token::{self, Token};
use leptos::prelude::*;

use super::draft::Draft;
use crate::store::Store;
use crate::ui::dom::{El, View, button, el, live, row, when};
use crate::ui::keyboard::focus_soon;
use crate::ui::shown::plain;
use crate::ui::token_card::card;

/// The top of the pane, once there is something.
pub(super) fn issued() -> View {
    let (store, draft) = (Store::get(), Draft::get());
    let new = live(move || store.issued.get().map(|token| section(store, draft, &token)));
    let used = when(move || draft.used.get() && store.issued.with(Option::is_none), move || in_place(store));
    (new, used).into()
}

fn section(store: Store, draft: Draft, token: &str) -> El {
    let read = token::inspect(token);
    let misfits = match &read {
        Token::Jwt(jwt) => {
            let claims = Claims { issuer: jwt.iss.as_deref().unwrap_or_default(), audience: &jwt.aud, scopes: &jwt.scopes };
            store.with_trace(|trace| trace.misfits_of(&claims)).unwrap_or_default()
        }
        Token::Opaque { .. } => Vec::new(),
    };
    let misfits = row(misfits.iter().map(|misfit| el("p").class("word").child(plain(&misfit.to_string()))));
    el("section")
        .class("issued")
        .attr("aria-label", "The new token")
        .child(el("h3").child("A new token"))
        .child(el("p").class("visually-hidden").attr("role", "status").child("A new token came."))
        .child(card(&read, "Decoded here, not verified, kept in this page only."))
        .child(misfits)
        .child(live(move || place(store, draft)))
}

/// The button, unless the token would go to somebody else than it was asked for.
fn place(store: Store, draft: Draft) -> View {
    let server = store.with_trace(|trace| trace.about.server.clone());
    let typed = Url::parse(&store.url.get()).ok();
    let same = server.as_ref().zip(typed).is_some_and(|(server, typed)| server.origin() == typed.origin());
    if !same {
        let host = server.map(|server| server.authority()).unwrap_or_default();
        let says = format!("It was asked for {host}, and the address on the left is another server now.");
        return el("p").class("word stops").child(plain(&says)).into();
    }
    let take = button("Use this token", move || {
        draft.used.set(true);
        store.use_issued();
        focus_soon("run-new-token".to_owned());
    });
    el("div").class("row").child(take.class("primary")).into()
}

fn in_place(store: Store) -> El {
    el("section")
        .class("issued")
        .attr("aria-label", "The new token")
        .child(el("p").attr("role", "status").child("The new token is in its place, instead of the old one."))
        .child(
            el("div")
                .class("row")
                .child(button("Run with the new token", move || store.run()).attr("id", "run-new-token").class("primary")),
        )
}
