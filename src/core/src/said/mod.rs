//! What others say, as this page repeats it: quotes on one line, and the part of a body that is meant for people.

mod body;

use alloc::format;
use alloc::string::{String, ToString};

pub use body::{is_html, said_in, words_in};

use crate::http::reason_phrase;

/// The longest quote, in characters.
pub const QUOTE_CHARS: usize = 120;

/// Someone else's text as a quote on one line: cut, and what cannot be seen or turns the text around made visible. A stop at its
/// end is left to the sentence that the quote stands in.
pub fn quote(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if c.is_control() || is_invisible(c) {
                line.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            } else {
                line.push(c);
            }
        }
    }
    if line.ends_with('.') && !line.ends_with("..") {
        line.pop();
    }
    match line.char_indices().nth(QUOTE_CHARS) {
        Some((end, _)) => format!("“{}…”", line[..end].trim_end()),
        None => format!("“{line}”"),
    }
}

/// Zero-width, joining and direction characters (Unicode general category Cf, the ones that mislead).
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// A status as it stands on the wire: `404 Not Found`.
pub fn status(status: u16) -> String {
    format!("{status} {}", reason_phrase(status)).trim_end().to_string()
}

/// Names as people list them: `a`, `a and b`, `a, b and c`.
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_one_line_cut_and_shows_what_hides() {
        assert_eq!(quote(" a\n  b\u{202E}c "), "“a b\\u{202e}c”");
        assert!(quote(&"x".repeat(500)).ends_with("x…”"));
    }

    #[test]
    fn the_sentence_around_a_quote_has_the_only_stop() {
        assert_eq!(quote("Method not allowed. "), "“Method not allowed”");
        assert_eq!(quote("Just a moment..."), "“Just a moment...”");
    }
}
