//! A text with its escapes resolved, once and again: what stands in it in another form is seen in one of its views.

use alloc::string::String;
use alloc::vec::Vec;

/// In which form something stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Plain,
    /// With the escapes of a JSON string, or of one in another.
    Escaped,
    /// Percent-encoded (RFC 3986 §2.1).
    Percent,
    /// In base64 or base64url (RFC 4648 §4 and §5).
    Base64,
}

/// How often a view was made of another one: JSON in a string in JSON in a string.
const ROUNDS: usize = 3;

/// A text as it looks after some escapes were resolved.
pub(super) struct View {
    bytes: Vec<u8>,
    /// How often the escapes of JSON were resolved, and then those of addresses.
    json: usize,
    percent: usize,
}

/// Every view of a text: as it is, and with the escapes of JSON resolved up to three times, each also with those of addresses
/// resolved up to twice. Views that are the same as the one before are left out.
pub(super) fn views(text: &str) -> impl Iterator<Item = View> {
    let plain = View { bytes: text.as_bytes().to_vec(), json: 0, percent: 0 };
    let by_json = core::iter::successors(Some(plain), |view| {
        let bytes: Vec<u8> = resolved(&view.bytes, json_escape).map(|(_, byte)| byte).collect();
        (view.json < ROUNDS && bytes != view.bytes).then(|| View { bytes, json: view.json + 1, percent: 0 })
    });
    by_json.flat_map(|view| {
        core::iter::successors(Some(view), |view| {
            let bytes: Vec<u8> = resolved(&view.bytes, percent_escape).map(|(_, byte)| byte).collect();
            (view.percent < 2 && bytes != view.bytes).then(|| View { bytes, json: view.json, percent: view.percent + 1 })
        })
    })
}

impl View {
    /// The bytes of it.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The form of what can be seen in it and not in those before.
    pub(super) const fn form(&self) -> Form {
        match (self.json, self.percent) {
            (_, 1..) => Form::Percent,
            (1.., 0) => Form::Escaped,
            (0, 0) => Form::Plain,
        }
    }

    /// Where in the text a byte of this view stands.
    pub(super) fn origin(&self, text: &str, at: usize) -> usize {
        let mut bytes = text.as_bytes().to_vec();
        let mut origins: Vec<usize> = (0..bytes.len()).collect();
        let escapes = core::iter::repeat_n(json_escape as Escape, self.json)
            .chain(core::iter::repeat_n(percent_escape as Escape, self.percent));
        for escape in escapes {
            let next: Vec<(usize, u8)> = resolved(&bytes, escape).collect();
            origins = next.iter().filter_map(|(at, _)| origins.get(*at).copied()).collect();
            bytes = next.into_iter().map(|(_, byte)| byte).collect();
        }
        origins.get(at).copied().unwrap_or(text.len())
    }
}

/// A part of an address with its escapes resolved.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes: Vec<u8> = resolved(text.as_bytes(), percent_escape).map(|(_, byte)| byte).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What an escape at the beginning of these bytes stands for, and its length.
type Escape = fn(&[u8]) -> Option<(Resolved, usize)>;

/// The bytes that an escape stands for.
type Resolved = ([u8; 4], usize);

/// The bytes with escapes resolved, each with the place it was read from.
fn resolved(bytes: &[u8], escape: Escape) -> impl Iterator<Item = (usize, u8)> {
    let mut at = 0;
    let mut pending = ([0; 4], 0, 0);
    let mut from = 0;
    core::iter::from_fn(move || {
        if pending.1 < pending.2 {
            pending.1 += 1;
            return Some((from, pending.0[pending.1 - 1]));
        }
        let rest = bytes.get(at..)?;
        from = at;
        match escape(rest) {
            Some(((meant, length), used)) => {
                at += used;
                pending = (meant, 1, length);
                Some((from, meant[0]))
            }
            None => {
                at += 1;
                rest.first().map(|byte| (from, *byte))
            }
        }
    })
}

fn percent_escape(bytes: &[u8]) -> Option<(Resolved, usize)> {
    let [b'%', high, low, ..] = bytes else { return None };
    Some((([hex(*high)? << 4 | hex(*low)?, 0, 0, 0], 1), 3))
}

fn json_escape(bytes: &[u8]) -> Option<(Resolved, usize)> {
    let one = |byte: u8| Some((([byte, 0, 0, 0], 1), 2));
    match bytes {
        [b'\\', b'n', ..] => one(b'\n'),
        [b'\\', b'r', ..] => one(b'\r'),
        [b'\\', b't', ..] => one(b'\t'),
        [b'\\', b'u', a, b, c, d, ..] => {
            let unit = [a, b, c, d].into_iter().try_fold(0_u32, |unit, digit| Some(unit << 4 | u32::from(hex(*digit)?)))?;
            // Half of a pair stands for no character; secrets are made of others.
            let c = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
            let mut meant = [0; 4];
            let length = c.encode_utf8(&mut meant).len();
            Some(((meant, length), 6))
        }
        [b'\\', byte @ (b'"' | b'\\' | b'/'), ..] => one(*byte),
        _ => None,
    }
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escape_is_resolved_in_some_view() {
        let text = r#"{"a":"{\"b\":\"\\u0041%2541\"}"}"#;
        let seen: Vec<String> = views(text).map(|view| String::from_utf8_lossy(view.bytes()).into_owned()).collect();
        assert_eq!(seen[0], text);
        assert!(seen.iter().any(|view| view == r#"{"a":"{"b":"AA"}"}"#), "{seen:#?}");
    }

    #[test]
    fn a_place_in_a_view_leads_back_to_the_text() {
        let text = r#"x\\u0041y%2541z"#;
        for view in views(text) {
            for (letter, place) in [(b'x', 0), (b'y', 8), (b'z', 14)] {
                let at = view.bytes().iter().rposition(|byte| *byte == letter).unwrap();
                assert_eq!(view.origin(text, at), place, "{}", String::from_utf8_lossy(view.bytes()));
            }
        }
    }
}
