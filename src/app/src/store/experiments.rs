//! Probes, checkups and watches: in the conversation that is open, if it is the one that was typed, else in one of their own.

use inspector_core::mcp::{Ask, Transport};
use inspector_core::probe::{Probe, Setting};
use inspector_core::time::Micros;
use inspector_core::trace::{Command, LeftOut};
use leptos::prelude::*;

use super::{Phase, Source, Store, Tab, split_points};
use crate::form::{self, Checked};

impl Store {
    /// Asks whether a checkup may be run, if what was typed allows one.
    pub(crate) fn ask_for_checkup(self) {
        self.tried.set(true);
        if self.phase.get_untracked() != Phase::Running && form::check(self).is_some() {
            self.with_part(move |_| self.checkup_asked.set(true));
        }
    }

    /// Tries every probe.
    pub(crate) fn check_up(self) {
        self.experiment(Command::Checkup);
        self.tab.set(Tab::Checkup);
    }

    /// Tries one probe. A new conversation begins with the handshake; what that shows by itself needs no probe.
    pub(crate) fn probe(self, probe: &'static Probe) {
        let goes_on = untrack(|| form::check(self)).is_some_and(|typed| self.goes_on_with(&typed));
        let shown = |setting: Setting| probe.applies(&setting) == Err(LeftOut::Shown);
        if !goes_on && untrack(|| self.setting()).is_some_and(shown) {
            self.run();
        } else {
            self.experiment(Command::Probe(probe.slug.to_owned()));
        }
    }

    /// Watches the session, at the interval that is chosen.
    pub(crate) fn watch(self) {
        self.experiment(Command::Watch(Micros::from_secs(self.watch_every.get_untracked())));
    }

    /// Watches no more.
    pub(crate) fn unwatch(self) {
        self.command(Command::Unwatch);
    }

    /// Whether probes can be tried now, in the recording that is looked at.
    pub(crate) fn can_probe(self) -> bool {
        self.is_live() && self.comparing.is_out_of_the_way() && self.phase.get() == Phase::Done
    }

    /// What is known of the server, for the choice of probes; before a handshake what it would be if that passes.
    pub(crate) fn setting(self) -> Option<Setting> {
        let typed = form::check(self)?;
        let standing = self.standing.get();
        if standing.setting.open && self.goes_on_with(&typed) {
            return Some(standing.setting);
        }
        let chosen = match self.ask.get_untracked() {
            Ask::Only(revision) => Some(revision),
            Ask::Auto => None,
        };
        Some(Setting {
            revision: chosen,
            over_sse: chosen.is_some_and(|revision| revision.transport() == Transport::HttpSse),
            token: !typed.token.trim().is_empty(),
            path: typed.server.with_other_slash().is_some(),
            open: true,
            session: true,
            answered: true,
            fresh: true,
            checkup: true,
        })
    }

    fn experiment(self, command: Command) {
        self.tried.set(true);
        if self.phase.get_untracked() == Phase::Running {
            return;
        }
        let Some(typed) = form::check(self) else { return };
        if self.goes_on_with(&typed) {
            return self.command(command);
        }
        self.phase.set(Phase::Running);
        self.forget_comparison();
        self.with_part(move |deferred| split_points::run(deferred, self, typed, self.ask.get_untracked(), command));
    }

    /// Whether the recording that is looked at was made with what is typed now, so that it can be gone on with.
    fn goes_on_with(self, typed: &Checked) -> bool {
        let live = self.source.with_untracked(|source| *source == Source::Live) && self.driver.with_value(Option::is_some);
        let ask = self.ask.get_untracked();
        let same = self.made_with.with_value(|made| made.as_ref().is_some_and(|(made, with)| made == typed && *with == ask));
        live && same && untrack(|| self.comparing.is_out_of_the_way())
    }
}
