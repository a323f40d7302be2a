//! The tools: how they are listed, how arguments are checked, and what each of them shows.

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::client::{HANDSHAKES, Lab, Session};

/// Every tool of every page.
fn listed(lab: &mut Lab, session: &Session) -> Vec<Value> {
    let mut tools = Vec::new();
    let mut params = json!({});
    loop {
        let page = lab.ask_in(session, "tools/list", params).result();
        tools.extend(page["tools"].as_array().unwrap().clone());
        match page.get("nextCursor") {
            Some(cursor) => params = json!({"cursor": cursor}),
            None => return tools,
        }
    }
}

fn names(tools: &[Value]) -> Vec<&str> {
    tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect()
}

#[test]
fn the_list_has_two_pages_and_the_same_order_every_time() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let first = lab.ask_in(&session, "tools/list", json!({})).result();
    let second = lab.ask_in(&session, "tools/list", json!({"cursor": first["nextCursor"]})).result();
    assert_eq!(first["tools"].as_array().unwrap().len(), 8);
    assert_eq!((second["tools"].as_array().unwrap().len(), second.get("nextCursor")), (6, None));
    assert_eq!(names(&listed(&mut lab, &session)), names(&listed(&mut lab, &session)));
}

#[test]
fn a_cursor_nobody_gave_is_an_invalid_params_error() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    for cursor in
        [json!(""), json!("8"), json!("after-0"), json!("after-7"), json!("after-800"), json!("after--8"), json!(8), json!(null)]
    {
        assert_eq!(lab.ask_in(&session, "tools/list", json!({"cursor": cursor})).error_code(), -32602, "{cursor}");
    }
}

#[test]
fn a_tool_is_listed_with_what_its_revision_knows() {
    for (revision, keys) in [
        ("2025-03-26", &["annotations", "description", "inputSchema", "name"][..]),
        ("2025-06-18", &["annotations", "description", "inputSchema", "name", "outputSchema", "title"]),
        ("2025-11-25", &["annotations", "description", "inputSchema", "name", "outputSchema", "title"]),
    ] {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let tools = listed(&mut lab, &session);
        let add = tools.iter().find(|tool| tool["name"] == "add").unwrap();
        assert_eq!(add.as_object().unwrap().keys().collect::<Vec<_>>(), keys, "{revision}");
        assert!(tools.iter().all(|tool| tool["inputSchema"]["type"] == "object"), "{revision}");
    }
}

#[test]
fn a_tool_nobody_knows_is_an_invalid_params_error() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        for params in [json!({"name": "nothing"}), json!({}), json!({"name": 7})] {
            let reply = lab.ask_in(&session, "tools/call", params);
            assert_eq!((reply.status, reply.error_code()), (200, -32602), "{revision}");
        }
    }
}

#[test]
fn a_wrong_argument_is_an_error_before_2025_11_25_and_a_result_the_model_can_read_since() {
    for arguments in [json!({}), json!({"text": 7}), json!({"text": "hi", "more": 1}), json!([]), json!("hi"), json!(null)] {
        for revision in ["2025-03-26", "2025-06-18"] {
            let mut lab = Lab::new();
            let session = lab.session(revision);
            assert_eq!(lab.call_tool(&session, "echo", arguments.clone()).error_code(), -32602, "{revision} {arguments}");
        }
        let mut lab = Lab::new();
        let session = lab.session("2025-11-25");
        let result = lab.call_tool(&session, "echo", arguments.clone()).result();
        assert_eq!(result["isError"], true, "{arguments}");
        let result = lab.ask("tools/call", json!({"name": "echo", "arguments": arguments})).result();
        assert_eq!(result["isError"], true, "{arguments}");
    }
}

fn said(name: &str, arguments: Value) -> String {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    lab.call_tool(&session, name, arguments).said()
}

#[test]
fn echo_says_every_text_back_as_it_was() {
    for text in ["hi", "", "\u{0}\u{1b}\"\\\n\r\u{2028}é漢🦀", "data: x\n\nid: 7"] {
        assert_eq!(said("echo", json!({"text": text})), text);
    }
}

#[test]
fn add_adds_decimals_exactly_and_gives_data_that_fits_its_schema() {
    for (a, b, sum) in
        [("1", "2", "3"), ("0.1", "0.2", "0.3"), ("-1.5", "1.5", "0"), ("1e3", "-0.001", "999.999"), ("-0.25", "0", "-0.25")]
    {
        let mut lab = Lab::new();
        let session = lab.session("2025-11-25");
        let arguments: Value = serde_json::from_str(&format!("{{\"a\":{a},\"b\":{b}}}")).unwrap();
        let result = lab.call_tool(&session, "add", arguments).result();
        assert_eq!(result["content"][0]["text"], sum);
        assert_eq!(result["structuredContent"]["sum"].as_f64(), sum.parse().ok());
    }
}

#[test]
fn structured_results_came_with_2025_06_18() {
    for (revision, structured) in [("2025-03-26", false), ("2025-06-18", true), ("2025-11-25", true)] {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let result = lab.call_tool(&session, "add", json!({"a": 1, "b": 2})).result();
        assert_eq!(result.get("structuredContent").is_some(), structured, "{revision}");
    }
}

#[test]
fn weather_takes_choices_a_date_null_and_a_nested_object_and_fills_in_the_rest() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let short = lab.call_tool(&session, "weather", json!({"city": "Oslo"})).result()["structuredContent"].clone();
    assert_eq!((short["units"].as_str(), short["days"].as_array().map(Vec::len)), (Some("celsius"), Some(2)));
    assert!(short["days"][0].get("wind").is_none());
    let detail = json!({"days": 7, "wind": true});
    let all = json!({"city": "Oslo", "from": "2026-07-28", "units": "fahrenheit", "reporter": null, "detail": detail});
    let long = lab.call_tool(&session, "weather", all).result();
    assert_eq!(long["structuredContent"]["days"].as_array().map(Vec::len), Some(7));
    assert!(long["structuredContent"]["days"][6]["wind"].is_i64());
    let text = long["content"][0]["text"].as_str().unwrap();
    assert!(text.starts_with("Oslo, from 2026-07-28:") && text.contains("°F"), "{text}");
}

#[test]
fn weather_says_which_argument_is_wrong_and_why() {
    for (arguments, problem) in [
        (json!({}), "arguments.city is missing"),
        (json!({"city": "Atlantis"}), "arguments.city must be one of"),
        (json!({"city": "Oslo", "from": "28.7.2026"}), "arguments.from must be a date"),
        (json!({"city": "Oslo", "from": "2026-13-01"}), "arguments.from must be a date"),
        (json!({"city": "Oslo", "reporter": 7}), "arguments.reporter must be of type [\"string\",\"null\"], and is number"),
        (json!({"city": "Oslo", "reporter": "x".repeat(41)}), "arguments.reporter is too long"),
        (json!({"city": "Oslo", "detail": {"days": 8}}), "arguments.detail.days must be from 1 to 7"),
        (json!({"city": "Oslo", "detail": {"days": 1.5}}), "arguments.detail.days must be of type \"integer\""),
        (json!({"city": "Oslo", "detail": {"rain": true}}), "arguments.detail.rain is not known here"),
    ] {
        let text = said("weather", arguments.clone());
        assert!(text.starts_with(problem), "{arguments}: {text}");
    }
}

#[test]
fn the_picture_is_a_png_and_the_sound_a_wav() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let picture = lab.call_tool(&session, "picture", json!({})).result()["content"][1].clone();
    assert_eq!((picture["type"].as_str(), picture["mimeType"].as_str()), (Some("image"), Some("image/png")));
    let bytes = Base64::decode_vec(picture["data"].as_str().unwrap()).unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82"));
    let sound = lab.call_tool(&session, "sound", json!({})).result()["content"][0].clone();
    assert_eq!((sound["type"].as_str(), sound["mimeType"].as_str()), (Some("audio"), Some("audio/wav")));
    let bytes = Base64::decode_vec(sound["data"].as_str().unwrap()).unwrap();
    assert!(bytes.starts_with(b"RIFF") && &bytes[8..16] == b"WAVEfmt ");
    assert_eq!(u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize, bytes.len() - 8);
}

#[test]
fn the_guide_comes_as_a_resource_and_as_a_link_that_can_be_read() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let content = lab.call_tool(&session, "find_guide", json!({})).result()["content"].clone();
    assert_eq!((content[0]["type"].as_str(), content[1]["type"].as_str()), (Some("resource"), Some("resource_link")));
    let read = lab.ask_in(&session, "resources/read", json!({"uri": content[1]["uri"]})).result();
    assert_eq!(read["contents"][0], content[0]["resource"]);
}

#[test]
fn a_failing_tool_is_a_result_and_is_logged_in_a_session() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let reply = lab.call_tool(&session, "failing", json!({}));
        assert_eq!(reply.result()["isError"], true);
        let logged = &reply.messages()[0];
        assert_eq!(
            (&logged["method"], &logged["params"]["level"]),
            (&json!("notifications/message"), &json!("error")),
            "{revision}"
        );
    }
}

#[test]
fn a_session_hears_the_levels_it_set() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let mut logged = |level: &str| {
        assert_eq!(lab.ask_in(&session, "logging/setLevel", json!({"level": level})).result(), json!({}));
        let reply = lab.call_tool(&session, "slow_count", json!({"n": 2, "delay": 0}));
        reply.messages().iter().filter(|message| message["method"] == "notifications/message").count()
    };
    assert_eq!((logged("debug"), logged("info"), logged("warning")), (3, 1, 0));
    assert_eq!(lab.ask_in(&session, "logging/setLevel", json!({"level": "loud"})).error_code(), -32602);
}

#[test]
fn counting_takes_as_long_as_it_was_told() {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    let id = lab.begin_in(&session, "tools/call", json!({"name": "slow_count", "arguments": {"n": 3, "delay": 1_000}}));
    lab.wait(2_999);
    assert!(!lab.reply(id).ended);
    lab.wait(1);
    assert!(lab.reply(id).ended);
}

#[test]
fn a_parameter_with_a_header_is_not_asked_for_in_a_header_of_a_session() {
    let text = said("by_region", json!({"region": "europe", "question": "why"}));
    assert_eq!(text, "Asked in europe with priority 3: \"why\".");
}

/// Calls a tool that asks, and gives the question.
fn question(lab: &mut Lab, session: &Session, tool: &str) -> (inspector_demo::ConnectionId, Value) {
    let id = lab.begin_in(session, "tools/call", json!({"name": tool}));
    let question = lab.reply(id).answer();
    assert!(question["method"].is_string() && !lab.reply(id).ended, "{question}");
    (id, question)
}

fn answer(lab: &mut Lab, session: &Session, question: &Value, result: Value) {
    let id = lab.post_in(session, &json!({"jsonrpc": "2.0", "id": question["id"], "result": result}));
    assert_eq!(lab.reply(id).status, 202);
}

#[test]
fn ask_name_asks_on_its_own_stream_and_greets_whoever_answers() {
    for revision in ["2025-06-18", "2025-11-25"] {
        let mut lab = Lab::new();
        let session = lab.session_that(revision, json!({"elicitation": {}}));
        let (id, asked) = question(&mut lab, &session, "ask_name");
        assert_eq!(asked["method"], "elicitation/create");
        assert_eq!(asked["params"].get("mode").is_some(), revision == "2025-11-25", "{revision}");
        assert_eq!(asked["params"]["requestedSchema"]["required"], json!(["name"]));
        answer(&mut lab, &session, &asked, json!({"action": "accept", "content": {"name": "Ada", "greeting": "Good day"}}));
        assert_eq!(lab.reply(id).said(), "Good day, Ada!");
        assert!(lab.reply(id).ended);
    }
}

#[test]
fn ask_name_takes_no_for_an_answer_and_nothing_that_is_none() {
    for (result, said, failed) in [
        (json!({"action": "decline"}), "You would rather", false),
        (json!({"action": "cancel"}), "You closed", false),
        (json!({"action": "maybe"}), "The answer says neither", true),
        (json!({"action": "accept"}), "content is missing", true),
        (json!({"action": "accept", "content": {}}), "content.name is missing", true),
        (json!({"action": "accept", "content": {"name": ""}}), "content.name is too short", true),
        (json!({"action": "accept", "content": {"name": "Ada", "greeting": "Yo"}}), "content.greeting must be one of", true),
    ] {
        let mut lab = Lab::new();
        let session = lab.session_that("2025-11-25", json!({"elicitation": {}}));
        let (id, asked) = question(&mut lab, &session, "ask_name");
        answer(&mut lab, &session, &asked, result.clone());
        assert!(lab.reply(id).said().starts_with(said), "{result}: {}", lab.reply(id).said());
        assert_eq!(lab.reply(id).result()["isError"] == true, failed, "{result}");
    }
}

#[test]
fn ask_model_takes_one_piece_of_content_or_several() {
    let text = json!({"type": "text", "text": "Light scatters."});
    for content in [text.clone(), json!([text])] {
        let mut lab = Lab::new();
        let session = lab.session_that("2025-11-25", json!({"sampling": {}}));
        let (id, asked) = question(&mut lab, &session, "ask_model");
        assert_eq!((&asked["method"], asked["params"]["maxTokens"].is_u64()), (&json!("sampling/createMessage"), true));
        answer(&mut lab, &session, &asked, json!({"role": "assistant", "content": content, "model": "tiny"}));
        assert_eq!(lab.reply(id).said(), "tiny says: Light scatters.");
    }
}

#[test]
fn show_roots_lists_them() {
    let mut lab = Lab::new();
    let session = lab.session_that("2025-11-25", json!({"roots": {}}));
    for (roots, said) in
        [(json!([{"uri": "file:///a"}, {"uri": "file:///b", "name": "b"}]), "file:///a\nfile:///b"), (json!([]), "No roots.")]
    {
        let (id, asked) = question(&mut lab, &session, "show_roots");
        assert_eq!((&asked["method"], asked.get("params")), (&json!("roots/list"), None));
        answer(&mut lab, &session, &asked, json!({"roots": roots}));
        assert_eq!(lab.reply(id).said(), said);
    }
}

#[test]
fn an_error_of_the_client_is_a_failure_of_the_tool() {
    for tool in ["ask_name", "ask_model", "show_roots"] {
        let mut lab = Lab::new();
        let session = lab.session_that("2025-11-25", json!({"elicitation": {}, "sampling": {}, "roots": {}}));
        let (id, asked) = question(&mut lab, &session, tool);
        lab.post_in(
            &session,
            &json!({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": -1, "message": "User rejected it"}}),
        );
        assert_eq!(lab.reply(id).result()["isError"], true);
        assert!(lab.reply(id).said().ends_with("User rejected it"), "{tool}");
    }
}

#[test]
fn a_session_whose_client_cannot_be_asked_gets_a_result_that_says_so() {
    for (revision, tool, capability) in [
        ("2025-03-26", "ask_model", "sampling"),
        ("2025-06-18", "ask_name", "elicitation"),
        ("2025-11-25", "show_roots", "roots"),
    ] {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        let reply = lab.call_tool(&session, tool, json!({}));
        assert_eq!(reply.result()["isError"], true);
        assert!(reply.said().contains(capability), "{}", reply.said());
    }
}

#[test]
fn elicitation_came_with_2025_06_18_whatever_the_client_declares() {
    let mut lab = Lab::new();
    let session = lab.session_that("2025-03-26", json!({"elicitation": {}}));
    assert_eq!(lab.call_tool(&session, "ask_name", json!({})).result()["isError"], true);
}

#[test]
fn nothing_is_asked_before_the_session_is_initialized() {
    let mut lab = Lab::new();
    let id = lab.initialize("2025-11-25", json!({"roots": {}})).header("mcp-session-id").to_owned();
    let session = Session { revision: "2025-11-25", id };
    let reply = lab.call_tool(&session, "show_roots", json!({}));
    assert_eq!(reply.result()["isError"], true);
    assert!(reply.said().contains("notifications/initialized"));
}

#[test]
fn a_question_that_nobody_answers_is_taken_back_after_ten_minutes() {
    let mut lab = Lab::new();
    let session = lab.session_that("2025-11-25", json!({"roots": {}}));
    let (id, asked) = question(&mut lab, &session, "show_roots");
    lab.wait(600_000);
    let messages = lab.reply(id).messages();
    let cancelled = &messages[messages.len() - 2];
    assert_eq!((&cancelled["method"], &cancelled["params"]["requestId"]), (&json!("notifications/cancelled"), &asked["id"]));
    assert_eq!(lab.reply(id).result()["isError"], true);
    assert!(lab.reply(id).ended);
}

#[test]
fn the_answer_of_another_session_answers_nothing() {
    let mut lab = Lab::new();
    let mine = lab.session_that("2025-11-25", json!({"roots": {}}));
    let other = lab.session("2025-11-25");
    let (id, asked) = question(&mut lab, &mine, "show_roots");
    answer(&mut lab, &other, &asked, json!({"roots": []}));
    assert!(!lab.reply(id).ended);
    answer(&mut lab, &mine, &asked, json!({"roots": []}));
    answer(&mut lab, &mine, &asked, json!({"roots": []}));
    assert!(lab.reply(id).ended);
}
