//! What holds for every request this client writes and every message it reads, whatever is in it.
#![allow(clippy::unwrap_used, reason = "a test that cannot read what was written must fail")]

use inspector_core::http::check_value;
use inspector_core::mcp::*;
use inspector_core::rpc::{self, Kind};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON of a few levels.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any_key(), inner), 0..4)
                .prop_map(|entries| Value::from(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Names that mean something to a reader.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "_meta", "result", "error", "params", "content", "type", "text", "resource", "tools",
    "messages", "role", "data", "code", "message", "supported", "inputRequests", "resultType", "completion",
    "values", "inputSchema", "properties", "x-mcp-header", "items", "arguments", "name", "uri", "progressToken",
    "progress", "capabilities", "supportedVersions", "elicitations",
];

/// Names of those, and some that mean nothing.
fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![4 => prop::sample::select(KEYS).prop_map(str::to_owned), 1 => any::<String>()]
}

fn any_object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map(any_key(), any_json(), 0..4).prop_map(|entries| entries.into_iter().collect())
}

fn any_revision() -> impl Strategy<Value = Revision> {
    prop::sample::select(Revision::ALL.as_slice())
}

proptest! {
    #[test]
    fn a_request_is_one_message_with_the_params_it_was_given(
        revision in any_revision(), id in any::<u32>(), method in any::<String>(), params in any_object(), progress in any::<bool>(),
    ) {
        let text = request(revision, id, &method, &Value::from(params.clone()).to_string(), progress);
        let messages = rpc::read(&text);
        prop_assert_eq!(messages.len(), 1);
        prop_assert!(messages[0].deviations.is_empty());
        let is_request = matches!(messages[0].kind, Kind::Request { .. });
        prop_assert!(is_request);
        let sent: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!((&sent["id"], &sent["method"]), (&json!(id), &json!(method)));
        for (key, value) in params.iter().filter(|(key, _)| *key != "_meta") {
            prop_assert_eq!(&sent["params"][key], value);
        }
        if progress {
            prop_assert_eq!(&sent["params"]["_meta"]["progressToken"], &json!(id));
        }
    }

    #[test]
    fn a_retry_asks_the_same_again(params in any_object(), key in any_key(), answer in any_json(), state in any::<String>()) {
        let text = Value::from(params.clone()).to_string();
        let state = Value::from(state);
        let sent: Value = serde_json::from_str(&retry_params(&text, &[(key.clone(), answer.to_string())], Some(&state.to_string()))).unwrap();
        prop_assert_eq!((&sent["inputResponses"][&key], &sent["requestState"]), (&answer, &state));
        prop_assert!(params.iter().all(|(key, value)| sent[key] == *value));
    }

    #[test]
    fn any_name_goes_into_a_header_and_comes_back(name in "\\PC*|[ -~\t]*|(=\\?base64\\?)?[a-z=?/ \r\n]*(\\?=)?") {
        let headers = mirrored("prompts/get", &json!({ "name": name }).to_string(), None);
        let value = &headers[1].1;
        prop_assert_eq!(check_value(value), None);
        prop_assert_eq!(value.trim(), value);
        let decoded = match value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) {
            Some(encoded) => String::from_utf8(from_base64(encoded)).unwrap(),
            None => value.clone(),
        };
        prop_assert_eq!(decoded, name);
    }

    #[test]
    fn no_message_breaks_a_reader(message in any_object(), cut in any::<prop::sample::Index>()) {
        let whole = Value::from(message).to_string();
        let at = (0..=whole.len()).rev().find(|at| *at <= cut.index(whole.len() + 1) && whole.is_char_boundary(*at)).unwrap();
        for text in [&whole, &whole[..at]] {
            let tool = Tool { raw: text.to_owned(), ..Tool::default() };
            annotation_flaws(&tool);
            mirrored("tools/call", text, Some(&tool));
            drop((read_initialize(text), read_discover(text), read_freshness(text), read_supported(text), read_result_kind(text)));
            drop((read_tools(text), read_prompts(text), read_resources(text), read_templates(text), read_completion(text)));
            drop((read_call(text), read_prompt_messages(text), read_contents(text), read_progress(text), read_log(text)));
            drop((read_cancelled(text), read_updated(text), read_acknowledged(text), read_subscription(text)));
            drop((read_elicitation(text), read_sampling(text), read_required_elicitations(text)));
        }
    }
}

/// The bytes of a text in base64 (RFC 4648 §4), padding and all.
fn from_base64(text: &str) -> Vec<u8> {
    let value =
        |byte: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|known| *known == byte);
    assert_eq!(text.len() % 4, 0);
    let digits: Vec<usize> = text.trim_end_matches('=').bytes().map(|byte| value(byte).unwrap()).collect();
    let bits = |chunk: &[usize]| chunk.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - chunk.len()));
    digits.chunks(4).flat_map(|chunk| bits(chunk).to_be_bytes()[5..][..chunk.len() - 1].to_vec()).collect()
}
