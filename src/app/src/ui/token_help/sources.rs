//! Where the server's tokens come from: whom to ask, what was asked, and what does not fit.

use inspector_core::export::curl::{Shell, curl};
use inspector_core::http::Url;
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::oauth::{IssuerMetadata, NotMetadata, ResourceMetadata, allowed};
use inspector_core::trace::{Authorization, Came, MetadataPlace, Trace};
use leptos::prelude::*;

use super::{asks, cancel};
use crate::store::Store;
use crate::ui::copied::copied;
use crate::ui::dom::{El, View, button, el, live, memo, row, words};
use crate::ui::shown::{plain, shown};

/// The first part of the pane.
pub(super) fn sources(found: Memo<Authorization>) -> View {
    let store = Store::get();
    let asked = memo(move || found.with(|found| !found.resource.is_empty() || !found.issuer.is_empty()));
    let title = words(move || if asked.get() { "Ask again" } else { "Find out where tokens come from" });
    let ask = asks(title, move || store.find_resource()).live_class("primary", move || !asked.get());
    let before = memo(move || (!asked.get()).then(|| store.with_trace(before)).flatten());
    let said = el("p").class("quiet").attr("role", "status").child(words(move || found.with(summary)));
    row::<View>([
        el("h3").child("Where its tokens come from").into(),
        live(move || el("p").child(plain(&found.with(|found| opening(store, found))))),
        live(move || before.get().map(|addresses| el("ul").class("places").children(addresses.into_iter().map(address)))),
        el("div")
            .class("row")
            .child(ask)
            .child(cancel(found, |found| found.tokens.iter().all(|place| place.came != Came::Waiting)))
            .child(live(move || (!store.is_live()).then(only_recorded)))
            .into(),
        said.into(),
        live(move || found.with(tried)),
        live(move || found.with(|found| resource(store, found))),
        live(move || found.with(issuer)),
        live(move || deviations(store, found)),
        live(move || hidden(store, found)),
    ])
}

fn only_recorded() -> El {
    el("span").class("quiet").child("This is a recording: run the handshake with the server to ask it.")
}

fn opening(store: Store, found: &Authorization) -> String {
    let host = store.with_trace(|trace| trace.about.server.authority()).unwrap_or_default();
    let scopes = found.wanted_scopes();
    let wants =
        if scopes.is_empty() { String::new() } else { format!(" Its refusal asks for the scope “{}”.", scopes.join(" ")) };
    let hidden = match (&found.challenge, found.hidden) {
        (None, Some(_)) => {
            " Its refusal may say so too, in WWW-Authenticate: the browser hides that header unless the server exposes it."
        }
        _ => "",
    };
    let asks = if found.resource.is_empty() && found.issuer.is_empty() {
        " This asks, without a token, one after the other until something is found:"
    } else {
        ""
    };
    format!("{host} can say which authorization server its tokens come from.{wants}{hidden}{asks}")
}

/// The addresses that will be asked: of the server itself their paths, of another one all of it.
fn before(trace: &Trace) -> Vec<String> {
    let own = trace.about.server.origin();
    let name = |url: &Url| if url.origin() == own { url.target().to_owned() } else { url.to_string() };
    trace.metadata_places().iter().map(name).collect()
}

fn address(address: String) -> El {
    el("li").child(el("code").child(shown(&address)))
}

/// One line for a screen reader, once nothing is awaited.
fn summary(found: &Authorization) -> String {
    if found.waiting().is_some() {
        return "Asking…".to_owned();
    }
    match (found.issuer_metadata(), found.issuers(), found.resource.is_empty() && found.issuer.is_empty()) {
        (Some((asked, ..)), ..) => plain(&format!("{asked} says how it gives tokens.")),
        (None, [_, ..], _) => "The server names whom to ask.".to_owned(),
        (None, [], false) => "Neither the server nor its well-known addresses say it.".to_owned(),
        (None, [], true) => String::new(),
    }
}

/// Every place that was asked, each a way to its exchange.
fn tried(found: &Authorization) -> El {
    let resource = found.resource.iter().map(place);
    let issuer = found.issuer.iter().map(|(_, asked)| place(asked));
    el("ul").class("places").attr("aria-label", "What was asked").children(resource.chain(issuer))
}

fn place<T>(place: &MetadataPlace<Result<T, NotMetadata>>) -> El {
    let store = Store::get();
    let at = EventRef::request(place.exchange);
    let tone = if place.found().is_some() { "chip ok" } else { "chip mut" };
    el("li")
        .child(button(plain(&place.url.to_string()), move || store.look_at(at)).class("link mono"))
        .child(el("span").class(tone).child(place.words()))
}

/// What the server says of itself, and whom it names.
fn resource(store: Store, found: &Authorization) -> Option<View> {
    let (_, ResourceMetadata { resource, scopes_supported, .. }) = found.resource_metadata()?;
    let facts = facts([
        ("resource", resource.clone().unwrap_or_default()),
        ("tokens of", found.issuers().join(", ")),
        ("scopes", scopes_supported.clone().unwrap_or_default().join(" ")),
    ]);
    let known = |issuer: &String| found.issuer.iter().any(|(asked, _)| asked == issuer);
    let left = found.issuers().iter().filter(|issuer| !known(issuer)).filter_map(|issuer| {
        let host = allowed(issuer)?.authority();
        let issuer = issuer.clone();
        Some(asks(plain(&format!("Ask {host}")), move || store.find_issuer(issuer.clone())).class("primary"))
    });
    let left: Vec<El> = left.collect();
    let next = (!left.is_empty()).then(|| {
        let says = "It says how it gives tokens when it is asked. No token goes along.";
        (el("p").child(says), el("div").class("row").children(left))
    });
    Some((facts, next).into())
}

/// What the authorization server says of itself.
fn issuer(found: &Authorization) -> Option<View> {
    let (_, _, metadata) = found.issuer_metadata()?;
    let IssuerMetadata { issuer, token_endpoint, grant_types_supported, token_endpoint_auth_methods_supported, .. } = metadata;
    let list = |names: &Option<Vec<String>>| names.clone().unwrap_or_default().join(", ");
    let heading = el("h4").child("Its authorization server");
    let facts = facts([
        ("issuer", issuer.clone().unwrap_or_default()),
        ("token URL", token_endpoint.clone().unwrap_or_default()),
        ("gives tokens for", list(grant_types_supported)),
        ("clients prove by", list(token_endpoint_auth_methods_supported)),
    ]);
    Some((heading, facts).into())
}

fn facts<const N: usize>(rows: [(&str, String); N]) -> View {
    let known: Vec<_> = rows.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    if known.is_empty() {
        return ().into();
    }
    let rows = known.into_iter().map(|(name, value)| el("div").child(el("dt").child(name)).child(el("dd").child(shown(&value))));
    el("div").class("card").child(el("dl").children(rows)).into()
}

/// Where the server departs from what clients need, each a way to the event that shows it.
fn deviations(store: Store, found: Memo<Authorization>) -> Option<View> {
    let list = store.with_trace(|trace| found.with(|found| found.deviations(&trace.about.server)))?;
    if found.with(|found| found.resource.is_empty() && found.issuer.is_empty()) || list.is_empty() {
        return None;
    }
    let items = list
        .into_iter()
        .map(|(deviation, at)| el("li").child(button(plain(&deviation.to_string()), move || store.look_at(at)).class("link")));
    let heading = el("h4").child("What may keep clients from finding it");
    Some((heading, el("ul").class("proof deviations").children(items)).into())
}

/// What the browser hides, as a command that shows it.
fn hidden(store: Store, found: Memo<Authorization>) -> Option<View> {
    let at = found.with(last_hidden)?;
    let command = store.with_trace(|trace| trace.exchange(at).map(|exchange| curl(&exchange.request, Shell::Posix))).flatten()?;
    let says = "The browser hides what came: either there is nothing at that address, or the server does not let pages read it (CORS). curl shows it.";
    Some((el("p").child(says), copied(command, "The command", false)).into())
}

/// The last place of which the browser showed nothing, when nothing was found.
fn last_hidden(found: &Authorization) -> Option<ExchangeId> {
    if found.issuer_metadata().is_some() || found.waiting().is_some() {
        return None;
    }
    let issuer = found.issuer.iter().rev().find(|(_, place)| place.came == Came::Hidden).map(|(_, place)| place.exchange);
    let resource = || found.resource.iter().rev().find(|place| place.came == Came::Hidden).map(|place| place.exchange);
    issuer.or_else(|| resource().filter(|_| found.resource_metadata().is_none()))
}
