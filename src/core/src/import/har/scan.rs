//! The entries of an archive one by one, from text that comes in pieces: an archive may be larger than what a page can hold.
//!
//! Only brackets and quotes are looked at; whether an entry is JSON shows when it is read.

use alloc::string::String;

use crate::limits::IMPORT_ENTRY_BYTES;

/// What stands in an archive that is of interest.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// The member `creator`.
    Creator(&'a str),
    /// An entry.
    Entry(&'a str),
    /// An entry that is longer than what is read of one.
    TooLong,
}

/// Where in the text the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outside,
    Root,
    Log,
    Entries,
}

/// What has to come next, but for white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Key,
    KeyOrEnd,
    Colon,
    Value,
    ValueOrEnd,
    CommaOrEnd,
    Nothing,
}

/// A key or value that is being gone through.
#[derive(Debug, Default)]
struct Inside {
    depth: usize,
    string: bool,
    escaped: bool,
    is_key: bool,
    /// Whether its text is wanted.
    wanted: bool,
    too_long: bool,
}

/// Goes through an archive.
#[derive(Debug)]
pub(super) struct Scanner {
    /// Bytes before the piece that is being read.
    before: usize,
    place: Place,
    next: Next,
    inside: Option<Inside>,
    /// The beginning of what is gone through, from the pieces before.
    held: String,
    key: String,
    /// Where it goes wrong.
    wrong: Option<usize>,
}

impl Scanner {
    /// At the beginning.
    pub(super) const fn new() -> Self {
        Self {
            before: 0,
            place: Place::Outside,
            next: Next::Value,
            inside: None,
            held: String::new(),
            key: String::new(),
            wrong: None,
        }
    }

    /// The byte from which on it is no JSON; the length of a text that ends too early.
    pub(super) fn broken_at(&self) -> Option<usize> {
        self.wrong.or_else(|| (self.next != Next::Nothing).then_some(self.before))
    }

    /// Whether it was right as far as it goes, and goes no further.
    pub(super) fn is_cut_off(&self) -> bool {
        self.wrong.is_none() && self.next != Next::Nothing
    }

    /// Reads on. After a mistake nothing more is read.
    pub(super) fn feed(&mut self, piece: &str, heard: &mut dyn FnMut(Part<'_>)) {
        let bytes = piece.as_bytes();
        let mut at = 0;
        while let (Some(byte), None) = (bytes.get(at), self.wrong) {
            if self.inside.is_some() {
                at = self.go_through(piece, at, heard);
            } else if self.structure(*byte) {
                at += 1;
            } else if self.inside.is_none() {
                self.wrong = Some(self.before + at);
            }
        }
        self.before += piece.len();
    }

    /// Takes a byte between keys and values. `false`: it is not taken, either because it begins one or because it has no place here.
    fn structure(&mut self, byte: u8) -> bool {
        use Next::{Colon, CommaOrEnd, Key, KeyOrEnd, Nothing, Value, ValueOrEnd};
        use Place::{Entries, Log, Outside, Root};
        let (place, next) = match (self.place, self.next, byte) {
            (_, _, b' ' | b'\n' | b'\r' | b'\t') => return true,
            (Outside, Value, b'{') => (Root, KeyOrEnd),
            (Root, Value, b'{') if self.key == "\"log\"" => (Log, KeyOrEnd),
            (Log, Value, b'[') if self.key == "\"entries\"" => (Entries, ValueOrEnd),
            (place, Colon, b':') => (place, Value),
            (Entries, CommaOrEnd, b',') => (Entries, Value),
            (place, CommaOrEnd, b',') => (place, Key),
            (Root, KeyOrEnd | CommaOrEnd, b'}') => (Outside, Nothing),
            (Log, KeyOrEnd | CommaOrEnd, b'}') => (Root, CommaOrEnd),
            (Entries, ValueOrEnd | CommaOrEnd, b']') => (Log, CommaOrEnd),
            (Root | Log, Key | KeyOrEnd, b'"') => {
                self.inside = Some(Inside { is_key: true, wanted: true, ..Inside::default() });
                return false;
            }
            (Root | Log | Entries, Value | ValueOrEnd, byte) if !matches!(byte, b']' | b'}' | b',' | b':') => {
                let wanted = self.place == Entries || (self.place == Log && self.key == "\"creator\"");
                self.inside = Some(Inside { wanted, ..Inside::default() });
                return false;
            }
            _ => return false,
        };
        (self.place, self.next) = (place, next);
        true
    }

    /// Goes on in a key or value, from `at` in the piece; where it ends, or the end of the piece.
    fn go_through(&mut self, piece: &str, at: usize, heard: &mut dyn FnMut(Part<'_>)) -> usize {
        let Some(inside) = &mut self.inside else { return at };
        let end = inside.end(piece.as_bytes(), at);
        let to = end.unwrap_or(piece.len());
        let text = piece.get(at..to).unwrap_or_default();
        inside.too_long |= self.held.len() + text.len() > IMPORT_ENTRY_BYTES;
        if inside.too_long {
            self.held = String::new();
        } else if inside.wanted && (end.is_none() || !self.held.is_empty()) {
            self.held.push_str(text);
        }
        if end.is_some()
            && let Some(inside) = self.inside.take()
        {
            let held = core::mem::take(&mut self.held);
            self.over(&inside, if held.is_empty() { text } else { &held }, heard);
        }
        to
    }

    fn over(&mut self, inside: &Inside, text: &str, heard: &mut dyn FnMut(Part<'_>)) {
        if inside.is_key {
            self.key.clear();
            self.key.push_str(if inside.too_long { "" } else { text });
            self.next = Next::Colon;
            return;
        }
        self.next = Next::CommaOrEnd;
        match self.place {
            Place::Entries if inside.too_long => heard(Part::TooLong),
            Place::Entries => heard(Part::Entry(text)),
            Place::Log if inside.wanted && !inside.too_long => heard(Part::Creator(text)),
            _ => {}
        }
    }
}

impl Inside {
    /// Where it ends; `None` when it goes on after these bytes.
    fn end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            if self.string && !self.escaped {
                // Most of an archive are long texts.
                at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            }
            let byte = *bytes.get(at)?;
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.string => self.escaped = true,
                b'"' => self.string = !self.string,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 0 => self.depth -= 1,
                b'}' | b']' | b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 => return Some(at),
                _ => {}
            }
            at += 1;
            if self.depth == 0 && !self.string && matches!(byte, b'"' | b'}' | b']') {
                return Some(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    /// What is heard of a text in pieces of so many bytes, and where it goes wrong.
    fn heard(text: &str, size: usize) -> (Vec<String>, Option<usize>) {
        let mut scanner = Scanner::new();
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let mut to = size.min(rest.len());
            while !rest.is_char_boundary(to) {
                to += 1;
            }
            let (piece, next) = rest.split_at(to);
            scanner.feed(piece, &mut |part| {
                parts.push(match part {
                    Part::Creator(text) => alloc::format!("creator {text}"),
                    Part::Entry(text) => text.to_string(),
                    Part::TooLong => "too long".to_string(),
                });
            });
            rest = next;
        }
        (parts, scanner.broken_at())
    }

    #[test]
    fn entries_are_heard_whatever_stands_around_them() {
        let text = r#" {"a":[1,{"log":2}], "log" : {"pages":[{"entries":[7]}],"creator":{"name":"X"}, "entries":[ {"a":"]}\\\""}
            ,{"b":[{"c":"ü€𝄞"}]} , 3,null,"x" ],"comment":"\"entries\":["}} "#;
        let entries = [r#"creator {"name":"X"}"#, r#"{"a":"]}\\\""}"#, r#"{"b":[{"c":"ü€𝄞"}]}"#, "3", "null", r#""x""#];
        for size in [1, 2, 3, 7, 50, 1_000] {
            assert_eq!(heard(text, size), (entries.map(String::from).to_vec(), None), "in pieces of {size}");
        }
    }

    #[test]
    fn what_is_no_archive_says_where() {
        for (text, at) in [
            ("", 0),
            ("[]", 0),
            (r#"{"log":{"entries":[{}]}"#, 23),
            (r#"{"log":{"entries":[{},]}}"#, 22),
            (r#"{"log":{"entries":[{"a"#, 22),
            (r#"{"log":{,}}"#, 8),
            (r#"{"log":{}} x"#, 11),
        ] {
            assert_eq!(heard(text, 4).1, Some(at), "{text}");
        }
    }

    #[test]
    fn an_entry_that_is_too_long_is_not_held() {
        let mut scanner = Scanner::new();
        let mut parts = 0;
        let mut count = |part: Part<'_>| parts += usize::from(part == Part::TooLong) * 10 + 1;
        scanner.feed(r#"{"log":{"entries":[{"a":""#, &mut count);
        let piece = "x".repeat(1 << 20);
        for _ in 0..=IMPORT_ENTRY_BYTES >> 20 {
            scanner.feed(&piece, &mut count);
        }
        assert!(scanner.held.is_empty());
        scanner.feed(r#""},{}]}}"#, &mut count);
        assert_eq!((parts, scanner.broken_at()), (12, None));
    }

    proptest! {
        #[test]
        fn the_pieces_do_not_matter(text in "[\\[\\]{}\",:\\\\ a1é]{0,60}", size in 1_usize..9) {
            let text = alloc::format!("{{\"log\":{{\"entries\":[{text}");
            prop_assert_eq!(heard(&text, size), heard(&text, text.len()));
        }
    }
}
