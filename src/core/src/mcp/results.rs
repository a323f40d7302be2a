//! What comes back for a request: whether it is the end or asks for more, the result of a tool, the completions.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Content;
use super::reading::{member, of_message, raw, texts};
use crate::json::Node;

/// What `resultType` says of a result (2026-07-28, `Result`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultKind {
    /// The final result. A result that says nothing is one too: earlier revisions know no other.
    Complete,
    /// The server wants to know more; the request is to be asked again with the answers (multi round-trip requests).
    InputRequired {
        /// What it asks.
        asks: Vec<InputAsk>,
        /// `requestState` as JSON, to be sent back exactly as it came.
        state: Option<String>,
    },
    /// A type of an extension, or one that does not exist.
    Other(String),
}

/// One thing a server asks for in a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputAsk {
    /// The key its answer goes by.
    pub key: String,
    /// `roots/list`, `sampling/createMessage` or `elicitation/create`.
    pub method: String,
    /// Its params as sent; empty when there are none.
    pub params: String,
}

/// The result of `tools/call`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallResult {
    /// Whether the tool failed: the request was answered, what was wanted was not done.
    pub is_error: bool,
    /// What it gave.
    pub content: Vec<Content>,
    /// `structuredContent` as sent; empty when there is none (2025-06-18).
    pub structured: String,
}

/// The result of `completion/complete`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What the value could be, the best first.
    pub values: Vec<String>,
    /// How many there are in all, if it is said.
    pub total: Option<i64>,
    /// Whether there are more than these.
    pub has_more: bool,
}

/// Reads which kind of result a message holds. One without a result counts as [`ResultKind::Complete`].
pub fn read_result_kind(message: &str) -> ResultKind {
    of_message(message, "result", |result| match member(result, "resultType").as_str() {
        "" | "complete" => None,
        "input_required" => Some(ResultKind::InputRequired {
            asks: result.get("inputRequests").into_iter().flat_map(Node::entries).map(|(key, ask)| read_ask(&key, ask)).collect(),
            state: result.get("requestState").map(|state| state.raw().to_string()),
        }),
        other => Some(ResultKind::Other(other.to_string())),
    })
    .unwrap_or(ResultKind::Complete)
}

fn read_ask(key: &str, ask: Node<'_>) -> InputAsk {
    InputAsk { key: key.to_string(), method: member(ask, "method"), params: raw(ask, "params") }
}

/// Reads the message that answers `tools/call`. `None` when it has neither `content` nor `structuredContent`.
pub fn read_call(message: &str) -> Option<CallResult> {
    of_message(message, "result", |result| {
        let content = result.get("content").filter(|content| content.is_array());
        let structured = raw(result, "structuredContent");
        (content.is_some() || !structured.is_empty()).then(|| CallResult {
            is_error: result.get("isError").and_then(|failed| failed.as_bool()) == Some(true),
            content: content.into_iter().flat_map(Node::items).map(Content::of).collect(),
            structured,
        })
    })
}

/// Reads the message that answers `completion/complete`. `None` when there is no `completion` object.
pub fn read_completion(message: &str) -> Option<Completion> {
    of_message(message, "result", |result| {
        let completion = result.get("completion").filter(|completion| completion.is_object())?;
        Some(Completion {
            values: texts(completion, "values"),
            total: completion.get("total").and_then(|total| total.as_i64()),
            has_more: completion.get("hasMore").and_then(|more| more.as_bool()) == Some(true),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_that_says_nothing_is_the_final_one() {
        for message in [r#"{"result":{}}"#, r#"{"result":{"resultType":"complete"}}"#, r#"{"error":{"code":1}}"#] {
            assert_eq!(read_result_kind(message), ResultKind::Complete, "{message}");
        }
        assert_eq!(read_result_kind(r#"{"result":{"resultType":"task"}}"#), ResultKind::Other("task".into()));
    }

    #[test]
    fn what_a_server_wants_to_know_is_listed_with_its_keys() {
        let kind = read_result_kind(
            r#"{"result":{"resultType":"input_required","inputRequests":{"who":{"method":"elicitation/create","params":{"message":"?"}},
               "where":{"method":"roots/list"}},"requestState":"a\u0062"}}"#,
        );
        let asks = [("who", "elicitation/create", r#"{"message":"?"}"#), ("where", "roots/list", "")]
            .map(|(key, method, params)| InputAsk { key: key.into(), method: method.into(), params: params.into() });
        assert_eq!(kind, ResultKind::InputRequired { asks: asks.into(), state: Some(r#""a\u0062""#.into()) });
    }

    #[test]
    fn a_tool_gives_blocks_of_every_kind() {
        let call = read_call(
            r#"{"result":{"content":[{"type":"text","text":"t"},{"type":"image","mimeType":"image/png","data":"AA=="},
               {"type":"audio","mimeType":"audio/wav","data":"BB=="},{"type":"resource_link","uri":"a:","name":"n","title":"T"},
               {"type":"resource","resource":{"uri":"b:","text":"x"}},{"type":"video"},"bare"],
               "structuredContent":{"n":1.0},"isError":true}}"#,
        )
        .unwrap();
        assert!(call.is_error);
        assert_eq!(call.structured, r#"{"n":1.0}"#);
        let names: Vec<&str> = call
            .content
            .iter()
            .map(|content| match content {
                Content::Text(_) => "text",
                Content::Image { .. } => "image",
                Content::Audio { .. } => "audio",
                Content::Link { .. } => "link",
                Content::Resource { .. } => "resource",
                Content::Unknown(_) => "unknown",
            })
            .collect();
        assert_eq!(names, ["text", "image", "audio", "link", "resource", "unknown", "unknown"]);
    }

    #[test]
    fn an_answer_that_is_no_result_of_a_tool_is_told_apart() {
        assert_eq!(read_call(r#"{"result":{"tools":[]}}"#), None);
        assert_eq!(read_call(r#"{"result":{"content":[]}}"#), Some(CallResult::default()));
        assert!(read_call(r#"{"result":{"structuredContent":[1]}}"#).is_some());
    }

    #[test]
    fn completions_say_whether_there_are_more() {
        let completion = read_completion(r#"{"result":{"completion":{"values":["a","b"],"total":10,"hasMore":true}}}"#).unwrap();
        assert_eq!(completion, Completion { values: ["a".into(), "b".into()].into(), total: Some(10), has_more: true });
        assert_eq!(read_completion(r#"{"result":{}}"#), None);
    }
}
