//! Opening recordings: links, files, pasted texts and the incidents of the page. Nothing is sent by it.

use inspector_core::limits::RECORDING_BYTES;
use inspector_core::share::{self, OpenError, Shared};
use inspector_core::trace::notation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Source, Store, Tab, split_points};
use crate::gallery::Incident;
use crate::platform::files::File;
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
}

impl Store {
    /// Opens what was pasted, and tells what came of it: why it is no recording, when it is none. Then what is on the page stays.
    pub(crate) fn open(self, text: String, told: impl FnOnce(Result<(), String>) + 'static) {
        self.with_part(move |deferred| told(split_points::open(deferred, self, &text, Origin::Pasted)));
    }

    /// Opens a file in the same way.
    pub(crate) fn open_file(self, file: File, told: impl FnOnce(Result<(), String>) + 'static) {
        self.with_part(move |deferred| split_points::open_file(deferred, self, file, Box::new(told)));
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
        self.with_part(move |deferred| {
            // What is put on the page now is what the address names.
            self.link.set_value(None);
            self.refused.set(None);
            let refused = split_points::open(deferred, self, &link, Origin::Link).err();
            if refused.is_none() {
                self.link.set_value(Some(link));
            } else {
                scroll::into_view_soon("refused");
            }
            self.refused.set(refused);
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
        let made_with = self.with_trace(|trace| (trace.about.server.to_string(), trace.about.ask));
        let Some((server, ask)) = made_with else { return };
        self.url.set(server);
        self.ask.set(ask);
        // What was typed for another server is not for this one.
        self.token.set(String::new());
        self.headers.set(Vec::new());
        self.folded.set(false);
        self.filled_in.set(true);
    }

    /// Opens a link or the text of a file.
    ///
    /// # Errors
    /// Why it is no recording.
    pub(super) fn open_text(self, text: &str, origin: Origin) -> Result<(), String> {
        let is_link = ["http://", "https://", "#trace=", "trace="].iter().any(|start| text.trim_start().starts_with(start));
        let opened = if is_link { share::open_link(text) } else { share::open_file(text) };
        opened.map(|opened| self.put(opened, origin)).map_err(|error| error.to_string())
    }

    /// Reads a file and opens the recording in it; tells why there is none.
    pub(super) fn read_file(self, file: File, told: Box<dyn FnOnce(Result<(), String>)>) {
        if file.bytes() > RECORDING_BYTES {
            return told(Err(OpenError::LongFile(file.bytes()).to_string()));
        }
        spawn_local(async move {
            told(match file.text().await {
                Ok(text) => self.open_text(&text, Origin::File(file.name())),
                Err(_) => Err("The browser could not read this file.".to_owned()),
            });
        });
    }

    /// Puts what was shared on the page, as it was looked at.
    fn put(self, opened: share::Opened, origin: Origin) {
        let summary = opened.summary();
        let share::Opened { trace, view, shared } = opened;
        let event = view.event.filter(|event| trace.when(*event).is_some());
        self.let_go();
        self.begin(trace, Source::Opened(Opened { origin, shared, summary }));
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
