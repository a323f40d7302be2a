//! Getting a new token: asking where tokens come from, asking for one, and putting it in place of the old one.

use inspector_core::oauth::Grant;
use inspector_core::trace::Command;
use leptos::prelude::*;

use super::{Order, Store, Tab};
use crate::vault::Client;

impl Store {
    /// Shows how to get a new token.
    pub(crate) fn show_token_help(self) {
        self.token_help.set(true);
        self.tab.set(Tab::Token);
        self.detail_open.set(true);
    }

    /// Whether something can be asked for: not of a recording that was only opened, and not while a run is under way.
    pub(crate) fn can_ask(self) -> bool {
        self.is_live() && !self.standing.with(|standing| standing.running)
    }

    /// Whether what is asked shows in the recording that is looked at.
    pub(crate) fn is_live(self) -> bool {
        self.version.track();
        let elsewhere = self.comparing.other_shown();
        self.driver.with_value(Option::is_some) && !elsewhere
    }

    /// Asks the server where its tokens come from.
    pub(crate) fn find_resource(self) {
        self.command(Command::FindResource);
    }

    /// Asks an authorization server what it says of itself.
    pub(crate) fn find_issuer(self, issuer: String) {
        self.command(Command::FindIssuer(issuer));
    }

    /// Asks for a token. The secret goes to the vault, and from there to the token endpoint only.
    pub(crate) fn request_token(self, grant: Grant, secret: String) {
        self.issued.set(None);
        self.order(Order::Client(Client { origin: grant.endpoint.origin(), id: grant.client_id.clone(), secret }));
        self.command(Command::RequestToken(grant));
    }

    /// Puts the token that was given in place of the old one.
    pub(crate) fn use_issued(self) {
        if let Some(token) = self.issued.try_update(Option::take).flatten() {
            self.token.set(token);
        }
    }
}
