//! Takes the tokens out of the answer of a token endpoint before anything is recorded.
//!
//! What may stay is listed; everything else that could be a token is covered with asterisks, as many as there were bytes.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::form::pairs;
use crate::json::{Kind, Node, scan};
use crate::token::Mask;

/// Members of an answer that tell what happened and hold no token (RFC 6749 §5, RFC 8693 §2.2.1, RFC 9457, Okta).
const TELLING: [&str; 14] = [
    "token_type",
    "expires_in",
    "scope",
    "error",
    "error_description",
    "error_uri",
    "issued_token_type",
    "message",
    "detail",
    "title",
    "errorCode",
    "errorSummary",
    "timestamp",
    "path",
];

/// A word of a text that is no JSON is covered from this length on, in bytes.
const LONG_WORD: usize = 20;

/// An answer without its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The bytes as they may be recorded.
    pub bytes: Vec<u8>,
    /// The access token, for whoever asked.
    pub token: Option<String>,
}

/// Covers the tokens in an answer, whole or broken off.
pub fn cover(body: &[u8]) -> Covered {
    let found = match core::str::from_utf8(body) {
        Ok(text) => find(text),
        Err(_) => Found { hidden: words(body, 1), ..Found::default() },
    };
    let mut bytes = body.to_vec();
    for range in found.hidden {
        if let Some(place) = bytes.get_mut(range) {
            place.fill(b'*');
        }
    }
    // What is known to be a token may stand somewhere else in the answer as well.
    let mut mask = Mask::new(&[], found.tokens.iter().map(String::as_str));
    let mut bytes = mask.pass(bytes);
    bytes.extend(mask.rest());
    Covered { bytes, token: found.token.filter(|token| !token.is_empty()) }
}

/// What is to be hidden in an answer.
#[derive(Default)]
struct Found {
    /// The places, in bytes.
    hidden: Vec<Range<usize>>,
    /// What stood there and is a token by its name.
    tokens: Vec<String>,
    /// The access token, when the answer is whole.
    token: Option<String>,
}

fn find(text: &str) -> Found {
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if start.starts_with(['{', '[']) {
        in_json(start, text.len() - start.len())
    } else if text.contains('=') && !text.contains(['<', ' ']) {
        in_form(text)
    } else {
        Found { hidden: words(text.as_bytes(), LONG_WORD), ..Found::default() }
    }
}

/// Whether a member holds a token, by its name.
fn is_token(name: &str) -> bool {
    name.ends_with("token") || name.contains("secret") || name == "assertion"
}

fn in_json(text: &str, offset: usize) -> Found {
    let mut found = Found::default();
    let scan = scan(text);
    for node in (0..scan.tokens.len()).filter_map(|at| scan.node(text, at)).filter(|node| node.kind() == Kind::String) {
        let name = node.key().and_then(Node::as_str).unwrap_or_default();
        // A sentence is no token, unless it is called one.
        if TELLING.contains(&&*name) || (!is_token(&name) && node.raw().contains(' ')) {
            continue;
        }
        let inside = node.range().start + 1..node.range().end.saturating_sub(1);
        found.hidden.push(inside.start + offset..inside.end.max(inside.start) + offset);
        if is_token(&name) {
            found.tokens.extend(node.as_str().map(Cow::into_owned));
        }
    }
    match scan.error {
        // From here on nobody can say what is a value and what is not.
        Some(error) => {
            let read = scan.tokens.last().map_or(0, |token| token.end).min(error.at) as usize;
            let rest = text.as_bytes().get(read..).unwrap_or_default();
            found.hidden.extend(words(rest, 1).into_iter().map(|word| word.start + read + offset..word.end + read + offset));
        }
        None => found.token = scan.root(text).and_then(|root| Some(root.get("access_token")?.as_str()?.into_owned())),
    }
    found
}

fn in_form(text: &str) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    for pair in text.split('&') {
        // Without a name, or with one that nobody would choose, all of it could be a token.
        let name = pair.split_once('=').map(|(name, _)| name).filter(|name| name.len() < LONG_WORD);
        if name.is_none_or(|name| !TELLING.contains(&name)) {
            found.hidden.push(at + name.map_or(0, |name| name.len() + 1)..at + pair.len());
        }
        at += pair.len() + 1;
    }
    for (name, value) in pairs(text.trim()).into_iter().filter(|(name, _)| is_token(name)) {
        found.token = (name == "access_token").then(|| value.clone()).or(found.token);
        found.tokens.push(value);
    }
    found
}

/// The words of a text that are at least so long and could be tokens (RFC 6750 §2.1).
fn words(bytes: &[u8], shortest: usize) -> Vec<Range<usize>> {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte) || *byte >= 0x80;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes.get(at..).and_then(|rest| rest.iter().position(is_token)).map(|skip| at + skip) {
        let rest = bytes.get(start..).unwrap_or_default();
        let end = start + rest.iter().position(|byte| !is_token(byte)).unwrap_or(rest.len());
        if end - start >= shortest {
            found.push(start..end);
        }
        at = end;
    }
    found
}
