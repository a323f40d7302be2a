//! Messages in a text: one on a line or over several, with or without something before them, as logs and terminals hold them.

use alloc::string::String;
use alloc::vec::Vec;

use super::conversation::{Said, Who, conversation};
use super::stamp::Stamp;
use super::{ImportError, Imported};
use crate::numbers::count;

/// How many bytes are read again in all, for messages over several lines, for each byte of the text.
const AGAIN: usize = 2;

/// The messages of a text, and how many other lines it has.
pub(super) struct Lines {
    said: Vec<Said>,
    others: usize,
    /// Whether its times are those of a clock, with the zone.
    dated: bool,
}

impl Lines {
    /// Whether there is any message.
    pub(super) const fn is_empty(&self) -> bool {
        self.said.is_empty()
    }
}

/// Finds the messages in a text.
pub(super) fn find(text: &str) -> Lines {
    let (mut said, mut others, mut dated) = (Vec::new(), 0, false);
    let mut budget = text.len().saturating_mul(AGAIN);
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = &rest[..end];
        match message(rest, line, &mut budget) {
            Some((before, message)) => {
                let stamp = Stamp::find(before);
                dated |= stamp.as_ref().is_some_and(|stamp| stamp.zoned);
                let text = String::from(message);
                said.push(Said { at: stamp.map(|stamp| stamp.at), who: who(before), text });
                // What follows on its last line belongs to it.
                let after = before.len() + message.len();
                rest = &rest[rest[after..].find('\n').map_or(rest.len(), |end| after + end + 1)..];
            }
            None => {
                others += usize::from(!line.trim().is_empty());
                rest = &rest[end..];
            }
        }
    }
    Lines { said, others, dated }
}

/// What stands before a message on its first line, and the message; `None` when none begins there.
fn message<'a>(rest: &'a str, line: &'a str, budget: &mut usize) -> Option<(&'a str, &'a str)> {
    let start = line.find(['{', '['])?;
    // A log puts a level or a name into brackets before the message.
    let starts = line[start..].match_indices(['{', '[']).map(|(at, _)| start + at).take(8);
    for start in starts.filter(|start| opens(&line[*start..])) {
        if let Some(length) = whole(&line[start..]) {
            let message = &line[start..start + length];
            if is_message(message) {
                return Some((&rest[..start], message));
            }
            continue;
        }
        // It goes on over the next lines. Text that only looks like that is not read again and again.
        let open = &rest[start..];
        let open = &open[..floor(open, *budget)];
        let length = whole(open);
        *budget = budget.saturating_sub(length.unwrap_or(open.len()));
        let message = &open[..length?];
        return is_message(message).then_some((&rest[..start], message));
    }
    None
}

/// Whether JSON of the protocol may begin so: an object with a member, or an array of objects.
fn opens(text: &str) -> bool {
    let inside = text.strip_prefix('{').map(|rest| (rest, '"')).or_else(|| text.strip_prefix('[').map(|rest| (rest, '{')));
    inside.is_some_and(|(rest, next)| rest.trim_start().starts_with(next) || rest.trim().is_empty())
}

/// The length of the JSON that a text begins with; `None` when it is not whole.
fn whole(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_message(json: &str) -> bool {
    let spoken = json.contains("\"jsonrpc\"");
    spoken && crate::json::scan(json).error.is_none()
}

/// Who said it, where a log says so in words. Arrows and signs mean one thing in the log of a client and the other in that of a server.
fn who(before: &str) -> Option<Who> {
    let lower = before.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match (has(&["from client", "client ->", "client →", "client:"]), has(&["from server", "server ->", "server →", "server:"]))
    {
        (true, false) => Some(Who::Client),
        (false, true) => Some(Who::Server),
        _ => None,
    }
}

/// The most bytes of a text that end between two characters.
fn floor(text: &str, bytes: usize) -> usize {
    (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// A recording of the messages.
pub(super) fn read(lines: Lines) -> Result<Imported, ImportError> {
    let Lines { said, others, dated } = lines;
    let all = said.len();
    let told = conversation(said, None, dated).ok_or(ImportError::NothingOfTheProtocol(all))?;
    let left_out = |n| alloc::format!("{} left out: without a message.", count(n as u64, "line"));
    let mut notes: Vec<String> = (others > 0).then(|| left_out(others)).into_iter().collect();
    notes.extend(told.notes());
    Ok(Imported { source: "messages of JSON-RPC".into(), traces: Vec::from([told.trace]), notes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_after_whatever_a_log_puts_before_it() {
        let one = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
        for before in ["", "> ", "--> ", "2026-11-21T17:07:12.004Z [orders] [info] Message from client: ", "[{x}] "] {
            let found = find(&alloc::format!("{before}{one} trailing\nother\n"));
            assert_eq!((found.said.len(), found.others), (1, 1), "{before}");
            assert_eq!(found.said[0].text, one);
        }
    }

    #[test]
    fn a_message_may_go_on_over_several_lines() {
        let text = "answer:\n{\n  \"jsonrpc\": \"2.0\",\n  \"id\": 1,\n  \"result\": {}\n}\nmore";
        let found = find(text);
        assert_eq!((found.said.len(), found.others), (1, 2));
    }

    #[test]
    fn what_only_begins_like_a_message_is_other_text() {
        for text in ["{", "{\"jsonrpc\"", "{\n{\n{\n", "[{\"jsonrpc\":\n", "{\"jsonrpc\":\"2.0\",}", "}"] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
