//! Credentials in what another program recorded: taken out before anything becomes a trace, which never holds any.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::entry::Entry;
use crate::http::{HeaderValue, Headers, SecretSlot, Url};
use crate::token::Mask;
use crate::trace::TokenFacts;

/// Headers whose value is a credential, beside `Authorization`.
const CREDENTIALS: [&str; 5] = ["cookie", "proxy-authorization", "set-cookie", "x-api-key", "api-key"];

/// Takes the credentials out; what may be known of the first bearer token. Bodies and addresses that repeat a token lose it too.
pub(super) fn take_out(entries: &mut [Entry]) -> TokenFacts {
    let mut tokens: Vec<String> = Vec::new();
    for entry in entries.iter_mut() {
        entry.request.headers = without(&entry.request.headers, &mut tokens);
        if let Some(head) = &mut entry.head {
            head.headers = without(&head.headers, &mut tokens);
        }
    }
    let known: Vec<&str> = tokens.iter().map(String::as_str).filter(|token| !is_covered(token)).collect();
    let mut mask = Mask::new(&known, core::iter::empty());
    for entry in entries.iter_mut().filter(|_| !known.is_empty()) {
        entry.request.body = mask.text(&entry.request.body);
        entry.request.url = covered(&mask, &entry.request.url);
        entry.body = mask.pass(core::mem::take(&mut entry.body));
        entry.body.extend(mask.rest());
    }
    match (known.first(), tokens.is_empty()) {
        (Some(token), _) => TokenFacts::of(token),
        (None, false) => TokenFacts::Unknown,
        (None, true) => TokenFacts::None,
    }
}

/// A text with bearer tokens covered that stand in it, as logs hold them: `Authorization: Bearer …` (RFC 6750 §2.1).
pub(super) fn without_bearers(text: String) -> String {
    let schemes = ["earer ", "EARER "];
    let ends = schemes.iter().flat_map(|scheme| text.match_indices(scheme).map(|(at, _)| at + scheme.len()));
    let tokens: Vec<core::ops::Range<usize>> = ends.filter_map(|start| bearer(&text, start)).collect();
    if tokens.is_empty() {
        return text;
    }
    let mut bytes = text.into_bytes();
    tokens.into_iter().for_each(|token| bytes[token].fill(b'*'));
    String::from_utf8(bytes).unwrap_or_default()
}

/// The token at a place, where it is one: a word of a sentence is not, and neither is `Bearer realm="…"`, which a server asks with.
fn bearer(text: &str, start: usize) -> Option<core::ops::Range<usize>> {
    const SHORTEST: usize = 8;
    let part = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
    let token = text[start..].split(|c| !part(c)).next().filter(|token| token.len() >= SHORTEST)?;
    let asks = token.ends_with('=') && text[start + token.len()..].starts_with(['"', '\\']);
    let word = token.bytes().skip(1).all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-' | b'_'));
    (!(asks || word && token.len() < 32)).then(|| start..start + token.len())
}

fn covered(mask: &Mask, url: &Url) -> Url {
    Url::parse(&mask.text(&format!("{}{}", url.origin(), url.target()))).unwrap_or_else(|_| url.clone())
}

fn without(headers: &Headers, tokens: &mut Vec<String>) -> Headers {
    let mut kept = Headers::new();
    for (name, value) in headers.iter() {
        let HeaderValue::Text(text) = value else { continue };
        let lower = name.to_ascii_lowercase();
        if lower == "authorization" {
            match text.split_once(' ') {
                Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                    tokens.push(String::from(token.trim()));
                    kept.push_secret(name, SecretSlot::Token);
                }
                Some((scheme, secret)) => kept.push(name, format!("{scheme} {}", "*".repeat(secret.len()))),
                None => kept.push(name, "*".repeat(text.len())),
            }
        } else if CREDENTIALS.contains(&lower.as_str()) {
            kept.push(name, "*".repeat(text.len()));
        } else {
            kept.push(name, text.clone());
        }
    }
    kept
}

/// Whether a program put something else in the place of a token.
fn is_covered(token: &str) -> bool {
    let lower = token.to_ascii_lowercase();
    let one = lower.bytes().all(|byte| Some(byte) == lower.bytes().next());
    // In a command a variable stands in its place, in an example a word in brackets.
    let stands_for_one = lower.starts_with(['$', '<', '{', '[']);
    one || stands_for_one || !lower.bytes().any(|byte| byte.is_ascii_alphanumeric()) || lower.contains("redacted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_from_words_after_their_scheme() {
        for (text, expected) in [
            ("Authorization: Bearer abc123DEF456", "Authorization: Bearer ************"),
            (r#"{"a":"bearer eyJh.e30.c2ln"}"#, r#"{"a":"bearer *************"}"#),
            ("Invalid Bearer authentication", "Invalid Bearer authentication"),
            (r#"Bearer realm="https://a.example""#, r#"Bearer realm="https://a.example""#),
            ("Invalid Bearer token", "Invalid Bearer token"),
        ] {
            assert_eq!(without_bearers(String::from(text)), expected);
        }
    }
}
