//! What is visibly wrong with a token before it is sent: the slips of copying and pasting.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Flaw, Truncation, jwt, without_bearer};
use crate::characters::invisible;
use crate::json::scan;
use crate::limits::TOKEN_BYTES;
use crate::time::Wall;

/// Everything wrong with a token as it was typed, what is around the token first. Nothing typed, nothing wrong.
pub fn flaws(raw: &str) -> Vec<Flaw> {
    let mut found = Vec::new();
    if raw.is_empty() {
        return found;
    }
    let token = raw.trim();
    if token.is_empty() {
        return alloc::vec![Flaw::Empty];
    }
    let from_start = raw.trim_start();
    if from_start.len() < raw.len() {
        found.push(Flaw::LeadingSpace);
    }
    if token.len() < from_start.len() {
        found.push(Flaw::TrailingSpace);
    }
    if token.len() > TOKEN_BYTES {
        found.push(Flaw::TooLong { bytes: token.len() });
        return found;
    }
    // What follows would only repeat that the wrong thing was pasted.
    if is_header(token) {
        found.push(Flaw::AuthorizationHeader);
        return found;
    }
    if is_token_response(token) {
        found.push(Flaw::TokenResponse);
        return found;
    }
    let token = bare(token, &mut found);
    if token.is_empty() {
        found.push(Flaw::Empty);
        return found;
    }
    if is_placeholder(token) {
        found.push(Flaw::Placeholder);
        return found;
    }
    // Only quotes and white space can follow, so it is the last such text in what was typed.
    let before = raw.rfind(token).and_then(|at| raw.get(..at)).map_or(0, |before| before.chars().count());
    characters(token, before + 1, &mut found);
    found.extend(truncation(token).map(Flaw::Truncated));
    found.extend(milliseconds(token));
    found
}

/// No token is issued for the year 5138; 1973 in milliseconds is the same number.
const FAR: Wall = Wall::from_secs(100_000_000_000);

/// The first claim of time that can only be meant in milliseconds.
fn milliseconds(token: &str) -> Option<Flaw> {
    let jwt = jwt::read(token)?;
    let claims = [("exp", jwt.exp), ("iat", jwt.iat), ("nbf", jwt.nbf)];
    claims.into_iter().find(|(_, at)| at.is_some_and(|at| at >= FAR)).map(|(claim, _)| Flaw::Milliseconds { claim })
}

const QUOTES: &[char] = &['"', '\'', '`', '“', '”', '„', '‘', '’', '‚', '«', '»'];

/// The token without quotes and scheme names around it.
fn bare<'a>(token: &'a str, found: &mut Vec<Flaw>) -> &'a str {
    let mut token = token;
    let mut bearers = 0;
    loop {
        let inner = token.trim_matches(QUOTES);
        if inner.len() < token.len() {
            found.extend(token.chars().find(|char| QUOTES.contains(char)).map(|quote| Flaw::Quoted { quote }));
            token = inner.trim();
        } else if let Some(rest) = without_bearer(token) {
            bearers += 1;
            token = rest;
        } else {
            break;
        }
    }
    match bearers {
        0 => {}
        1 => found.push(Flaw::BearerPrefix),
        _ => found.push(Flaw::BearerTwice),
    }
    token
}

/// `Authorization: …` as in a request, or with the quotes and options around it that curl and JSON have.
fn is_header(token: &str) -> bool {
    let start: String = token.chars().take(40).map(|char| char.to_ascii_lowercase()).collect();
    start.split_once("authorization").is_some_and(|(_, rest)| rest.trim_start_matches(['"', '\'', ' ']).starts_with([':', '=']))
}

/// The JSON of RFC 6749 §5.1, or the same as a form.
fn is_token_response(token: &str) -> bool {
    let scan = scan(token);
    scan.root(token).is_some_and(|root| root.get("access_token").is_some()) || token.starts_with("access_token=")
}

fn is_placeholder(token: &str) -> bool {
    const WORDS: &[&str] = &["undefined", "null", "none", "token", "changeme", "[object object]"];
    const AROUND: &[(&str, &str)] = &[("<", ">"), ("${", "}"), ("{{", "}}"), ("$(", ")"), ("%", "%")];
    let lower = token.to_ascii_lowercase();
    let is_name = |text: &str| {
        text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
            && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
    };
    let around = |(open, close): &(&str, &str)| lower.strip_prefix(open).is_some_and(|rest| rest.ends_with(close));
    let masked = |mask: char| token.len() >= 3 && token.chars().all(|char| char.eq_ignore_ascii_case(&mask));
    WORDS.contains(&lower.as_str())
        || AROUND.iter().any(around)
        || lower.strip_prefix('$').is_some_and(is_name)
        || ["your_", "your-", "your ", "my_token", "my-token"].iter().any(|start| lower.starts_with(start))
        || ['x', '*', '•', '.', '…'].into_iter().any(masked)
}

/// The first of each kind of character that has no place in a token, and the first of it that a browser refuses; `position` is that of the first character.
fn characters(token: &str, position: usize, found: &mut Vec<Flaw>) {
    for (char, position) in token.chars().zip(position..) {
        let flaw = match char {
            '!'..='~' => continue,
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => Flaw::LineBreak { position },
            _ if char.is_whitespace() => Flaw::InnerSpace { position },
            _ => match invisible(char) {
                Some(name) => Flaw::Invisible { char, name, position },
                None if char.is_control() => Flaw::Control { char, position },
                None => Flaw::NonAscii { char, position },
            },
        };
        let kind = |flaw: &Flaw| (core::mem::discriminant(flaw), flaw.prevents_sending());
        if !found.iter().any(|other| kind(other) == kind(&flaw)) {
            found.push(flaw);
        }
    }
}

fn truncation(token: &str) -> Option<Truncation> {
    if token.ends_with("...") || token.ends_with('…') {
        return Some(Truncation::Ellipsis);
    }
    let parts: Vec<&str> = token.split('.').collect();
    let header = parts.first().and_then(|part| jwt::object(part));
    let names_algorithm =
        header.as_ref().is_some_and(|text| scan(text).root(text).is_some_and(|header| header.get("alg").is_some()));
    match parts.as_slice() {
        [_] | [_, _] if names_algorithm => {
            Some(Truncation::Parts { found: parts.iter().filter(|part| !part.is_empty()).count() })
        }
        // `eyJ` is how every base64url text begins that holds `{"`.
        [start, _, _] if header.is_none() && start.starts_with("eyJ") => Some(Truncation::Header),
        [_, payload, _] if names_algorithm && jwt::object(payload).is_none() => Some(Truncation::Payload),
        [_, _, ""] if jwt::read(token).is_some_and(|jwt| jwt.alg.is_some_and(|alg| alg != "none")) => Some(Truncation::Signature),
        _ => None,
    }
}
