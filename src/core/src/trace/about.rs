//! What a trace is a recording of, and what was known before the first byte.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::lacks::{Lack, Lacks};
use crate::http::Url;
use crate::mcp::Ask;
use crate::time::{Micros, Wall};
use crate::token::{self, Token};

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
    /// What was seen to be wrong with the token as it was pasted.
    pub token_flaws: Vec<TokenFlaw>,
    /// The names of the extra headers, in order.
    pub extra_headers: Vec<String>,
    /// Whether the browser let the page reach this computer or its network, as far as the address asks for it.
    pub local_network: Permission,
    /// What is not in the recording, because its source did not write it down.
    pub lacks: Lacks,
}

impl About {
    /// The address, where the recording holds one.
    pub fn address(&self) -> Option<&Url> {
        Some(&self.server).filter(|_| !self.lacks.has(Lack::Address))
    }

    /// The server as a part of a sentence: its address, or that it is not there.
    pub fn server_words(&self) -> String {
        self.address().map_or_else(|| String::from("a server whose address is not in it"), ToString::to_string)
    }
}

/// What a browser says of a permission (Permissions, W3C).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Permission {
    /// It does not say: it knows no such permission, or the recording was not made by a page.
    #[default]
    Unknown,
    /// The person gave it, or none is needed.
    Granted,
    /// Nobody was asked so far.
    Unasked,
    /// The person or a policy refused it.
    Denied,
}

impl Permission {
    const ALL: [Self; 4] = [Self::Unknown, Self::Granted, Self::Unasked, Self::Denied];

    /// The word for it in the text notation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Granted => "granted",
            Self::Unasked => "unasked",
            Self::Denied => "denied",
        }
    }

    /// Reads the word of the text notation.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.as_str() == text)
    }
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
    /// The recording does not say which token was sent; of a request without `Authorization` it does not say whether one was.
    Unknown,
}

impl TokenFacts {
    /// What a recording may know of the token that is sent; `None` for an empty one.
    pub fn of(token: &str) -> Self {
        if token.is_empty() {
            return Self::None;
        }
        match token::inspect(token) {
            Token::Opaque { chars } => Self::Opaque { chars },
            Token::Jwt(jwt) => {
                // NumericDate counts seconds (RFC 7519 §2).
                let seconds = |at: Wall| at.0.div_euclid(1_000);
                Self::Jwt(JwtFacts {
                    alg: jwt.alg.unwrap_or_default(),
                    issuer: jwt.iss.unwrap_or_default(),
                    audience: jwt.aud,
                    scopes: jwt.scopes,
                    issued: jwt.iat.map(seconds),
                    not_before: jwt.nbf.map(seconds),
                    expires: jwt.exp.map(seconds),
                })
            }
        }
    }

    /// Whether a token is sent.
    pub const fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }
}

/// A mistake in a token that shows before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenFlaw {
    /// The whole header line was pasted: `Authorization: Bearer ...`.
    HeaderLine,
    /// It begins with `Bearer`, which is added again when it is sent.
    BearerTwice,
    /// It stands in quotes.
    Quoted,
    /// White space inside.
    Whitespace,
    /// A line break inside.
    LineBreak,
    /// A zero-width or control character inside.
    Invisible,
    /// A character outside ASCII, which RFC 6750 §2.1 does not allow.
    NotAscii,
    /// The placeholder of an example: `YOUR_TOKEN`, `<token>`, `${TOKEN}`.
    Placeholder,
    /// A JSON Web Token that lacks its end.
    Truncated,
}

impl TokenFlaw {
    const ALL: [Self; 9] = [
        Self::HeaderLine,
        Self::BearerTwice,
        Self::Quoted,
        Self::Whitespace,
        Self::LineBreak,
        Self::Invisible,
        Self::NotAscii,
        Self::Placeholder,
        Self::Truncated,
    ];

    /// The word for it in the text notation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HeaderLine => "header-line",
            Self::BearerTwice => "bearer-twice",
            Self::Quoted => "quoted",
            Self::Whitespace => "whitespace",
            Self::LineBreak => "line-break",
            Self::Invisible => "invisible",
            Self::NotAscii => "not-ascii",
            Self::Placeholder => "placeholder",
            Self::Truncated => "truncated",
        }
    }

    /// Reads the word of the text notation.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flaw| flaw.as_str() == text)
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
