//! What the result of a method must have: clients that hold answers against the schema refuse one that lacks it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::reading::of_message;
use crate::json::Node;

/// So many missing members are told; a list can lack the same in every item.
const TOLD: usize = 20;

/// What a member has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Text,
    Object,
    Array,
}

/// The members that a result must have, and for a list those of each of its items (2024-11-05 to 2026-07-28, schema). What is
/// wrong with the schema of a tool is not read here.
type Row = (&'static str, &'static [(&'static str, Is)], &'static [&'static str]);

const REQUIRED: &[Row] = &[
    ("initialize", &[("protocolVersion", Is::Text), ("capabilities", Is::Object), ("serverInfo", Is::Object)], &[]),
    ("tools/list", &[("tools", Is::Array)], &["name"]),
    ("tools/call", &[("content", Is::Array)], &[]),
    ("prompts/list", &[("prompts", Is::Array)], &["name"]),
    ("prompts/get", &[("messages", Is::Array)], &[]),
    ("resources/list", &[("resources", Is::Array)], &["name", "uri"]),
    ("resources/templates/list", &[("resourceTemplates", Is::Array)], &["name", "uriTemplate"]),
    ("resources/read", &[("contents", Is::Array)], &[]),
];

/// What the result in a message lacks that the result of that method must have: `serverInfo.version`, `tools.0.name`. Empty
/// when nothing is missing, for a method of which nothing is known, and for a message without a result.
pub fn lacking(method: &str, message: &str) -> Vec<String> {
    let Some((_, members, of_item)) = REQUIRED.iter().find(|(known, ..)| *known == method) else { return Vec::new() };
    of_message(message, "result", |result| Some(lacking_in(result, members, of_item))).unwrap_or_default()
}

fn lacking_in(result: Node<'_>, members: &[(&str, Is)], of_item: &[&str]) -> Vec<String> {
    // A result of another type has other members: one that asks for input, a task (2025-11-25, tasks; 2026-07-28, schema).
    let other = result.get("resultType").is_some_and(|kind| kind.as_str().as_deref() != Some("complete"));
    if other || result.get("task").is_some() {
        return Vec::new();
    }
    let mut lacks: Vec<String> =
        members.iter().filter(|(name, is)| !has(result, name, *is)).map(|(name, _)| (*name).to_string()).collect();
    let info = result.get("serverInfo").filter(|info| info.is_object());
    let of_info =
        info.into_iter().flat_map(|info| ["name", "version"].into_iter().filter(move |name| !has(info, name, Is::Text)));
    lacks.extend(of_info.map(|name| format!("serverInfo.{name}")));
    if let (Some((list, Is::Array)), false) = (members.first(), of_item.is_empty()) {
        let items = result.get(list).into_iter().flat_map(Node::items).enumerate();
        let of_items = items.flat_map(|(n, item)| {
            of_item.iter().filter(move |name| !has(item, name, Is::Text)).map(move |name| format!("{list}.{n}.{name}"))
        });
        lacks.extend(of_items.take(TOLD));
    }
    lacks
}

fn has(node: Node<'_>, name: &str, is: Is) -> bool {
    node.get(name).is_some_and(|member| match is {
        Is::Text => member.as_str().is_some(),
        Is::Object => member.is_object(),
        Is::Array => member.is_array(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_where_it_is_missing() {
        for (method, result, lacks) in [
            ("initialize", r#"{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"a","version":"1"}}"#, ""),
            ("initialize", r#"{"protocolVersion":"2025-06-18","capabilities":{}}"#, "serverInfo"),
            (
                "initialize",
                r#"{"protocolVersion":1,"capabilities":[],"serverInfo":{"name":"a"}}"#,
                "protocolVersion capabilities serverInfo.version",
            ),
            ("tools/list", "{}", "tools"),
            ("tools/list", r#"{"tools":null}"#, "tools"),
            ("tools/list", r#"{"tools":[{"name":"a"},{"title":"B"}]}"#, "tools.1.name"),
            ("resources/list", r#"{"resources":[{"uri":"a:b"}]}"#, "resources.0.name"),
            ("tools/call", r#"{"structuredContent":{}}"#, "content"),
            ("ping", "{}", ""),
        ] {
            let said = lacking(method, &format!(r#"{{"jsonrpc":"2.0","id":1,"result":{result}}}"#));
            assert_eq!(said.join(" "), lacks, "{method} {result}");
        }
    }

    #[test]
    fn results_of_another_type_have_other_members() {
        for result in [r#"{"resultType":"input_required","inputRequests":{}}"#, r#"{"task":{"taskId":"1"}}"#] {
            assert!(lacking("tools/call", &format!(r#"{{"result":{result}}}"#)).is_empty(), "{result}");
        }
        assert_eq!(lacking("tools/call", r#"{"result":{"resultType":"complete"}}"#), ["content"]);
    }

    #[test]
    fn a_list_of_nothing_but_faults_is_told_in_a_few() {
        let tools = alloc::vec!["{}"; 500].join(",");
        assert_eq!(lacking("tools/list", &format!(r#"{{"result":{{"tools":[{tools}]}}}}"#)).len(), TOLD);
    }
}
