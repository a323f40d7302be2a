//! The value of a JSON string: its text without quotes and escapes.

use alloc::borrow::Cow;
use alloc::string::String;

/// The value of a string token, quotes included in `raw`. Half of a surrogate pair becomes U+FFFD, as it is no character.
pub fn string_value(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix('"').unwrap_or(raw);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, escape)) = rest.split_once('\\') {
        value.push_str(before);
        let (char, after) = unescape(escape);
        value.push(char);
        rest = after;
    }
    value.push_str(rest);
    Cow::Owned(value)
}

/// The characters of a string token, each with the byte of `raw` it begins at: the letter itself, or the backslash of its escape.
pub(crate) fn characters(raw: &str) -> impl Iterator<Item = (usize, char)> {
    let end = raw.len().saturating_sub(1);
    let mut rest = raw.get(1..end).unwrap_or_default();
    core::iter::from_fn(move || {
        let at = end - rest.len();
        let mut chars = rest.chars();
        let c = match chars.next()? {
            '\\' => {
                let (c, after) = unescape(chars.as_str());
                rest = after;
                return Some((at, c));
            }
            c => c,
        };
        rest = chars.as_str();
        Some((at, c))
    })
}

/// A text as a JSON string, with quotes.
pub fn quote(text: &str) -> String {
    let mut raw = String::with_capacity(text.len() + 2);
    raw.push('"');
    for c in text.chars() {
        match c {
            '"' => raw.push_str("\\\""),
            '\\' => raw.push_str("\\\\"),
            '\n' => raw.push_str("\\n"),
            '\r' => raw.push_str("\\r"),
            '\t' => raw.push_str("\\t"),
            c if c < ' ' => raw.push_str(&alloc::format!("\\u{:04x}", u32::from(c))),
            c => raw.push(c),
        }
    }
    raw.push('"');
    raw
}

/// The character an escape stands for, and the text after it; `escape` begins after the backslash.
fn unescape(escape: &str) -> (char, &str) {
    let mut rest = escape.chars();
    let char = match rest.next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return code_point(rest.as_str()),
        Some(itself) => itself,
        None => char::REPLACEMENT_CHARACTER,
    };
    (char, rest.as_str())
}

/// The character after `\u`, which is two escapes when it lies outside the Basic Multilingual Plane.
fn code_point(hex: &str) -> (char, &str) {
    let Some((first, rest)) = code_unit(hex) else {
        return (char::REPLACEMENT_CHARACTER, hex);
    };
    if let Some((second, after)) = rest.strip_prefix("\\u").and_then(code_unit)
        && let Some(Ok(char)) = char::decode_utf16([first, second]).next()
        && char.len_utf16() == 2
    {
        return (char, after);
    }
    (char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER), rest)
}

fn code_unit(hex: &str) -> Option<(u16, &str)> {
    let (digits, rest) = hex.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}
