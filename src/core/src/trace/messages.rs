//! Messages without anything around them, one on a line: what a recording holds whose source wrote down neither HTTP nor event streams.

use alloc::string::String;
use alloc::vec::Vec;

use super::decode::{Found, read_body};
use super::exchange::ItemKind;
use crate::limits::SSE_EVENT_BYTES;

/// Finds the lines, in whatever pieces they arrive.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The beginning of a line whose end has not come; no more of it than is read.
    open: Vec<u8>,
    /// How long that line is so far.
    length: u64,
    /// Where it begins in the body.
    start: u64,
}

impl Lines {
    /// The lines after a part of the body that was not kept, up to `offset`.
    pub(super) fn after_gap(offset: u64) -> Self {
        Self { start: offset, ..Self::default() }
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], sink: &mut dyn FnMut(Found)) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = SSE_EVENT_BYTES.saturating_sub(self.open.len());
            self.open.extend_from_slice(&piece[..piece.len().min(room)]);
            self.length += piece.len() as u64;
            if piece.ends_with(b"\n") {
                self.line(sink);
            }
        }
    }

    /// Says that no more bytes come.
    pub(super) fn finish(mut self, sink: &mut dyn FnMut(Found)) {
        self.line(sink);
    }

    fn line(&mut self, sink: &mut dyn FnMut(Found)) {
        let span = self.start..self.start + self.length;
        let whole = self.open.len() as u64 == self.length;
        if !whole {
            let what = ItemKind::Oversize(self.length);
            sink(Found { span: span.clone(), what, messages: Vec::new(), text: String::new() });
        } else if let Some(found) = read_body(self.open.trim_ascii()) {
            sink(Found { span: span.clone(), ..found });
        }
        self.open.clear();
        (self.length, self.start) = (0, span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(pieces: &[&str]) -> Vec<(core::ops::Range<u64>, usize)> {
        let (mut lines, mut found) = (Lines::default(), Vec::new());
        let mut sink = |item: Found| found.push((item.span.clone(), item.messages.len()));
        pieces.iter().for_each(|piece| lines.feed(piece.as_bytes(), &mut sink));
        lines.finish(&mut sink);
        found
    }

    #[test]
    fn a_message_is_a_line_however_it_arrives() {
        let whole = "{\"jsonrpc\":\"2.0\",\"method\":\"a\"}\n\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
        let found = spans(&[whole]);
        assert_eq!(found, [(0..31, 1), (32..68, 1)]);
        let single: Vec<&str> = (0..whole.len()).map(|at| &whole[at..=at]).collect();
        assert_eq!(spans(&single), found);
    }
}
