//! The choices a server publishes in the schemas of its tools: a value that is one of them is nobody's secret.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::shape::is_name;
use crate::json::{self, Node};
use crate::trace::Trace;

/// So many choices are known at most.
const CHOICES: usize = 2_000;

/// Every choice of every listed tool that looks like a name.
pub(super) fn choices(trace: &Trace) -> BTreeSet<String> {
    let mut choices = BTreeSet::new();
    for tool in trace.tools() {
        let scan = json::scan(&tool.raw);
        let nodes = (0..scan.tokens.len()).filter_map(|index| scan.node(&tool.raw, index));
        for (name, value) in nodes.flat_map(Node::entries) {
            match &*name {
                "enum" => choices.extend(value.items().filter_map(choice)),
                "const" => choices.extend(choice(value)),
                _ => {}
            }
        }
        if choices.len() >= CHOICES {
            break;
        }
    }
    choices
}

fn choice(node: Node<'_>) -> Option<String> {
    node.as_str().filter(|text| is_name(text)).map(|text| text.into_owned())
}
