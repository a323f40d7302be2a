//! The request of a client for a token of its own: client credentials (RFC 6749 §4.4) for one resource (RFC 8707).

use alloc::format;
use alloc::string::{String, ToString};

use base64ct::{Base64, Encoding};

use super::form::encode;
use crate::http::{Headers, Method, Mode, Request, SecretField, SecretSlot, Url};

/// How a client proves who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    /// Id and secret in the `Authorization` header. Every authorization server must take it from clients with a password
    /// (RFC 6749 §2.3.1), and a page needs the server's permission for that header.
    #[default]
    Basic,
    /// Id and secret in the form.
    Post,
}

impl ClientAuth {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Basic, Self::Post];

    /// The name that metadata has for it (RFC 7591 §2).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "client_secret_basic",
            Self::Post => "client_secret_post",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }
}

/// What is asked for, without the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The token endpoint.
    pub endpoint: Url,
    /// Who asks. No secret (RFC 6749 §2.2).
    pub client_id: String,
    /// The scopes, with spaces between; empty to leave them to the server.
    pub scope: String,
    /// The server that the token is for; empty to leave it out.
    pub resource: String,
    /// How the client proves who it is.
    pub auth: ClientAuth,
}

impl Grant {
    /// The request. Its type of body and its `Accept` need no preflight (Fetch standard, CORS-safelisted request headers).
    pub fn request(&self) -> Request {
        let mut headers = Headers::new();
        headers.push("Content-Type", "application/x-www-form-urlencoded");
        headers.push("Accept", "application/json");
        let mut body = "grant_type=client_credentials".to_string();
        for (name, value) in [("scope", &self.scope), ("resource", &self.resource)] {
            if !value.is_empty() {
                body.push_str(&format!("&{name}={}", encode(value)));
            }
        }
        let mut secret_field = None;
        match self.auth {
            ClientAuth::Basic => headers.push_secret("Authorization", SecretSlot::Client),
            ClientAuth::Post => {
                body.push_str(&format!("&client_id={}", encode(&self.client_id)));
                secret_field = Some(SecretField { name: "client_secret".to_string(), slot: SecretSlot::ClientSecret });
            }
        }
        Request { method: Method::Post, url: self.endpoint.clone(), headers, body, secret_field, mode: Mode::Cors }
    }
}

/// Id and secret as the `Authorization` header has them after `Basic`, each encoded as in a form first (RFC 6749 §2.3.1).
pub fn basic_credentials(id: &str, secret: &str) -> String {
    Base64::encode_string(format!("{}:{}", encode(id), encode(secret)).as_bytes())
}
