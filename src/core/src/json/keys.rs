//! Where in a text a value stands, and which keys its objects hold more than once.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Node, Scan};
use crate::sort::sort_by;

/// A key an object holds more than once. Readers disagree on which of its values counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Duplicate {
    /// The key, with its escapes resolved.
    pub key: String,
    /// Index of the token of the key's first appearance.
    pub first: usize,
    /// Index of the token of a later appearance in the same object.
    pub again: usize,
}

/// Every repeated key of every object of the text, in the order of the text; keys are compared with escapes resolved.
pub fn duplicate_keys(scan: &Scan, text: &str) -> Vec<Duplicate> {
    let mut found = Vec::new();
    let objects = (0..scan.tokens.len()).filter_map(|index| scan.node(text, index)).filter(|node| node.is_object());
    for object in objects {
        found.extend(repeated_keys(object));
    }
    sort_by(&mut found, |duplicate| [duplicate.again as u64, 0, 0]);
    found
}

/// The repeated keys of one object.
pub(crate) fn repeated_keys(object: Node<'_>) -> Vec<Duplicate> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
    for (name, value) in object.entries() {
        let again = value.index() - 1;
        let first = *seen.entry(name.clone()).or_insert(again);
        if first != again {
            found.push(Duplicate { key: name.into_owned(), first, again });
        }
    }
    found
}

/// The JSON Pointer (RFC 6901) of the value or key at an index of the tokens: `/result/tools/0/name`; empty for the whole text.
pub fn pointer(scan: &Scan, text: &str, index: usize) -> String {
    let index = match scan.tokens.get(index) {
        Some(token) if token.kind.is_end() => token.mate as usize,
        _ => index,
    };
    let mut path = String::new();
    let mut here = scan.root(text);
    while let Some(container) = here.filter(|node| node.index() < index) {
        here = match step(container, index) {
            Some((name, child)) => {
                path.push('/');
                path.push_str(&name);
                Some(child)
            }
            None => None,
        };
    }
    path
}

/// The child of a container that holds the token at `index`, and its reference token in a JSON Pointer.
fn step<'a>(container: Node<'a>, index: usize) -> Option<(String, Node<'a>)> {
    if container.is_array() {
        let (position, item) = container.items().enumerate().take_while(|(_, item)| item.index() <= index).last()?;
        return Some((format!("{position}"), item));
    }
    // A key comes just before its value, and belongs to it.
    let (key, value) = container.entries().take_while(|(_, value)| value.index() <= index + 1).last()?;
    Some((key.replace('~', "~0").replace('/', "~1"), value))
}
