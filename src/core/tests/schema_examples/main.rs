//! Every example of the schema of 2026-07-28 is read by the reader of its type, and says what the example says.
//!
//! The examples are those of the specification (`fixtures/schema-2026-07-28/ORIGIN.md`); what they say is read a second time
//! with another JSON library.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its fixture must fail")]

mod asks;
mod client;
mod notices;
mod reading;
mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use asks::*;
use client::*;
use notices::*;
use reading::one;
use server::*;

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
