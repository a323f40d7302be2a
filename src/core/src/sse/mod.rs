//! Event streams (`text/event-stream`) as the WHATWG HTML standard reads them, plus everything its readers throw away.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>

mod decoder;
mod line;

use alloc::borrow::Cow;
use core::ops::Range;

pub use decoder::Decoder;

/// One thing found in an event stream, borrowed from the bytes just fed or from the decoder.
///
/// Every `span` counts bytes from the start of the stream. A line's span leaves out its line end; a block's span goes from
/// the first `data`, `event` or `id` line to the empty line that ends it, which it leaves out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item<'a> {
    /// An event, as a reader of the standard would dispatch it.
    Event(Event<'a>),
    /// A block with `id` or `event` but no `data` line: it sets the last event id, but is no event.
    Dataless(Event<'a>),
    /// An event with more data than [`crate::limits::SSE_EVENT_BYTES`]: `data` holds its start.
    Oversize {
        /// The event with the start of its data.
        event: Event<'a>,
        /// Bytes of data the whole event had.
        bytes: u64,
    },
    /// A line beginning with a colon; servers send them to keep a connection alive.
    Comment {
        /// The text after the colon and one space.
        text: Cow<'a, str>,
        /// The line.
        span: Range<u64>,
    },
    /// A `retry` line: how long to wait before connecting again.
    Retry {
        /// Milliseconds to wait.
        millis: u64,
        /// The line.
        span: Range<u64>,
    },
    /// A line that has no effect.
    Ignored {
        /// The line as it was sent.
        line: Cow<'a, str>,
        /// Why it has no effect.
        why: Ignored,
        /// The line.
        span: Range<u64>,
    },
    /// A byte order mark at the start of the stream, which is not part of the first line.
    Bom,
    /// Bytes that are not UTF-8, in the line whose item follows; each run of them shows as U+FFFD.
    BadUtf8 {
        /// Offset of the first such byte of the line.
        at: u64,
    },
    /// The stream ended before the empty line that would have ended its last block, so a reader drops that block.
    Truncated {
        /// The block as far as its complete lines go.
        event: Event<'a>,
        /// The last line, which has no line end; empty when the stream stops after one.
        line: Cow<'a, str>,
        /// What the stream ended inside of.
        inside: Inside,
        /// From the start of the block, or of the line when it stands alone, to the end of the stream.
        span: Range<u64>,
    },
}

/// A block of an event stream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event<'a> {
    /// The event type: the last `event` field of the block, or `message`.
    pub kind: &'a str,
    /// The values of the `data` fields, joined by line feeds.
    pub data: &'a str,
    /// The last event id as of this block; `None` when the stream has not set one yet.
    pub id: Option<&'a str>,
    /// Whether this block itself has set the id.
    pub explicit_id: bool,
    /// The lines of the block.
    pub span: Range<u64>,
}

/// Why a line has no effect.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ignored {
    /// A field name the standard does not know.
    UnknownField,
    /// No colon, and not the name of a field either.
    NoColon,
    /// An `id` that holds U+0000.
    IdWithNull,
    /// A `retry` that is not made of ASCII digits.
    RetryNotDigits,
    /// A line, other than of `data`, above [`crate::limits::SSE_LINE_BYTES`]; only its start is kept.
    TooLong {
        /// Bytes of the whole line.
        bytes: u64,
    },
}

/// What a stream ended inside of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Inside {
    /// A block: its last line is complete, the empty line after it is missing.
    Event,
    /// A line.
    Line,
    /// A character: the first bytes of its UTF-8 are there, the others are not.
    Character,
}
