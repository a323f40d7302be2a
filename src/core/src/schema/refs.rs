//! References inside a schema: `#`, and `#/…` as a JSON Pointer. No other document is ever looked at.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Why;
use crate::json::Node;

/// The schema that a `$ref` means (JSON Schema Core 2020-12 §8.2.3.1).
///
/// # Errors
/// [`Why::Elsewhere`] when it names another document, [`Why::Missing`] when this one has nothing there.
pub(super) fn resolve<'a>(root: Node<'a>, reference: &str) -> Result<Node<'a>, Why> {
    let Some(fragment) = reference.strip_prefix('#') else {
        return Err(Why::Elsewhere(String::from(reference)));
    };
    follow(root, &decoded(fragment)).ok_or_else(|| Why::Missing(String::from(reference)))
}

/// The value at a JSON Pointer (RFC 6901 §4).
fn follow<'a>(root: Node<'a>, pointer: &str) -> Option<Node<'a>> {
    if pointer.is_empty() {
        return Some(root);
    }
    let mut here = root;
    for token in pointer.strip_prefix('/')?.split('/') {
        here = match here.is_array() {
            true => here.items().nth(token.parse().ok()?)?,
            false => here.get(&token.replace("~1", "/").replace("~0", "~"))?,
        };
    }
    Some(here)
}

/// A fragment with its percent-escapes resolved; unchanged when they are not UTF-8.
fn decoded(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains('%') {
        return Cow::Borrowed(fragment);
    }
    let mut bytes = Vec::new();
    let mut rest = fragment;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).map_or(Cow::Borrowed(fragment), Cow::Owned)
}
