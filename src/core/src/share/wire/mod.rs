//! How a recording is written in links and files: one JSON form for both, in versions that are never changed.

mod from_live;
mod to_live;
mod v1;

use alloc::string::String;
use alloc::vec::Vec;

pub(super) use from_live::recording;
pub(super) use v1::{Written, write};

use super::{OpenError, Opened};
use crate::json;
use crate::limits::{LINK_BYTES, LINK_EXCHANGES, LINK_RECORDS, RECORDING_EXCHANGES, RECORDING_RECORDS, TRACE_BYTES};

/// What the member `format` says.
pub(super) const FORMAT: &str = "mcp-trace";

/// How much of a recording is read. What is longer was not made by this program.
#[derive(Clone, Copy)]
pub(super) struct Most {
    pub records: usize,
    pub exchanges: usize,
    /// Bytes of all bodies together: few words can stand for many bytes.
    pub bodies: usize,
}

impl Most {
    /// Of a link.
    pub(super) const LINK: Self = Self { records: LINK_RECORDS, exchanges: LINK_EXCHANGES, bodies: LINK_BYTES };

    /// Of a file.
    pub(super) const FILE: Self = Self { records: RECORDING_RECORDS, exchanges: RECORDING_EXCHANGES, bodies: TRACE_BYTES };
}

/// Reads a recording of any version.
///
/// Each version is read by its own folder. What it read is brought to the newest version, one step after the other, and from
/// there into the types of the program. With version 1 alone there are no steps yet.
pub(super) fn read(text: &str, most: Most) -> Result<Opened, OpenError> {
    let members: Result<Vec<(&str, &str)>, _> = json::members(text.trim_start_matches('\u{FEFF}')).collect();
    let members = members.map_err(|error| OpenError::NotJson { at: error.0 })?;
    let find = |name: &str| members.iter().rev().find(|(key, _)| json::string_value(key) == name).map(|(_, value)| *value);
    if find("format").map(json::string_value).as_deref() != Some(FORMAT) {
        return Err(OpenError::NotATrace(text.chars().take(40).collect()));
    }
    let version = find("version").unwrap_or_default();
    match version.parse::<u32>() {
        Ok(v1::VERSION) => to_live::opened(v1::read(&members, most)?),
        Ok(newer) if newer > v1::VERSION => Err(OpenError::Newer(String::from(version))),
        _ => Err(OpenError::Head("“version” is not a number that this page knows")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_is_written_as_it_was_read() {
        let text = include_str!("../../../fixtures/shared/v1/every-record.json");
        let opened = read(text, Most::LINK).unwrap();
        assert_eq!(write(&recording(&opened.trace, opened.shared.as_str(), &opened.view)).text, text);
    }
}
