//! How to get a token that this page cannot ask for.

use inspector_core::trace::Authorization;
use leptos::prelude::*;

use crate::ui::dom::{El, el, live};
use crate::ui::shown::shown;

/// The last part of the pane.
pub(super) fn others(found: Memo<Authorization>) -> El {
    let sign_in =
        move || found.with(|found| found.issuer_metadata().and_then(|(_, _, metadata)| metadata.authorization_endpoint.clone()));
    let where_to =
        move || sign_in().map(|address| el("p").child("People sign in at ").child(el("code").child(shown(&address))).child("."));
    let item = |text: &str| el("li").child(text);
    el("details")
        .child(el("summary").child("Other ways to get one"))
        .child(el("p").child(
            "Where people sign in, the token goes back to the client by a redirect (authorization code), and only to addresses that are registered for it. This page is not one of them.",
        ))
        .child(live(where_to))
        .child(
            el("ul")
                .child(item("Sign in anew with your client. It renews its token then; many keep it in a file or print it with a debug option."))
                .child(item("Look into the console of the provider: most make a token for trying things out."))
                .child(item("If you hold a refresh token, your client or the tools of the provider change it for an access token."))
                .child(item("Paste the access token into the field on the left, alone: no quotes, no “Bearer”, not the whole answer.")),
        )
}
