//! A body in version 1: JSON as JSON, text as a string, bytes that are no text as numbers, several of them in a row as a list.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use base64ct::{Base64, Encoding};

use crate::json::{self, Kind, Node};
use crate::limits::BODY_TAIL_BYTES;

/// JSON that is nested deeper stands in a string, so that what stands around it can be nested as well.
const DEPTH: u16 = 100;

/// How often text and other bytes take turns; a body in which they do more often is no text at all.
const SWITCHES: usize = 1_000;

/// The member for a body with its name: `"body":…`, or `"bytes":"…"` in base64 for what is no text at all.
pub(super) fn member(bytes: &[u8]) -> String {
    let mut parts = Vec::new();
    let (mut others, mut switches) = (Vec::new(), 0);
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            parts.extend(runs(&core::mem::take(&mut others)));
            parts.extend(texts(chunk.valid()));
            switches += 1;
        }
        others.extend(chunk.invalid());
    }
    parts.extend(runs(&others));
    match switches > SWITCHES {
        true => format!("\"bytes\":\"{}\"", Base64::encode_string(bytes)),
        false => format!("\"body\":{}", joined(parts)),
    }
}

/// A text as a value.
pub(super) fn value(text: &str) -> String {
    joined(texts(text))
}

fn joined(parts: Vec<String>) -> String {
    match parts.as_slice() {
        [] => String::from("\"\""),
        // A number or a list alone would be taken for something else.
        [one] if one.starts_with(['"', '{']) => one.clone(),
        several => format!("[{}]", several.join(",")),
    }
}

/// A byte as its number, several of the same as a list of the number and how many.
fn runs(bytes: &[u8]) -> impl Iterator<Item = String> {
    bytes.chunk_by(|one, next| one == next).filter_map(|run| match run {
        [] => None,
        [one] => Some(one.to_string()),
        [first, ..] => Some(format!("[{first},{}]", run.len())),
    })
}

/// The objects in a text and what stands around them. An object is a whole text, or what follows `data: ` on a line.
fn texts(text: &str) -> Vec<String> {
    if is_object(text) {
        return [String::from(text)].into();
    }
    let mut parts = Vec::new();
    let mut plain = String::new();
    for line in text.split_inclusive(['\n', '\r']) {
        let inner = line.trim_end_matches(['\n', '\r']);
        match inner.strip_prefix("data: ").filter(|data| is_object(data)) {
            Some(data) => {
                plain.push_str("data: ");
                parts.push(json::quote(&core::mem::take(&mut plain)));
                parts.push(String::from(data));
                plain.push_str(line.get(inner.len()..).unwrap_or_default());
            }
            None => plain.push_str(line),
        }
    }
    if !plain.is_empty() {
        parts.push(json::quote(&plain));
    }
    parts
}

fn is_object(text: &str) -> bool {
    if !text.starts_with('{') || !text.ends_with('}') {
        return false;
    }
    let scan = json::scan(text);
    scan.error.is_none() && scan.tokens.iter().all(|token| token.depth < DEPTH)
}

/// The bytes of the body of a record; `None` when it has none that can be read.
pub(super) fn read(record: Node<'_>) -> Option<Vec<u8>> {
    match (record.get("body"), record.get("bytes")) {
        (Some(body), _) => bytes(body),
        (None, Some(bytes)) => Base64::decode_vec(&bytes.as_str()?).ok(),
        (None, None) => None,
    }
}

/// The text that a value stands for.
pub(super) fn text(value: Node<'_>) -> Option<String> {
    String::from_utf8(bytes(value)?).ok()
}

fn bytes(value: Node<'_>) -> Option<Vec<u8>> {
    if !value.is_array() {
        return Some(part(value)?.into_bytes());
    }
    let mut bytes = Vec::new();
    for item in value.items() {
        match item.kind() {
            Kind::Number => bytes.push(byte(item)?),
            Kind::ArrayStart => {
                let mut run = item.items();
                let (byte, count) = (byte(run.next()?)?, usize::try_from(run.next()?.as_i64()?).ok()?);
                // A short list must not become a long body.
                if bytes.len() + count > BODY_TAIL_BYTES {
                    return None;
                }
                bytes.resize(bytes.len() + count, byte);
            }
            _ => bytes.extend(part(item)?.into_bytes()),
        }
    }
    Some(bytes)
}

fn byte(value: Node<'_>) -> Option<u8> {
    u8::try_from(value.as_i64()?).ok()
}

fn part(value: Node<'_>) -> Option<String> {
    if value.is_object() {
        return Some(String::from(value.raw()));
    }
    value.as_str().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let value = value(text);
        let scan = json::scan(&value);
        assert_eq!(scan.root(&value).and_then(super::text).as_deref(), Some(text), "{value}");
        value
    }

    #[test]
    fn json_stays_json_and_text_is_a_string() {
        assert_eq!(written(r#"{"a": 1.0}"#), r#"{"a": 1.0}"#);
        assert_eq!(written("Not Found\n"), r#""Not Found\n""#);
        assert_eq!(written(""), r#""""#);
        assert_eq!(written("[1]"), r#""[1]""#);
        assert_eq!(written("{\"a\":"), r#""{\"a\":""#);
        assert_eq!(written(" {}"), r#"" {}""#);
    }

    #[test]
    fn the_data_of_an_event_is_json_between_texts() {
        assert_eq!(written("id: 1\r\ndata: {\"a\":1}\r\n\r\n"), r#"["id: 1\r\ndata: ",{"a":1},"\r\n\r\n"]"#);
        assert_eq!(written(": hi\n\ndata: {}\n\ndata: {"), r#"[": hi\n\ndata: ",{},"\n\ndata: {"]"#);
    }

    fn record(bytes: &[u8]) -> String {
        let record = format!("{{{}}}", member(bytes));
        let scan = json::scan(&record);
        assert_eq!(scan.root(&record).and_then(read).as_deref(), Some(bytes), "{record}");
        record
    }

    #[test]
    fn bytes_that_are_no_text_are_numbers() {
        assert_eq!(record(b"\xE2\x82ok"), r#"{"body":[226,130,"ok"]}"#);
        assert_eq!(record(b"\xFF"), r#"{"body":[255]}"#);
        assert_eq!(record(&[0xFF; 70_000]), r#"{"body":[[255,70000]]}"#);
        assert!(record(&b"a\xFF".repeat(3_000)).starts_with(r#"{"bytes":"Yf9h"#));
    }

    #[test]
    fn a_short_list_does_not_become_a_long_body() {
        let long = r#"{"body":[[255,99999999999]]}"#;
        assert_eq!(json::scan(long).root(long).and_then(read), None);
    }

    #[test]
    fn what_is_nested_deep_stands_in_a_string() {
        let deep = ["{\"a\":", &"[".repeat(100), &"]".repeat(100), "}"].concat();
        assert!(written(&deep).starts_with('"'));
        assert_eq!(json::scan(&deep).error, None);
        assert_eq!(deep.to_string().len(), 206);
    }
}
