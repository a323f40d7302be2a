//! Whatever is sent, the server does not panic, and what it answers can be read.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use crate::client::{Lab, STATELESS, USUAL, initialize};

const METHODS: [&str; 24] = [
    "initialize",
    "ping",
    "tools/list",
    "tools/call",
    "prompts/list",
    "prompts/get",
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "resources/subscribe",
    "resources/unsubscribe",
    "completion/complete",
    "logging/setLevel",
    "server/discover",
    "subscriptions/listen",
    "notifications/initialized",
    "notifications/cancelled",
    "elicitation/create",
    "slow_count",
    "far_call",
    "ask_name",
    "add_tool",
    "weather",
    "by_region",
];

/// Any JSON, with words of the protocol in it.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let word = prop::sample::select(&METHODS[..]).prop_map(|word| json!(word));
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|value| json!(value)),
        any::<i64>().prop_map(|value| json!(value)),
        any::<f64>().prop_map(|value| json!(value)),
        ".{0,12}".prop_map(|value| json!(value)),
        word,
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop::sample::select(
            &[
                "name",
                "arguments",
                "uri",
                "cursor",
                "ref",
                "argument",
                "value",
                "_meta",
                "progressToken",
                "requestId",
                "level",
                "notifications",
                "requestState",
                "inputResponses",
                "text",
                "city",
                "detail",
                "days",
                "n",
                "delay",
                "a",
                "b",
            ][..],
        );
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(|items| json!(items)),
            prop::collection::btree_map(key, inner, 0..4).prop_map(|entries| json!(entries)),
        ]
    })
}

/// A message that is nearly one.
fn message() -> impl Strategy<Value = serde_json::Value> {
    (prop::sample::select(&METHODS[..]), value(), value())
        .prop_map(|(method, id, params)| json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_make_it_panic(
        method in prop_oneof![Just("GET".to_owned()), Just("POST".to_owned()), Just("DELETE".to_owned()), ".{0,6}"],
        target in prop_oneof![Just("/mcp".to_owned()), Just("/sse".to_owned()), "/messages\\?sessionId=.{0,8}", ".{0,12}"],
        headers in vec((prop::sample::select(&["accept", "content-type", "mcp-session-id", "mcp-protocol-version", "last-event-id",
            "origin", "mcp-method", "mcp-name"][..]), ".{0,16}"), 0..6),
        usual in any::<bool>(),
        body in vec(any::<u8>(), 0..64),
    ) {
        let mut lab = Lab::new();
        let own = headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers: Vec<_> = own.chain(USUAL.into_iter().filter(|_| usual)).collect();
        let id = lab.send(&method, &target, &headers, &body);
        prop_assert!(lab.reply(id).status >= 200);
        lab.wait(60_000);
    }

    #[test]
    fn no_messages_make_it_panic_in_a_session(messages in vec(message(), 1..5), give_up in any::<bool>()) {
        let mut lab = Lab::new();
        for revision in ["2025-03-26", "2025-11-25"] {
            let session = lab.session_that(revision, json!({"elicitation": {}, "sampling": {}, "roots": {}}));
            let standing = lab.get_in(&session, &[]);
            for message in &messages {
                let id = lab.post_in(&session, message);
                if give_up {
                    lab.close(id);
                }
                lab.wait(700);
                if lab.reply(id).status == 200 {
                    lab.reply(id).messages();
                }
            }
            let batch = lab.post_in(&session, &json!(messages));
            lab.wait(700_000);
            prop_assert!(lab.reply(batch).ended);
            lab.reply(standing).messages();
        }
    }

    #[test]
    fn no_messages_make_it_panic_in_the_stateless_era(messages in vec(message(), 1..5)) {
        let mut lab = Lab::new();
        for message in &messages {
            let method = message["method"].as_str().unwrap_or_default();
            if message["params"].is_object() {
                let id = lab.begin(method, message["params"].clone());
                lab.wait(700);
                lab.reply(id).messages();
            }
            let headers = [("mcp-protocol-version", STATELESS), ("mcp-method", method)];
            let id = lab.post_with(&headers, &message.to_string());
            prop_assert!(lab.reply(id).status >= 200);
        }
    }

    #[test]
    fn no_messages_make_it_panic_over_http_sse(messages in vec(message(), 1..5)) {
        let mut lab = Lab::new();
        let stream = lab.send("GET", "/sse", &[], b"");
        let address = lab.reply(stream).events().remove(0).data.unwrap_or_default();
        let json = [("content-type", "application/json")];
        lab.send("POST", &address, &json, initialize("2024-11-05", json!({"sampling": {}})).to_string().as_bytes());
        for message in &messages {
            let id = lab.send("POST", &address, &json, message.to_string().as_bytes());
            prop_assert!(matches!(lab.reply(id).status, 202 | 400));
            lab.wait(1_000);
        }
        prop_assert!(lab.reply(stream).events().len() >= 2);
    }
}
