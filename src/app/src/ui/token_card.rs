//! What can be read in a token, without verifying it and without sending it anywhere.

use inspector_core::time::Wall;
use inspector_core::token::{self, Jwt, Token, Validity};
use leptos::prelude::*;

use crate::platform::clock;
use crate::store::Store;

/// The card under the token field.
#[component]
pub(super) fn TokenCard() -> impl IntoView {
    let store = Store::get();
    let read = Memo::new(move |_| store.token.with(|typed| (!token::normalise(typed).is_empty()).then(|| token::inspect(typed))));
    move || {
        read.get().map(|read| match read {
            Token::Opaque { chars } => view! {
                <div class="card token">
                    <div class="head"><b>{format!("opaque, {chars} characters")}</b></div>
                    <p class="quiet">"Nothing in it can be read here; only the server knows what it means."</p>
                </div>
            }
            .into_any(),
            Token::Jwt(jwt) => view! { <JwtCard jwt=*jwt/> }.into_any(),
        })
    }
}

#[component]
fn JwtCard(jwt: Jwt) -> impl IntoView {
    let (word, tone) = validity(&jwt, clock::wall());
    let alg = jwt.alg.clone().unwrap_or_else(|| "no algorithm named".to_owned());
    let rows: Vec<(&str, String, String)> = [
        ("issuer", jwt.iss.clone().unwrap_or_default(), String::new()),
        ("audience", jwt.aud.join(", "), String::new()),
        ("scopes", jwt.scopes.join(" "), String::new()),
        ("issued", jwt.iat.map(moment).unwrap_or_default(), jwt.iat.map(|at| at.to_string()).unwrap_or_default()),
        ("valid from", jwt.nbf.map(moment).unwrap_or_default(), jwt.nbf.map(|at| at.to_string()).unwrap_or_default()),
        ("expires", jwt.exp.map(moment).unwrap_or_default(), jwt.exp.map(|at| at.to_string()).unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, value, _)| !value.is_empty())
    .collect();
    view! {
        <div class="card token">
            <div class="head">
                <b>{format!("JWT, {alg}")}</b>
                <span class=format!("chip {tone}")>{word}</span>
            </div>
            <dl>
                {rows
                    .into_iter()
                    .map(|(key, value, exact)| view! { <div><dt>{key}</dt><dd title=exact>{value}</dd></div> })
                    .collect_view()}
            </dl>
            <p class="quiet">"By this computer's clock. Decoded here, not verified, sent only to the server above."</p>
        </div>
    }
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
