//! JSON for people to read: one token per line, or everything on one line.

use alloc::string::String;

use super::{Kind, scan};
use crate::limits::JSON_BODY_BYTES;

/// The text with one entry or item per line, indented by two spaces; every token stays as it was sent.
///
/// From the first error on the text follows unchanged. A text that would grow beyond [`JSON_BODY_BYTES`] is returned unchanged.
pub fn pretty(text: &str) -> String {
    let scan = scan(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut before: Option<Kind> = None;
    for token in &scan.tokens {
        let opened = before.is_some_and(Kind::is_start);
        if before == Some(Kind::Key) {
            out.push_str(": ");
        } else if before.is_some() && !(opened && token.kind.is_end()) {
            if !opened && !token.kind.is_end() {
                out.push(',');
            }
            new_line(&mut out, token.depth);
        }
        out.push_str(text.get(token.range()).unwrap_or_default());
        before = Some(token.kind);
        if out.len() > JSON_BODY_BYTES {
            return String::from(text);
        }
    }
    if scan.error.is_some() {
        let read = scan.tokens.last().map_or(0, |token| token.end as usize);
        out.push_str(text.get(read..).unwrap_or_default());
    }
    out
}

fn new_line(out: &mut String, depth: u16) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// The text on one line for a label: white space between tokens shortened, cut with `…` after `max_chars` characters.
///
/// Reads no further than it shows, and takes any text, JSON or not.
pub fn preview(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut room = max_chars;
    let mut in_string = false;
    let mut escaped = false;
    let mut chars = text.trim().chars().peekable();
    while let Some(char) = chars.next() {
        let shown = if !char.is_whitespace() || (in_string && char == ' ') {
            char
        } else {
            while chars.next_if(|next| next.is_whitespace()).is_some() {}
            let opened = out.ends_with(['{', '[']);
            let closes = chars.peek().is_some_and(|next| matches!(next, '}' | ']' | ',' | ':'));
            if opened || closes {
                continue;
            }
            ' '
        };
        let Some(left) = room.checked_sub(1) else {
            // The character that has no room gives its place to the sign that something is missing.
            out.pop();
            out.push('…');
            return out;
        };
        room = left;
        in_string ^= shown == '"' && !escaped;
        escaped = in_string && shown == '\\' && !escaped;
        out.push(shown);
    }
    out
}
