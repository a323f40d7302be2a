//! `application/x-www-form-urlencoded`, as token endpoints read it (RFC 6749 appendix B, WHATWG URL §5).

use alloc::string::String;
use alloc::vec::Vec;

/// A name or value as it stands in a form.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            byte => {
                encoded.push('%');
                let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0').to_ascii_uppercase();
                encoded.extend([digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    encoded
}

/// The names and values of a form, decoded.
pub fn pairs(form: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    };
    form.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let hex = after.get(..2).filter(|hex| *first == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        match hex.and_then(|hex| u8::from_str_radix(core::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => bytes.push(if *first == b'+' { b' ' } else { *first }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_plain_letter_or_digit_is_escaped() {
        assert_eq!(encode("a b&c=d+é*-._"), "a+b%26c%3Dd%2B%C3%A9*-._");
    }

    #[test]
    fn a_form_reads_back_as_it_was_written() {
        let value = "https://a.example/mcp?x=1&y=%20+é";
        assert_eq!(pairs(&alloc::format!("resource={}&&flag", encode(value))), [("resource", value), ("flag", "")].map(owned));
        assert_eq!(pairs("a=%zz%4"), [("a", "%zz%4")].map(owned));
    }

    fn owned((name, value): (&str, &str)) -> (String, String) {
        (name.into(), value.into())
    }
}
