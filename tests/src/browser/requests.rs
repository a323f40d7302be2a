//! Every request the pages of a browser made, read from Chromium's own network log.
//!
//! DevTools, and with it WebDriver's performance log, sees neither the requests of workers nor preflights. The network log is
//! written below all of them, and is complete when the browser has ended.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::Browser;

/// The name of the log in the browser's folder.
pub(super) const NETWORK_LOG: &str = "network.json";

/// Ending takes a browser a moment.
const LOG_PATIENCE: Duration = Duration::from_secs(10);

/// One request made on behalf of a page: by its markup, its scripts, its workers, or as their preflight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRequest {
    /// The origin of the page.
    pub initiator: String,
    /// The HTTP method.
    pub method: String,
    /// The address, without its fragment.
    pub url: String,
}

impl Browser {
    /// Ends the browser and gives every request its pages made, in order. What the browser asks for itself, and addresses
    /// opened by [`Browser::open`], are not among them.
    ///
    /// # Panics
    /// For a browser that was not started with [`Browser::start_recording_requests`].
    pub fn requests_sent(mut self) -> Vec<SentRequest> {
        self.end_session();
        let path = self.scratch.path().join(NETWORK_LOG);
        let deadline = Instant::now() + LOG_PATIENCE;
        loop {
            let log = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
            if let Some(log) = log {
                return page_requests(&log);
            }
            assert!(Instant::now() < deadline, "no network log at {}", path.display());
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn page_requests(log: &Value) -> Vec<SentRequest> {
    let starts = &log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"];
    assert!(starts.is_number(), "the network log has another format");
    let events = log["events"].as_array().into_iter().flatten();
    events.filter(|event| &event["type"] == starts).filter_map(|event| page_request(&event["params"])).collect()
}

/// A start of a request names its initiator; the end of the same step, and a request of the browser itself, does not.
fn page_request(start: &Value) -> Option<SentRequest> {
    let initiator = start["initiator"].as_str().filter(|initiator| initiator.contains("://"))?;
    Some(SentRequest {
        initiator: initiator.to_owned(),
        method: start["method"].as_str()?.to_owned(),
        url: start["url"].as_str()?.to_owned(),
    })
}
