//! The stateless era (2026-07-28): what a request must carry, how it is refused, and what every result says.

use serde_json::{Value, json};

use crate::client::{Lab, STATELESS, USUAL};

/// A whole request, to be spoilt.
fn request(method: &str, params: Value) -> Value {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": STATELESS,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let mut params = params;
    params["_meta"] = meta;
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

fn refused(headers: &[(&str, &str)], message: &Value) -> (u16, i64) {
    let mut lab = Lab::new();
    let id = lab.post_with(headers, &message.to_string());
    assert_eq!(lab.reply(id).json()["id"], 1, "the error names its request");
    (lab.reply(id).status, lab.reply(id).error_code())
}

const VERSION: (&str, &str) = ("mcp-protocol-version", STATELESS);

#[test]
fn discover_tells_versions_capabilities_and_how_long_that_holds() {
    let result = Lab::new().ask("server/discover", json!({})).result();
    assert_eq!(result["supportedVersions"][0], STATELESS);
    assert_eq!(result["capabilities"]["tools"]["listChanged"], true);
    assert!(result["instructions"].is_string());
    assert_eq!((result["ttlMs"].as_u64(), result["cacheScope"].as_str()), (Some(60_000), Some("public")));
}

#[test]
fn every_result_says_its_type_and_whose_it_is() {
    let mut lab = Lab::new();
    for (method, params) in [
        ("server/discover", json!({})),
        ("tools/list", json!({})),
        ("tools/call", json!({"name": "echo", "arguments": {"text": "hi"}})),
        ("prompts/list", json!({})),
        ("prompts/get", json!({"name": "greet", "arguments": {"name": "Ada"}})),
        ("resources/list", json!({})),
        ("resources/templates/list", json!({})),
        ("resources/read", json!({"uri": "demo://guide"})),
        (
            "completion/complete",
            json!({"ref": {"type": "ref/prompt", "name": "greet"}, "argument": {"name": "style", "value": ""}}),
        ),
    ] {
        let reply = lab.ask(method, params);
        assert_eq!((reply.status, reply.result()["resultType"].as_str()), (200, Some("complete")), "{method}");
        assert_eq!(reply.result()["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "inspector-demo", "{method}");
    }
}

#[test]
fn exactly_the_cacheable_results_say_how_long_they_hold() {
    let mut lab = Lab::new();
    for method in ["server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list"] {
        let result = lab.ask(method, json!({})).result();
        assert!(result["ttlMs"].is_u64() && result["cacheScope"] == "public", "{method}");
    }
    let read = lab.ask("resources/read", json!({"uri": "demo://calls"})).result();
    assert_eq!(read["ttlMs"], 0, "it changes with every call");
    let called = lab.ask("tools/call", json!({"name": "picture"})).result();
    assert!(called.get("ttlMs").is_none());
}

#[test]
fn every_page_of_a_list_has_the_same_cache_scope() {
    let mut lab = Lab::new();
    let first = lab.ask("tools/list", json!({})).result();
    let second = lab.ask("tools/list", json!({"cursor": first["nextCursor"]})).result();
    assert_eq!(first["cacheScope"], second["cacheScope"]);
}

#[test]
fn meta_without_a_required_field_gets_400_and_invalid_params() {
    let headers = [VERSION, ("mcp-method", "tools/list")];
    for field in ["protocolVersion", "clientCapabilities"] {
        let mut message = request("tools/list", json!({}));
        message["params"]["_meta"].as_object_mut().unwrap().remove(&format!("io.modelcontextprotocol/{field}"));
        assert_eq!(refused(&headers, &message), (400, -32602), "{field}");
    }
    let mut message = request("tools/list", json!({}));
    message["params"].as_object_mut().unwrap().remove("_meta");
    assert_eq!(refused(&headers, &message), (400, -32602));
    message.as_object_mut().unwrap().remove("params");
    assert_eq!(refused(&headers, &message), (400, -32602));
}

#[test]
fn client_info_is_not_required() {
    let id = &mut Lab::new();
    let sent = id.post_with(&[VERSION, ("mcp-method", "tools/list")], &request("tools/list", json!({})).to_string());
    assert_eq!(id.reply(sent).status, 200);
}

#[test]
fn a_body_that_names_its_version_without_the_header_is_a_header_mismatch() {
    assert_eq!(refused(&[("mcp-method", "tools/list")], &request("tools/list", json!({}))), (400, -32020));
}

#[test]
fn a_version_header_that_is_not_what_the_body_says_is_a_header_mismatch() {
    let mut message = request("tools/list", json!({}));
    message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("2026-07-29");
    assert_eq!(refused(&[VERSION, ("mcp-method", "tools/list")], &message), (400, -32020));
}

#[test]
fn a_version_that_is_not_spoken_gets_400_with_those_that_are() {
    let mut message = request("tools/list", json!({}));
    message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("2027-01-01");
    let headers = [("mcp-protocol-version", "2027-01-01"), ("mcp-method", "tools/list")];
    let mut lab = Lab::new();
    let id = lab.post_with(&headers, &message.to_string());
    assert_eq!((lab.reply(id).status, lab.reply(id).error_code()), (400, -32022));
    let data = lab.reply(id).json()["error"]["data"].clone();
    assert_eq!(data, json!({"supported": [STATELESS, "2025-11-25", "2025-06-18", "2025-03-26"], "requested": "2027-01-01"}));
}

#[test]
fn the_method_header_must_say_the_method() {
    let message = request("tools/list", json!({}));
    assert_eq!(refused(&[VERSION], &message), (400, -32020));
    for said in ["tools/call", "Tools/List", "", "=?base64?!?="] {
        assert_eq!(refused(&[VERSION, ("mcp-method", said)], &message), (400, -32020), "{said}");
    }
}

#[test]
fn the_name_header_must_say_the_tool_the_prompt_or_the_resource() {
    for (method, params, name) in [
        ("tools/call", json!({"name": "picture"}), "picture"),
        ("prompts/get", json!({"name": "greet", "arguments": {"name": "Ada"}}), "greet"),
        ("resources/read", json!({"uri": "demo://guide"}), "demo://guide"),
    ] {
        let message = request(method, params);
        assert_eq!(refused(&[VERSION, ("mcp-method", method)], &message), (400, -32020), "{method}");
        let wrong = [VERSION, ("mcp-method", method), ("mcp-name", "other")];
        assert_eq!(refused(&wrong, &message), (400, -32020), "{method}");
        let mut lab = Lab::new();
        let id = lab.post_with(&[VERSION, ("mcp-method", method), ("mcp-name", name)], &message.to_string());
        assert_eq!(lab.reply(id).status, 200, "{method}");
    }
}

#[test]
fn a_name_in_base64_is_decoded_before_it_is_compared() {
    let message = request("tools/call", json!({"name": "picture"}));
    for (said, status) in
        [("=?base64?cGljdHVyZQ==?=", 200), ("=?base64?ZWNobw==?=", 400), ("=?BASE64?cGljdHVyZQ==?=", 400), ("=?base64?%?=", 400)]
    {
        let mut lab = Lab::new();
        let id = lab.post_with(&[VERSION, ("mcp-method", "tools/call"), ("mcp-name", said)], &message.to_string());
        assert_eq!(lab.reply(id).status, status, "{said}");
    }
}

#[test]
fn an_annotated_parameter_must_be_in_its_header() {
    let call = |arguments: Value| request("tools/call", json!({"name": "by_region", "arguments": arguments}));
    let usual = [VERSION, ("mcp-method", "tools/call"), ("mcp-name", "by_region")];
    let status = |more: &[(&str, &str)], arguments: Value| {
        let mut lab = Lab::new();
        let id = lab.post_with(&[&usual[..], more].concat(), &call(arguments).to_string());
        let code = lab.reply(id).json()["error"]["code"].clone();
        assert!(code.is_null() == (lab.reply(id).status == 200) && (code.is_null() || code == -32020), "{code}");
        lab.reply(id).status
    };
    let europe = ("mcp-param-region", "europe");
    assert_eq!(status(&[europe], json!({"region": "europe"})), 200);
    assert_eq!(status(&[], json!({"region": "europe"})), 400, "missing");
    assert_eq!(status(&[europe], json!({"region": "africa"})), 400, "another value");
    assert_eq!(status(&[("mcp-param-region", "=?base64?ZXVyb3Bl?=")], json!({"region": "europe"})), 200, "encoded");
    assert_eq!(status(&[("mcp-param-region", "euro\u{7}pe")], json!({"region": "europe"})), 400, "a control character");
    assert_eq!(status(&[europe, ("mcp-param-priority", "2")], json!({"region": "europe"})), 400, "nothing to repeat");
    assert_eq!(status(&[europe, ("mcp-param-priority", "2.0")], json!({"region": "europe", "priority": 2})), 200, "a number");
    assert_eq!(status(&[europe, ("mcp-param-priority", "3")], json!({"region": "europe", "priority": 2})), 400, "another number");
    assert_eq!(status(&[europe], json!({"region": "europe", "priority": null})), 200, "null is no value");
}

#[test]
fn a_method_that_is_not_there_gets_404_and_method_not_found() {
    let mut lab = Lab::new();
    for method in
        ["ping", "initialize", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "tasks/get", "tools/lists"]
    {
        let reply = lab.ask(method, json!({}));
        assert_eq!((reply.status, reply.error_code()), (404, -32601), "{method}");
    }
}

#[test]
fn a_resource_that_is_not_there_is_an_invalid_params_error() {
    let reply = Lab::new().ask("resources/read", json!({"uri": "demo://nothing"}));
    assert_eq!((reply.status, reply.error_code()), (200, -32602));
    assert_eq!(reply.json()["error"]["data"]["uri"], "demo://nothing");
}

#[test]
fn a_notification_gets_202_and_a_response_400() {
    let mut lab = Lab::new();
    let id = lab.post_with(&[VERSION], r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#);
    assert_eq!((lab.reply(id).status, lab.reply(id).body.as_str()), (202, ""));
    let other = json!({"_meta": {"io.modelcontextprotocol/protocolVersion": "2027-01-01"}});
    let id = lab.post_with(&[VERSION], &json!({"jsonrpc": "2.0", "method": "notifications/x", "params": other}).to_string());
    assert_eq!((lab.reply(id).status, lab.reply(id).error_code()), (400, -32020));
    let id = lab.post_with(&[VERSION], r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    assert_eq!((lab.reply(id).status, lab.reply(id).error_code()), (400, -32600));
}

#[test]
fn a_batch_gets_400() {
    let mut lab = Lab::new();
    let id = lab.post_with(&[VERSION], &json!([request("tools/list", json!({}))]).to_string());
    assert_eq!((lab.reply(id).status, lab.reply(id).error_code()), (400, -32600));
}

#[test]
fn a_session_id_is_ignored_and_none_is_given() {
    let mut lab = Lab::new();
    let headers = [VERSION, ("mcp-method", "tools/list"), ("mcp-session-id", "stale"), ("last-event-id", "1-1")];
    let id = lab.post_with(&headers, &request("tools/list", json!({})).to_string());
    assert_eq!((lab.reply(id).status, lab.reply(id).header("mcp-session-id")), (200, ""));
}

#[test]
fn both_eras_are_served_on_one_endpoint_at_the_same_time() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let stateless = lab.ask("tools/list", json!({})).result();
    let in_session = lab.ask_in(&session, "tools/list", json!({})).result();
    assert_eq!(stateless["tools"], in_session["tools"]);
    assert!(in_session.get("resultType").is_none() && in_session.get("ttlMs").is_none());
}

#[test]
fn a_slow_answer_comes_on_a_stream_without_ids_and_asks_proxies_to_pass_it_on() {
    let mut lab = Lab::new();
    let params = json!({"name": "slow_count", "arguments": {"n": 2}, "_meta": {"progressToken": 9}});
    let id = lab.begin("tools/call", params);
    assert!(lab.reply(id).is_stream());
    assert_eq!(lab.reply(id).header("x-accel-buffering"), "no");
    lab.wait(10_000);
    let methods: Vec<_> = lab.reply(id).messages().iter().map(|message| message["method"].clone()).collect();
    assert_eq!(methods, [json!("notifications/progress"), json!("notifications/progress"), Value::Null]);
    assert!(lab.reply(id).ended);
    assert!(lab.reply(id).events().iter().all(|event| event.id.is_none() && event.retry.is_none()));
}

#[test]
fn closing_the_stream_cancels_the_call() {
    let mut lab = Lab::new();
    let id = lab.begin("tools/call", json!({"name": "slow_count", "arguments": {"n": 50}}));
    assert!(lab.wakes_at().is_some());
    lab.close(id);
    assert_eq!(lab.wakes_at(), None);
    lab.wait(60_000);
    assert!(!lab.reply(id).ended);
}

#[test]
fn a_log_message_comes_only_for_a_request_that_asks_for_its_level() {
    let logged = |level: Option<&str>| {
        let mut lab = Lab::new();
        let meta = level.map_or(json!({}), |level| json!({"io.modelcontextprotocol/logLevel": level}));
        let reply = lab.ask("tools/call", json!({"name": "failing", "_meta": meta}));
        assert_eq!(reply.result()["isError"], true);
        reply.messages().iter().filter(|message| message["method"] == "notifications/message").count()
    };
    assert_eq!(logged(None), 0);
    for (level, count) in [("debug", 1), ("info", 1), ("error", 1), ("critical", 0), ("emergency", 0)] {
        assert_eq!(logged(Some(level)), count, "{level}");
    }
}

#[test]
fn a_log_level_that_is_none_is_an_invalid_params_error() {
    for level in [json!("loud"), json!(3), json!(null)] {
        let reply = Lab::new().ask("tools/list", json!({"_meta": {"io.modelcontextprotocol/logLevel": level}}));
        assert_eq!(reply.error_code(), -32602, "{level}");
    }
}

#[test]
fn a_tool_that_needs_what_the_client_did_not_declare_gets_400_and_what_is_missing() {
    for (tool, required) in [
        ("ask_name", json!({"elicitation": {"form": {}}})),
        ("ask_model", json!({"sampling": {}})),
        ("show_roots", json!({"roots": {}})),
    ] {
        let reply = Lab::new().ask("tools/call", json!({"name": tool}));
        assert_eq!((reply.status, reply.error_code()), (400, -32021), "{tool}");
        assert_eq!(reply.json()["error"]["data"]["requiredCapabilities"], required);
    }
}

#[test]
fn a_client_that_takes_addresses_and_no_forms_is_not_asked_to_fill_in_one() {
    for (declared, status) in
        [(json!({}), 200), (json!({"form": {}}), 200), (json!({"form": {}, "url": {}}), 200), (json!({"url": {}}), 400)]
    {
        let mut lab = Lab::new();
        let id = lab.begin_as(json!({"elicitation": declared}), "tools/call", json!({"name": "ask_name"}));
        assert_eq!(lab.reply(id).status, status, "{declared}");
    }
}

/// A first call of `ask_name`, and the state it is answered with.
fn asked(lab: &mut Lab) -> String {
    let id = lab.begin_as(json!({"elicitation": {}}), "tools/call", json!({"name": "ask_name"}));
    let result = lab.reply(id).result();
    assert_eq!(result["resultType"], "input_required");
    assert_eq!(result["inputRequests"]["name"]["method"], "elicitation/create");
    assert!(result.get("ttlMs").is_none(), "what is unfinished is not cached");
    result["requestState"].as_str().unwrap().to_owned()
}

fn answered(lab: &mut Lab, name: &str, state: Value, responses: Value) -> crate::client::Reply {
    let mut params = json!({"name": name, "inputResponses": responses});
    if !state.is_null() {
        params["requestState"] = state;
    }
    let id = lab.begin_as(json!({"elicitation": {}, "sampling": {}}), "tools/call", params);
    lab.reply(id).clone()
}

#[test]
fn a_tool_that_asks_is_done_once_the_answer_and_the_state_come_back() {
    let mut lab = Lab::new();
    let state = asked(&mut lab);
    let accepted = json!({"name": {"action": "accept", "content": {"name": "Ada", "greeting": "Ahoy"}}});
    assert_eq!(answered(&mut lab, "ask_name", json!(state), accepted).said(), "Ahoy, Ada!");
}

#[test]
fn nothing_is_remembered_between_the_question_and_the_answer() {
    let mut lab = Lab::new();
    let state = asked(&mut lab);
    assert_eq!(lab.wakes_at(), None);
    // Another server of the same kind can finish it.
    let mut other = Lab::new();
    let declined = json!({"name": {"action": "decline"}});
    assert_eq!(answered(&mut other, "ask_name", json!(state), declined).said(), "You would rather not say. That is fine.");
}

#[test]
fn an_answer_that_is_missing_is_asked_for_again() {
    let mut lab = Lab::new();
    let state = json!(asked(&mut lab));
    for responses in [json!({}), json!({"other": {}})] {
        let again = answered(&mut lab, "ask_name", state.clone(), responses);
        assert_eq!(again.result()["resultType"], "input_required");
    }
}

#[test]
fn an_answer_that_is_none_is_an_invalid_params_error() {
    let mut lab = Lab::new();
    let state = json!(asked(&mut lab));
    for responses in [json!([]), json!("Ada"), json!({"name": "Ada"}), json!({"name": null})] {
        assert_eq!(answered(&mut lab, "ask_name", state.clone(), responses.clone()).error_code(), -32602, "{responses}");
    }
}

#[test]
fn a_state_that_was_not_given_for_this_call_is_refused() {
    let mut lab = Lab::new();
    let state = asked(&mut lab);
    let accepted = json!({"name": {"action": "accept", "content": {"name": "Ada"}}});
    let later = state.replacen(char::is_numeric, "9", 1);
    for forged in [json!(null), json!(""), json!("1.2"), json!(7), json!(later), json!(format!("{state}0"))] {
        assert_eq!(answered(&mut lab, "ask_name", forged.clone(), accepted.clone()).error_code(), -32602, "{forged}");
    }
    let answer = json!({"answer": {"role": "assistant", "content": {"type": "text", "text": "x"}, "model": "m"}});
    assert_eq!(answered(&mut lab, "ask_model", json!(state), answer).error_code(), -32602, "of another tool");
}

#[test]
fn a_state_holds_for_ten_minutes() {
    let mut lab = Lab::new();
    let state = json!(asked(&mut lab));
    let accepted = json!({"name": {"action": "accept", "content": {"name": "Ada"}}});
    lab.wait(600_000);
    assert_eq!(answered(&mut lab, "ask_name", state.clone(), accepted.clone()).said(), "Hello, Ada!");
    lab.wait(1);
    assert_eq!(answered(&mut lab, "ask_name", state, accepted).error_code(), -32602);
}

#[test]
fn a_far_call_is_answered_without_coming_back() {
    let mut lab = Lab::new();
    let id = lab.begin("tools/call", json!({"name": "far_call"}));
    assert!(!lab.reply(id).ended);
    lab.wait(2_000);
    assert!(lab.reply(id).said().contains("no polling"));
}

#[test]
fn a_subscription_is_acknowledged_first_and_only_for_what_is_told_here() {
    let mut lab = Lab::new();
    let wanted = json!({
        "toolsListChanged": true, "promptsListChanged": true, "resourcesListChanged": true,
        "resourceSubscriptions": ["demo://calls", "demo://nothing", "demo://calls", 7],
    });
    let id = lab.begin("subscriptions/listen", json!({"notifications": wanted}));
    let first = lab.reply(id).messages().remove(0);
    assert_eq!(first["method"], "notifications/subscriptions/acknowledged");
    assert_eq!(first["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], 1);
    assert_eq!(first["params"]["notifications"], json!({"toolsListChanged": true, "resourceSubscriptions": ["demo://calls"]}));
    assert!(!lab.reply(id).ended);
}

#[test]
fn a_subscription_without_a_filter_is_an_invalid_params_error() {
    let mut lab = Lab::new();
    for params in [json!({}), json!({"notifications": true})] {
        assert_eq!(lab.ask("subscriptions/listen", params).error_code(), -32602);
    }
}

#[test]
fn a_quiet_subscription_gets_a_comment_every_15_seconds() {
    let mut lab = Lab::new();
    let id = lab.begin("subscriptions/listen", json!({"notifications": {}}));
    lab.wait(45_000);
    assert_eq!(lab.reply(id).events().iter().filter(|event| event.comment).count(), 3);
}

#[test]
fn the_oldest_of_too_many_subscriptions_ends_with_the_answer_to_its_request() {
    let mut lab = Lab::new();
    let all: Vec<_> =
        (0..9).map(|_| lab.begin("subscriptions/listen", json!({"notifications": {"toolsListChanged": true}}))).collect();
    let oldest = lab.reply(all[0]);
    assert!(oldest.ended);
    assert_eq!((oldest.answer()["id"].clone(), oldest.result()["resultType"].clone()), (json!(1), json!("complete")));
    assert_eq!(oldest.result()["_meta"]["io.modelcontextprotocol/subscriptionId"], 1);
    assert!(all[1..].iter().all(|id| !lab.reply(*id).ended));
}

#[test]
fn initialize_without_the_header_opens_a_session_also_after_stateless_requests() {
    let mut lab = Lab::new();
    lab.ask("server/discover", json!({}));
    assert!(!lab.initialize("2025-11-25", json!({})).header("mcp-session-id").is_empty());
    let id = lab.send("POST", "/mcp", &USUAL, request("initialize", json!({})).to_string().as_bytes());
    assert_eq!(lab.reply(id).error_code(), -32020, "a body of the stateless era is one, whatever it asks for");
}
