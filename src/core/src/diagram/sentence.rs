//! Rows as sentences, for the table and for readers who do not see the arrows.

use alloc::format;
use alloc::string::String;
use core::fmt;

use super::steps::Step;
use super::words::Words;
use super::{RowKind, Tone};
use crate::id::Part;
use crate::trace::Lack;

/// A row as a sentence: who says what to whom.
pub(super) fn sentence(words: &Words, step: &Step<'_>, client: &str, server: &str) -> String {
    let label = Spoken(&words.label);
    let comma = if words.note.is_empty() { "" } else { ", " };
    let note = words.note.as_str();
    let n = step.exchange.id;
    let after = match step.exchange.lacks.has(Lack::Spans) {
        true => String::new(),
        false => format!(" after {}", step.at.saturating_sub(step.exchange.at)),
    };
    match (words.kind, step.event.part) {
        // The line above says which probe it is; who hears this row alone hears that it is one.
        (RowKind::Request, _) if step.exchange.probe.is_some() => {
            format!("Request {n} of a probe, {client} to server: {label}{comma}{note}.")
        }
        (RowKind::Request, _) => format!("Request {n}, {client} to {server}: {label}{comma}{note}."),
        (RowKind::Response, _) => {
            let failed = if words.tone == Tone::Failed { " (failed)" } else { "" };
            format!("Response {n}, {server} to {client}{after}: {label}{failed}.")
        }
        (RowKind::Comment, _) => format!("Stream {n}, {server} to {client}: comment {label}."),
        (_, Part::Item(_)) if words.kind != RowKind::Dropped => format!("Stream {n}, {server} to {client}: {label}."),
        (RowKind::Dropped | RowKind::StreamEnd, _) => format!("Stream {n}: {label}."),
        (RowKind::TimedOut, _) => format!("Request {n}: {label}."),
        _ => format!("Request {n}{after}: {label}."),
    }
}

/// A label with its signs read out.
struct Spoken<'a>(&'a str);

impl fmt::Display for Spoken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = self.0.strip_prefix(": ").unwrap_or(self.0);
        let mut comma = "";
        for part in label.split(" · ").flat_map(|part| part.split(" → ")) {
            f.write_str(comma)?;
            f.write_str(part)?;
            comma = ", ";
        }
        Ok(())
    }
}
