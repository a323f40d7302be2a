//! Links and files of what was redacted. Whatever is made is looked through for secrets that are known, and not handed out if
//! one is in it.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::link::fragment;
use super::taint::{Secrets, Taint, check};
use super::wire::{self, Written};
use super::{Redacted, Shared, View, WithBodies};
use crate::id::{EventRef, ExchangeId};
use crate::limits::{LINK_BYTES, LINK_CHARS, LINK_EXCHANGES, LINK_RECORDS};
use crate::trace::{Trace, What};

/// A link to a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What comes after the address of the page and `#`.
    pub fragment: String,
}

impl Link {
    /// The characters it adds to the address of the page, `#` included.
    pub fn chars(&self) -> usize {
        self.fragment.len() + 1
    }
}

/// Why there is no link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoLink {
    /// A secret would be in it.
    Tainted(Taint),
    /// It would be too long: offer a file. Holds its length in characters; `None` for a recording beyond what a link is tried for.
    TooLong(Option<usize>),
}

impl fmt::Display for NoLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tainted(taint) => taint.fmt(f),
            Self::TooLong(Some(chars)) => {
                write!(f, "The link would be {chars} characters long; chats and mails cut those above {LINK_CHARS}. Send a file.")
            }
            Self::TooLong(None) => write!(f, "The link would be longer than {LINK_CHARS} characters. Send a file."),
        }
    }
}

/// A link to a recording, with where somebody is looking.
///
/// # Errors
/// It would hold a secret, or be longer than [`LINK_CHARS`].
pub fn link(redacted: &Redacted, view: &View, secrets: &Secrets<'_>) -> Result<Link, NoLink> {
    let trace = redacted.trace();
    let level = Shared::Redacted(redacted.level());
    let written = written(trace, level, view, secrets, redacted.live()).map_err(NoLink::Tainted)?;
    let bytes = written.text.len().max(trace.held_bytes());
    if bytes > LINK_BYTES || written.starts.len() > LINK_RECORDS || trace.exchanges().len() > LINK_EXCHANGES {
        return Err(NoLink::TooLong(None));
    }
    let link = Link { fragment: fragment(&written.text) };
    if link.chars() > LINK_CHARS { Err(NoLink::TooLong(Some(link.chars()))) } else { Ok(link) }
}

/// The recording as a file: JSON, described in `docs/formats.md`.
///
/// # Errors
/// It would hold a secret.
pub fn file(redacted: &Redacted, view: &View, secrets: &Secrets<'_>) -> Result<String, Taint> {
    let level = Shared::Redacted(redacted.level());
    written(redacted.trace(), level, view, secrets, redacted.live()).map(|written| written.text)
}

/// The recording as a file that keeps the values in bodies.
///
/// # Errors
/// It would hold a secret.
pub fn file_with_bodies(recording: &WithBodies, view: &View, secrets: &Secrets<'_>) -> Result<String, Taint> {
    written(recording.trace(), Shared::WithBodies, view, secrets, recording.live()).map(|written| written.text)
}

fn written(trace: &Trace, level: Shared, view: &View, secrets: &Secrets<'_>, live: &[String]) -> Result<Written, Taint> {
    let secrets = secrets.clone().and_sessions(live);
    let written = wire::write(&wire::recording(trace, level.as_str(), view));
    check(&written.text, &secrets).map_err(|taint| place(taint, trace, &written))?;
    bodies(trace, &secrets)?;
    Ok(written)
}

/// The event that a record of what was written belongs to.
fn place(taint: Taint, trace: &Trace, written: &Written) -> Taint {
    let record = written.starts.partition_point(|start| *start <= taint.byte).checked_sub(1);
    let what = record.and_then(|record| trace.records().into_iter().nth(record)).map(|record| record.what);
    let at = what.and_then(|what| {
        let exchange = what.exchange()?;
        Some(match what {
            What::Request(..) => EventRef::request(exchange),
            What::End(..) => EventRef::end(exchange),
            _ => EventRef::response(exchange),
        })
    });
    Taint { at, ..taint }
}

/// A secret may also stand across the pieces that a body came in.
fn bodies(trace: &Trace, secrets: &Secrets<'_>) -> Result<(), Taint> {
    let mut bodies: BTreeMap<ExchangeId, Vec<u8>> = BTreeMap::new();
    for record in trace.records() {
        if let What::Chunk(id, bytes) = record.what {
            bodies.entry(id).or_default().extend(bytes);
        }
    }
    for (id, bytes) in bodies {
        let at = Some(EventRef::response(id));
        check(&String::from_utf8_lossy(&bytes), secrets).map_err(|taint| Taint { at, ..taint })?;
    }
    Ok(())
}
