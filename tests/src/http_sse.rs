//! The plainest possible client of HTTP+SSE (2024-11-05): one stream to read, one endpoint to post to.

use std::time::Duration;

use serde_json::Value;

use crate::client::{self, Response};

/// How long a message may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open event stream, and the endpoint it named.
pub struct HttpSse {
    stream: Response,
    unread: String,
    /// Where messages are posted to.
    pub endpoint: String,
}

impl HttpSse {
    /// Opens the stream and reads its `endpoint` event.
    ///
    /// # Panics
    /// When there is no such stream or event.
    pub fn open(url: &str) -> Self {
        let headers = [("Accept", "text/event-stream"), ("Origin", "http://127.0.0.1:1")];
        let stream = client::send("GET", url, &headers, b"", PATIENCE).expect("an event stream");
        assert_eq!(stream.status, 200);
        let mut open = Self { stream, unread: String::new(), endpoint: String::new() };
        let (kind, path) = open.next_event();
        assert_eq!(kind, "endpoint");
        let origin = url.strip_suffix("/sse").expect("an address that ends in /sse");
        open.endpoint = format!("{origin}{path}");
        open
    }

    /// Posts a message and gives the next one that comes on the stream.
    ///
    /// # Panics
    /// When it is not accepted, or nothing comes.
    pub fn ask(&mut self, message: &str) -> Value {
        let accepted = client::post(&self.endpoint, &[], message).expect("an answer");
        assert_eq!(accepted.status, 202);
        self.next_message()
    }

    /// The next message of the stream.
    ///
    /// # Panics
    /// When none comes.
    pub fn next_message(&mut self) -> Value {
        let (kind, data) = self.next_event();
        assert_eq!(kind, "message");
        serde_json::from_str(&data).expect("JSON")
    }

    /// The next event, as its kind and its data.
    fn next_event(&mut self) -> (String, String) {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let found = field("event: ").zip(field("data: "));
                self.unread = rest.to_owned();
                if let Some(event) = found {
                    return event;
                }
                continue;
            }
            let piece = self.stream.next_piece().expect("more of the stream").expect("an open stream");
            self.unread += &String::from_utf8_lossy(&piece).replace("\r\n", "\n");
        }
    }
}
