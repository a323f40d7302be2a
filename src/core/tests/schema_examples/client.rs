//! What a client asks and answers.

use std::collections::BTreeSet;

use inspector_core::mcp::{Revision, capabilities, listen_params, mirrored, read_discover, request, retry_params};
use inspector_core::rpc::{Id, Kind};
use serde_json::Value;

use crate::Example;
use crate::asks::conversation;
use crate::reading::{json, one};

const REVISION: Revision = Revision::V2026_07_28;

/// What this client sends for a method and params is what the example shows: the same params, and all the example's `_meta`.
pub(crate) fn same_request(method: &str, params: &str) {
    let shown = json(params);
    let sent = request(REVISION, 1, method, params, shown["_meta"].get("progressToken").is_some());
    let message = one(&sent);
    assert!(message.deviations.is_empty());
    assert_eq!(message.kind, Kind::Request { id: Id::ours(1), method: method.to_owned() });
    let sent = &json(&sent)["params"];
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(members(sent), members(&shown));
    assert_eq!(members(&sent["_meta"]), members(&shown["_meta"]));
    for (key, value) in sent.as_object().unwrap().iter().filter(|(key, _)| *key != "_meta") {
        assert_eq!(*value, shown[key]);
    }
    assert_eq!(sent["_meta"]["io.modelcontextprotocol/protocolVersion"], REVISION.as_str());
}

pub(crate) fn request_sent(example: &Example) {
    let method = example.say("method");
    let params = example.json["params"].to_string();
    same_request(method, &params);
    let name = example.json["params"]["name"].as_str().or(example.json["params"]["uri"].as_str());
    let expected: Vec<(String, String)> = [("Mcp-Method", Some(method)), ("Mcp-Name", name)]
        .into_iter()
        .filter_map(|(key, value)| Some((key.into(), value?.into())))
        .collect();
    assert_eq!(mirrored(method, &params, None), expected);
}

pub(crate) fn params_sent(example: &Example) {
    same_request("x", &example.text);
}

pub(crate) fn listen_sent(example: &Example) {
    request_sent(example);
    let capabilities = r#"{"result":{"capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":true}}}}"#;
    let filter = &example.json["params"]["notifications"];
    let uris: Vec<String> = serde_json::from_value(filter["resourceSubscriptions"].clone()).unwrap();
    let params = json(&listen_params(&read_discover(capabilities).unwrap(), &uris));
    assert_eq!(params["notifications"], *filter);
}

/// What the example offers that this client can do, it offers in the same words.
pub(crate) fn client_capabilities(example: &Example) {
    let ours = json(capabilities(REVISION));
    for (name, options) in example.json.as_object().unwrap() {
        // The client has no model, so no tools for it either, and no extensions.
        let offered = !["context", "tools"].iter().any(|option| options.get(option).is_some()) && name != "extensions";
        assert_eq!(ours[name].is_object(), name != "extensions");
        if offered {
            let theirs = options.as_object().unwrap().keys();
            assert!(theirs.into_iter().all(|option| ours[name].get(option).is_some()));
        }
    }
}

pub(crate) fn answer_sent(example: &Example) {
    let answers = [("key".to_owned(), example.text.clone())];
    let params = json(&retry_params(r#"{"name":"x"}"#, &answers, None));
    assert_eq!(params, serde_json::json!({"name": "x", "inputResponses": {"key": json(&example.text)}}));
}

pub(crate) fn answers_sent(example: &Example) {
    let answers: Vec<(String, String)> =
        example.json.as_object().unwrap().iter().map(|(key, value)| (key.clone(), value.to_string())).collect();
    assert_eq!(json(&retry_params("{}", &answers, None))["inputResponses"], example.json);
}

pub(crate) fn sampled(example: &Example) {
    conversation(example);
    answer_sent(example);
}
