//! What a server asks of the client: a form to fill in, an address to visit, an answer from a model. The params are the same
//! in a request (until 2025-11-25) and inside a result (2026-07-28).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::reading::{member, of_message, raw};
use super::{Content, InputAsk};
use crate::json::{self, Node};

/// The params of `elicitation/create`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elicitation {
    /// The person is asked to fill in a form; a request without a mode means this too (2025-06-18).
    Form {
        /// What is asked, for the person.
        message: String,
        /// `requestedSchema` as sent: an object with plain properties.
        schema: String,
    },
    /// The person is asked to visit a page (2025-11-25).
    Url {
        /// Why, for the person.
        message: String,
        /// The address of the page.
        url: String,
    },
}

/// The params of `sampling/createMessage`: the server asks for an answer from a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sampling {
    /// The conversation so far.
    pub messages: Vec<SamplingMessage>,
    /// `systemPrompt`, if there is one.
    pub system: String,
    /// The most tokens the answer may have, if it is said.
    pub max_tokens: Option<i64>,
    /// The names of the models the server would like, the best first.
    pub models: Vec<String>,
    /// `tools` as sent; empty when there are none (2025-11-25).
    pub tools: String,
}

/// One message of a conversation with a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SamplingMessage {
    /// `user` or `assistant`.
    pub role: String,
    /// What it says: one block until 2025-06-18, one or several from 2025-11-25 on.
    pub parts: Vec<SamplingPart>,
}

/// One block of such a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SamplingPart {
    /// A text, a picture or a sound.
    Content(Content),
    /// The model wants a tool called (2025-11-25).
    ToolUse {
        /// The id that the result goes by.
        id: String,
        /// The name of the tool.
        name: String,
        /// The arguments as sent.
        input: String,
    },
    /// What a tool gave (2025-11-25).
    ToolResult {
        /// The id of the use it answers.
        id: String,
        /// Whether the tool failed.
        is_error: bool,
        /// What it gave.
        content: Vec<Content>,
    },
}

/// Reads the params of `elicitation/create`. `None` when they are no object.
pub fn read_elicitation(params: &str) -> Option<Elicitation> {
    let scan = json::scan(params);
    let params = scan.root(params).filter(|params| params.is_object())?;
    let message = member(params, "message");
    Some(match member(params, "mode").as_str() {
        "url" => Elicitation::Url { message, url: member(params, "url") },
        _ => Elicitation::Form { message, schema: raw(params, "requestedSchema") },
    })
}

/// Reads the params of `sampling/createMessage`. `None` when there is no `messages` array.
pub fn read_sampling(params: &str) -> Option<Sampling> {
    let scan = json::scan(params);
    let params = scan.root(params)?;
    let messages = params.get("messages").filter(|messages| messages.is_array())?;
    let hints = params.at(&["modelPreferences", "hints"]);
    Some(Sampling {
        messages: messages.items().map(SamplingMessage::of).collect(),
        system: member(params, "systemPrompt"),
        max_tokens: params.get("maxTokens").and_then(|tokens| tokens.as_i64()),
        models: hints.into_iter().flat_map(Node::items).map(|hint| member(hint, "name")).collect(),
        tools: raw(params, "tools"),
    })
}

/// Reads what an error asks for that must be visited first (-32042, 2025-11-25 only): its `data.elicitations`, as asks of
/// `elicitation/create` whose keys are their ids.
pub fn read_required_elicitations(message: &str) -> Vec<InputAsk> {
    of_message(message, "error", |error| {
        let asks = error.at(&["data", "elicitations"])?.items();
        let ask = |ask: Node<'_>| InputAsk {
            key: member(ask, "elicitationId"),
            method: "elicitation/create".to_string(),
            params: ask.raw().to_string(),
        };
        Some(asks.map(ask).collect())
    })
    .unwrap_or_default()
}

impl SamplingMessage {
    fn of(node: Node<'_>) -> Self {
        let parts = match node.get("content") {
            Some(content) if content.is_array() => content.items().map(SamplingPart::of).collect(),
            Some(content) => Vec::from([SamplingPart::of(content)]),
            None => Vec::new(),
        };
        Self { role: member(node, "role"), parts }
    }
}

impl SamplingPart {
    fn of(node: Node<'_>) -> Self {
        match member(node, "type").as_str() {
            "tool_use" => Self::ToolUse { id: member(node, "id"), name: member(node, "name"), input: raw(node, "input") },
            "tool_result" => Self::ToolResult {
                id: member(node, "toolUseId"),
                is_error: node.get("isError").and_then(|failed| failed.as_bool()) == Some(true),
                content: node.get("content").into_iter().flat_map(Node::items).map(Content::of).collect(),
            },
            _ => Self::Content(Content::of(node)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_elicitation_without_a_mode_is_a_form() {
        let form = read_elicitation(r#"{"message":"Who?","requestedSchema":{"type":"object"}}"#);
        assert_eq!(form, Some(Elicitation::Form { message: "Who?".into(), schema: r#"{"type":"object"}"#.into() }));
        let page = read_elicitation(r#"{"mode":"url","message":"Sign in","url":"https://a.example/","elicitationId":"1"}"#);
        assert_eq!(page, Some(Elicitation::Url { message: "Sign in".into(), url: "https://a.example/".into() }));
        assert_eq!(read_elicitation("[]"), None);
    }

    #[test]
    fn a_message_to_a_model_has_one_block_or_several() {
        let sampling = read_sampling(
            r#"{"messages":[{"role":"user","content":{"type":"text","text":"Hi"}},{"role":"assistant","content":[
               {"type":"tool_use","id":"u1","name":"add","input":{"n":1.0}}]},{"role":"user","content":[
               {"type":"tool_result","toolUseId":"u1","isError":true,"content":[{"type":"text","text":"no"}]}]}],
               "maxTokens":100,"systemPrompt":"Be brief.","modelPreferences":{"hints":[{"name":"small"}]}}"#,
        )
        .unwrap();
        let parts: Vec<&SamplingPart> = sampling.messages.iter().flat_map(|message| &message.parts).collect();
        assert_eq!(*parts[0], SamplingPart::Content(Content::Text("Hi".into())));
        assert_eq!(*parts[1], SamplingPart::ToolUse { id: "u1".into(), name: "add".into(), input: r#"{"n":1.0}"#.into() });
        let failed = SamplingPart::ToolResult { id: "u1".into(), is_error: true, content: [Content::Text("no".into())].into() };
        assert_eq!(*parts[2], failed);
        assert_eq!(
            (sampling.max_tokens, sampling.system.as_str(), sampling.models),
            (Some(100), "Be brief.", ["small".into()].into())
        );
        assert_eq!(read_sampling(r#"{"messages":1}"#), None);
    }

    #[test]
    fn an_error_may_want_pages_visited_first() {
        let asks = read_required_elicitations(
            r#"{"error":{"code":-32042,"message":"Sign in","data":{"elicitations":[{"mode":"url","elicitationId":"e1","url":"https://a.example/","message":"Go"}]}}}"#,
        );
        assert_eq!((asks.len(), asks[0].key.as_str(), asks[0].method.as_str()), (1, "e1", "elicitation/create"));
        assert!(matches!(read_elicitation(&asks[0].params), Some(Elicitation::Url { .. })));
        assert_eq!(read_required_elicitations(r#"{"error":{"code":-32042,"message":"x"}}"#), []);
    }
}
