//! Names with values in the line of a log: `key=value` as many loggers write them, members of a JSON object, `key: value` alone on a line.

use alloc::string::String;
use alloc::vec::Vec;

use super::parts::Parts;
use crate::json;

/// Names as they are compared: in lower case, with an underscore for what separates words.
fn plain(name: &str) -> String {
    let part = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    name.trim().chars().map(part).collect()
}

/// The pairs of a line, in their order.
pub(super) fn pairs(line: &str) -> Vec<(String, String)> {
    let line = line.trim();
    if line.starts_with('{') {
        return members(line);
    }
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find('=') {
        let start = rest[..at].rfind(|c: char| !is_of_name(c)).map_or(0, |before| before + width(rest, before));
        let name = &rest[start..at];
        let (value, after) = value(&rest[at + 1..]);
        if !name.is_empty() {
            found.push((plain(name), String::from(value)));
        }
        rest = after;
    }
    if found.is_empty() { colon(line).into_iter().collect() } else { found }
}

/// `key: value`, alone on a line.
fn colon(line: &str) -> Option<(String, String)> {
    let (name, text) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(is_of_name);
    is_name.then(|| (plain(name), String::from(value(text.trim_start()).0)))
}

fn members(line: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (name, value) in json::members(line).map_while(Result::ok) {
        let name = plain(&json::string_value(name));
        match value.as_bytes().first() {
            Some(b'"') => found.push((name, json::string_value(value).into_owned())),
            // One level: `"http": {"method": "POST"}`.
            Some(b'{') => found.extend(Parts::of(value).texts().map(|(of, value)| (plain(&of), value))),
            _ => found.push((name, String::from(value))),
        }
    }
    found
}

const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// How many bytes the character at a place takes.
fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

/// A value, and what follows it. Without quotes it goes on to the next blank, or over blanks where no other pair begins before a comma:
/// `accept=application/json, text/event-stream`.
fn value(text: &str) -> (&str, &str) {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let inside = &text[1..];
        return inside.find(quote).map_or((inside, ""), |end| (&inside[..end], &inside[end + 1..]));
    }
    let mut end = text.find(char::is_whitespace).unwrap_or(text.len());
    while text[..end].ends_with(',') {
        let after = &text[end..];
        let next = after.len() - after.trim_start().len();
        let word = after.trim_start();
        let word_end = word.find(char::is_whitespace).unwrap_or(word.len());
        if next == 0 || word_end == 0 || word[..word_end].contains('=') {
            break;
        }
        end += next + word_end;
    }
    (text[..end].trim_end_matches([',', ';']), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        let pairs: Vec<String> = pairs(line).into_iter().map(|(name, value)| alloc::format!("{name}={value}")).collect();
        pairs.join(" | ")
    }

    #[test]
    fn pairs_are_found_as_loggers_write_them() {
        for (line, expected) in [
            ("a=1 b=\"two words\" c='3'", "a=1 | b=two words | c=3"),
            (
                "12:00 [info ] got accept=application/json, text/event-stream id=7",
                "accept=application/json, text/event-stream | id=7",
            ),
            ("POST x (status=400, took=0.85ms)", "status=400 | took=0.85ms)"),
            ("mcp_session_id: \"ebe1\"", "mcp_session_id=ebe1"),
            (r#"{"event":"got","status":400,"http":{"method":"POST"}}"#, "event=got | status=400 | method=POST"),
            ("no pairs here", ""),
            ("=", ""),
            ("ä=b", ""),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
