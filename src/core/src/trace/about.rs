//! What a trace is a recording of, and what was known before the first byte.

use alloc::string::String;
use alloc::vec::Vec;

use crate::http::Url;
use crate::mcp::Ask;
use crate::time::{Micros, Wall};

/// The circumstances of a recording. Nothing secret is in here, only facts about what was secret.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// The address that was typed.
    pub server: Url,
    /// The wall clock when the recording began, of the computer that made it. `None` when a recording does not say.
    pub began: Option<Wall>,
    /// The origin of the page that made the requests; `None` when it was no page (curl, a server's log).
    pub page: Option<String>,
    /// Which revision was asked for.
    pub ask: Ask,
    /// How long a request may stay unanswered.
    pub timeout: Micros,
    /// What is known of the token.
    pub token: TokenFacts,
    /// The names of the extra headers, in order.
    pub extra_headers: Vec<String>,
}

/// What a recording knows of the bearer token: enough to explain a refusal, never enough to use it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TokenFacts {
    /// None was given.
    #[default]
    None,
    /// A token without readable content.
    Opaque {
        /// Its length in characters.
        chars: usize,
    },
    /// A JSON Web Token (RFC 7519); the claims that explain refusals, without the signature and without personal ones.
    Jwt(JwtFacts),
    /// A token was sent, and the recording does not say which.
    Unknown,
}

impl TokenFacts {
    /// Whether a token is sent.
    pub const fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }
}

/// The claims of a token that matter for diagnosis. Times are seconds since 1970 (RFC 7519 §2, NumericDate).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JwtFacts {
    /// `alg`.
    pub alg: String,
    /// `iss`.
    pub issuer: String,
    /// `aud`.
    pub audience: Vec<String>,
    /// `scope`, `scp` or `scopes`.
    pub scopes: Vec<String>,
    /// `iat`.
    pub issued: Option<i64>,
    /// `nbf`.
    pub not_before: Option<i64>,
    /// `exp`.
    pub expires: Option<i64>,
}
