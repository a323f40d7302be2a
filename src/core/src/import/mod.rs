//! Recordings of other programs: read into traces like our own, so that the ladder and the diagnosis are the same.
//!
//! What a source does not hold is unknown, and said; nothing is made up. Credentials are taken out while reading: a trace never
//! holds any. Nothing is sent.

mod conversation;
mod curl;
mod entry;
mod error;
mod events;
mod har;
mod inspector;
mod json_logs;
mod lines;
mod pairs;
mod parts;
mod protocol;
mod reader;
mod secrets;
mod server_log;
mod shown;
mod stamp;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use error::ImportError;
pub use reader::{Read, Reader};

use crate::numbers::count;
use crate::trace::Trace;

/// What may stand before anything.
const BLANK: [char; 5] = ['\u{FEFF}', ' ', '\t', '\r', '\n'];

/// What was read from the recording of another program.
#[derive(Debug)]
pub struct Imported {
    /// The program and its form, as far as it says: `HAR of WebInspector 537.36`.
    pub source: String,
    /// A trace for each server, the one with the most exchanges first.
    pub traces: Vec<Trace>,
    /// What was left out and what is not known, one sentence each.
    pub notes: Vec<String>,
}

impl Imported {
    /// What one of its recordings is: `HAR of WebInspector 537.36: 12 exchanges with https://api.example.com/mcp. Nothing has been
    /// sent.`
    pub fn summary(&self, trace: &Trace) -> String {
        let exchanges = count(trace.exchanges().len() as u64, "exchange");
        let source = self.source.get(..1).map_or(String::new(), str::to_uppercase) + self.source.get(1..).unwrap_or_default();
        format!("{source}: {exchanges} with {}. Nothing has been sent.", trace.about.server_words())
    }
}

/// Reads the text of a file, or what somebody pasted.
///
/// # Errors
/// Why it cannot be read, for the person who chose it.
pub fn import(text: &str) -> Result<Imported, ImportError> {
    let start = text.trim_start_matches(BLANK);
    if start.is_empty() {
        return Err(ImportError::Empty);
    }
    if har::is_har(start) {
        return har::read(start);
    }
    if inspector::is_network_log(start) {
        return inspector::read(start);
    }
    if let Some(form) = json_logs::form(start) {
        return json_logs::read(form, start);
    }
    if curl::is_curl(text) {
        return curl::read(text);
    }
    if events::is_stream(start) {
        return events::read(start);
    }
    let lines = lines::find(text);
    if !lines.is_empty() {
        return lines::read(lines);
    }
    let log = server_log::find(text);
    if !log.is_empty() {
        return server_log::read(log);
    }
    if shown::is_shown_by_a_client(text) {
        return Err(ImportError::ShownByAClient);
    }
    Err(ImportError::NotKnown(start.chars().take(40).collect()))
}
