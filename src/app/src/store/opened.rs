//! Opening recordings: what was read is put on the page, as it was looked at. Nothing is sent by it.

use inspector_core::share::Shared;
use inspector_core::trace::{Trace, notation};
use leptos::prelude::*;

use super::{Given, Listed, Recording, Source, Store, Tab, split_points};
use crate::gallery::Incident;
use crate::platform::{location, scroll};

/// Where a recording was found that somebody opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In the address of this page.
    Link,
    /// In a text that was pasted.
    Pasted,
    /// In a file of this name.
    File(String),
    /// In the history of this browser, under this name.
    History(String),
}

/// What there is to say of a recording that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    /// Where it was found.
    pub(crate) origin: Origin,
    /// How much of the original it is.
    pub(crate) shared: Shared,
    /// What it is, in a sentence or two.
    pub(crate) summary: String,
    /// What was left out and what is not known, one sentence each.
    pub(crate) notes: Vec<String>,
}

/// The recordings that came together with the one on the page, one for each server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Servers {
    /// All of them; none when there is only one.
    pub(crate) listed: Vec<Listed>,
    /// Which of them is on the page.
    pub(crate) shown: usize,
}

impl Store {
    /// Opens what a person has, and tells what came of it: why it is no recording, when it is none. Then what is on the page stays.
    pub(crate) fn open(self, given: Given, told: impl FnOnce(Result<(), String>) + 'static) {
        self.with_part(move |deferred| split_points::open(deferred, self, given, Box::new(told)));
    }

    /// Opens one of the incidents that come with the page.
    pub(crate) fn open_incident(self, incident: Incident) {
        self.with_part(move |deferred| split_points::open_incident(deferred, self, incident));
    }

    /// Opens the recording in the address, if there is one that is not on the page already.
    pub(crate) fn follow_link(self) {
        let Some(link) = location::trace() else { return };
        if self.link.with_value(|shown| shown.as_deref() == Some(&link)) {
            return;
        }
        // What is put on the page now is what the address names.
        self.link.set_value(None);
        self.refused.set(None);
        self.open(Given::Text(link.clone(), Origin::Link), move |opened| {
            if opened.is_ok() {
                self.link.set_value(Some(link));
            } else {
                scroll::into_view_soon("refused");
            }
            self.refused.set(opened.err());
        });
    }

    /// Takes a recording out of the address that is not on the page any more, or never was.
    pub(crate) fn forget_link(self) {
        if self.link.try_update_value(Option::take).flatten().is_some() || self.refused.get_untracked().is_some() {
            location::forget_trace();
        }
        self.refused.set(None);
        self.filled_in.set(false);
    }

    /// Fills the form with what the recording was made with, without a token. Nothing is sent.
    pub(crate) fn try_yourself(self) {
        // Where the recording holds no address, the person has to.
        let address = |trace: &Trace| trace.about.address().map(ToString::to_string).unwrap_or_default();
        let made_with = self.with_trace(|trace| (address(trace), trace.about.ask));
        let Some((server, ask)) = made_with else { return };
        self.url.set(server);
        self.ask.set(ask);
        // What was typed for another server is not for this one.
        self.token.set(String::new());
        self.headers.set(Vec::new());
        self.folded.set(false);
        self.filled_in.set(true);
    }

    /// Puts the first of several recordings on the page; the others can be looked at instead.
    pub(super) fn put_all(self, found: Vec<Recording>) {
        let listed: Vec<Listed> = found.iter().map(|recording| recording.listed.clone()).collect();
        let mut found: Vec<Option<Recording>> = found.into_iter().map(Some).collect();
        let Some(first) = found.first_mut().and_then(Option::take) else { return };
        self.put(first);
        if listed.len() > 1 {
            self.found.set_value(found);
            self.servers.set(Servers { listed, shown: 0 });
        }
    }

    /// Puts another one of the recordings that came together on the page.
    pub(crate) fn look_at_server(self, n: usize) {
        let Servers { listed, shown } = self.servers.get_untracked();
        let (Some(this), Source::Opened(opened)) = (listed.get(shown).cloned(), self.source.get_untracked()) else { return };
        let view = self.view();
        let mut found = self.found.try_update_value(std::mem::take).unwrap_or_default();
        let Some(next) = found.get_mut(n).and_then(Option::take) else { return };
        let before = self.trace.try_update_value(Option::take).flatten();
        if let Some(place) = found.get_mut(shown) {
            *place = before.map(|trace| Recording { trace, view, opened, listed: this });
        }
        self.put(next);
        self.found.set_value(found);
        self.servers.set(Servers { listed, shown: n });
    }

    /// Lets go of the recordings that came together with the one on the page.
    pub(super) fn forget_servers(self) {
        self.found.set_value(Vec::new());
        self.servers.set(Servers::default());
    }

    /// Puts a recording on the page, as it was looked at.
    fn put(self, recording: Recording) {
        let Recording { trace, view, opened, .. } = recording;
        let event = view.event.filter(|event| trace.when(*event).is_some());
        self.let_go();
        self.begin(trace, Source::Opened(opened));
        self.finish();
        self.selected.set(event);
        if let Some(tab) = view.tab.as_deref().and_then(Tab::named) {
            self.tab.set(tab);
        }
    }

    /// Puts an incident on the page.
    pub(super) fn put_incident(self, incident: Incident) {
        // A test opens each of them: they are part of the program.
        let Ok(recording) = notation::read(incident.recording()) else { return };
        self.let_go();
        self.begin(recording.trace, Source::Incident(incident));
        self.finish();
    }
}
