//! What tools, prompts and resources give: blocks of text, pictures, sound, links and embedded resources.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::reading::{member, of_message};
use crate::json::Node;

/// One block of content (2025-11-25, `ContentBlock`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A picture.
    Image {
        /// Its type.
        mime_type: String,
        /// Its bytes, in base64.
        data: String,
    },
    /// A sound.
    Audio {
        /// Its type.
        mime_type: String,
        /// Its bytes, in base64.
        data: String,
    },
    /// A resource that can be read by its address.
    Link {
        /// The address.
        uri: String,
        /// The name.
        name: String,
        /// The name to show, if there is one.
        title: String,
        /// What it holds.
        description: String,
        /// The type of its content, if it is said.
        mime_type: String,
    },
    /// What a resource holds, as text or as bytes.
    Resource {
        /// The address.
        uri: String,
        /// The type of the content, if it is said.
        mime_type: String,
        /// The text.
        text: Option<String>,
        /// The bytes, in base64.
        blob: Option<String>,
    },
    /// Anything else, as it was sent.
    Unknown(String),
}

impl Content {
    /// Reads a block by its `type`.
    pub(super) fn of(node: Node<'_>) -> Self {
        let of = |key| member(node, key);
        match (of("type").as_str(), node.get("resource")) {
            ("text", _) => Self::Text(of("text")),
            ("image", _) => Self::Image { mime_type: of("mimeType"), data: of("data") },
            ("audio", _) => Self::Audio { mime_type: of("mimeType"), data: of("data") },
            ("resource_link", _) => Self::Link {
                uri: of("uri"),
                name: of("name"),
                title: of("title"),
                description: of("description"),
                mime_type: of("mimeType"),
            },
            ("resource", Some(resource)) => Self::of_resource(resource),
            _ => Self::Unknown(node.raw().to_string()),
        }
    }

    /// Reads what a resource holds: `TextResourceContents` or `BlobResourceContents`.
    fn of_resource(node: Node<'_>) -> Self {
        let of = |key| node.get(key).and_then(|value| value.as_str()).map(Into::into);
        match (of("text"), of("blob")) {
            (None, None) => Self::Unknown(node.raw().to_string()),
            (text, blob) => Self::Resource { uri: member(node, "uri"), mime_type: member(node, "mimeType"), text, blob },
        }
    }
}

/// Reads the messages of the answer to `prompts/get`: role and content, in order. `None` when there is no `messages` array.
pub fn read_prompt_messages(message: &str) -> Option<Vec<(String, Content)>> {
    of_message(message, "result", |result| {
        let messages = result.get("messages").filter(|messages| messages.is_array())?;
        let content = |node: Node<'_>| match node.get("content") {
            Some(content) => Content::of(content),
            None => Content::Unknown(node.raw().to_string()),
        };
        Some(messages.items().map(|node| (member(node, "role"), content(node))).collect())
    })
}

/// Reads the answer to `resources/read`. `None` when there is no `contents` array.
pub fn read_contents(message: &str) -> Option<Vec<Content>> {
    of_message(message, "result", |result| {
        let contents = result.get("contents").filter(|contents| contents.is_array())?;
        Some(contents.items().map(Content::of_resource).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_is_a_conversation() {
        let messages = read_prompt_messages(
            r#"{"result":{"messages":[{"role":"user","content":{"type":"text","text":"Hi"}},{"role":"assistant"}]}}"#,
        );
        let expected = [
            ("user".into(), Content::Text("Hi".into())),
            ("assistant".into(), Content::Unknown(r#"{"role":"assistant"}"#.into())),
        ];
        assert_eq!(messages.unwrap(), expected);
        assert_eq!(read_prompt_messages(r#"{"result":{}}"#), None);
    }

    #[test]
    fn a_resource_holds_text_or_bytes() {
        let contents = read_contents(
            r#"{"result":{"contents":[{"uri":"a:","text":""},{"uri":"b:","mimeType":"x/y","blob":"AA=="},{"uri":"c:"}]}}"#,
        )
        .unwrap();
        assert_eq!(contents[0], Content::Resource { uri: "a:".into(), mime_type: "".into(), text: Some("".into()), blob: None });
        assert_eq!(
            contents[1],
            Content::Resource { uri: "b:".into(), mime_type: "x/y".into(), text: None, blob: Some("AA==".into()) }
        );
        assert_eq!(contents[2], Content::Unknown(r#"{"uri":"c:"}"#.into()));
    }
}
