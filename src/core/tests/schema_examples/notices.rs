//! What a server says and refuses.

use inspector_core::mcp::*;
use inspector_core::rpc::Id;
use serde_json::Value;

use crate::Example;
use crate::reading::{json, one, params_of};

pub(crate) fn error(example: &Example) {
    let message = format!(r#"{{"jsonrpc":"2.0","id":1,"error":{}}}"#, example.text);
    let code = example.json["code"].as_i64();
    assert_eq!(one(&message).error(), Some((code, example.say("message"))));
    assert!(codes::name(code.unwrap()).is_some());
}

pub(crate) fn modern_error(example: &Example) {
    let shown = &example.json["error"];
    let (code, message) = (shown["code"].as_i64().unwrap(), shown["message"].as_str().unwrap());
    assert_eq!(one(&example.text).error(), Some((Some(code), message)));
    assert!(codes::name(code).is_some() && is_modern(code, 400, message));
}

pub(crate) fn version_error(example: &Example) {
    modern_error(example);
    assert_eq!(Value::from(read_supported(&example.text).unwrap()), example.json["error"]["data"]["supported"]);
}

pub(crate) fn progress(message: &str) {
    let shown = params_of(message);
    let Progress { token, progress, total, message } = read_progress(message).unwrap();
    assert_eq!(token, Id::Text(shown["progressToken"].as_str().unwrap().into()));
    assert_eq!(shown["progress"].as_i64().map(|whole| whole * 1_000), Some(progress));
    assert_eq!(
        (shown["total"].as_i64().map(|whole| whole * 1_000), shown["message"].as_str().unwrap()),
        (total, message.as_str())
    );
}

pub(crate) fn log(message: &str) {
    let shown = params_of(message);
    let LogLine { level, logger, data } = read_log(message).unwrap();
    assert_eq!((shown["level"].as_str(), shown["logger"].as_str()), (Some(level.as_str()), Some(logger.as_str())));
    assert_eq!(shown["data"], json(&data));
}

pub(crate) fn was_cancelled(message: &str) {
    let shown = params_of(message);
    let (id, reason) = read_cancelled(message).unwrap();
    assert_eq!(id, Id::Text(shown["requestId"].as_str().unwrap().into()));
    let sent = cancelled(&id, &reason);
    assert_eq!(params_of(&sent), shown);
}

pub(crate) fn updated(message: &str) {
    assert_eq!(read_updated(message).as_deref(), params_of(message)["uri"].as_str());
}

pub(crate) fn list_changed(example: &Example) {
    assert!(one(&example.text).method().is_some_and(|method| method.ends_with("/list_changed")));
    assert_eq!(read_subscription(&example.text), Some(Id::Text("listen-1".into())));
}

pub(crate) fn acknowledged(example: &Example) {
    let shown = &params_of(&example.text)["notifications"];
    let wanted = read_acknowledged(&example.text).unwrap();
    assert_eq!(wanted.tools, shown["toolsListChanged"] == true);
    assert_eq!(Value::from(wanted.uris), shown["resourceSubscriptions"]);
    assert!(!wanted.prompts && !wanted.resources);
}
