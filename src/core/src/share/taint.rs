//! The last look at what goes out: none of the secrets that are known may be in it, in any form or part.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::forms::{Form, views};
use crate::id::EventRef;
use crate::token::normalise;

/// A part of a secret that is looked for, in bytes.
const PART: usize = 12;

/// The characters of base64 that such a part decides, wherever in three bytes it begins.
const PART_BASE64: usize = 15;

/// Shorter tokens, client secrets and session ids are not looked for: they are found in everything.
const SHORTEST: usize = 8;

/// Shorter values of other headers are not looked for: many are words of the protocol.
const SHORTEST_HEADER: usize = 12;

/// Which secret it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secret {
    /// The bearer token.
    Token,
    /// The secret of a client of an authorization server.
    ClientSecret,
    /// The value of the n-th extra header, from 0.
    Header(usize),
    /// A session id.
    Session,
}

/// The secrets that are known where something goes out. They are looked at and not kept; none of them enters a recording.
#[derive(Clone, Default)]
pub struct Secrets<'a>(Vec<(Secret, &'a str)>);

impl<'a> Secrets<'a> {
    /// None.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With a secret as it was typed. Token, client secret and session id count from 8 characters on, other headers from 12.
    #[must_use]
    pub fn and(mut self, which: Secret, value: &'a str) -> Self {
        let sent = if which == Secret::Token { normalise(value) } else { value.trim() };
        let shortest = if matches!(which, Secret::Header(_)) { SHORTEST_HEADER } else { SHORTEST };
        if sent.len() >= shortest {
            self.0.push((which, sent));
        }
        self
    }

    /// With the session ids of what is exported.
    pub(super) fn and_sessions(self, ids: &'a [String]) -> Self {
        ids.iter().fold(self, |secrets, id| secrets.and(Secret::Session, id))
    }
}

/// A secret was found in what was to go out, so it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taint {
    /// Which.
    pub secret: Secret,
    /// In which form.
    pub form: Form,
    /// Where: the event it belongs to; `None` for the head of the recording, and for other texts.
    pub at: Option<EventRef>,
    /// Where in the text, in bytes.
    pub byte: usize,
}

impl fmt::Display for Taint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = match self.secret {
            Secret::Token => String::from("your token"),
            Secret::ClientSecret => String::from("your client secret"),
            Secret::Header(n) => alloc::format!("the value of your extra header {}", n + 1),
            Secret::Session => String::from("a session id"),
        };
        let form = match self.form {
            Form::Plain => "",
            Form::Escaped => ", with escapes",
            Form::Percent => ", percent-encoded",
            Form::Base64 => ", as base64",
        };
        write!(f, "Nothing was made: a part of {secret} is in it{form}")?;
        match self.at {
            Some(at) => write!(f, ", at event {at}."),
            None => write!(f, ", at byte {}.", self.byte),
        }
    }
}

/// Looks for the secrets in a text that is to go out.
///
/// # Errors
/// The first place where a secret, or 12 bytes of one, stands: as it is, with the escapes of JSON, percent-encoded, in base64
/// or base64url at any of the three places in which it can begin, or in some of these inside one another.
pub fn check(text: &str, secrets: &Secrets<'_>) -> Result<(), Taint> {
    let needles = Needles::of(secrets);
    if needles.is_empty() {
        return Ok(());
    }
    for view in views(text) {
        let found = needles.plain(view.bytes()).map(|(at, secret)| (at, secret, view.form()));
        let found = found.or_else(|| needles.base64(view.bytes()).map(|(at, secret)| (at, secret, Form::Base64)));
        if let Some((at, secret, form)) = found {
            return Err(Taint { secret, form, at: None, byte: view.origin(text, at) });
        }
    }
    Ok(())
}

/// What is looked for.
struct Needles {
    /// Parts of secrets.
    parts: Table<PART>,
    /// The same in base64, with `+` and `/`.
    base64: Table<PART_BASE64>,
    /// Secrets that are shorter than a part, as they are and in base64.
    short: Vec<(Vec<u8>, Secret)>,
    short_base64: Vec<(Vec<u8>, Secret)>,
}

impl Needles {
    fn of(secrets: &Secrets<'_>) -> Self {
        let (mut parts, mut base64) = (Vec::new(), Vec::new());
        let (mut short, mut short_base64) = (Vec::new(), Vec::new());
        for (which, secret) in &secrets.0 {
            let bytes = secret.as_bytes();
            if bytes.len() < PART {
                short.push((bytes.to_vec(), *which));
                short_base64.extend(in_base64(bytes).map(|text| (text, *which)));
            }
            for part in bytes.windows(PART) {
                parts.extend(<[u8; PART]>::try_from(part).map(|part| (part, *which)));
                let encoded = in_base64(part).filter_map(|text| text.first_chunk::<PART_BASE64>().copied());
                base64.extend(encoded.map(|text| (text, *which)));
            }
        }
        Self { parts: Table::of(parts), base64: Table::of(base64), short, short_base64 }
    }

    fn is_empty(&self) -> bool {
        self.parts.0.is_empty() && self.short.is_empty()
    }

    fn plain(&self, bytes: &[u8]) -> Option<(usize, Secret)> {
        self.parts.find(bytes, |byte| byte).or_else(|| find_short(&self.short, bytes, |byte| byte))
    }

    fn base64(&self, bytes: &[u8]) -> Option<(usize, Secret)> {
        self.base64.find(bytes, standard).or_else(|| find_short(&self.short_base64, bytes, standard))
    }
}

/// The character of the alphabet of base64 that stands for one of base64url.
const fn standard(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

/// The characters of base64 that these bytes decide, for each of the three places in a group of three at which they can begin.
fn in_base64(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    (0..3).map(move |before: usize| {
        let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
        // A character has six bits; those of which some belong to other bytes are left out.
        let first = (6 - before * 8 % 6) % 6;
        let whole = (bytes.len() * 8 - first) / 6;
        let character = |n: usize| ALPHABET[(0..6).fold(0, |value, at| value << 1 | bit(first + n * 6 + at))];
        (0..whole).map(character).collect()
    })
}

fn find_short(needles: &[(Vec<u8>, Secret)], bytes: &[u8], as_seen: impl Fn(u8) -> u8) -> Option<(usize, Secret)> {
    let stands = |needle: &[u8], at: usize| {
        bytes
            .get(at..at + needle.len())
            .is_some_and(|place| place.iter().zip(needle).all(|(byte, wanted)| as_seen(*byte) == *wanted))
    };
    needles.iter().find_map(|(needle, which)| (0..bytes.len()).find(|at| stands(needle, *at)).map(|at| (at, *which)))
}

/// Texts of one length, in order, so that looking one up takes few comparisons.
struct Table<const N: usize>(Vec<([u8; N], Secret)>);

impl<const N: usize> Table<N> {
    fn of(mut texts: Vec<([u8; N], Secret)>) -> Self {
        texts.sort_unstable();
        texts.dedup_by(|a, b| a.0 == b.0);
        Self(texts)
    }

    /// The first place where one of them stands.
    fn find(&self, bytes: &[u8], as_seen: impl Fn(u8) -> u8) -> Option<(usize, Secret)> {
        // One bit for each two bytes that one of them begins with: most places are passed at once.
        let slot = |first: u8, second: u8| usize::from(first) << 8 | usize::from(second);
        let mut begins = alloc::vec![0_u64; 1 << 10];
        for (text, _) in &self.0 {
            let slot = slot(text[0], text[1]);
            begins[slot / 64] |= 1 << (slot % 64);
        }
        let may_begin = |window: &[u8]| {
            let slot = slot(as_seen(window[0]), as_seen(window[1]));
            begins[slot / 64] >> (slot % 64) & 1 == 1
        };
        bytes.windows(N).enumerate().filter(|(_, window)| may_begin(window)).find_map(|(at, window)| {
            let place: [u8; N] = core::array::from_fn(|n| as_seen(window[n]));
            let slot = self.0.binary_search_by(|(text, _)| text.cmp(&place)).ok()?;
            self.0.get(slot).map(|(_, which)| (at, *which))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64, Encoding};

    #[test]
    fn base64_of_a_part_is_the_same_whatever_stands_around_it() {
        let part = b"0123456789ab";
        for before in 0..3 {
            for after in 0..4 {
                let whole = ["#".repeat(before).as_bytes(), part, "#".repeat(after).as_bytes()].concat();
                let encoded = Base64::encode_string(&whole);
                let known = in_base64(part).nth(before).unwrap();
                assert!(known.len() >= PART_BASE64);
                assert!(encoded.contains(core::str::from_utf8(&known).unwrap()), "{encoded}");
            }
        }
    }
}
