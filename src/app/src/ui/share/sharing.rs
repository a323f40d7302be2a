//! What is taken out of the recording, and what can be sent of it: made when the dialog opens, and anew when more is taken out.

use std::collections::BTreeSet;

use inspector_core::id::ExchangeId;
use inspector_core::share::{Format, export, file, file_with_bodies, har_with_bodies};
use inspector_core::share::{Level, More, NoLink, Offer, Secrets, Taint, first_choice, keep_bodies, offers};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::{download, location, schedule};
use crate::store::Store;
use crate::ui::dom::effect;
use crate::ui::token_help::Draft;

/// What the person chose, and what came of it. A clone is the same.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Sharing {
    store: Store,
    draft: Draft,
    /// Texts to cover beyond what always is.
    pub(super) texts: RwSignal<Vec<String>>,
    /// Exchanges to leave out.
    pub(super) left_out: RwSignal<BTreeSet<ExchangeId>>,
    /// The level, once the person chose one.
    pub(super) chosen: RwSignal<Option<Level>>,
    /// Whether a file keeps the values in bodies.
    pub(super) with_bodies: RwSignal<bool>,
    offers: StoredValue<Vec<Offer>, LocalStorage>,
    /// Grows whenever the offers are made anew.
    made: RwSignal<u32>,
}

/// What a recording is saved as.
#[derive(Clone, Copy)]
pub(super) enum FileKind {
    /// The file of this page.
    Trace,
    /// HTTP Archive.
    Har,
}

/// One level, as it is shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// The level.
    pub(super) level: Level,
    /// The characters of its link with the address of this page, or why there is none.
    pub(super) chars: Result<usize, NoLink>,
    /// Whether the same is found in it.
    pub(super) keeps_findings: bool,
    /// Whether it is the one to offer first.
    pub(super) first: bool,
}

impl Sharing {
    /// Nothing taken out. Another recording begins with that again, but for the texts: a name is covered wherever it stands.
    pub(in crate::ui) fn new(store: Store) -> Self {
        let this = Self {
            store,
            draft: Draft::get(),
            texts: RwSignal::default(),
            left_out: RwSignal::default(),
            chosen: RwSignal::new(None),
            with_bodies: RwSignal::new(false),
            offers: StoredValue::new_local(Vec::new()),
            made: RwSignal::new(0),
        };
        effect(move || {
            store.recordings.track();
            this.left_out.set(BTreeSet::new());
            this.chosen.set(None);
            this.with_bodies.set(false);
        });
        this
    }

    /// The one of this page.
    pub(in crate::ui) fn get() -> Self {
        expect_context()
    }

    /// What is taken out beyond what always is.
    pub(in crate::ui) fn more(self) -> More {
        More { texts: self.texts.get_untracked(), exchanges: self.left_out.get_untracked() }
    }

    /// Reads the secrets that nothing may hold.
    pub(in crate::ui) fn with_secrets<T>(self, read: impl FnOnce(&Secrets<'_>) -> T) -> T {
        self.store.with_secrets(&self.draft.secret(), read)
    }

    /// Makes the offers, after the browser had a turn to show what was clicked.
    pub(super) fn make(self) {
        spawn_local(async move {
            schedule::turn().await;
            let (more, view) = (self.more(), self.store.view());
            let made = |secrets: &Secrets<'_>| untrack(|| self.store.with_trace(|trace| offers(trace, &more, &view, secrets)));
            self.offers.set_value(self.with_secrets(made).unwrap_or_default());
            self.made.update(|made| *made += 1);
        });
    }

    /// Forgets the offers: the dialog is closed.
    pub(super) fn forget(self) {
        self.offers.set_value(Vec::new());
        self.made.update(|made| *made += 1);
    }

    /// The levels; follows them.
    pub(super) fn choices(self) -> Vec<Choice> {
        self.made.track();
        let page = location::without_fragment().chars().count();
        self.offers.with_value(|offers| {
            let first = first_choice(offers).map(|offer| offer.redacted.level());
            let choice = |offer: &Offer| Choice {
                level: offer.redacted.level(),
                chars: offer.link.as_ref().map(|link| page + link.chars()).map_err(Clone::clone),
                keeps_findings: offer.redacted.keeps_findings(),
                first: first == Some(offer.redacted.level()),
            };
            offers.iter().map(choice).collect()
        })
    }

    /// The level that would be sent: the chosen one, else the one to offer first, else the smallest.
    pub(super) fn level(self) -> Option<Level> {
        self.made.track();
        let chosen = self.chosen.get();
        self.offers.with_value(|offers| {
            let has = |level: &Level| offers.iter().any(|offer| offer.redacted.level() == *level);
            let first = || first_choice(offers).or_else(|| offers.first()).map(|offer| offer.redacted.level());
            chosen.filter(has).or_else(first)
        })
    }

    /// Reads the level that would be sent; follows it.
    pub(super) fn with_offer<T>(self, read: impl FnOnce(&Offer) -> T) -> Option<T> {
        let level = self.level()?;
        self.offers.with_value(|offers| offers.iter().find(|offer| offer.redacted.level() == level).map(read))
    }

    /// The file of the level that would be sent, without values.
    pub(super) fn file(self) -> Option<Result<String, Taint>> {
        let view = self.store.view();
        self.with_offer(|offer| self.with_secrets(|secrets| file(&offer.redacted, &view, secrets)))
    }

    /// Saves the recording as a file of one kind; with the values in bodies, if the person wants them.
    ///
    /// # Errors
    /// A secret would be in it.
    pub(super) fn save(self, kind: FileKind) -> Result<(), Taint> {
        let host = self.with_offer(|offer| offer.redacted.trace().about.server.host().replace(['[', ']', ':', '*'], ""));
        let text = if self.with_bodies.get_untracked() { self.with_values(kind) } else { self.without_values(kind) };
        let (Some(host), Some(text)) = (host, text) else { return Ok(()) };
        let ending = match kind {
            FileKind::Trace => "trace.json",
            FileKind::Har => "har",
        };
        // The browser tells the person when it refuses to save.
        let _ = download::save(&format!("mcp-session-{host}.{ending}"), &text?, "application/json");
        Ok(())
    }

    fn without_values(self, kind: FileKind) -> Option<Result<String, Taint>> {
        match kind {
            FileKind::Trace => self.file(),
            FileKind::Har => {
                self.with_offer(|offer| self.with_secrets(|secrets| export(&offer.redacted, Format::Har, None, secrets)))
            }
        }
    }

    fn with_values(self, kind: FileKind) -> Option<Result<String, Taint>> {
        let (more, view) = (self.more(), self.store.view());
        let kept = untrack(|| self.store.with_trace(|trace| keep_bodies(trace, &more)))?;
        Some(self.with_secrets(|secrets| match kind {
            FileKind::Trace => file_with_bodies(&kept, &view, secrets),
            FileKind::Har => har_with_bodies(&kept, secrets),
        }))
    }

    /// Covers a text as well.
    pub(super) fn cover(self, text: &str) {
        let text = text.trim();
        let known = self.texts.with_untracked(|texts| texts.iter().any(|known| known.eq_ignore_ascii_case(text)));
        if text.len() >= More::SHORTEST && !known {
            self.texts.update(|texts| texts.push(text.to_owned()));
            self.make();
        }
    }

    /// Covers a text no longer that the person asked to cover.
    pub(super) fn uncover(self, text: &str) {
        self.texts.update(|texts| texts.retain(|known| known != text));
        self.make();
    }

    /// Leaves an exchange out, or takes it in again.
    pub(super) fn leave_out(self, exchange: ExchangeId, out: bool) {
        self.left_out.update(|left_out| {
            if out {
                left_out.insert(exchange);
            } else {
                left_out.remove(&exchange);
            }
        });
        self.make();
    }
}
