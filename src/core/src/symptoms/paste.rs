//! What a person pasted, as lines to search in: without colours, frames and quote marks, and with what JSON had escaped.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::limits::{PASTE_BYTES, PASTE_LINE_BYTES};

/// A paste, as lines.
#[derive(Debug, Default)]
pub(super) struct Paste {
    /// The lines in order; a line that holds escaped line breaks is as many.
    pub(super) lines: Vec<Line>,
    /// What of it is not read.
    pub(super) unread: Option<Unread>,
}

/// What of a paste was not searched, because it is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its bytes.
    pub bytes: usize,
    /// The first line of it, counted from 1.
    pub first: usize,
    /// The last line of it.
    pub last: usize,
}

/// One line.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number in the paste, from 1.
    pub(super) number: usize,
    /// Its text, on which a blank always follows: texts that end with one are often pasted without.
    pub(super) text: String,
    /// The same in lower case (ASCII), byte for byte.
    pub(super) lower: String,
}

impl Paste {
    /// Reads a paste. What is longer than [`PASTE_BYTES`] is read at its beginning and its end.
    pub(super) fn read(text: &str) -> Self {
        let mut this = Self::default();
        let (head, tail) = split(text, PASTE_BYTES);
        this.add(head, 0);
        if !tail.is_empty() {
            let before = text[..text.len() - tail.len()].matches('\n').count();
            let bytes = text.len() - head.len() - tail.len();
            this.unread = Some(Unread { bytes, first: head.matches('\n').count() + 1, last: before + 1 });
            this.add(tail, before);
        }
        this.join_errors();
        this
    }

    /// Counts the lines before one as not read.
    pub(super) fn leave_unread(&mut self, line: usize) {
        let Some(last) = line.checked_sub(1).and_then(|at| self.lines.get(at)) else { return };
        let bytes: usize = self.lines[..line].iter().map(|line| line.text.len()).sum();
        let (more, later) = self.unread.map_or((0, 0), |unread| (unread.bytes, unread.last));
        self.unread = Some(Unread { bytes: bytes + more, first: 1, last: last.number.max(later) });
    }

    /// Adds code and message of a JSON-RPC error, which printers put on two lines, as the one line they were sent as.
    fn join_errors(&mut self) {
        let joined = |pair: &[Line]| {
            let is = |line: &Line, key: &str| line.text.starts_with(key);
            let (code, message) = match pair {
                [code, message] if is(code, "\"code\":") && is(message, "\"message\":") => (code, message),
                [message, code] if is(code, "\"code\":") && is(message, "\"message\":") => (code, message),
                _ => return None,
            };
            let part = |line: &Line| String::from(line.text.trim().trim_end_matches(','));
            let text = format!("\"error\": {{{}, {}}} ", part(code), part(message));
            Some(Line { number: pair[0].number, lower: text.to_ascii_lowercase(), text })
        };
        let joined: Vec<Line> = self.lines.windows(2).filter_map(joined).collect();
        for line in joined {
            let at = self.lines.partition_point(|other| other.number < line.number);
            self.lines.insert(at, line);
        }
    }

    fn add(&mut self, text: &str, before: usize) {
        // `lines` takes a carriage return off; an old one alone ends a line, too.
        for (at, line) in text.lines().enumerate() {
            line.split('\r').for_each(|line| self.add_line(before + at + 1, line));
        }
    }

    fn add_line(&mut self, number: usize, line: &str) {
        let line = clean(line);
        let escaped = line.contains("\\\"") || (line.contains("\\n") && line.contains('"'));
        if !escaped {
            return self.put(number, &line);
        }
        // A log line in JSON: its message was escaped, perhaps twice.
        let plain = unescape(&unescape(&line));
        plain.split('\n').for_each(|part| self.put(number, strip_frame(part)));
    }

    fn put(&mut self, number: usize, line: &str) {
        let mut rest = line;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(boundary(rest, PASTE_LINE_BYTES));
            let text = String::from(piece) + " ";
            self.lines.push(Line { number, lower: text.to_ascii_lowercase(), text });
            rest = after;
        }
    }
}

/// Beginning and end of a text, together at most so many bytes; the end is empty when the text is not longer. The last thing that
/// happened is what a log is pasted for: three quarters are its end.
fn split(text: &str, bytes: usize) -> (&str, &str) {
    if text.len() <= bytes {
        return (text, "");
    }
    let (head, rest) = text.split_at(boundary(text, bytes / 4));
    let mut from = rest.len() - bytes / 4 * 3;
    while !rest.is_char_boundary(from) {
        from += 1;
    }
    (head, &rest[from..])
}

/// The last place at or before so many bytes where a text can be cut.
fn boundary(text: &str, bytes: usize) -> usize {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A line without colours and frames, with plain quotes and single blanks.
fn clean(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // ECMA-48: a control sequence ends with a character from @ to ~, an operating system command with a bell or another escape.
            '\u{1b}' if chars.next_if_eq(&'[').is_some() => {
                chars.by_ref().find(|c| ('@'..='~').contains(c));
            }
            '\u{1b}' if chars.next_if_eq(&']').is_some() => {
                chars.by_ref().find(|c| matches!(c, '\u{7}' | '\\'));
            }
            '\u{1b}' => {}
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            c if c.is_whitespace() || c.is_control() || c == '\u{feff}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    strip_frame(&out).into()
}

/// A line without what stands around it in a quote, an exception group or a table: `> `, `  | `, `│`.
fn strip_frame(line: &str) -> &str {
    let framed = |c: char| c.is_whitespace() || matches!(c, '|' | '│' | '┃' | '>' | '║');
    line.trim_start_matches(framed).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '│' | '┃' | '║'))
}

/// The text with `\n`, `\t`, `\"` and `\\` as what they stand for.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let known = match chars.peek() {
            Some('n' | 'r') if c == '\\' => Some('\n'),
            Some('t') if c == '\\' => Some(' '),
            Some(next @ ('"' | '\'' | '\\' | '/')) if c == '\\' => Some(*next),
            _ => None,
        };
        if known.is_some() {
            chars.next();
        }
        out.push(known.unwrap_or(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, String)> {
        Paste::read(text).lines.into_iter().map(|line| (line.number, line.text.trim_end().into())).collect()
    }

    #[test]
    fn colours_frames_and_quote_marks_are_taken_off() {
        for text in [
            "\u{1b}[31mMcpError: x\u{1b}[0m",
            "  | McpError: x",
            "    |     McpError: x",
            "> McpError:  x",
            "│ McpError: x    │",
            "\u{1b}]8;;file\u{7}McpError: x",
            "\tMcpError:\u{a0}x",
        ] {
            assert_eq!(lines(text), [(1, "McpError: x".into())], "{text}");
        }
    }

    #[test]
    fn windows_line_ends_are_line_ends_and_blank_lines_count() {
        assert_eq!(lines("a\r\n\r\nb\rc"), [(1, "a".into()), (3, "b".into()), (3, "c".into())]);
    }

    #[test]
    fn what_a_json_log_escaped_is_read_as_it_was() {
        let log = r#"{"level":"error","msg":"Traceback:\n  File \"a.py\"\nMcpError: Session terminated"}"#;
        assert_eq!(lines(log)[2], (1, "McpError: Session terminated\"}".into()));
        let nested = r#"{"msg":"POST failed: {\"error\":{\"code\":-32001}}"}"#;
        assert_eq!(lines(nested)[0].1, r#"{"msg":"POST failed: {"error":{"code":-32001}}"}"#);
    }

    #[test]
    fn an_error_printed_on_several_lines_is_read_as_one() {
        let text = "{\n  \"error\": {\n    \"code\": -32001,\n    \"message\": \"no\"\n  }\n}";
        assert!(lines(text).contains(&(3, r#""error": {"code": -32001, "message": "no"}"#.into())));
    }

    #[test]
    fn quotes_of_a_word_processor_are_quotes() {
        assert_eq!(lines("‘401’ “x”")[0].1, "'401' \"x\"");
    }

    #[test]
    fn of_a_long_paste_beginning_and_end_are_read_and_the_rest_is_counted() {
        let text = format!("first\n{}\nlast", "é\n".repeat(PASTE_BYTES / 2));
        let paste = Paste::read(&text);
        let unread = paste.unread.unwrap();
        assert!(unread.bytes > 0 && unread.bytes < text.len() - PASTE_BYTES + 4);
        assert!(unread.first > PASTE_BYTES / 12 - 2 && unread.last > unread.first && unread.last < text.lines().count());
        assert_eq!(paste.lines.first().unwrap().text, "first ");
        let last = paste.lines.last().unwrap();
        assert_eq!((last.text.as_str(), last.number), ("last ", text.lines().count()));
    }

    #[test]
    fn a_long_line_is_searched_in_pieces() {
        assert_eq!(Paste::read(&"x".repeat(PASTE_LINE_BYTES + 1)).lines.len(), 2);
    }
}
