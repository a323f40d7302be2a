//! What a server answers.

use inspector_core::mcp::*;
use inspector_core::rpc::Id;
use serde_json::Value;

use crate::Example;
use crate::reading::{each, fresh, json, no_unknown, result_of};

pub(crate) fn content(example: &Example) {
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

pub(crate) fn resource_contents(example: &Example) {
    let expected = Content::Resource {
        uri: example.say("uri").to_owned(),
        mime_type: example.say("mimeType").to_owned(),
        text: example.json["text"].as_str().map(str::to_owned),
        blob: example.json["blob"].as_str().map(str::to_owned),
    };
    assert_eq!(read_contents(&example.as_item("contents")).unwrap(), [expected]);
}

pub(crate) fn discovered(message: &str) {
    let result = result_of(message);
    let facts = read_discover(message).unwrap();
    let info = &result["_meta"]["io.modelcontextprotocol/serverInfo"];
    assert_eq!((info["name"].as_str(), info["version"].as_str()), (Some(facts.name.as_str()), Some(facts.version.as_str())));
    assert_eq!(result["supportedVersions"], Value::from(facts.supported.clone()));
    assert_eq!(facts.instructions, result["instructions"].as_str().unwrap_or_default());
    assert!(result["capabilities"].as_object().unwrap().keys().all(|name| facts.offers(name)));
    assert_eq!(fresh(message), (facts.ttl_ms, facts.cache_scope));
}

pub(crate) fn server_capabilities(example: &Example) {
    let facts = read_discover(&format!(r#"{{"result":{{"capabilities":{}}}}}"#, example.text)).unwrap();
    for (name, options) in example.json.as_object().unwrap() {
        assert!(facts.offers(name));
        for (option, value) in options.as_object().unwrap() {
            assert_eq!(facts.allows(name, option), *value == true);
        }
    }
}

pub(crate) fn tools(message: &str) {
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

pub(crate) fn called(message: &str) {
    let result = result_of(message);
    let call = read_call(message).unwrap();
    no_unknown(&call.content);
    assert_eq!(call.is_error, result["isError"] == true);
    assert_eq!(serde_json::from_str(&call.structured).unwrap_or(Value::Null), result["structuredContent"]);
    fresh(message);
}

pub(crate) fn prompts(message: &str) {
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

pub(crate) fn prompt(message: &str) {
    let result = result_of(message);
    let (roles, content): (Vec<String>, Vec<Content>) = read_prompt_messages(message).unwrap().into_iter().unzip();
    assert_eq!(roles, each(&result["messages"], "role"));
    no_unknown(&content);
    fresh(message);
}

pub(crate) fn resources(message: &str) {
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

pub(crate) fn templates(message: &str) {
    let result = result_of(message);
    let page = read_templates(message).unwrap();
    let shown = &result["resourceTemplates"];
    assert_eq!(page.items.iter().map(|item| item.uri_template.clone()).collect::<Vec<_>>(), each(shown, "uriTemplate"));
    assert_eq!(page.items.iter().map(|item| item.name.clone()).collect::<Vec<_>>(), each(shown, "name"));
    assert_eq!(page.next.as_deref(), result["nextCursor"].as_str());
    fresh(message);
}

pub(crate) fn contents(message: &str) {
    let result = result_of(message);
    let contents = read_contents(message).unwrap();
    no_unknown(&contents);
    assert_eq!(contents.len(), result["contents"].as_array().unwrap().len());
    fresh(message);
}

pub(crate) fn completed(message: &str) {
    let shown = &result_of(message)["completion"];
    let completion = read_completion(message).unwrap();
    assert_eq!(shown["values"], Value::from(completion.values));
    assert_eq!((shown["total"].as_i64(), shown["hasMore"].as_bool()), (completion.total, Some(completion.has_more)));
    fresh(message);
}

pub(crate) fn listen_ended(message: &str) {
    result_of(message);
    assert_eq!(read_subscription(message), Some(Id::Text("listen-1".into())));
    fresh(message);
}
