//! The incremental decoder: takes the bytes of a stream in any pieces and gives the same items for every way of cutting them.
//!
//! Line ends and field names are ASCII, so lines are cut in the bytes, and each value is checked for UTF-8 once, as a whole.
//! An event with one `data` line inside one piece is lent from that piece; everything else is gathered in a reused buffer.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::line::{Line, line_end};
use super::{Event, Ignored, Inside, Item};
use crate::limits::{SSE_EVENT_BYTES, SSE_LINE_BYTES};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Decodes one event stream.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Bytes fed so far, up to the line being read.
    line_start: u64,
    /// Bytes of the line being read that came in earlier pieces.
    line_bytes: u64,
    /// Those bytes, up to [`SSE_LINE_BYTES`].
    carry: Vec<u8>,
    /// The piece before ended with CR: an LF at the start of the next belongs to it.
    after_cr: bool,
    block: Block,
}

impl Decoder {
    /// A decoder at the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes the next piece of the stream, of any length. Every item that is complete is handed to `sink` at once.
    pub fn feed(&mut self, piece: &[u8], sink: &mut dyn FnMut(Item<'_>)) {
        let mut rest = piece;
        if self.after_cr && !piece.is_empty() {
            self.after_cr = false;
            if let Some(after) = rest.strip_prefix(b"\n") {
                rest = after;
                self.line_start += 1;
            }
        }
        let mut lent = None;
        loop {
            let (line, end) = rest.split_at(line_end(rest));
            let Some((byte, after)) = end.split_first() else { break };
            let bytes = self.line_bytes + line.len() as u64;
            if self.line_bytes == 0 {
                let kept = line.get(..SSE_LINE_BYTES).unwrap_or(line);
                self.block.line(kept, bytes, self.line_start, &mut lent, sink);
            } else {
                self.carry(line);
                let mut lent_by_carry = None;
                self.block.line(&self.carry, bytes, self.line_start, &mut lent_by_carry, sink);
                self.block.keep(&mut lent_by_carry);
                self.carry.clear();
                self.line_bytes = 0;
            }
            self.line_start += bytes + 1;
            rest = after;
            if *byte == b'\r' {
                match rest.split_first() {
                    Some((b'\n', after)) => {
                        self.line_start += 1;
                        rest = after;
                    }
                    Some(_) => {}
                    None => self.after_cr = true,
                }
            }
        }
        self.carry(rest);
        self.block.keep(&mut lent);
    }

    /// Ends the stream, and tells what it ended inside of, if anything.
    pub fn finish(mut self, sink: &mut dyn FnMut(Item<'_>)) {
        let end = self.line_start + self.line_bytes;
        let line = without_bom(&self.carry, &mut self.line_start, sink);
        let whole = without_partial_char(line);
        let inside = match (line.len() - whole.len(), end - self.line_start) {
            (0, 0) if self.block.start.is_none() => return,
            (0, 0) => Inside::Event,
            (0, _) => Inside::Line,
            _ => Inside::Character,
        };
        let line = decode(whole, self.line_start, sink);
        let start = self.block.start.unwrap_or(self.line_start);
        let event = self.block.event(None, start..self.line_start);
        sink(Item::Truncated { event, line, inside, span: start..end });
    }

    /// Keeps the bytes of a line that goes on in the next piece.
    fn carry(&mut self, bytes: &[u8]) {
        self.line_bytes += bytes.len() as u64;
        let room = SSE_LINE_BYTES - self.carry.len();
        self.carry.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }
}

/// The block being read, and the last event id, which outlives it.
#[derive(Debug, Default)]
struct Block {
    /// Offset of its first line; `None` until there is one.
    start: Option<u64>,
    kind: String,
    has_data: bool,
    /// The data, up to [`SSE_EVENT_BYTES`], unless it is still lent from the piece being read.
    data: String,
    /// Bytes of data in all.
    data_bytes: u64,
    id: Option<String>,
    explicit_id: bool,
}

impl Block {
    /// Takes in a line of so many `bytes` that begins at offset `start`; only its first [`SSE_LINE_BYTES`] are in `line`.
    ///
    /// `lent` holds the data of the block as long as it is one line of the piece being read.
    fn line<'a>(
        &mut self,
        line: &'a [u8],
        bytes: u64,
        mut start: u64,
        lent: &mut Option<&'a str>,
        sink: &mut dyn FnMut(Item<'_>),
    ) {
        let end = start + bytes;
        let cut = bytes > line.len() as u64;
        let mut line = without_bom(line, &mut start, sink);
        if cut {
            line = without_partial_char(line);
        }
        let span = start..end;
        let value_at = |value: &[u8]| start + (line.len() - value.len()) as u64;
        let ignored = match Line::parse(line) {
            Line::Empty => return self.dispatch(lent.take(), start, sink),
            Line::Data(value) => {
                let at = value_at(value);
                self.start.get_or_insert(start);
                let text = decode(value, at, sink);
                // Longer than its bytes only where U+FFFD stands for bad ones, shorter only where it was cut.
                let bytes = (end - at).max(text.len() as u64);
                return self.add_data(text, bytes, lent);
            }
            _ if cut => Ignored::TooLong { bytes: end - start },
            Line::Comment(text) => {
                let text = decode(text, value_at(text), sink);
                return sink(Item::Comment { text, span });
            }
            Line::Kind(value) => {
                self.start.get_or_insert(start);
                self.kind.clear();
                return self.kind.push_str(&decode(value, value_at(value), sink));
            }
            Line::Id(value) if value.contains(&0) => Ignored::IdWithNull,
            Line::Id(value) => {
                self.start.get_or_insert(start);
                self.explicit_id = true;
                let id = self.id.get_or_insert_default();
                id.clear();
                return id.push_str(&decode(value, value_at(value), sink));
            }
            Line::Retry(value) => match digits(value) {
                Some(millis) => return sink(Item::Retry { millis, span }),
                None => Ignored::RetryNotDigits,
            },
            Line::Unknown => Ignored::UnknownField,
            Line::NoColon => Ignored::NoColon,
        };
        let line = decode(line, start, sink);
        sink(Item::Ignored { line, why: ignored, span });
    }

    /// Adds the value of a `data` line that is `bytes` long as text, of which `value` may be only the start.
    fn add_data<'a>(&mut self, value: Cow<'a, str>, bytes: u64, lent: &mut Option<&'a str>) {
        if !self.has_data {
            self.has_data = true;
            self.data_bytes = bytes;
            match value {
                Cow::Borrowed(value) => *lent = Some(value),
                Cow::Owned(value) => self.push(&value),
            }
            return;
        }
        self.keep(lent);
        let complete = self.data.len() as u64 == self.data_bytes;
        self.data_bytes += 1 + bytes;
        if complete && self.data.len() < SSE_EVENT_BYTES {
            self.data.push('\n');
            self.push(&value);
        }
    }

    /// Copies lent data into the buffer, because it must outlive the piece it is lent from.
    fn keep(&mut self, lent: &mut Option<&str>) {
        if let Some(data) = lent.take() {
            self.push(data);
        }
    }

    fn push(&mut self, data: &str) {
        let room = SSE_EVENT_BYTES - self.data.len();
        self.data.push_str(up_to(data, room));
    }

    /// Ends the block at the empty line at offset `end`.
    fn dispatch(&mut self, lent: Option<&str>, end: u64, sink: &mut dyn FnMut(Item<'_>)) {
        let Some(start) = self.start.take() else { return };
        let span = start..end;
        sink(if !self.has_data {
            Item::Dataless(self.event(lent, span))
        } else if self.data_bytes > SSE_EVENT_BYTES as u64 {
            Item::Oversize { event: self.event(lent, span), bytes: self.data_bytes }
        } else {
            Item::Event(self.event(lent, span))
        });
        self.kind.clear();
        self.data.clear();
        self.has_data = false;
        self.data_bytes = 0;
        self.explicit_id = false;
    }

    /// Always inlined, so that the item is built in place: copying it costs as much as reading a short line.
    #[inline(always)]
    fn event<'a>(&'a self, lent: Option<&'a str>, span: core::ops::Range<u64>) -> Event<'a> {
        Event {
            kind: if self.kind.is_empty() { "message" } else { &self.kind },
            data: up_to(lent.unwrap_or(&self.data), SSE_EVENT_BYTES),
            id: self.id.as_deref(),
            explicit_id: self.explicit_id,
            span,
        }
    }
}

/// The line without the byte order mark it has when it is the first of the stream and begins with one.
fn without_bom<'a>(line: &'a [u8], start: &mut u64, sink: &mut dyn FnMut(Item<'_>)) -> &'a [u8] {
    if *start > 0 {
        return line;
    }
    let Some(rest) = line.strip_prefix(BOM) else { return line };
    *start = BOM.len() as u64;
    sink(Item::Bom);
    rest
}

/// The bytes without a character at their end whose UTF-8 is not complete.
fn without_partial_char(bytes: &[u8]) -> &[u8] {
    let partial = (1..=3).find(|len| {
        let tail = bytes.len().checked_sub(*len).and_then(|at| bytes.get(at..)).unwrap_or_default();
        core::str::from_utf8(tail).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
    });
    bytes.get(..bytes.len() - partial.unwrap_or(0)).unwrap_or_default()
}

/// Bytes as text, by the UTF-8 decoding of the WHATWG Encoding standard; tells where the first bad byte stands.
fn decode<'a>(bytes: &'a [u8], start: u64, sink: &mut dyn FnMut(Item<'_>)) -> Cow<'a, str> {
    match core::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            sink(Item::BadUtf8 { at: start + error.valid_up_to() as u64 });
            String::from_utf8_lossy(bytes)
        }
    }
}

/// As much of the start of a text as fits into so many bytes.
fn up_to(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes { text } else { text.get(..text.floor_char_boundary(bytes)).unwrap_or_default() }
}

/// The number written in ASCII digits; the largest one when it is too large.
fn digits(value: &[u8]) -> Option<u64> {
    let all_digits = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    all_digits
        .then(|| value.iter().fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
}
