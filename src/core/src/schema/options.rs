//! The values a schema lists, and what they are called.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::form::Choice;
use super::words::Words;
use crate::json::{self, Node};

/// The longest name of a value that has none of its own, in characters.
const LABEL_CHARS: usize = 80;

/// The values of `const` or `enum`; `None` when the schema lists none.
pub(super) fn listed(words: &Words<'_>) -> Option<Vec<Choice>> {
    if let Some(only) = words.get("const") {
        return Some(alloc::vec![choice(only, None)]);
    }
    let values = words.get("enum").filter(|node| node.is_array())?;
    // The names beside the values: of the elicitation of MCP 2025-06-18, and of several generators.
    let names = words.get("enumNames").or(words.get("x-enumNames"));
    let mut names = names.into_iter().flat_map(Node::items);
    Some(values.items().map(|value| choice(value, names.next())).collect())
}

/// The values of one alternative. When it is a single one, the title of the alternative is its name.
pub(super) fn alternative(words: &Words<'_>) -> Option<Vec<Choice>> {
    let mut choices = listed(words)?;
    if let [only] = &mut *choices
        && let Some(title) = words.title()
    {
        only.label = title.into_owned();
    }
    Some(choices)
}

fn choice(value: Node<'_>, name: Option<Node<'_>>) -> Choice {
    let name = name.and_then(Node::as_str).or(value.as_str()).filter(|name| !name.is_empty());
    let label = name.map_or_else(|| json::preview(value.raw(), LABEL_CHARS), Cow::into_owned);
    Choice { value: String::from(value.raw()), label }
}
