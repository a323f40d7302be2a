//! What is filled in for a request for a token: what was typed, else what the server says.

use inspector_core::http::Url;
use inspector_core::mcp::Revision;
use inspector_core::oauth::{ClientAuth, Grant, allowed, base_issuer, canonical, covers};
use inspector_core::trace::{Authorization, Trace};
use leptos::prelude::*;

use crate::form::Word;
use crate::store::Store;
use crate::ui::dom::{effect, memo};
use crate::ui::shown::plain;

/// A field: what was typed into it, or nothing as long as what is suggested is good enough.
type Typed = RwSignal<Option<String>>;

/// The form, kept while the page shows something else. A clone is the same form.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Draft {
    pub(super) endpoint: Typed,
    pub(super) client_id: RwSignal<String>,
    /// The secret of the client. Lives here and in the vault of a run, nowhere else.
    pub(super) secret: RwSignal<String>,
    /// The origin it is for, once there is one.
    secret_for: StoredValue<Option<String>>,
    pub(super) scope: Typed,
    pub(super) resource: Typed,
    pub(super) auth: RwSignal<Option<ClientAuth>>,
    /// Whether it was sent: from then on empty fields are worth a word.
    pub(super) tried: RwSignal<bool>,
    /// Whether the secret was taken away because it was typed for somebody else.
    pub(super) cleared: RwSignal<bool>,
    /// Whether the token that was given is in its place.
    pub(super) used: RwSignal<bool>,
    suggested: Memo<Suggested>,
}

/// What the server says, as far as it is known.
#[derive(Clone, Default, PartialEq)]
struct Suggested {
    endpoint: String,
    /// Whose metadata names it.
    issuer: Option<String>,
    scope: String,
    resource: String,
    auth: ClientAuth,
}

impl Draft {
    /// An empty form. What was typed for one server is gone when a recording of another one begins.
    pub(in crate::ui) fn new(store: Store) -> Self {
        let suggested = memo(move || store.with_trace(suggested).unwrap_or_default());
        let this = Self {
            endpoint: RwSignal::new(None),
            client_id: RwSignal::default(),
            secret: RwSignal::default(),
            secret_for: StoredValue::default(),
            scope: RwSignal::new(None),
            resource: RwSignal::new(None),
            auth: RwSignal::new(None),
            tried: RwSignal::new(false),
            cleared: RwSignal::new(false),
            used: RwSignal::new(false),
            suggested,
        };
        let server = memo(move || store.with_trace(|trace| trace.about.server.origin()));
        effect(move || {
            server.track();
            this.forget();
        });
        this.watch();
        this
    }

    /// The form of this page.
    pub(in crate::ui) fn get() -> Self {
        expect_context()
    }

    /// The secret of the client, so that nothing that is shared holds it.
    pub(in crate::ui) fn secret(self) -> String {
        self.secret.get_untracked()
    }

    fn forget(self) {
        for field in [self.endpoint, self.scope, self.resource] {
            field.set(None);
        }
        self.client_id.set(String::new());
        self.secret.set(String::new());
        self.secret_for.set_value(None);
        self.auth.set(None);
        self.tried.set(false);
        self.cleared.set(false);
    }

    /// A secret is for the server it was typed for, or sent to: another address takes it away.
    fn watch(self) {
        let origin = memo(move || self.origin());
        effect(move || {
            let (now, bound) = (origin.get(), self.secret_for.get_value());
            if now.is_some() && bound.is_some() && now != bound {
                self.cleared.set(!self.secret.with_untracked(String::is_empty));
                self.secret.set(String::new());
                self.secret_for.set_value(None);
            }
        });
    }

    fn origin(self) -> Option<String> {
        Url::parse(&self.endpoint()).ok().map(|url| url.origin())
    }

    /// Takes a secret as it is typed, for the address that stands there now.
    pub(super) fn take_secret(self, typed: String) {
        self.secret.set(typed);
        self.cleared.set(false);
        self.bind();
    }

    /// From now on the secret is for the address that stands there.
    pub(super) fn bind(self) {
        self.secret_for.set_value(untrack(|| self.origin()));
    }

    pub(super) fn endpoint(self) -> String {
        self.endpoint.get().unwrap_or_else(|| self.suggested.with(|suggested| suggested.endpoint.clone()))
    }

    pub(super) fn scope(self) -> String {
        self.scope.get().unwrap_or_else(|| self.suggested.with(|suggested| suggested.scope.clone()))
    }

    pub(super) fn resource(self) -> String {
        self.resource.get().unwrap_or_else(|| self.suggested.with(|suggested| suggested.resource.clone()))
    }

    pub(super) fn auth(self) -> ClientAuth {
        self.auth.get().unwrap_or_else(|| self.suggested.with(|suggested| suggested.auth))
    }

    /// Whom the secret would go to.
    pub(super) fn host(self) -> Option<String> {
        Url::parse(&self.endpoint()).ok().map(|url| url.authority())
    }

    /// What there is to say about the token URL.
    pub(super) fn about_endpoint(self) -> Option<Word> {
        let typed = self.endpoint();
        if typed.trim().is_empty() {
            let missing = "Type the address of the token endpoint. The metadata names it; so does the console of the provider.";
            return self.tried.get().then(|| Word::stop(missing));
        }
        match (Url::parse(&typed), allowed(&typed)) {
            (Err(_), _) => Some(Word::stop("This is not an http(s) address.")),
            (Ok(_), None) => Some(Word::stop("A secret goes over https only, or to your own machine.")),
            (Ok(url), Some(_)) => self.elsewhere(&url),
        }
    }

    /// Metadata can name any address: one that is not the issuer's is worth a look before a secret goes there.
    fn elsewhere(self, endpoint: &Url) -> Option<Word> {
        let issuer = self.suggested.with(|suggested| suggested.issuer.clone().filter(|_| self.endpoint.with(Option::is_none)))?;
        let other = Url::parse(&issuer).is_ok_and(|url| url.origin() != endpoint.origin());
        let says = "The metadata of {} names this address at another host. Send a secret there only if you know it is the same provider.";
        other.then(|| Word::hint(plain(&says.replace("{}", &issuer))))
    }

    /// What is asked for, when nothing keeps it from being asked.
    pub(super) fn grant(self) -> Option<Grant> {
        Some(Grant {
            endpoint: allowed(&self.endpoint())?,
            client_id: self.client_id.get().trim().to_owned(),
            scope: self.scope().split_whitespace().collect::<Vec<_>>().join(" "),
            resource: self.resource().trim().to_owned(),
            auth: self.auth(),
        })
    }
}

/// What a recording suggests.
fn suggested(trace: &Trace) -> Suggested {
    let found = trace.authorization();
    let server = &trace.about.server;
    let named = found.resource_metadata().and_then(|(_, metadata)| metadata.resource.clone());
    let known = found.resource_metadata().and_then(|(_, metadata)| metadata.scopes_supported.clone());
    let wanted = found.wanted_scopes();
    let scopes = if wanted.is_empty() { known.unwrap_or_default() } else { wanted };
    Suggested {
        endpoint: endpoint(trace, &found).unwrap_or_default(),
        issuer: found.issuer_metadata().map(|(issuer, ..)| issuer.to_owned()),
        scope: scopes.join(" "),
        resource: named.filter(|named| covers(named, &server.to_string())).unwrap_or_else(|| canonical(server)),
        auth: auth(&found),
    }
}

/// Where tokens are asked for: where the metadata says; in 2025-03-26, when there is none, at `/token` of the server.
fn endpoint(trace: &Trace, found: &Authorization) -> Option<String> {
    let named = found.issuer_metadata().and_then(|(_, _, metadata)| metadata.token_endpoint.clone());
    let searched = found.issuer_metadata().is_none() && !found.issuer.is_empty() && found.waiting().is_none();
    let old = searched && trace.authorization_revision() == Some(Revision::V2025_03_26);
    named.or_else(|| old.then(|| format!("{}/token", base_issuer(&trace.about.server))))
}

/// How the client proves who it is. The form needs no preflight, so it is the way that works from a page, where both work.
fn auth(found: &Authorization) -> ClientAuth {
    let named = found.issuer_metadata().and_then(|(_, _, metadata)| metadata.token_endpoint_auth_methods_supported.clone());
    let named = named.unwrap_or_default();
    let takes = |way: ClientAuth| named.iter().any(|name| name == way.as_str());
    if takes(ClientAuth::Post) { ClientAuth::Post } else { ClientAuth::Basic }
}
