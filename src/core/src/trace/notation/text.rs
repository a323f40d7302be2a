//! Bytes as text on one line, and times as people write them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::time::Micros;

/// Bytes as one quoted line: readable where they are text, `\xNN` where they are not.
pub(super) fn quote(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out.push('"');
    out
}

/// The bytes of a quoted line.
pub(super) fn unquote(text: &str) -> Option<Vec<u8>> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = &rest[at + 1..];
        let after = match escape.as_bytes().first()? {
            b'n' => push(&mut bytes, "\n", escape, 1),
            b'r' => push(&mut bytes, "\r", escape, 1),
            b'"' => push(&mut bytes, "\"", escape, 1),
            b'\\' => push(&mut bytes, "\\", escape, 1),
            b'x' => {
                bytes.push(u8::from_str_radix(escape.get(1..3)?, 16).ok()?);
                escape.get(3..)
            }
            b'u' => {
                let end = escape.find('}')?;
                let c = char::from_u32(u32::from_str_radix(escape.get(2..end)?, 16).ok()?)?;
                push(&mut bytes, &c.to_string(), escape, end + 1)
            }
            _ => None,
        };
        rest = after?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    Some(bytes)
}

fn push<'a>(bytes: &mut Vec<u8>, what: &str, escape: &'a str, used: usize) -> Option<&'a str> {
    bytes.extend_from_slice(what.as_bytes());
    escape.get(used..)
}

/// A span without loss: `+41ms`, `+900us`.
pub(super) fn span(span: Micros) -> String {
    match span.0 {
        us if us % 1_000_000 == 0 && us > 0 => format!("+{}s", us / 1_000_000),
        us if us % 1_000 == 0 => format!("+{}ms", us / 1_000),
        us => format!("+{us}us"),
    }
}

/// Reads a span: a plus sign, a number, and `us`, `ms`, `s`, `min` or `h`.
pub(super) fn read_span(text: &str) -> Option<Micros> {
    let text = text.strip_prefix('+')?;
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let number: u64 = text[..digits].parse().ok()?;
    let unit = match &text[digits..] {
        "us" => 1,
        "ms" => 1_000,
        "s" => 1_000_000,
        "min" => 60_000_000,
        "h" => 3_600_000_000,
        _ => return None,
    };
    number.checked_mul(unit).map(Micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_come_back_from_their_line() {
        for bytes in [&b"plain"[..], b"a\r\nb\"\\", b"\xE2\x82", b"\0\x1b\xFF", "é\u{202E}".as_bytes()] {
            assert_eq!(unquote(&quote(bytes)).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn spans_are_read_in_every_unit() {
        assert_eq!(read_span("+23min"), Some(Micros(1_380_000_000)));
        assert_eq!(read_span(&span(Micros(900))), Some(Micros(900)));
        assert_eq!(read_span(&span(Micros(2_000_000))), Some(Micros(2_000_000)));
        assert_eq!(read_span("41"), None);
    }
}
