//! The secrets of a run, put into requests and taken out of answers as the page's vault does it.

use std::sync::{Arc, Mutex};

use inspector_core::{
    http::{HeaderValue, Request, SecretSlot},
    oauth::{basic_credentials, cover, encode},
    token::mangled,
};

use super::hop::Hop;

/// The secrets of a run. A clone is the same ones.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    token: String,
    client: (String, String),
    issued: Arc<Mutex<Option<String>>>,
}

/// Whether the answer to a request holds tokens.
pub(super) fn covers(request: &Request) -> bool {
    request.secrets().any(SecretSlot::is_of_client)
}

/// Whether a request follows redirects: what goes along with one must not be a secret.
pub(super) fn follows(request: &Request) -> bool {
    request.secrets().all(SecretSlot::is_bearer)
}

impl Secrets {
    pub(super) fn new(token: &str) -> Self {
        Self { token: token.to_owned(), ..Self::default() }
    }

    pub(super) fn entrust(&mut self, id: &str, secret: &str) {
        self.client = (id.to_owned(), secret.to_owned());
    }

    pub(super) fn issued(&self) -> Option<String> {
        self.issued.lock().unwrap().clone()
    }

    /// A request as it leaves.
    pub(super) fn filled(&self, mut request: Request) -> Hop {
        let headers = request.headers.iter().map(|(name, value)| (name.to_owned(), self.header(value))).collect();
        if let Some(field) = request.secret_field.take() {
            assert_eq!(field.slot, SecretSlot::ClientSecret);
            request.body.push_str(&format!("&{}={}", field.name, encode(&self.client.1)));
        }
        Hop::first(request, headers)
    }

    fn header(&self, value: &HeaderValue) -> String {
        match value {
            HeaderValue::Text(text) => text.clone(),
            HeaderValue::Secret(SecretSlot::Token) => format!("Bearer {}", self.token),
            HeaderValue::Secret(SecretSlot::Mangled) => format!("Bearer {}", mangled(&self.token)),
            HeaderValue::Secret(SecretSlot::Client) => format!("Basic {}", basic_credentials(&self.client.0, &self.client.1)),
            HeaderValue::Secret(slot) => panic!("the laboratory has no {slot:?}"),
        }
    }

    /// An answer without its tokens; the access token is kept.
    pub(super) fn cover(&self, body: &[u8]) -> Vec<u8> {
        let covered = cover(body);
        *self.issued.lock().unwrap() = covered.token;
        covered.bytes
    }
}
