//! From body bytes to items: event streams as they arrive, other bodies when they are complete.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::exchange::{Inside, ItemKind};
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

/// Decodes an event stream, in whatever pieces it arrives.
#[derive(Debug, Default)]
pub struct StreamDecoder(sse::Decoder);

impl StreamDecoder {
    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl FnMut(Found)) {
        self.0.feed(bytes, &mut |item| sink(found(item)));
    }

    /// Says that no more bytes come.
    pub fn finish(self, sink: &mut impl FnMut(Found)) {
        self.0.finish(&mut |item| sink(found(item)));
    }
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
