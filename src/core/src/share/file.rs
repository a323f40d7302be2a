//! Opening files: ours in JSON, and the text notation of older downloads.

use super::wire::{self, Most};
use super::{OpenError, Opened, Shared, View};
use crate::limits::RECORDING_BYTES;
use crate::trace::notation;

/// Opens the text of a file.
///
/// # Errors
/// Why it cannot be opened, for the person who chose it.
pub fn open_file(text: &str) -> Result<Opened, OpenError> {
    if text.len() > RECORDING_BYTES {
        return Err(OpenError::LongFile(text.len()));
    }
    let start = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if start.is_empty() {
        return Err(OpenError::Empty);
    }
    if start.starts_with('{') {
        return wire::read(start, Most::FILE);
    }
    let recording = notation::read(text).map_err(OpenError::Notation)?;
    Ok(Opened { trace: recording.trace, view: View::default(), shared: Shared::Unknown })
}
