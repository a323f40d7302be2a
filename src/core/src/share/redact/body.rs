//! Bodies: what they are, by what the head says and by how they begin. Pieces are put together to be read, and come apart as they were.

use alloc::string::String;
use alloc::vec::Vec;

use super::marks::{Cover, Marks};
use super::places::Place;
use super::prose::{Words, floor};
use super::{Redactor, Values};
use crate::http::{Headers, ResponseHead, Sight};
use crate::said::is_html;
use crate::share::Carrier;

/// How much of a text is read that is neither JSON nor a page, in bytes: an error message is short.
const TEXT: usize = 2_000;

/// A part of a body of which nothing is missing.
pub(super) struct Part<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Bytes are missing before it.
    pub after_gap: bool,
}

impl Redactor<'_> {
    /// Marks what is not to be seen in the body of a response.
    pub(super) fn response(&mut self, head: Option<&ResponseHead>, part: &Part<'_>, marks: &mut Marks) {
        let text = readable(part.bytes);
        // First, so that a cover lies over them: a word with such a byte in it is covered as a whole.
        cover_other_bytes(part.bytes, marks);
        if head.is_some_and(ResponseHead::is_event_stream) {
            self.stream(&text, part.after_gap, marks);
        } else if head.is_some_and(|head| head.sight == Sight::Messages) {
            self.lines(&text, part.after_gap, marks);
        } else if part.after_gap {
            marks.add(0..text.len(), Cover::Stars, Carrier::Unreadable);
        } else {
            let form = head.is_some_and(|head| head.media_type() == "application/x-www-form-urlencoded");
            self.body(&text, form, false, marks);
        }
    }

    /// Messages, one on a line. `resync`: the first one lacks its beginning.
    fn lines(&mut self, text: &str, resync: bool, marks: &mut Marks) {
        let mut at = 0;
        for (n, line) in text.split_inclusive('\n').enumerate() {
            let from = marks.len();
            if resync && n == 0 {
                marks.add(0..line.trim_end().len(), Cover::Stars, Carrier::Unreadable);
            } else {
                self.body(line, false, false, marks);
            }
            marks.translate(from, |place| at + place);
            at += line.len();
        }
    }

    /// Marks what is not to be seen in the body of a request.
    pub(super) fn request(&mut self, headers: &Headers, body: &str, marks: &mut Marks) {
        let media_type = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
        self.body(body, media_type.starts_with("application/x-www-form-urlencoded"), true, marks);
    }

    fn body(&mut self, text: &str, form: bool, sent: bool, marks: &mut Marks) {
        let start = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
        if form {
            self.query(text, 0..text.len(), Carrier::Form, marks);
        } else if start.starts_with(['{', '[']) {
            let skipped = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
            let from = marks.len();
            self.json(&text[skipped..], if sent { Place::Sent } else { Place::Message }, marks);
            marks.translate(from, |at| skipped + at);
        } else if is_html(text) {
            self.page(text, marks);
        } else if sent && self.values != Values::Kept {
            // No request of the protocol has such a body.
            marks.add(0..text.len(), Cover::Stars, Carrier::Unreadable);
        } else {
            let end = if self.values == Values::Kept { text.len() } else { floor(text, TEXT) };
            self.text(&text[..end], Words::Prose, Carrier::Word, marks);
            marks.add(end..text.len(), Cover::Stars, Carrier::Unreadable);
        }
    }
}

/// The bytes as text of the same length: a byte that is not UTF-8 is a character that JSON allows in strings and no word has.
fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{7f}'));
    }
    text
}

/// Covers bytes that are not UTF-8, but for the first bytes of a character that a body breaks off in.
fn cover_other_bytes(bytes: &[u8], marks: &mut Marks) {
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        let end = at + chunk.invalid().len();
        let broken_off =
            end == bytes.len() && core::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        if !broken_off {
            marks.add(at..end, Cover::Bytes, Carrier::Unreadable);
        }
        at = end;
    }
}

/// The bytes, covered, in the pieces they came in.
pub(super) fn apart(bytes: &[u8], lengths: impl Iterator<Item = usize>) -> Vec<Vec<u8>> {
    let mut rest = bytes;
    lengths
        .map(|length| {
            let (piece, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            piece.to_vec()
        })
        .collect()
}
