//! Small pieces of text that labels are made of.

use alloc::format;
use alloc::string::String;

pub(super) use crate::numbers::{count, grouped};

/// Characters of a server's message that a label shows.
const MESSAGE_CHARS: usize = 90;

/// A number of bytes: `900 bytes`, `12 KB`, `3.4 MB`.
pub(super) fn bytes(n: u64) -> String {
    match n {
        0..1_000 => count(n, "byte"),
        1_000..1_000_000 => format!("{} KB", n / 1_000),
        _ => format!("{}.{} MB", n / 1_000_000, n / 100_000 % 10),
    }
}

/// A text on one line, cut with `…` between words where it is long.
pub(super) fn short(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let chars = word.chars().count();
        if length > 0 {
            if length + 1 + chars > MESSAGE_CHARS {
                out.push('…');
                return out;
            }
            out.push(' ');
            length += 1;
        }
        if chars > MESSAGE_CHARS {
            out.extend(word.chars().take(MESSAGE_CHARS - length));
            out.push('…');
            return out;
        }
        out.push_str(word);
        length += chars;
    }
    out
}

/// A number in thousandths, without zeros at the end: `3`, `0.5`.
pub(super) fn decimal(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1_000, (thousandths % 1_000).abs());
    let text = format!("{}{}.{rest:03}", if thousandths < 0 && whole == 0 { "-" } else { "" }, whole);
    text.trim_end_matches('0').trim_end_matches('.').into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_the_unit_that_says_enough() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(12_900), "12 KB");
        assert_eq!(bytes(52_428_800), "52.4 MB");
    }

    #[test]
    fn a_long_text_is_cut_between_words_and_a_long_word_anywhere() {
        assert_eq!(short(" a\n b "), "a b");
        let cut = short(&"word ".repeat(50));
        assert!(cut.ends_with("word…") && cut.chars().count() <= MESSAGE_CHARS + 1, "{cut}");
        assert_eq!(short(&"x".repeat(500)).chars().count(), MESSAGE_CHARS + 1);
    }
}
