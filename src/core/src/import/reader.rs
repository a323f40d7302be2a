//! Reading a file that comes in pieces of bytes: an archive is read on the way and never held as a whole, anything else is put
//! together into the text that it is.

use alloc::string::String;
use alloc::vec::Vec;

use super::{ImportError, Imported, har};
use crate::limits::RECORDING_BYTES;

/// So many bytes at the beginning tell an archive from anything else.
const BEGINNING: usize = 1_024;

/// Reads a file piece by piece. Between two pieces it can wait as long as it likes.
#[derive(Debug)]
pub struct Reader {
    /// The beginning of a character whose end is in the next piece.
    split: Vec<u8>,
    bytes: usize,
    form: Form,
}

/// What was read.
#[derive(Debug)]
pub enum Read {
    /// The recordings in an archive.
    Imported(Imported),
    /// The text of anything else, which may also be one of our own recordings.
    Text(String),
}

#[derive(Debug)]
enum Form {
    /// Not known so far.
    Beginning(String),
    Archive(har::Reader),
    Text(String),
}

impl Default for Reader {
    fn default() -> Self {
        Self { split: Vec::new(), bytes: 0, form: Form::Beginning(String::new()) }
    }
}

impl Reader {
    /// Reads on.
    ///
    /// # Errors
    /// It is longer than what is read of anything but an archive.
    pub fn feed(&mut self, piece: &[u8]) -> Result<(), ImportError> {
        self.bytes += piece.len();
        let joined;
        let mut bytes = piece;
        if !self.split.is_empty() {
            self.split.extend(piece);
            joined = core::mem::take(&mut self.split);
            bytes = &joined;
        }
        let whole = whole(bytes);
        self.split = bytes.get(whole..).unwrap_or_default().to_vec();
        self.text(&String::from_utf8_lossy(bytes.get(..whole).unwrap_or_default()));
        match self.form {
            Form::Text(_) if self.bytes > RECORDING_BYTES => Err(ImportError::TooLong(self.bytes)),
            _ => Ok(()),
        }
    }

    /// What was read.
    ///
    /// # Errors
    /// Why an archive cannot be read.
    pub fn finish(mut self) -> Result<Read, ImportError> {
        let rest = core::mem::take(&mut self.split);
        self.text(&String::from_utf8_lossy(&rest));
        self.decide();
        match self.form {
            Form::Archive(reader) => reader.finish().map(Read::Imported),
            Form::Beginning(text) | Form::Text(text) => Ok(Read::Text(text)),
        }
    }

    fn text(&mut self, piece: &str) {
        match &mut self.form {
            Form::Beginning(text) => {
                text.push_str(piece);
                if text.len() >= BEGINNING {
                    self.decide();
                }
            }
            Form::Archive(reader) => reader.feed(piece),
            Form::Text(text) => text.push_str(piece),
        }
    }

    fn decide(&mut self) {
        let Form::Beginning(text) = &mut self.form else { return };
        let text = core::mem::take(text);
        let start = text.trim_start_matches(super::BLANK);
        self.form = if har::is_har(start) {
            let mut reader = har::Reader::new();
            reader.feed(start);
            Form::Archive(reader)
        } else {
            Form::Text(text)
        };
    }
}

/// How many bytes there are without a character at the end of which more has to come.
fn whole(bytes: &[u8]) -> usize {
    let last = bytes.len().saturating_sub(3);
    let starts = (last..bytes.len()).rev().find(|at| bytes.get(*at).is_some_and(|byte| byte & 0xC0 != 0x80));
    let is_split =
        |at: &usize| core::str::from_utf8(bytes.get(*at..).unwrap_or_default()).is_err_and(|error| error.error_len().is_none());
    starts.filter(is_split).unwrap_or(bytes.len())
}
