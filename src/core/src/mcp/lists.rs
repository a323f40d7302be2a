//! What a server lists: tools, prompts, resources and resource templates, page by page, each kept as it was sent.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::reading::{member, of_message, raw};
use super::template_variables;
use crate::json::{self, Node};
use crate::schema::{Field, Form};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What it lists.
    pub items: Vec<T>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// A tool as listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tool {
    /// The name to call it by.
    pub name: String,
    /// The name to show, if there is one (2025-06-18; before that `annotations.title`).
    pub title: String,
    /// What it does, for the model.
    pub description: String,
    /// The tool as sent, whole.
    pub raw: String,
}

impl Tool {
    /// A member as sent, `inputSchema` for example; empty when the tool has none. Annotations are hints of the server's:
    /// nothing vouches for them (2025-06-18, tools).
    pub fn member(&self, key: &str) -> String {
        let scan = json::scan(&self.raw);
        scan.root(&self.raw).map(|tool| raw(tool, key)).unwrap_or_default()
    }

    /// What the annotations say it does, in words (2025-03-26, `ToolAnnotations`); what they do not say is left out.
    pub fn hints(&self) -> Vec<&'static str> {
        let annotations = self.member("annotations");
        let scan = json::scan(&annotations);
        let flag = |name: &str| scan.root(&annotations).and_then(|node| node.get(name)).and_then(|value| value.as_bool());
        HINTS.iter().filter_map(|(name, yes, no)| flag(name).map(|on| if on { *yes } else { *no })).collect()
    }
}

/// The annotations of a tool, with what they say when they are true and when they are false.
const HINTS: [(&str, &str, &str); 4] = [
    ("readOnlyHint", "only reads", "changes something"),
    ("destructiveHint", "may destroy", "destroys nothing"),
    ("idempotentHint", "repeating it changes nothing more", "repeating it may change more"),
    ("openWorldHint", "reaches outside", "stays inside"),
];

/// A prompt as listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// The name to get it by.
    pub name: String,
    /// The name to show, if there is one (2025-06-18).
    pub title: String,
    /// What it is for.
    pub description: String,
    /// What it can be filled in with.
    pub arguments: Vec<PromptArgument>,
    /// The prompt as sent, whole.
    pub raw: String,
}

impl Prompt {
    /// What a person fills in to get it.
    pub fn form(&self) -> Form {
        let field =
            |argument: &PromptArgument| Field::text(&argument.name, &argument.title, &argument.description, argument.required);
        Form::of(self.arguments.iter().map(field).collect())
    }
}

/// One argument of a prompt. Its value is always a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromptArgument {
    /// The name.
    pub name: String,
    /// The name to show, if there is one.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Whether the prompt cannot be had without it.
    pub required: bool,
}

/// A resource as listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// The address to read it by.
    pub uri: String,
    /// The name.
    pub name: String,
    /// The name to show, if there is one (2025-06-18).
    pub title: String,
    /// What it holds.
    pub description: String,
    /// The type of its content, if it is said.
    pub mime_type: String,
    /// Its size in bytes before any encoding, if it is said.
    pub size: Option<i64>,
    /// The resource as sent, whole.
    pub raw: String,
}

/// A resource template as listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The template of the addresses (RFC 6570).
    pub uri_template: String,
    /// The name.
    pub name: String,
    /// The name to show, if there is one (2025-06-18).
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The type of the content of all that match, if it is one and said.
    pub mime_type: String,
    /// The template as sent, whole.
    pub raw: String,
}

impl Template {
    /// What a person fills in to get an address: a field per variable.
    pub fn form(&self) -> Form {
        let names = template_variables(&self.uri_template);
        Form::of(names.iter().map(|name| Field::text(name, "", "", false)).collect())
    }
}

/// Reads the message that answers `tools/list`. `None` when there is no `tools` array.
pub fn read_tools(message: &str) -> Option<Page<Tool>> {
    read_page(message, "tools", read_tool)
}

/// Reads the message that answers `prompts/list`. `None` when there is no `prompts` array.
pub fn read_prompts(message: &str) -> Option<Page<Prompt>> {
    read_page(message, "prompts", |node| Prompt {
        name: member(node, "name"),
        title: member(node, "title"),
        description: member(node, "description"),
        arguments: node.get("arguments").into_iter().flat_map(Node::items).map(read_argument).collect(),
        raw: node.raw().to_string(),
    })
}

/// Reads the message that answers `resources/list`. `None` when there is no `resources` array.
pub fn read_resources(message: &str) -> Option<Page<Resource>> {
    read_page(message, "resources", |node| Resource {
        uri: member(node, "uri"),
        name: member(node, "name"),
        title: member(node, "title"),
        description: member(node, "description"),
        mime_type: member(node, "mimeType"),
        size: node.get("size").and_then(|size| size.as_i64()),
        raw: node.raw().to_string(),
    })
}

/// Reads the message that answers `resources/templates/list`. `None` when there is no `resourceTemplates` array.
pub fn read_templates(message: &str) -> Option<Page<Template>> {
    read_page(message, "resourceTemplates", |node| Template {
        uri_template: member(node, "uriTemplate"),
        name: member(node, "name"),
        title: member(node, "title"),
        description: member(node, "description"),
        mime_type: member(node, "mimeType"),
        raw: node.raw().to_string(),
    })
}

fn read_page<T>(message: &str, list: &str, read: fn(Node<'_>) -> T) -> Option<Page<T>> {
    of_message(message, "result", |result| {
        let items = result.get(list).filter(|items| items.is_array())?.items().map(read).collect();
        Some(Page { items, next: result.get("nextCursor").and_then(|next| next.as_str()).map(Into::into) })
    })
}

fn read_tool(node: Node<'_>) -> Tool {
    let title = member(node, "title");
    let hint = node.at(&["annotations", "title"]).map(super::reading::text).unwrap_or_default();
    Tool {
        name: member(node, "name"),
        title: if title.is_empty() { hint } else { title },
        description: member(node, "description"),
        raw: node.raw().to_string(),
    }
}

fn read_argument(node: Node<'_>) -> PromptArgument {
    PromptArgument {
        name: member(node, "name"),
        title: member(node, "title"),
        description: member(node, "description"),
        required: node.get("required").and_then(|required| required.as_bool()) == Some(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_told_in_words_as_far_as_they_say_something() {
        let hints = |annotations: &str| {
            let raw = alloc::format!(r#"{{"name":"a","annotations":{annotations}}}"#);
            Tool { raw, ..Tool::default() }.hints()
        };
        assert_eq!(hints(r#"{"readOnlyHint":true,"openWorldHint":false,"title":"A"}"#), ["only reads", "stays inside"]);
        assert_eq!(hints(r#"{"destructiveHint":"yes"}"#), [""; 0]);
        assert_eq!(Tool::default().hints(), [""; 0]);
    }

    #[test]
    fn a_page_of_tools_keeps_schemas_as_sent() {
        let page = read_tools(
            r#"{"result":{"tools":[{"name":"add","annotations":{"title":"Add two"},"inputSchema":{"type":"object","maximum":1e400}}],"nextCursor":"2"}}"#,
        )
        .unwrap();
        assert_eq!(page.items[0].title, "Add two");
        assert_eq!(page.items[0].member("inputSchema"), r#"{"type":"object","maximum":1e400}"#);
        assert_eq!(page.next.as_deref(), Some("2"));
    }

    #[test]
    fn a_prompt_says_which_arguments_it_needs() {
        let page = read_prompts(
            r#"{"result":{"prompts":[{"name":"review","arguments":[{"name":"code","required":true},{"name":"style","title":"Style"}]}]}}"#,
        )
        .unwrap();
        let arguments = &page.items[0].arguments;
        assert_eq!((arguments[0].name.as_str(), arguments[0].required), ("code", true));
        assert_eq!((arguments[1].title.as_str(), arguments[1].required), ("Style", false));
        assert_eq!(page.next, None);
    }

    #[test]
    fn resources_and_templates_keep_their_addresses() {
        let page =
            read_resources(r#"{"result":{"resources":[{"uri":"file:///a","name":"a","mimeType":"text/plain","size":12}]}}"#);
        let resource = &page.unwrap().items[0];
        assert_eq!((resource.uri.as_str(), resource.mime_type.as_str(), resource.size), ("file:///a", "text/plain", Some(12)));
        let page = read_templates(r#"{"result":{"resourceTemplates":[{"uriTemplate":"file:///{path}","name":"files"}]}}"#);
        assert_eq!(page.unwrap().items[0].uri_template, "file:///{path}");
    }

    #[test]
    fn an_answer_without_the_list_is_no_page() {
        assert_eq!(read_resources(r#"{"result":{"tools":[]}}"#), None);
        assert_eq!(read_templates(r#"{"result":{"resourceTemplates":{}}}"#), None);
        assert_eq!(read_prompts(r#"{"error":{"code":-32601,"message":"no"}}"#), None);
    }
}
