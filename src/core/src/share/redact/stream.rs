//! Event streams: the lines and fields stay, what stands in them is treated as what it is. Data of several lines is read as one text.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::marks::{Cover, Marks};
use super::places::Place;
use super::prose::Words;
use super::shape::is_name;
use super::{Redactor, Values};
use crate::share::Carrier;

/// What servers send to keep a connection open.
const KEEP_ALIVE: &[&str] = &["", "connected", "heartbeat", "keep-alive", "keepalive", "ok", "ping", "pong"];

/// The part of an event that was read so far.
#[derive(Default)]
struct Event {
    kind: String,
    /// Where the lines of its data stand, without the name of the field.
    data: Vec<Range<usize>>,
}

impl Redactor<'_> {
    /// Marks what is not to be seen in the text of an event stream. `resync`: it begins in the middle of an event, which is not read.
    pub(super) fn stream(&mut self, text: &str, resync: bool, marks: &mut Marks) {
        let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let mut at = if resync { first_blank_line(text) } else { start };
        if resync {
            marks.add(0..at, Cover::Stars, Carrier::Unreadable);
        }
        let mut event = Event::default();
        while at < text.len() {
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
            self.line(text, at..end, &mut event, marks);
            at = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        self.event(text, &mut event, marks);
    }

    fn line(&mut self, text: &str, line: Range<usize>, event: &mut Event, marks: &mut Marks) {
        if line.is_empty() {
            self.event(text, event, marks);
            return;
        }
        let (name, from) = match text[line.clone()].split_once(':') {
            Some((name, value)) => (name, line.end - value.strip_prefix(' ').unwrap_or(value).len()),
            None => (&text[line.clone()], line.end),
        };
        let value = from..line.end;
        let seen = &text[value.clone()];
        match name {
            "data" => event.data.push(value),
            "event" => {
                event.kind = String::from(seen);
                self.plain(text, value, Carrier::Handle, marks);
            }
            "id" => self.plain(text, value, Carrier::Handle, marks),
            "retry" if seen.len() <= 9 && seen.bytes().all(|byte| byte.is_ascii_digit()) => {}
            "" if KEEP_ALIVE.contains(&seen.trim()) => {}
            "" if self.values == Values::Covered => marks.add(value, Cover::Stars, Carrier::Comment),
            // Comments, and fields that nobody knows.
            _ => {
                let from = marks.len();
                self.text(&text[line.clone()], Words::Prose, Carrier::Comment, marks);
                marks.translate(from, |at| line.start + at);
            }
        }
    }

    /// A name stays; anything else is covered and told from others.
    fn plain(&mut self, text: &str, value: Range<usize>, what: Carrier, marks: &mut Marks) {
        if !is_name(&text[value.clone()]) {
            self.handle(text, value, what, marks);
        }
    }

    /// Reads the data of an event that is over.
    fn event(&mut self, text: &str, event: &mut Event, marks: &mut Marks) {
        let Event { kind, data } = core::mem::take(event);
        let (Some(first), from) = (data.first(), marks.len()) else { return };
        if let [line] = data.as_slice() {
            self.data(&text[line.clone()], &kind, marks);
            marks.translate(from, |at| line.start + at);
            return;
        }
        let mut joined = String::new();
        // Where each line begins: in the data, and in the text.
        let mut lines = Vec::new();
        for line in &data {
            if line.start != first.start {
                joined.push('\n');
            }
            lines.push((joined.len(), line.start));
            joined.push_str(&text[line.clone()]);
        }
        self.data(&joined, &kind, marks);
        // A place that goes on over lines would take the line ends and names of fields with it.
        marks.split(from, |range| split_at_lines(&range, &lines));
        marks.translate(from, |at| {
            let (begins, stands) = lines[line_at(at, &lines)];
            stands + at - begins
        });
    }

    fn data(&mut self, data: &str, kind: &str, marks: &mut Marks) {
        match data.trim_start() {
            _ if kind == "endpoint" => self.address(data.trim_end(), marks),
            start if start.starts_with(['{', '[']) => self.json(data, Place::Message, marks),
            _ => self.text(data, Words::Prose, Carrier::Word, marks),
        }
    }
}

/// Where the first blank line begins: what comes before it is the rest of an event whose beginning is missing.
fn first_blank_line(text: &str) -> usize {
    ["\n\n", "\r\r", "\r\n\r\n"].iter().filter_map(|blank| text.find(blank)).min().unwrap_or(text.len())
}

/// The line that a place of data stands on; `lines` has where each begins, and the first begins at 0.
fn line_at(at: usize, lines: &[(usize, usize)]) -> usize {
    lines.partition_point(|(begins, _)| *begins <= at).saturating_sub(1)
}

/// A range of data as ranges that stay on their lines.
fn split_at_lines(range: &Range<usize>, lines: &[(usize, usize)]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for line in line_at(range.start, lines)..lines.len() {
        let begins = lines[line].0;
        // Before the line feed that joins it to the next.
        let ends = lines.get(line + 1).map_or(usize::MAX, |(next, _)| next - 1);
        if begins >= range.end {
            break;
        }
        let part = range.start.max(begins)..range.end.min(ends);
        parts.extend((part.start < part.end).then_some(part));
    }
    parts
}
