//! Text that a server sent, as text: what would be invisible or would turn the line around is made visible.

use super::dom::{El, View, el};

/// Server text. Control, bidirectional, zero-width and tag characters appear as their code points.
pub(super) fn shown(text: &str) -> El {
    let part = |part: Part| match part {
        Part::Plain(text) => text.into(),
        Part::Hidden(c) => View::from(el("span").class("hidden-char").child(format!("U+{:04X}", u32::from(c)))),
    };
    el("bdi").class("shown").children(split(text).into_iter().map(part))
}

enum Part {
    Plain(String),
    Hidden(char),
}

fn split(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    for c in text.chars() {
        if is_hidden(c) {
            if !plain.is_empty() {
                parts.push(Part::Plain(std::mem::take(&mut plain)));
            }
            parts.push(Part::Hidden(c));
        } else {
            plain.push(c);
        }
    }
    if !plain.is_empty() {
        parts.push(Part::Plain(plain));
    }
    parts
}

/// Whether a character would not be seen, or would change how its neighbours are seen (Unicode TR 36, CVE-2021-42574).
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0E}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{E01EF}')
}

/// The same as plain text, for places that hold nothing but text.
pub(super) fn plain(text: &str) -> String {
    let part = |part: Part| match part {
        Part::Plain(text) => text,
        Part::Hidden(c) => format!("⟨U+{:04X}⟩", u32::from(c)),
    };
    split(text).into_iter().map(part).collect()
}
