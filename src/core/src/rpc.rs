//! JSON-RPC 2.0 envelopes. Reading never fails: what departs from the standard is noted, and the rest is still used.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::json::{self, Kind as JsonKind, Node};
use crate::limits::BATCH_MESSAGES;
use crate::sort::sort_by;

/// The longest method name or error message that is kept for display, in characters.
const TEXT_CHARS: usize = 2_000;

/// A request id, type-exact: the number 1 and the string "1" are different ids (JSON-RPC 2.0 §4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Id {
    /// A number, as it was written.
    Number(String),
    /// A string.
    Text(String),
    /// `null`, which MCP forbids for requests and servers use in errors they cannot place.
    Null,
    /// Anything else, as it was written.
    Other(String),
}

impl Id {
    /// The id this client gave its n-th request.
    pub fn ours(n: u32) -> Self {
        Self::Number(n.to_string())
    }

    /// The number that a string spells. An answer must carry the same value as the request (JSON-RPC 2.0 §5), and some servers make
    /// a string of a number: every client that was measured takes it for the same id (Python, TypeScript, FastMCP, AI SDK).
    pub fn spelled(&self) -> Option<Self> {
        match self {
            Self::Text(text) => Some(Self::Number(text.clone())),
            _ => None,
        }
    }

    /// The id, or the token of the same kind, that a value is.
    pub(crate) fn read(node: Node<'_>) -> Self {
        match node.kind() {
            JsonKind::Number => Self::Number(node.raw().to_owned()),
            JsonKind::String => Self::Text(node.as_str().unwrap_or_default().into_owned()),
            JsonKind::Null => Self::Null,
            _ => Self::Other(clip(node.raw())),
        }
    }
}

impl fmt::Display for Id {
    /// The id as JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(text) | Self::Other(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&json::quote(text)),
            Self::Null => f.write_str("null"),
        }
    }
}

/// What a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Asks for an answer.
    Request {
        /// The id the answer must carry.
        id: Id,
        /// What is asked.
        method: String,
    },
    /// Asks for nothing.
    Notification {
        /// What is said.
        method: String,
    },
    /// A good answer.
    Result {
        /// The request it answers.
        id: Id,
    },
    /// A refusal.
    Error {
        /// The request it answers; `None` when the member is missing.
        id: Option<Id>,
        /// The code, if it is a number that fits.
        code: Option<i64>,
        /// The message as sent.
        message: String,
    },
    /// JSON, but not a message of the protocol.
    Foreign,
    /// Not JSON.
    NotJson {
        /// Why, in plain words.
        reason: String,
        /// Where, in bytes from the start of the text.
        at: usize,
    },
}

/// Something a message does that the standard does not allow, and that does not keep it from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deviation {
    /// `jsonrpc` is missing or not "2.0".
    Version,
    /// The answer's `id` is `null` although MCP wants the id of the request.
    NullId,
    /// The answer has no `id`.
    MissingId,
    /// Both `result` and `error`.
    ResultAndError,
    /// A request with an `id` of `null`, or of a type that ids do not have.
    IdType,
    /// The error has no numeric `code`.
    ErrorCode,
    /// The error has no `message` string.
    ErrorMessage,
    /// A member stands twice; the last one counts.
    DuplicateKey,
    /// Part of an array of messages (allowed by 2025-03-26 only).
    Batched,
    /// The last message read of an array that holds more than [`BATCH_MESSAGES`].
    BatchTooLong,
}

/// One message, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is.
    pub kind: Kind,
    /// How it departs from the standard.
    pub deviations: Vec<Deviation>,
}

impl Message {
    /// The id of an answer.
    pub const fn answers(&self) -> Option<&Id> {
        match &self.kind {
            Kind::Result { id } => Some(id),
            Kind::Error { id, .. } => id.as_ref(),
            _ => None,
        }
    }

    /// The method of a request or notification.
    pub fn method(&self) -> Option<&str> {
        match &self.kind {
            Kind::Request { method, .. } | Kind::Notification { method } => Some(method),
            _ => None,
        }
    }

    /// The id of a request.
    pub const fn asks(&self) -> Option<&Id> {
        match &self.kind {
            Kind::Request { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Code and message of an error.
    pub fn error(&self) -> Option<(Option<i64>, &str)> {
        match &self.kind {
            Kind::Error { code, message, .. } => Some((*code, message)),
            _ => None,
        }
    }

    /// Whether this is a message of the protocol at all.
    pub const fn is_rpc(&self) -> bool {
        !matches!(self.kind, Kind::Foreign | Kind::NotJson { .. })
    }
}

/// Reads a body or the data of an event: one message, or as many as an array holds.
pub fn read(text: &str) -> Vec<Message> {
    let scan = json::scan(text);
    if let Some(error) = &scan.error {
        let kind = Kind::NotJson { reason: error.reason.to_string(), at: error.at as usize };
        return alloc::vec![Message { kind, deviations: Vec::new() }];
    }
    let Some(root) = scan.root(text) else { return Vec::new() };
    if root.is_array() && root.items().next().is_some() {
        let mut messages: Vec<Message> = root.items().take(BATCH_MESSAGES).map(read_one).collect();
        messages.iter_mut().for_each(|message| message.deviations.push(Deviation::Batched));
        if root.items().nth(BATCH_MESSAGES).is_some()
            && let Some(last) = messages.last_mut()
        {
            last.deviations.push(Deviation::BatchTooLong);
        }
        return messages;
    }
    alloc::vec![read_one(root)]
}

fn read_one(node: Node<'_>) -> Message {
    let mut deviations = Vec::new();
    let kind = read_kind(node, &mut deviations);
    if !matches!(kind, Kind::Foreign) {
        if node.get("jsonrpc").and_then(|n| n.as_str()).as_deref() != Some("2.0") {
            deviations.push(Deviation::Version);
        }
        if !json::repeated_keys(node).is_empty() {
            deviations.push(Deviation::DuplicateKey);
        }
    }
    sort_by(&mut deviations, |deviation| [*deviation as u64, 0, 0]);
    Message { kind, deviations }
}

fn read_kind(node: Node<'_>, deviations: &mut Vec<Deviation>) -> Kind {
    if !node.is_object() {
        return Kind::Foreign;
    }
    let id = node.get("id").map(Id::read);
    if let Some(method) = node.get("method").and_then(|n| n.as_str()) {
        let method = clip(&method);
        return match id {
            None => Kind::Notification { method },
            Some(id) => {
                if matches!(id, Id::Null | Id::Other(_)) {
                    deviations.push(Deviation::IdType);
                }
                Kind::Request { id, method }
            }
        };
    }
    let result = node.get("result");
    let error = node.get("error").filter(|error| !error.is_null());
    // `{"error":"..."}` alone is some other program's error, not JSON-RPC's; so is `{"result":...}` without the envelope.
    let enveloped = node.get("jsonrpc").is_some();
    match (result, error) {
        (_, Some(error)) if error.is_object() && (enveloped || error.get("code").is_some()) => {
            if result.is_some() {
                deviations.push(Deviation::ResultAndError);
            }
            match &id {
                None => deviations.push(Deviation::MissingId),
                Some(Id::Null) => deviations.push(Deviation::NullId),
                Some(_) => {}
            }
            let code = error.get("code").and_then(|code| code.as_i64());
            let message = error.get("message").and_then(|message| message.as_str());
            if code.is_none() {
                deviations.push(Deviation::ErrorCode);
            }
            if message.is_none() {
                deviations.push(Deviation::ErrorMessage);
            }
            Kind::Error { id, code, message: message.map(|text| clip(&text)).unwrap_or_default() }
        }
        (Some(_), None) if enveloped || id.is_some() => match id {
            Some(id) => {
                if id == Id::Null {
                    deviations.push(Deviation::NullId);
                }
                Kind::Result { id }
            }
            None => {
                deviations.push(Deviation::MissingId);
                Kind::Result { id: Id::Null }
            }
        },
        _ => Kind::Foreign,
    }
}

fn clip(text: &str) -> String {
    text.chars().take(TEXT_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Message {
        let mut messages = read(text);
        assert_eq!(messages.len(), 1, "{text}");
        messages.remove(0)
    }

    #[test]
    fn the_four_shapes_are_told_apart() {
        assert_eq!(
            one(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#).kind,
            Kind::Request { id: Id::ours(1), method: "ping".into() }
        );
        assert_eq!(one(r#"{"jsonrpc":"2.0","method":"x"}"#).kind, Kind::Notification { method: "x".into() });
        assert_eq!(one(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#).kind, Kind::Result { id: Id::ours(1) });
        assert_eq!(
            one(r#"{"jsonrpc":"2.0","id":"a","error":{"code":-32601,"message":"no"}}"#).kind,
            Kind::Error { id: Some(Id::Text("a".into())), code: Some(-32601), message: "no".into() }
        );
    }

    #[test]
    fn ids_keep_their_type_and_their_digits() {
        let id = |text: &str| one(&alloc::format!(r#"{{"jsonrpc":"2.0","id":{text},"result":1}}"#)).answers().cloned();
        assert_ne!(id("1"), id("\"1\""));
        assert_ne!(id("1"), id("1.0"));
        assert_eq!(id("12345678901234567890"), Some(Id::Number("12345678901234567890".into())));
        assert_eq!(id("null"), Some(Id::Null));
    }

    #[test]
    fn departures_are_noted_and_the_rest_is_used() {
        let message = one(r#"{"id":null,"error":{"code":"x"},"result":1,"id":null}"#);
        assert!(matches!(message.kind, Kind::Error { code: None, .. }));
        assert_eq!(
            message.deviations,
            [
                Deviation::Version,
                Deviation::NullId,
                Deviation::ResultAndError,
                Deviation::ErrorCode,
                Deviation::ErrorMessage,
                Deviation::DuplicateKey
            ]
        );
    }

    #[test]
    fn other_peoples_json_is_foreign() {
        for text in [
            r#"{"detail":"Not Found"}"#,
            r#"{"error":"invalid_token","error_description":"x"}"#,
            r#"{"statusCode":401,"body":"{}"}"#,
            "[]",
            "1",
        ] {
            assert_eq!(one(text).kind, Kind::Foreign, "{text}");
        }
    }

    #[test]
    fn an_array_is_read_message_by_message() {
        let messages = read(r#"[{"jsonrpc":"2.0","id":1,"result":1},{"jsonrpc":"2.0","method":"x"}]"#);
        assert_eq!(messages.len(), 2);
        assert!(messages.iter().all(|message| message.deviations == [Deviation::Batched]));
    }

    #[test]
    fn of_an_array_without_end_only_the_beginning_is_read_and_says_so() {
        let messages = read(&alloc::format!("[{}1]", "1,".repeat(BATCH_MESSAGES)));
        assert_eq!(messages.len(), BATCH_MESSAGES);
        assert_eq!(messages[BATCH_MESSAGES - 1].deviations, [Deviation::Batched, Deviation::BatchTooLong]);
        assert_eq!(messages[0].deviations, [Deviation::Batched]);
    }

    #[test]
    fn what_is_not_json_says_where() {
        assert!(matches!(one(r#"{"a":}"#).kind, Kind::NotJson { at: 5, .. }));
    }
}
