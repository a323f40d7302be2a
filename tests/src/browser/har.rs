//! HAR files of what Chromium did, made by chrome-har of what it reports over its DevTools protocol.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::Browser;
use crate::servers::{node, source};

/// The log that chromedriver keeps what DevTools says in.
const LOG: &str = "performance";

impl Browser {
    /// Starts one that records what [`Browser::har`] makes a file of.
    pub fn start_recording_har() -> Self {
        Self::start_with(&[LOG], |_| Vec::new())
    }

    /// Everything the page requested since the start as a HAR file, with the bodies that came whole. Needs `INSPECTOR_NODE`.
    ///
    /// # Panics
    /// For a browser that was not started with [`Browser::start_recording_har`].
    pub fn har(&self) -> String {
        let log = self.wait_for(self.driver().get_log(LOG)).expect("a log of DevTools");
        let messages: Vec<Value> = log.iter().filter_map(|entry| serde_json::from_str(&entry.message).ok()).collect();
        let mut messages: Vec<Value> = messages.into_iter().map(|mut message: Value| message["message"].take()).collect();
        let is_answer = |message: &&mut Value| message["method"] == "Network.responseReceived";
        for answer in messages.iter_mut().filter(is_answer) {
            let id = json!({ "requestId": answer["params"]["requestId"] });
            // Of a stream that is still open there is none.
            if let Ok(body) = self.wait_for(self.driver().cdp().send_raw("Network.getResponseBody", id)) {
                let response = &mut answer["params"]["response"];
                response["body"] = body["body"].clone();
                if body["base64Encoded"] == true {
                    response["encoding"] = json!("base64");
                }
            }
        }
        let mut program = node(source("node", "har.mjs"));
        let mut program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Node runs");
        let input = serde_json::to_vec(&messages).expect("JSON");
        // It reads all of it before it writes anything.
        program.stdin.take().expect("an input").write_all(&input).expect("it reads");
        let output = program.wait_with_output().expect("it ends");
        assert!(output.status.success(), "chrome-har failed");
        String::from_utf8(output.stdout).expect("a text")
    }
}
