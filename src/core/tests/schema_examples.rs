//! Every example of the schema of 2026-07-28 is read by the reader of its type, and says what the example says.
//!
//! The examples are those of the specification (`fixtures/schema-2026-07-28/ORIGIN.md`); what they say is read a second time
//! with another JSON library.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixture must fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use inspector_core::mcp::*;
use inspector_core::rpc::{self, Id, Kind, Message};
use serde_json::Value;

const REVISION: Revision = Revision::V2026_07_28;

/// An example: its text, and what another library reads in it.
struct Example {
    text: String,
    json: Value,
}

impl Example {
    /// The example as the result in a message.
    fn as_result(&self) -> String {
        format!(r#"{{"jsonrpc":"2.0","id":1,"result":{}}}"#, self.text)
    }

    /// The example as the one item of a list in a result.
    fn as_item(&self, list: &str) -> String {
        format!(r#"{{"jsonrpc":"2.0","id":1,"result":{{"{list}":[{}]}}}}"#, self.text)
    }

    /// The example as the params of a notification.
    fn as_params(&self) -> String {
        format!(r#"{{"jsonrpc":"2.0","method":"x","params":{}}}"#, self.text)
    }

    /// The text of a member.
    fn say(&self, key: &str) -> &str {
        self.json[key].as_str().unwrap_or_default()
    }
}

/// Who reads a type: the name of the folder, and the reader.
type Reader = (&'static str, fn(&Example));

const READERS: &[Reader] = &[
    // Content.
    ("TextContent", content),
    ("ImageContent", content),
    ("AudioContent", content),
    ("EmbeddedResource", content),
    ("ResourceLink", content),
    ("TextResourceContents", resource_contents),
    ("BlobResourceContents", resource_contents),
    // What a client asks.
    ("DiscoverRequest", request_sent),
    ("ListToolsRequest", request_sent),
    ("CallToolRequest", request_sent),
    ("CallToolRequestParams", params_sent),
    ("ListPromptsRequest", request_sent),
    ("GetPromptRequest", request_sent),
    ("GetPromptRequestParams", params_sent),
    ("ListResourcesRequest", request_sent),
    ("ListResourceTemplatesRequest", request_sent),
    ("ReadResourceRequest", request_sent),
    ("CompleteRequest", request_sent),
    ("CompleteRequestParams", params_sent),
    ("PaginatedRequestParams", params_sent),
    ("SubscriptionsListenRequest", listen_sent),
    ("ClientCapabilities", client_capabilities),
    // What a server answers.
    ("DiscoverResult", |example| discovered(&example.as_result())),
    ("DiscoverResultResponse", |example| discovered(&example.text)),
    ("ServerCapabilities", server_capabilities),
    ("ListToolsResult", |example| tools(&example.as_result())),
    ("ListToolsResultResponse", |example| tools(&example.text)),
    ("Tool", |example| tools(&example.as_item("tools"))),
    ("CallToolResult", |example| called(&example.as_result())),
    ("CallToolResultResponse", |example| called(&example.text)),
    ("ListPromptsResult", |example| prompts(&example.as_result())),
    ("ListPromptsResultResponse", |example| prompts(&example.text)),
    ("GetPromptResult", |example| prompt(&example.as_result())),
    ("GetPromptResultResponse", |example| prompt(&example.text)),
    ("ListResourcesResult", |example| resources(&example.as_result())),
    ("ListResourcesResultResponse", |example| resources(&example.text)),
    ("Resource", |example| resources(&example.as_item("resources"))),
    ("ListResourceTemplatesResult", |example| templates(&example.as_result())),
    ("ListResourceTemplatesResultResponse", |example| templates(&example.text)),
    ("ReadResourceResult", |example| contents(&example.as_result())),
    ("ReadResourceResultResponse", |example| contents(&example.text)),
    ("CompleteResult", |example| completed(&example.as_result())),
    ("CompleteResultResponse", |example| completed(&example.text)),
    ("SubscriptionsListenResult", |example| listen_ended(&example.as_result())),
    ("SubscriptionsListenResultResponse", |example| listen_ended(&example.text)),
    // What a server refuses.
    ("ParseError", error),
    ("InvalidParamsError", error),
    ("MethodNotFoundError", error),
    ("InternalError", error),
    ("HeaderMismatchError", modern_error),
    ("MissingRequiredClientCapabilityError", modern_error),
    ("UnsupportedProtocolVersionError", version_error),
    // What a server says.
    ("ProgressNotification", |example| progress(&example.text)),
    ("ProgressNotificationParams", |example| progress(&example.as_params())),
    ("LoggingMessageNotification", |example| log(&example.text)),
    ("LoggingMessageNotificationParams", |example| log(&example.as_params())),
    ("CancelledNotification", |example| was_cancelled(&example.text)),
    ("CancelledNotificationParams", |example| was_cancelled(&example.as_params())),
    ("ResourceUpdatedNotification", |example| updated(&example.text)),
    ("ResourceUpdatedNotificationParams", |example| updated(&example.as_params())),
    ("ToolListChangedNotification", list_changed),
    ("PromptListChangedNotification", list_changed),
    ("ResourceListChangedNotification", list_changed),
    ("SubscriptionsAcknowledgedNotification", acknowledged),
    // What a server asks in a result.
    ("InputRequiredResult", input_required),
    ("InputRequests", |example| asked(&example.text)),
    ("ElicitRequest", |example| asked(&format!(r#"{{"key":{}}}"#, example.text))),
    ("CreateMessageRequest", |example| asked(&format!(r#"{{"key":{}}}"#, example.text))),
    ("ListRootsRequest", |example| asked(&format!(r#"{{"key":{}}}"#, example.text))),
    ("ElicitRequestFormParams", |example| elicitation(&example.text)),
    ("ElicitRequestURLParams", |example| elicitation(&example.text)),
    ("StringSchema", form_field),
    ("NumberSchema", form_field),
    ("BooleanSchema", form_field),
    ("TitledSingleSelectEnumSchema", form_field),
    ("TitledMultiSelectEnumSchema", form_field),
    ("UntitledSingleSelectEnumSchema", form_field),
    ("UntitledMultiSelectEnumSchema", form_field),
    ("CreateMessageRequestParams", |example| sampling(&example.text)),
    ("SamplingMessage", conversation),
    ("ToolUseContent", |example| sampling(&in_message(&example.text))),
    ("ToolResultContent", |example| sampling(&in_message(&example.text))),
    ("ModelPreferences", preferences),
    // What a client answers to that.
    ("InputResponses", answers_sent),
    ("ElicitResult", answer_sent),
    ("CreateMessageResult", sampled),
    ("ListRootsResult", answer_sent),
    ("Root", |example| answer_sent(&Example { text: format!(r#"{{"roots":[{}]}}"#, example.text), json: Value::Null })),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/schema-2026-07-28")
}

#[test]
fn every_type_with_examples_has_a_reader_and_every_reader_a_type() {
    let entries = fs::read_dir(folder()).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir());
    let types: BTreeSet<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let read: BTreeSet<String> = READERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(types, read);
    assert_eq!(read.len(), READERS.len());
}

#[test]
fn every_example_is_read_by_the_reader_of_its_type() {
    for (name, read) in READERS {
        let files: Vec<PathBuf> = fs::read_dir(folder().join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(!files.is_empty(), "{name}");
        for file in files {
            println!("{}", file.display());
            let text = fs::read_to_string(&file).unwrap();
            let json: Value = serde_json::from_str(&text).unwrap();
            if json.get("jsonrpc").is_some() {
                assert!(one(&text).deviations.is_empty());
            }
            read(&Example { text: text.trim().to_owned(), json });
        }
    }
}

/// The one message of a text, which is a message.
fn one(text: &str) -> Message {
    let messages = rpc::read(text);
    assert_eq!(messages.len(), 1);
    assert!(messages[0].is_rpc(), "{text}");
    messages[0].clone()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The result in a message, which is one.
fn result_of(message: &str) -> Value {
    assert!(matches!(one(message).kind, Kind::Result { .. }));
    json(message)["result"].take()
}

/// The same member of every item of a list.
fn each(list: &Value, key: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap_or_default().to_owned()).collect()
}

fn no_unknown(content: &[Content]) {
    assert!(!content.is_empty() && !content.iter().any(|content| matches!(content, Content::Unknown(_))), "{content:?}");
}

fn content(example: &Example) {
    let call = read_call(&example.as_item("content")).unwrap();
    no_unknown(&call.content);
    match &call.content[0] {
        Content::Text(text) => assert_eq!(text, example.say("text")),
        Content::Image { mime_type, data } | Content::Audio { mime_type, data } => {
            assert_eq!((mime_type.as_str(), data.as_str()), (example.say("mimeType"), example.say("data")));
        }
        Content::Link { uri, name, description, .. } => {
            assert_eq!([uri, name, description], [example.say("uri"), example.say("name"), example.say("description")]);
        }
        Content::Resource { uri, text, .. } => {
            let resource = &example.json["resource"];
            assert_eq!((resource["uri"].as_str(), resource["text"].as_str()), (Some(uri.as_str()), text.as_deref()));
        }
        Content::Unknown(_) => unreachable!(),
    }
}

fn resource_contents(example: &Example) {
    let expected = Content::Resource {
        uri: example.say("uri").to_owned(),
        mime_type: example.say("mimeType").to_owned(),
        text: example.json["text"].as_str().map(str::to_owned),
        blob: example.json["blob"].as_str().map(str::to_owned),
    };
    assert_eq!(read_contents(&example.as_item("contents")).unwrap(), [expected]);
}

/// What this client sends for a method and params is what the example shows: the same params, and all the example's `_meta`.
fn same_request(method: &str, params: &str) {
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

fn request_sent(example: &Example) {
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

fn params_sent(example: &Example) {
    same_request("x", &example.text);
}

fn listen_sent(example: &Example) {
    request_sent(example);
    let capabilities = r#"{"result":{"capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":true}}}}"#;
    let filter = &example.json["params"]["notifications"];
    let uris: Vec<String> = serde_json::from_value(filter["resourceSubscriptions"].clone()).unwrap();
    let params = json(&listen_params(&read_discover(capabilities).unwrap(), &uris));
    assert_eq!(params["notifications"], *filter);
}

/// What the example offers that this client can do, it offers in the same words.
fn client_capabilities(example: &Example) {
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

fn discovered(message: &str) {
    let result = result_of(message);
    let facts = read_discover(message).unwrap();
    let info = &result["_meta"]["io.modelcontextprotocol/serverInfo"];
    assert_eq!((info["name"].as_str(), info["version"].as_str()), (Some(facts.name.as_str()), Some(facts.version.as_str())));
    assert_eq!(result["supportedVersions"], Value::from(facts.supported.clone()));
    assert_eq!(facts.instructions, result["instructions"].as_str().unwrap_or_default());
    assert!(result["capabilities"].as_object().unwrap().keys().all(|name| facts.offers(name)));
    assert_eq!(fresh(message), (facts.ttl_ms, facts.cache_scope));
}

/// The freshness of a result, which is complete, as both libraries read it.
fn fresh(message: &str) -> (Option<i64>, String) {
    let result = result_of(message);
    assert_eq!(read_result_kind(message), ResultKind::Complete);
    let Freshness { ttl_ms, scope } = read_freshness(message);
    assert_eq!(ttl_ms, result["ttlMs"].as_i64());
    assert_eq!(scope, result["cacheScope"].as_str().unwrap_or_default());
    (ttl_ms, scope)
}

fn server_capabilities(example: &Example) {
    let facts = read_discover(&format!(r#"{{"result":{{"capabilities":{}}}}}"#, example.text)).unwrap();
    for (name, options) in example.json.as_object().unwrap() {
        assert!(facts.offers(name));
        for (option, value) in options.as_object().unwrap() {
            assert_eq!(facts.allows(name, option), *value == true);
        }
    }
}

fn tools(message: &str) {
    let result = result_of(message);
    let page = read_tools(message).unwrap();
    let names: Vec<String> = page.items.iter().map(|tool| tool.name.clone()).collect();
    assert_eq!(names, each(&result["tools"], "name"));
    let titles: Vec<String> = page.items.iter().map(|tool| tool.title.clone()).collect();
    assert_eq!(titles, each(&result["tools"], "title"));
    for (tool, shown) in page.items.iter().zip(result["tools"].as_array().unwrap()) {
        assert_eq!(json(&tool.member("inputSchema")), shown["inputSchema"]);
        assert_eq!(annotation_flaws(tool), []);
    }
    assert_eq!(page.next.as_deref(), result["nextCursor"].as_str());
    fresh(message);
}

fn called(message: &str) {
    let result = result_of(message);
    let call = read_call(message).unwrap();
    no_unknown(&call.content);
    assert_eq!(call.is_error, result["isError"] == true);
    assert_eq!(serde_json::from_str(&call.structured).unwrap_or(Value::Null), result["structuredContent"]);
    fresh(message);
}

fn prompts(message: &str) {
    let result = result_of(message);
    let page = read_prompts(message).unwrap();
    let shown = &result["prompts"];
    let names: Vec<String> = page.items.iter().map(|prompt| prompt.name.clone()).collect();
    assert_eq!(names, each(shown, "name"));
    for (prompt, shown) in page.items.iter().zip(shown.as_array().unwrap()) {
        let arguments: Vec<String> = prompt.arguments.iter().map(|argument| argument.name.clone()).collect();
        assert_eq!(arguments, each(&shown["arguments"], "name"));
        let required = shown["arguments"].as_array().unwrap().iter().map(|argument| argument["required"] == true);
        assert!(prompt.arguments.iter().map(|argument| argument.required).eq(required));
    }
    assert_eq!(page.next.as_deref(), result["nextCursor"].as_str());
    fresh(message);
}

fn prompt(message: &str) {
    let result = result_of(message);
    let (roles, content): (Vec<String>, Vec<Content>) = read_prompt_messages(message).unwrap().into_iter().unzip();
    assert_eq!(roles, each(&result["messages"], "role"));
    no_unknown(&content);
    fresh(message);
}

fn resources(message: &str) {
    let result = result_of(message);
    let page = read_resources(message).unwrap();
    for (key, read) in [
        ("uri", (|item: &Resource| item.uri.clone()) as fn(&Resource) -> String),
        ("name", |item| item.name.clone()),
        ("title", |item| item.title.clone()),
        ("description", |item| item.description.clone()),
        ("mimeType", |item| item.mime_type.clone()),
    ] {
        assert_eq!(page.items.iter().map(read).collect::<Vec<_>>(), each(&result["resources"], key));
    }
    assert_eq!(page.next.as_deref(), result["nextCursor"].as_str());
    fresh(message);
}

fn templates(message: &str) {
    let result = result_of(message);
    let page = read_templates(message).unwrap();
    let shown = &result["resourceTemplates"];
    assert_eq!(page.items.iter().map(|item| item.uri_template.clone()).collect::<Vec<_>>(), each(shown, "uriTemplate"));
    assert_eq!(page.items.iter().map(|item| item.name.clone()).collect::<Vec<_>>(), each(shown, "name"));
    assert_eq!(page.next.as_deref(), result["nextCursor"].as_str());
    fresh(message);
}

fn contents(message: &str) {
    let result = result_of(message);
    let contents = read_contents(message).unwrap();
    no_unknown(&contents);
    assert_eq!(contents.len(), result["contents"].as_array().unwrap().len());
    fresh(message);
}

fn completed(message: &str) {
    let shown = &result_of(message)["completion"];
    let completion = read_completion(message).unwrap();
    assert_eq!(shown["values"], Value::from(completion.values));
    assert_eq!((shown["total"].as_i64(), shown["hasMore"].as_bool()), (completion.total, Some(completion.has_more)));
    fresh(message);
}

fn listen_ended(message: &str) {
    result_of(message);
    assert_eq!(read_subscription(message), Some(Id::Text("listen-1".into())));
    fresh(message);
}

fn error(example: &Example) {
    let message = format!(r#"{{"jsonrpc":"2.0","id":1,"error":{}}}"#, example.text);
    let code = example.json["code"].as_i64();
    assert_eq!(one(&message).error(), Some((code, example.say("message"))));
    assert!(codes::name(code.unwrap()).is_some());
}

fn modern_error(example: &Example) {
    let shown = &example.json["error"];
    let (code, message) = (shown["code"].as_i64().unwrap(), shown["message"].as_str().unwrap());
    assert_eq!(one(&example.text).error(), Some((Some(code), message)));
    assert!(codes::name(code).is_some() && is_modern(code, 400, message));
}

fn version_error(example: &Example) {
    modern_error(example);
    assert_eq!(Value::from(read_supported(&example.text).unwrap()), example.json["error"]["data"]["supported"]);
}

/// The params of a notification, which is one.
fn params_of(message: &str) -> Value {
    assert!(matches!(one(message).kind, Kind::Notification { .. }));
    json(message)["params"].take()
}

fn progress(message: &str) {
    let shown = params_of(message);
    let Progress { token, progress, total, message } = read_progress(message).unwrap();
    assert_eq!(token, Id::Text(shown["progressToken"].as_str().unwrap().into()));
    assert_eq!(shown["progress"].as_i64().map(|whole| whole * 1_000), Some(progress));
    assert_eq!(
        (shown["total"].as_i64().map(|whole| whole * 1_000), shown["message"].as_str().unwrap()),
        (total, message.as_str())
    );
}

fn log(message: &str) {
    let shown = params_of(message);
    let LogLine { level, logger, data } = read_log(message).unwrap();
    assert_eq!((shown["level"].as_str(), shown["logger"].as_str()), (Some(level.as_str()), Some(logger.as_str())));
    assert_eq!(shown["data"], json(&data));
}

fn was_cancelled(message: &str) {
    let shown = params_of(message);
    let (id, reason) = read_cancelled(message).unwrap();
    assert_eq!(id, Id::Text(shown["requestId"].as_str().unwrap().into()));
    let sent = cancelled(&id, &reason);
    assert_eq!(params_of(&sent), shown);
}

fn updated(message: &str) {
    assert_eq!(read_updated(message).as_deref(), params_of(message)["uri"].as_str());
}

fn list_changed(example: &Example) {
    assert!(one(&example.text).method().is_some_and(|method| method.ends_with("/list_changed")));
    assert_eq!(read_subscription(&example.text), Some(Id::Text("listen-1".into())));
}

fn acknowledged(example: &Example) {
    let shown = &params_of(&example.text)["notifications"];
    let wanted = read_acknowledged(&example.text).unwrap();
    assert_eq!(wanted.tools, shown["toolsListChanged"] == true);
    assert_eq!(Value::from(wanted.uris), shown["resourceSubscriptions"]);
    assert!(!wanted.prompts && !wanted.resources);
}

fn input_required(example: &Example) {
    let message = example.as_result();
    let ResultKind::InputRequired { asks, state } = read_result_kind(&message) else { panic!("{message}") };
    assert_eq!(state.map(|state| json(&state)), Some(example.json["requestState"].clone()));
    match example.json.get("inputRequests") {
        Some(shown) => asked(&shown.to_string()),
        None => assert_eq!(asks, []),
    }
}

/// Reads a map of asks, and each of them with the reader of its method.
fn asked(map: &str) {
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

fn elicitation(params: &str) {
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

fn form_field(example: &Example) {
    let schema = format!(r#"{{"type":"object","properties":{{"field":{}}}}}"#, example.text);
    let params = format!(r#"{{"message":"?","requestedSchema":{schema}}}"#);
    assert_eq!(read_elicitation(&params), Some(Elicitation::Form { message: "?".into(), schema }));
}

/// A conversation of one message with this content.
fn in_message(content: &str) -> String {
    format!(r#"{{"messages":[{{"role":"assistant","content":{content}}}]}}"#)
}

fn sampling(params: &str) {
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

fn conversation(example: &Example) {
    sampling(&format!(r#"{{"messages":[{}]}}"#, example.text));
}

fn preferences(example: &Example) {
    let sampling = read_sampling(&format!(r#"{{"messages":[],"modelPreferences":{}}}"#, example.text)).unwrap();
    assert_eq!(sampling.models, each(&example.json["hints"], "name"));
}

fn answer_sent(example: &Example) {
    let answers = [("key".to_owned(), example.text.clone())];
    let params = json(&retry_params(r#"{"name":"x"}"#, &answers, None));
    assert_eq!(params, serde_json::json!({"name": "x", "inputResponses": {"key": json(&example.text)}}));
}

fn answers_sent(example: &Example) {
    let answers: Vec<(String, String)> =
        example.json.as_object().unwrap().iter().map(|(key, value)| (key.clone(), value.to_string())).collect();
    assert_eq!(json(&retry_params("{}", &answers, None))["inputResponses"], example.json);
}

fn sampled(example: &Example) {
    conversation(example);
    answer_sent(example);
}
