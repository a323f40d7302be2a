//! Where the views reach into the deferred part: all that shows a recording.

use inspector_core::trace::Outcome;
use leptos::prelude::*;

use super::dom::{self, when};
use super::history::History;
use super::possible::possible_causes;
use super::schema_form::Drafts;
use super::share::Sharing;
use super::token_help::Draft;
use super::{
    Places, causes, checkup, compare, header, history, keyboard, ladder, listen, live, opened, panes, reading, server, share,
    token_card, verdict, watching,
};
use crate::explanations::Explanations;
use crate::platform::deferred::Deferred;
use crate::platform::permission;
use crate::selectors::Selectors;
use crate::store::{Phase, Store};
use crate::symptoms::Symptoms;

/// Puts the views of the deferred part into their places.
#[inline(never)]
pub(super) fn show(_: Deferred, places: &Places) {
    let store = Store::get();
    permission::ask();
    provide_context(Selectors::new(store));
    provide_context(Explanations::new());
    provide_context(Symptoms::new(store));
    provide_context(Drafts::new());
    provide_context(Draft::new(store));
    provide_context(Sharing::new(store));
    provide_context(History::new(store));
    keyboard::listen_for_marks();
    places.crumb.fill(header::crumb());
    places.actions.fill(header::actions());
    places.token_card.fill(token_card::token_card());
    places.server_card.fill((listen::listen(), server::server_card()));
    places.opened.fill(opened::opened());
    let idle = move || store.phase.get() == Phase::Idle;
    let main = places.main.clone().live_attr("data-outcome", move || store.outcome().map(Outcome::as_str));
    let main = main.child(when(move || store.paste.with(|paste| !paste.trim().is_empty()), possible_causes));
    let _ =
        main.child(when(move || !idle(), || (compare::comparison(), (verdict::verdict(), watching::strip()), ladder::ladder())));
    places.panes.fill(panes::panes());
    dom::show([
        causes::causes().into(),
        checkup::dialog().into(),
        share::share().into(),
        history::history().into(),
        reading::reading(),
        history::word(),
    ]);
    let _ = places.announcement.clone().child(live::announcement());
}
