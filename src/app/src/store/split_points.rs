//! Where the state reaches into the deferred part: all that makes a recording or reads one.

use inspector_core::mcp::Ask;
use inspector_core::token;
use inspector_core::trace::{About, Command, Lacks, TokenFacts, Trace};
use leptos::prelude::*;

use super::{FOLLOW_MILLIS, Given, Source, Store};
use crate::driver;
use crate::form::{self, Checked};
use crate::gallery::Incident;
use crate::platform::deferred::Deferred;
use crate::platform::schedule::Throttle;
use crate::platform::{clock, location, permission};
use crate::vault::Vault;

/// Begins a recording with what was typed, and does the first thing in it.
#[inline(never)]
pub(super) fn run(_: Deferred, store: Store, typed: Checked, ask: Ask, first: Command) {
    store.made_with.set_value(Some((typed.clone(), ask)));
    let Checked { server, token: typed, headers, timeout } = typed;
    let token = token::normalise(&typed);
    let (names, values): (Vec<String>, Vec<String>) = headers.into_iter().unzip();
    let about = About {
        began: Some(clock::wall()),
        page: Some(location::origin()),
        ask,
        timeout,
        token: TokenFacts::of(token),
        token_flaws: form::recorded_flaws(&typed),
        extra_headers: names,
        local_network: permission::local_network(&server),
        lacks: Lacks::default(),
        server: server.clone(),
    };
    let vault = Vault::new(&server, token.to_owned(), values);
    store.leave();
    store.begin(Trace::new(about.clone()), Source::Live);
    store.follow.set_value(Some(Throttle::new(FOLLOW_MILLIS, move || store.show())));
    store.driver.set_value(Some(driver::prepare(about, vault, move |news| store.hear(news))));
    store.command(first);
}

/// Reads what a person has, opens the recordings in it, and tells what came of it.
#[inline(never)]
pub(super) fn open(_: Deferred, store: Store, given: Given, told: Box<dyn FnOnce(Result<(), String>)>) {
    store.read(given, move |found| told(found.map(|found| store.put_all(found))));
}

/// Opens one of the incidents that come with the page.
#[inline(never)]
pub(super) fn open_incident(_: Deferred, store: Store, incident: Incident) {
    store.put_incident(incident);
}
