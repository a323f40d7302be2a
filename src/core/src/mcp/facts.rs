//! What a server says of itself: the results of `initialize` and `tools/list`, read leniently.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Revision;
use crate::json::{self, Node};

/// One capability a server offers, with its options as sent: `tools`, `{"listChanged":true}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// The name.
    pub name: String,
    /// The options, as sent.
    pub options: String,
}

/// The result of `initialize`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerFacts {
    /// `serverInfo.name`.
    pub name: String,
    /// `serverInfo.title`.
    pub title: String,
    /// `serverInfo.version`.
    pub version: String,
    /// `protocolVersion` as sent.
    pub protocol_version: String,
    /// The capabilities in the order sent.
    pub capabilities: Vec<Capability>,
    /// `instructions`.
    pub instructions: String,
}

impl ServerFacts {
    /// The negotiated revision, if it is one we know.
    pub fn revision(&self) -> Option<Revision> {
        Revision::parse(&self.protocol_version)
    }

    /// Whether a capability is offered.
    pub fn offers(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|offered| offered.name == capability)
    }
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
        scan.root(&self.raw).and_then(|tool| tool.get(key)).map(|value| value.raw().to_string()).unwrap_or_default()
    }
}

/// One page of `tools/list`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToolsPage {
    /// The tools of this page.
    pub tools: Vec<Tool>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// Reads the message that answers `initialize`. Whatever is missing stays empty; `None` when there is no `result` object.
pub fn read_initialize(message: &str) -> Option<ServerFacts> {
    let scan = json::scan(message);
    let result = scan.root(message)?.get("result").filter(|result| result.is_object())?;
    let info = result.get("serverInfo");
    let of_info = |key| info.and_then(|info| info.get(key)).map(text).unwrap_or_default();
    let capabilities = result.get("capabilities").map(|node| {
        node.entries().map(|(key, value)| Capability { name: key.into_owned(), options: value.raw().to_string() }).collect()
    });
    Some(ServerFacts {
        name: of_info("name"),
        title: of_info("title"),
        version: of_info("version"),
        protocol_version: result.get("protocolVersion").map(text).unwrap_or_default(),
        capabilities: capabilities.unwrap_or_default(),
        instructions: result.get("instructions").map(text).unwrap_or_default(),
    })
}

/// Reads the message that answers `tools/list`. `None` when there is no `tools` array.
pub fn read_tools(message: &str) -> Option<ToolsPage> {
    let scan = json::scan(message);
    let result = scan.root(message)?.get("result")?;
    let tools = result.get("tools").filter(|tools| tools.is_array())?;
    Some(ToolsPage {
        tools: tools.items().map(read_tool).collect(),
        next: result.get("nextCursor").and_then(|n| n.as_str()).map(Into::into),
    })
}

fn read_tool(node: Node<'_>) -> Tool {
    let of = |key| node.get(key).map(text).unwrap_or_default();
    let hint = node.get("annotations").and_then(|hints| hints.get("title")).map(text).unwrap_or_default();
    let title = of("title");
    Tool {
        name: of("name"),
        title: if title.is_empty() { hint } else { title },
        description: of("description"),
        raw: node.raw().to_string(),
    }
}

/// A string's text; for anything else what was sent, so that nothing is hidden.
fn text(node: Node<'_>) -> String {
    node.as_str().map_or_else(|| node.raw().to_string(), |text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_initialize_result_is_read_whole() {
        let facts = read_initialize(
            r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":false},"prompts":{}},
               "serverInfo":{"name":"orders","title":"Orders","version":"3.2.0"},"instructions":"Ask first."}}"#,
        )
        .unwrap();
        assert_eq!((facts.name.as_str(), facts.title.as_str(), facts.version.as_str()), ("orders", "Orders", "3.2.0"));
        assert_eq!(facts.revision(), Some(Revision::V2025_06_18));
        assert!(facts.offers("tools") && facts.offers("prompts") && !facts.offers("resources"));
        assert_eq!(facts.capabilities[0].options, r#"{"listChanged":false}"#);
        assert_eq!(facts.instructions, "Ask first.");
    }

    #[test]
    fn what_is_missing_stays_empty() {
        assert_eq!(read_initialize(r#"{"result":{}}"#), Some(ServerFacts::default()));
        assert_eq!(read_initialize(r#"{"error":{"code":1}}"#), None);
    }

    #[test]
    fn a_page_of_tools_keeps_schemas_as_sent() {
        let page = read_tools(
            r#"{"result":{"tools":[{"name":"add","annotations":{"title":"Add two"},"inputSchema":{"type":"object","maximum":1e400}}],"nextCursor":"2"}}"#,
        )
        .unwrap();
        assert_eq!(page.tools[0].title, "Add two");
        assert_eq!(page.tools[0].member("inputSchema"), r#"{"type":"object","maximum":1e400}"#);
        assert_eq!(page.next.as_deref(), Some("2"));
    }
}
