//! What was opened, and why something could not be.

use alloc::format;
use alloc::string::String;
use core::fmt;

use super::Level;
use crate::id::EventRef;
use crate::limits::{LINK_BYTES, LINK_CHARS_READ, RECORDING_BYTES};
use crate::numbers::count;
use crate::trace::Trace;
use crate::trace::notation::NotationError;

/// Where somebody was looking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The event that was selected.
    pub event: Option<EventRef>,
    /// The tab that was open, by a name that the page chooses: small letters, digits and hyphens.
    pub tab: Option<String>,
}

impl View {
    /// Whether a text may be the name of a tab.
    pub(super) fn is_tab(text: &str) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=40).contains(&text.len()) && text.bytes().all(plain)
    }
}

/// How much of the original a recording is that somebody shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Redacted at this level.
    Redacted(Level),
    /// Redacted, but for the values in bodies.
    WithBodies,
    /// It does not say: written in the text notation.
    Unknown,
}

impl Shared {
    /// The word for it in links and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Redacted(level) => level.as_str(),
            Self::WithBodies => "bodies",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "bodies" => Some(Self::WithBodies),
            _ => Level::parse(text).map(Self::Redacted),
        }
    }
}

/// A recording that somebody shared. Nothing was sent to anybody to open it.
#[derive(Debug)]
pub struct Opened {
    /// The recording.
    pub trace: Trace,
    /// Where they were looking; the event may be one that the recording does not have.
    pub view: View,
    /// How much of the original it is.
    pub shared: Shared,
}

impl Opened {
    /// What was opened, for somebody who did not make it: `A recording of 12 exchanges with https://api.example.com/mcp. Nothing
    /// has been sent.`
    pub fn summary(&self) -> String {
        let exchanges = count(self.trace.exchanges().len() as u64, "exchange");
        format!("A recording of {exchanges} with {}. Nothing has been sent.", self.trace.about.server_words())
    }
}

/// Why a link or a file could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is nothing in it.
    Empty,
    /// It is something else; holds how it begins.
    NotATrace(String),
    /// It was made by a newer version; holds which.
    Newer(String),
    /// A link of so many characters.
    LongLink(usize),
    /// A file of so many bytes.
    LongFile(usize),
    /// A link whose end is missing.
    CutOff,
    /// A link of which something was changed on the way.
    Damaged,
    /// A link that unpacks to more than is read.
    TooLarge,
    /// Not JSON, from this byte on.
    NotJson {
        /// In bytes from the beginning.
        at: usize,
    },
    /// What comes before the records is not as it should be; says what.
    Head(&'static str),
    /// A record is not as it should be.
    Record {
        /// Counted from 1.
        n: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// More of something than is read.
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are read.
        most: usize,
    },
    /// It begins like a recording in the text notation, and goes wrong.
    Notation(NotationError),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("There is nothing here."),
            Self::NotATrace(start) => write!(f, "This is not a recording: it begins with “{start}”."),
            Self::Newer(version) => write!(
                f,
                "This recording was made by a newer version of the inspector (format {version}). Reload the page and try again."
            ),
            Self::LongLink(chars) => write!(
                f,
                "This link is {chars} characters long; this page opens up to {LINK_CHARS_READ}. Ask for the recording as a file."
            ),
            Self::LongFile(bytes) => {
                write!(f, "This file is {} MB long; this page opens up to {} MB.", bytes / 1_000_000, RECORDING_BYTES / 1_000_000)
            }
            Self::CutOff => f.write_str("The end of this link is missing. Ask for it again, or for the recording as a file."),
            Self::Damaged => {
                f.write_str("This link was changed on its way here. Ask for it again, or for the recording as a file.")
            }
            Self::TooLarge => {
                write!(f, "This link unpacks to more than {} MB, which this page does not open.", LINK_BYTES / 1_000_000)
            }
            Self::NotJson { at } => write!(f, "This recording is not JSON: it goes wrong at byte {at}."),
            Self::Head(reason) => write!(f, "This recording cannot be read: {reason}."),
            Self::Record { n, reason } => write!(f, "Record {n} cannot be read: {reason}."),
            Self::TooMany { what, most } => {
                write!(f, "This recording has more than {most} {what}, which this page does not open.")
            }
            Self::Notation(error) => error.fmt(f),
        }
    }
}
