//! The person's secrets: in memory only, each bound to the origin it was typed for, put into a request at the last moment, and
//! taken out of what a server echoes before anything is recorded. A token that was asked for waits here for the page.

use std::cell::RefCell;
use std::rc::Rc;

use inspector_core::http::{HeaderValue, Request, SecretSlot, Url};
use inspector_core::oauth::{basic_credentials, encode};
use inspector_core::token::{Mask, mangled};

/// The secrets of one run. A clone is the same vault.
#[derive(Clone, Default)]
pub(crate) struct Vault(Rc<RefCell<Secrets>>);

#[derive(Default)]
struct Secrets {
    origin: String,
    token: String,
    extra: Vec<String>,
    client: Option<Client>,
    /// The tokens that token endpoints gave.
    issued: Vec<String>,
    /// Whether the last of them is still to be given to the page.
    is_new: bool,
}

/// A client of an authorization server.
pub(crate) struct Client {
    /// The origin of the token endpoint that the secret was typed for.
    pub(crate) origin: String,
    /// Its id.
    pub(crate) id: String,
    /// Its secret.
    pub(crate) secret: String,
}

impl Vault {
    /// The secrets typed for this server.
    pub(crate) fn new(server: &Url, token: String, extra: Vec<String>) -> Self {
        Self(Rc::new(RefCell::new(Secrets { origin: server.origin(), token, extra, ..Secrets::default() })))
    }

    /// Takes in a client, in place of the one before.
    pub(crate) fn entrust(&self, client: Client) {
        self.0.borrow_mut().client = Some(client);
    }

    /// The value of a header, or `None` when its secret is not for this address.
    pub(crate) fn fill(&self, request: &Request, value: &HeaderValue) -> Option<String> {
        let slot = match value {
            HeaderValue::Text(text) => return Some(text.clone()),
            HeaderValue::Secret(slot) => *slot,
        };
        let secrets = self.0.borrow();
        let client = secrets.client.as_ref().filter(|client| client.origin == request.url.origin());
        let here = secrets.origin == request.url.origin();
        match slot {
            SecretSlot::Token => here.then(|| format!("Bearer {}", secrets.token)),
            SecretSlot::Mangled => here.then(|| format!("Bearer {}", mangled(&secrets.token))),
            SecretSlot::Extra(n) => secrets.extra.get(usize::from(n)).filter(|_| here).cloned(),
            SecretSlot::Client => client.map(|client| format!("Basic {}", basic_credentials(&client.id, &client.secret))),
            SecretSlot::ClientSecret => client.map(|client| client.secret.clone()),
        }
    }

    /// The body, with the field whose value is a secret of this address.
    pub(crate) fn body(&self, request: &Request) -> String {
        let field = request.secret_field.as_ref();
        let value = field.and_then(|field| self.fill(request, &HeaderValue::Secret(field.slot)));
        match field.zip(value) {
            Some((field, value)) => format!("{}&{}={}", request.body, encode(&field.name), encode(&value)),
            None => request.body.clone(),
        }
    }

    /// A mask for one response. A mangled token is as good as the token: all but one of its characters are the same.
    pub(crate) fn mask(&self) -> Mask {
        let secrets = self.0.borrow();
        let mut tokens = vec![secrets.token.clone(), mangled(&secrets.token)];
        tokens.extend(secrets.issued.iter().cloned());
        if let Some(Client { id, secret, .. }) = &secrets.client {
            tokens.extend([secret.clone(), encode(secret), basic_credentials(id, secret)]);
        }
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        Mask::new(&tokens, secrets.extra.iter().map(String::as_str))
    }

    /// Keeps a token that a token endpoint gave.
    pub(crate) fn keep(&self, token: String) {
        let mut secrets = self.0.borrow_mut();
        secrets.issued.push(token);
        secrets.is_new = true;
    }

    /// The token that was given last, once.
    pub(crate) fn issued(&self) -> Option<String> {
        let mut secrets = self.0.borrow_mut();
        std::mem::take(&mut secrets.is_new).then(|| secrets.issued.last().cloned()).flatten()
    }
}
