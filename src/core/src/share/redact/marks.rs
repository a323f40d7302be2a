//! What is to be covered in a text, by position. A cover is as long as what it covers, so that sizes, positions and the pieces
//! a body came in stay what they were.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::share::Carrier;

/// What is written over a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// Asterisks.
    Stars,
    /// Asterisks with a number: the same one for the same text, so that what was equal stays equal and what was not does not.
    Numbered(u32),
    /// A number of JSON that is 0, or the number of a text as with [`Cover::Numbered`]: `0e000`, `3e000`.
    Number(u32),
    /// `null`, with spaces after it.
    Null,
    /// Letters that a host name may have, and a number as with [`Cover::Numbered`]: `x1xxxx`.
    Letters(u32),
    /// Another text that is not longer, and asterisks after it.
    Text(String),
    /// Bytes that no text has, as before.
    Bytes,
}

/// One place to cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// With what.
    pub cover: Cover,
    /// What kind of thing stands there.
    pub what: Carrier,
}

/// The places to cover in one text.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// Nothing to cover.
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a place, if there is anything in it.
    pub(super) fn add(&mut self, range: Range<usize>, cover: Cover, what: Carrier) {
        if !range.is_empty() {
            self.0.push(Mark { range, cover, what });
        }
    }

    /// Adds all places of another list for the same text.
    pub(super) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// How many places there are; what is added from now on can be moved by [`Marks::translate`].
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Moves the places from the `from`-th on to where they stand in the text that theirs was read from.
    pub(super) fn translate(&mut self, from: usize, place: impl Fn(usize) -> usize) {
        for mark in self.0.iter_mut().skip(from) {
            mark.range = place(mark.range.start)..place(mark.range.end);
        }
    }

    /// Puts several places in the stead of each from the `from`-th on.
    pub(super) fn split(&mut self, from: usize, parts: impl Fn(Range<usize>) -> Vec<Range<usize>>) {
        let whole = self.0.split_off(from.min(self.0.len()));
        for mark in whole {
            let parts = parts(mark.range.clone()).into_iter();
            self.0.extend(parts.map(|range| Mark { range, ..mark.clone() }));
        }
    }

    /// Covers the places, and tells of each one in which that changed something. Later places lie over earlier ones.
    pub(super) fn apply(&self, bytes: &mut [u8], mut changed: impl FnMut(&Mark)) {
        let before = bytes.to_vec();
        for mark in &self.0 {
            if let Some(place) = bytes.get_mut(mark.range.clone()) {
                place.copy_from_slice(&mark.cover.written(place.len()));
            }
        }
        let differs = |mark: &&Mark| bytes.get(mark.range.clone()) != before.get(mark.range.clone());
        self.0.iter().filter(differs).for_each(&mut changed);
    }
}

impl Cover {
    /// The bytes of a cover of this length.
    fn written(&self, length: usize) -> Vec<u8> {
        let (start, fill) = match self {
            Self::Stars => (String::new(), b'*'),
            Self::Bytes => (String::new(), 0xFF),
            Self::Numbered(n) => (format!("*{n}"), b'*'),
            Self::Text(text) => (text.clone(), b'*'),
            Self::Letters(n) => (format!("x{n}"), b'x'),
            Self::Null => (String::from("null"), b' '),
            Self::Number(n) if length >= 3 => (format!("{n}e"), b'0'),
            Self::Number(_) if length == 2 => (String::from("-"), b'0'),
            Self::Number(_) => (String::new(), b'0'),
        };
        // A number that does not fit is left out; a number of JSON also needs a digit after its `e`.
        let fits = start.len() < length || (start.len() == length && !matches!(self, Self::Number(_)));
        let start = match self {
            _ if fits => start,
            Self::Number(_) if length >= 3 => String::from("0e"),
            _ => String::new(),
        };
        let mut bytes = start.into_bytes();
        bytes.resize(length, fill);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn covered(text: &str, cover: Cover) -> String {
        let mut marks = Marks::new();
        marks.add(0..text.len(), cover, Carrier::Value);
        let mut bytes = text.as_bytes().to_vec();
        marks.apply(&mut bytes, |_| {});
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_cover_is_as_long_as_what_it_covers() {
        assert_eq!(covered("secret", Cover::Stars), "******");
        assert_eq!(covered("secret", Cover::Numbered(12)), "*12***");
        assert_eq!(covered("ab", Cover::Numbered(12)), "**");
        assert_eq!(covered("secret-session-1", Cover::Text("session-A".into())), "session-A*******");
        assert_eq!(covered("short", Cover::Text("session-A".into())), "*****");
        assert_eq!(covered("abcdef", Cover::Letters(1)), "x1xxxx");
        assert_eq!(covered("false", Cover::Null), "null ");
    }

    #[test]
    fn a_covered_number_is_still_a_number() {
        for (number, cover, covered_by) in
            [("7", 0, "0"), ("42", 0, "-0"), ("123", 0, "0e0"), ("12345", 0, "0e000"), ("-1.5", 3, "3e00"), ("123", 12, "0e0")]
        {
            assert_eq!(covered(number, Cover::Number(cover)), covered_by);
        }
    }

    #[test]
    fn only_what_changes_is_told() {
        let mut marks = Marks::new();
        marks.add(0..2, Cover::Stars, Carrier::Value);
        marks.add(3..5, Cover::Stars, Carrier::Key);
        marks.add(9..99, Cover::Stars, Carrier::Query);
        let (mut bytes, mut told) = (b"** cd".to_vec(), Vec::new());
        marks.apply(&mut bytes, |mark| told.push(mark.what));
        assert_eq!((bytes.as_slice(), told), (b"** **".as_slice(), vec![Carrier::Key]));
    }
}
