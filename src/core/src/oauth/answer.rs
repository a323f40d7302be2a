//! The answer of a token endpoint, as far as a recording holds it: everything but the tokens (RFC 6749 §5).

use alloc::string::String;

use super::metadata::NotMetadata;
use crate::json::{Node, scan};

/// What a token endpoint answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenAnswer {
    /// A token (RFC 6749 §5.1).
    Issued {
        /// How it is to be sent: `Bearer`, in any case.
        kind: Option<String>,
        /// For how many seconds it is valid.
        expires_in: Option<i64>,
        /// What it allows; left out when that is what was asked for.
        scope: Option<String>,
    },
    /// A refusal (RFC 6749 §5.2).
    Refused(Refused),
    /// Neither.
    Other(NotMetadata),
}

/// Why no token was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// `invalid_client`, `invalid_scope` and the like.
    pub error: String,
    /// The same in words.
    pub description: Option<String>,
}

/// Reads an answer whose tokens may be covered.
pub fn read_token_answer(text: &str) -> TokenAnswer {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.is_empty() {
        return TokenAnswer::Other(NotMetadata::Empty);
    }
    if text.starts_with('<') {
        return TokenAnswer::Other(NotMetadata::Page);
    }
    let scan = scan(text);
    let Some(root) = scan.root(text).filter(|_| scan.error.is_none()) else {
        return TokenAnswer::Other(NotMetadata::NotJson);
    };
    let of = |key| Some(root.get(key)?.as_str()?.into_owned());
    if root.get("access_token").and_then(Node::as_str).is_some_and(|token| !token.is_empty()) {
        let seconds = root.get("expires_in");
        let expires_in = seconds.and_then(|node| node.as_i64().or_else(|| node.as_str()?.parse().ok()));
        return TokenAnswer::Issued { kind: of("token_type"), expires_in, scope: of("scope") };
    }
    match of("error") {
        Some(error) => TokenAnswer::Refused(Refused { error, description: of("error_description") }),
        None => TokenAnswer::Other(NotMetadata::OtherJson),
    }
}
