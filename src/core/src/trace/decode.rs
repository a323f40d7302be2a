//! From body bytes to items: event streams as they arrive, other bodies when they are complete.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::exchange::ItemKind;
use super::messages::Lines;
use crate::http::{ResponseHead, Sight};
use crate::json;
use crate::rpc::{self, Message};
use crate::sse;

/// The longest comment or ignored line that is kept for display, in characters.
const LINE_CHARS: usize = 500;

/// One thing found in a body, with its full text while it is at hand.
#[derive(Clone, Debug)]
pub struct Found {
    /// The bytes it was read from.
    pub span: Range<u64>,
    /// What it is.
    pub what: ItemKind,
    /// The messages in it.
    pub messages: Vec<Message>,
    /// The data of an event, or the whole body.
    pub text: String,
}

impl Found {
    /// The text of the n-th message in it: all of it, but for an array of messages.
    pub fn text_of(&self, n: usize) -> Cow<'_, str> {
        if !self.text.trim_start().starts_with('[') {
            return Cow::Borrowed(&self.text);
        }
        let scan = json::scan(&self.text);
        let item = scan.root(&self.text).and_then(|array| array.items().nth(n)).map(|item| item.raw().to_string());
        Cow::Owned(item.unwrap_or_default())
    }
}

/// Finds the items of a body that goes on, in whatever pieces it arrives: an event stream, or messages one on a line.
#[derive(Debug)]
pub struct StreamDecoder {
    form: Form,
    /// Bytes of the body before the first one this decoder saw.
    offset: u64,
    /// Bytes are missing before the first: what comes before the next whole event is the rest of another.
    resync: bool,
}

#[derive(Debug)]
enum Form {
    Events(sse::Decoder),
    Messages(Lines),
}

impl Default for StreamDecoder {
    fn default() -> Self {
        Self { form: Form::Events(sse::Decoder::new()), offset: 0, resync: false }
    }
}

impl StreamDecoder {
    /// The decoder for a body with this head; `None` for one that is read as a whole.
    pub fn of(head: &ResponseHead) -> Option<Self> {
        match head.sight {
            Sight::Messages => Some(Self { form: Form::Messages(Lines::default()), ..Self::default() }),
            _ => head.is_event_stream().then(Self::default),
        }
    }

    /// The decoder for the end of the same body, whose middle was not kept; `offset` is where it begins in the body.
    pub fn after_gap(&self, offset: u64) -> Self {
        match self.form {
            Form::Events(_) => Self { offset, resync: true, ..Self::default() },
            Form::Messages(_) => Self { form: Form::Messages(Lines::after_gap(offset)), ..Self::default() },
        }
    }

    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut dyn FnMut(Found)) {
        let Self { form, offset, resync } = self;
        let decoder = match form {
            Form::Events(decoder) => decoder,
            Form::Messages(lines) => return lines.feed(bytes, sink),
        };
        decoder.feed(bytes, &mut |item| {
            let partial = *resync;
            *resync &= !matches!(item, sse::Item::Event(_) | sse::Item::Dataless(_) | sse::Item::Oversize { .. });
            if !partial && let Some(found) = found(item, *offset) {
                sink(found);
            }
        });
    }

    /// Says that no more bytes come.
    pub fn finish(self, sink: &mut dyn FnMut(Found)) {
        let Self { form, offset, .. } = self;
        let decoder = match form {
            Form::Events(decoder) => decoder,
            Form::Messages(lines) => return lines.finish(sink),
        };
        decoder.finish(&mut |item| {
            if let Some(found) = found(item, offset) {
                sink(found);
            }
        });
    }
}

/// The data of the first event in these bytes, which may lack the blank line that ends it.
pub(super) fn event_text(bytes: &[u8]) -> Option<String> {
    let mut text = None;
    let mut decoder = sse::Decoder::new();
    let mut take = |item: sse::Item<'_>| {
        if let sse::Item::Event(event) | sse::Item::Oversize { event, .. } = item
            && text.is_none()
        {
            text = Some(event.data.to_string());
        }
    };
    decoder.feed(bytes, &mut take);
    decoder.feed(b"\n\n", &mut take);
    text
}

fn found(item: sse::Item<'_>, offset: u64) -> Option<Found> {
    let shift = |span: Range<u64>| span.start + offset..span.end + offset;
    let line = |text: &str| text.chars().take(LINE_CHARS).collect::<String>();
    let bare = |what, span| Found { span: shift(span), what, messages: Vec::new(), text: String::new() };
    let id = |event: &sse::Event<'_>| event.id.map(ToString::to_string);
    Some(match item {
        sse::Item::Event(event) => Found {
            span: shift(event.span.clone()),
            what: ItemKind::Event { kind: line(event.kind), id: id(&event) },
            // An event without data carries no message: 2025-11-25 servers send one first, so that a stream can be resumed.
            messages: if event.data.is_empty() { Vec::new() } else { rpc::read(event.data) },
            text: event.data.to_string(),
        },
        sse::Item::Dataless(event) => bare(ItemKind::Dataless { id: id(&event) }, event.span.clone()),
        sse::Item::Oversize { event, bytes } => bare(ItemKind::Oversize(bytes), event.span),
        sse::Item::Comment { text, span } => bare(ItemKind::Comment(line(&text)), span),
        sse::Item::Retry { millis, span } => bare(ItemKind::Retry(millis), span),
        sse::Item::Ignored { line: text, span, .. } => bare(ItemKind::Ignored(line(&text)), span),
        sse::Item::Truncated { inside, span, .. } => bare(ItemKind::Truncated(inside), span),
        // Both are shown with the raw bytes; neither is a thing of its own on the wire.
        sse::Item::Bom | sse::Item::BadUtf8 { .. } => return None,
    })
}

/// Reads a body that is no event stream. `None` when it is empty.
pub fn read_body(bytes: &[u8]) -> Option<Found> {
    if bytes.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{FEFF}').map_or(text.clone(), |rest| Cow::Owned(rest.to_string()));
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let messages = if looks_like_json { rpc::read(&text) } else { Vec::new() };
    Some(Found { span: 0..bytes.len() as u64, what: ItemKind::Body, messages, text: text.into_owned() })
}
