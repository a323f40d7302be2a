//! What the readers of the examples share.

use inspector_core::mcp::{Content, Freshness, ResultKind, read_freshness, read_result_kind};
use inspector_core::rpc::{self, Kind, Message};
use serde_json::Value;

/// The one message of a text, which is a message.
pub(crate) fn one(text: &str) -> Message {
    let messages = rpc::read(text);
    assert_eq!(messages.len(), 1);
    assert!(messages[0].is_rpc(), "{text}");
    messages[0].clone()
}

pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The result in a message, which is one.
pub(crate) fn result_of(message: &str) -> Value {
    assert!(matches!(one(message).kind, Kind::Result { .. }));
    json(message)["result"].take()
}

/// The same member of every item of a list.
pub(crate) fn each(list: &Value, key: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap_or_default().to_owned()).collect()
}

pub(crate) fn no_unknown(content: &[Content]) {
    assert!(!content.is_empty() && !content.iter().any(|content| matches!(content, Content::Unknown(_))), "{content:?}");
}

/// The freshness of a result, which is complete, as both libraries read it.
pub(crate) fn fresh(message: &str) -> (Option<i64>, String) {
    let result = result_of(message);
    assert_eq!(read_result_kind(message), ResultKind::Complete);
    let Freshness { ttl_ms, scope } = read_freshness(message);
    assert_eq!(ttl_ms, result["ttlMs"].as_i64());
    assert_eq!(scope, result["cacheScope"].as_str().unwrap_or_default());
    (ttl_ms, scope)
}

/// The params of a notification, which is one.
pub(crate) fn params_of(message: &str) -> Value {
    assert!(matches!(one(message).kind, Kind::Notification { .. }));
    json(message)["params"].take()
}
