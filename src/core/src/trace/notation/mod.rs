//! The text notation of a trace: what fixtures are written in, and what a recording is saved as.
//!
//! ```text
//! mcp-trace 1
//! server https://orders.example.com/mcp
//! began 2026-11-21T17:07:12.004Z
//!
//! ! run
//! > initialize id=1                      a request: what is not said is as our session would send it
//! < 200 application/json session=A +41ms  the response head; `200?` marks headers that CORS may hide, `200~` those of which only
//!                                        some were written down; `messages` and `events` a body without a head
//!   body {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"}}
//!   end
//! > tools/list id=2 session=A
//! < 200 text/event-stream +17ms
//!   : keep-alive
//!   part data: {"jsonrpc":"2.0","id"
//!   cut network error
//! expect stream-cut proven
//! ```
//!
//! What a source did not write down stands in the head: `lacks address http times` ([`Lack`](super::Lack)).
//!
//! A time `+41ms` counts from the line before. Writing is lossless for the wire, but for one thing: session ids are
//! replaced by `session-A`, `session-B` ..., because they work like a password while the session lives. An id with a character
//! that it must not have keeps the first of them: `session A`.

mod command;
mod read;
mod text;
mod write;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use read::read;
pub use write::write;

use super::Trace;

/// The first line of every recording.
pub const HEADER: &str = "mcp-trace 1";

/// A text in the notation, read.
#[derive(Debug)]
pub struct Recording {
    /// The trace.
    pub trace: Trace,
    /// What a fixture expects to be found in it: slug and certainty, in order.
    pub expect: Vec<(String, String)>,
}

/// Why a text is not a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotationError {
    /// It does not begin with [`HEADER`]; holds the first line, cut short.
    NotARecording(String),
    /// It was written by a newer version.
    NewerVersion(String),
    /// It is longer than [`crate::limits::RECORDING_BYTES`]; its length in bytes.
    TooLong(usize),
    /// A line does not say what its place wants.
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARecording(first) if first.is_empty() => {
                write!(f, "There is nothing here. A recording begins with “{HEADER}”.")
            }
            Self::NotARecording(first) => {
                write!(f, "This is not a recording: it begins with “{first}”, and a recording begins with “{HEADER}”.")
            }
            Self::NewerVersion(version) => {
                write!(
                    f,
                    "This recording was made by a newer version of the inspector (format {version}). Reload the page and try again."
                )
            }
            Self::TooLong(bytes) => write!(
                f,
                "This recording is {} MB long; this page opens up to {} MB.",
                bytes / 1_000_000,
                crate::limits::RECORDING_BYTES / 1_000_000
            ),
            Self::Line { line, reason } => write!(f, "Line {line} cannot be read: {reason}."),
        }
    }
}
