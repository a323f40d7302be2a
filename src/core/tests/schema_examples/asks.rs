//! What a server asks in a result.

use inspector_core::mcp::*;
use serde_json::Value;

use crate::Example;
use crate::reading::{each, json, no_unknown};

pub(crate) fn input_required(example: &Example) {
    let message = example.as_result();
    let ResultKind::InputRequired { asks, state } = read_result_kind(&message) else { panic!("{message}") };
    assert_eq!(state.map(|state| json(&state)), Some(example.json["requestState"].clone()));
    match example.json.get("inputRequests") {
        Some(shown) => asked(&shown.to_string()),
        None => assert_eq!(asks, []),
    }
}

/// Reads a map of asks, and each of them with the reader of its method.
pub(crate) fn asked(map: &str) {
    let message = format!(r#"{{"jsonrpc":"2.0","id":1,"result":{{"resultType":"input_required","inputRequests":{map}}}}}"#);
    let ResultKind::InputRequired { asks, .. } = read_result_kind(&message) else { panic!("{message}") };
    let shown = json(map);
    assert_eq!(asks.len(), shown.as_object().unwrap().len());
    for InputAsk { key, method, params } in asks {
        assert_eq!(shown[&key]["method"], *method);
        match method.as_str() {
            "elicitation/create" => elicitation(&params),
            "sampling/createMessage" => sampling(&params),
            "roots/list" => assert_eq!(params, ""),
            other => panic!("{other}"),
        }
    }
}

pub(crate) fn elicitation(params: &str) {
    let shown = json(params);
    match read_elicitation(params).unwrap() {
        Elicitation::Form { message, schema } => {
            assert_ne!(shown["mode"], "url");
            assert_eq!((shown["message"].as_str(), &shown["requestedSchema"]), (Some(message.as_str()), &json(&schema)));
        }
        Elicitation::Url { message, url } => {
            assert_eq!(shown["mode"], "url");
            assert_eq!((shown["message"].as_str(), shown["url"].as_str()), (Some(message.as_str()), Some(url.as_str())));
        }
    }
}

pub(crate) fn form_field(example: &Example) {
    let schema = format!(r#"{{"type":"object","properties":{{"field":{}}}}}"#, example.text);
    let params = format!(r#"{{"message":"?","requestedSchema":{schema}}}"#);
    assert_eq!(read_elicitation(&params), Some(Elicitation::Form { message: "?".into(), schema }));
}

/// A conversation of one message with this content.
pub(crate) fn in_message(content: &str) -> String {
    format!(r#"{{"messages":[{{"role":"assistant","content":{content}}}]}}"#)
}

pub(crate) fn sampling(params: &str) {
    let shown = json(params);
    let sampling = read_sampling(params).unwrap();
    assert_eq!(
        sampling.messages.iter().map(|message| message.role.clone()).collect::<Vec<_>>(),
        each(&shown["messages"], "role")
    );
    assert_eq!(
        (sampling.max_tokens, sampling.system.as_str()),
        (shown["maxTokens"].as_i64(), shown["systemPrompt"].as_str().unwrap_or_default())
    );
    assert_eq!(serde_json::from_str(&sampling.tools).unwrap_or(Value::Null), shown["tools"]);
    for (message, shown) in sampling.messages.iter().zip(shown["messages"].as_array().unwrap()) {
        let blocks = shown["content"].as_array().cloned().unwrap_or_else(|| vec![shown["content"].clone()]);
        assert_eq!(message.parts.len(), blocks.len());
        for (part, block) in message.parts.iter().zip(&blocks) {
            match part {
                SamplingPart::Content(Content::Text(text)) => assert_eq!(block["text"], **text),
                SamplingPart::ToolUse { id, name, input } => {
                    assert_eq!((&block["id"], &block["name"], &block["input"]), (&id[..].into(), &name[..].into(), &json(input)));
                }
                SamplingPart::ToolResult { id, content, is_error } => {
                    assert_eq!((&block["toolUseId"], *is_error), (&id[..].into(), false));
                    no_unknown(content);
                }
                SamplingPart::Content(other) => panic!("{other:?}"),
            }
        }
    }
}

pub(crate) fn conversation(example: &Example) {
    sampling(&format!(r#"{{"messages":[{}]}}"#, example.text));
}

pub(crate) fn preferences(example: &Example) {
    let sampling = read_sampling(&format!(r#"{{"messages":[],"modelPreferences":{}}}"#, example.text)).unwrap();
    assert_eq!(sampling.models, each(&example.json["hints"], "name"));
}
