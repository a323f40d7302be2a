//! Reading members leniently: what is missing is empty, what has another type is shown as it was sent.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::json::{self, Node};

/// A string's text; for anything else what was sent, so that nothing is hidden.
pub(super) fn text(node: Node<'_>) -> String {
    node.as_str().map_or_else(|| node.raw().to_string(), |text| text.into_owned())
}

/// The text of a member; empty when there is none.
pub(super) fn member(node: Node<'_>, key: &str) -> String {
    node.get(key).map(text).unwrap_or_default()
}

/// A member as it was sent; empty when there is none.
pub(super) fn raw(node: Node<'_>, key: &str) -> String {
    node.get(key).map(|value| value.raw().to_string()).unwrap_or_default()
}

/// The items of a member that is an array, as texts.
pub(super) fn texts(node: Node<'_>, key: &str) -> Vec<String> {
    node.get(key).into_iter().flat_map(Node::items).map(text).collect()
}

/// What `read` makes of a member of a message: of its `result`, `params` or `error`. `None` when that is not an object.
pub(super) fn of_message<T>(message: &str, part: &str, read: impl FnOnce(Node<'_>) -> Option<T>) -> Option<T> {
    let scan = json::scan(message);
    read(scan.root(message)?.get(part).filter(|part| part.is_object())?)
}
