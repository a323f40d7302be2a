//! What can be read in a token, without verifying it and without sending it anywhere.

use inspector_core::time::Wall;
use inspector_core::token::{self, Jwt, Token, Validity};
use leptos::prelude::*;

use super::dom::{El, View, el, live, memo, when};
use super::token_help;
use crate::platform::clock;
use crate::store::{Phase, Store};

/// The card under the token field, and where to get another token when this one does not do.
pub(super) fn token_card() -> View {
    let store = Store::get();
    let read = memo(move || store.token.with(|typed| (!token::normalise(typed).is_empty()).then(|| token::inspect(typed))));
    let sent = "By this computer's clock. Decoded here, not verified, sent only to the server above.";
    let offer = when(move || token_help::is_needed() || (is_over(read) && store.phase.get() == Phase::Done), token_help::offer);
    (live(move || read.get().map(|read| card(&read, sent))), offer).into()
}

/// Whether the token says itself that it is of no use now.
fn is_over(read: Memo<Option<Token>>) -> bool {
    let Some(Token::Jwt(jwt)) = read.get() else { return false };
    matches!(token::validity(&jwt, clock::wall()), Validity::Expired { .. } | Validity::NotYet { .. })
}

/// What can be read in a token, and a word on where it goes.
pub(super) fn card(token: &Token, where_to: &str) -> El {
    match token {
        Token::Opaque { chars } => opaque_card(*chars),
        Token::Jwt(jwt) => jwt_card(jwt, where_to),
    }
}

fn opaque_card(chars: usize) -> El {
    el("div")
        .class("card token")
        .child(el("div").class("head").child(el("b").child(format!("opaque, {chars} characters"))))
        .child(el("p").class("quiet").child("Nothing in it can be read here; only the server knows what it means."))
}

fn jwt_card(jwt: &Jwt, where_to: &str) -> El {
    let (word, tone) = validity(jwt, clock::wall());
    let alg = jwt.alg.as_deref().unwrap_or("no algorithm named");
    let exactly = |at: Option<Wall>| at.map(|at| at.to_string()).unwrap_or_default();
    let rows: [(&str, String, String); 6] = [
        ("issuer", jwt.iss.clone().unwrap_or_default(), String::new()),
        ("audience", jwt.aud.join(", "), String::new()),
        ("scopes", jwt.scopes.join(" "), String::new()),
        ("issued", jwt.iat.map(moment).unwrap_or_default(), exactly(jwt.iat)),
        ("valid from", jwt.nbf.map(moment).unwrap_or_default(), exactly(jwt.nbf)),
        ("expires", jwt.exp.map(moment).unwrap_or_default(), exactly(jwt.exp)),
    ];
    let known = rows
        .into_iter()
        .filter(|(_, value, _)| !value.is_empty())
        .map(|(key, value, exact)| el("div").child(el("dt").child(key)).child(el("dd").attr("title", exact).child(value)));
    let head = el("div")
        .class("head")
        .child(el("b").child(format!("JWT, {alg}")))
        .child(el("span").class(&format!("chip {tone}")).child(word));
    el("div").class("card token").child(head).child(el("dl").children(known)).child(el("p").class("quiet").child(where_to))
}

fn validity(jwt: &Jwt, now: Wall) -> (String, &'static str) {
    match token::validity(jwt, now) {
        Validity::Valid { until } => (format!("valid for {}", until.saturating_sub(now)), "ok"),
        Validity::Expired { since } => (format!("expired {} ago", now.saturating_sub(since)), "bad"),
        Validity::NotYet { from } => (format!("valid in {}", from.saturating_sub(now)), "bad"),
        Validity::NoExpiry => ("never expires".to_owned(), "mut"),
    }
}

/// A moment as people write it, in UTC so that it can be compared with a server's log.
fn moment(at: Wall) -> String {
    let time = at.time();
    format!("{} {} UTC", at.date(), time.get(..5).unwrap_or(&time))
}
