//! The person's secrets: in memory only, bound to the origin they were typed for, put into a request at the last moment, and
//! taken out of what a server echoes before anything is recorded.

use inspector_core::http::{HeaderValue, Request, SecretSlot, Url};
use inspector_core::token::{Mask, mangled};

/// The secrets of one run.
#[derive(Clone, Default)]
pub(crate) struct Vault {
    origin: String,
    token: String,
    extra: Vec<String>,
}

impl Vault {
    /// The secrets typed for this server.
    pub(crate) fn new(server: &Url, token: String, extra: Vec<String>) -> Self {
        Self { origin: server.origin(), token, extra }
    }

    /// The value of a header, or `None` when its secret is not for this address.
    pub(crate) fn fill(&self, request: &Request, value: &HeaderValue) -> Option<String> {
        let slot = match value {
            HeaderValue::Text(text) => return Some(text.clone()),
            HeaderValue::Secret(slot) => slot,
        };
        if request.url.origin() != self.origin {
            return None;
        }
        match slot {
            SecretSlot::Token => Some(format!("Bearer {}", self.token)),
            SecretSlot::Mangled => Some(format!("Bearer {}", mangled(&self.token))),
            SecretSlot::Extra(n) => self.extra.get(usize::from(*n)).cloned(),
            // No client of an authorization server is kept here.
            SecretSlot::Client | SecretSlot::ClientSecret => None,
        }
    }

    /// A mask for one response. A mangled token is as good as the token: all but one of its characters are the same.
    pub(crate) fn mask(&self) -> Mask {
        Mask::new(&[&self.token, &mangled(&self.token)], self.extra.iter().map(String::as_str))
    }
}
