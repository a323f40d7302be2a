//! Recordings in an address: `#trace=1.` and the recording as it stands in a file, checked, packed and written in base64url.
//!
//! The number names the dictionary it was packed with and how it is checked; each number stays as it is for ever. What is
//! packed says its own version (see `wire`).

mod deflate;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding};

use self::deflate::{Broken, pack, unpack};
use super::wire::{self, Most};
use super::{OpenError, Opened};
use crate::limits::{LINK_BYTES, LINK_CHARS_READ};

/// What stands before the recording in the fragment of an address.
const FRAGMENT: &str = "trace=";

/// How links are written now.
const NEWEST: u32 = 1;

/// What every recording contains, the most common last. Frozen with the number 1.
const DICTIONARY_1: &[u8] = include_bytes!("dictionary-1.txt");

/// Bytes of the check before what is packed.
const CHECK: usize = 2;

/// The fragment for a recording as it is written, without `#`.
pub(super) fn fragment(text: &str) -> String {
    let mut bytes = check(text.as_bytes()).to_vec();
    bytes.extend(pack(text.as_bytes(), DICTIONARY_1));
    format!("{FRAGMENT}{NEWEST}.{}", Base64UrlUnpadded::encode_string(&bytes))
}

/// Opens the recording in the fragment of an address, with or without `#`, or in a whole address.
///
/// # Errors
/// Why it cannot be opened, for the person who followed the link.
pub fn open_link(fragment: &str) -> Result<Opened, OpenError> {
    let fragment = fragment.trim();
    if fragment.len() > LINK_CHARS_READ {
        return Err(OpenError::LongLink(fragment.len()));
    }
    let fragment = fragment.rsplit_once('#').map_or(fragment, |(_, fragment)| fragment);
    let begins = || fragment.chars().take(40).collect();
    let payload = fragment.strip_prefix(FRAGMENT).ok_or_else(|| OpenError::NotATrace(begins()))?;
    if payload.is_empty() {
        return Err(OpenError::Empty);
    }
    let (version, packed) = payload.split_once('.').ok_or(OpenError::CutOff)?;
    match version.parse::<u32>() {
        Ok(1) => wire::read(&text(packed, DICTIONARY_1)?, Most::LINK),
        Ok(newer) if newer > NEWEST => Err(OpenError::Newer(String::from(version))),
        _ => Err(OpenError::Damaged),
    }
}

/// The recording as it was written.
fn text(packed: &str, dictionary: &[u8]) -> Result<String, OpenError> {
    let bytes = decode(packed).ok_or(OpenError::Damaged)?;
    let (sum, packed) = bytes.split_first_chunk::<CHECK>().ok_or(OpenError::CutOff)?;
    let unpacked = unpack(packed, dictionary, LINK_BYTES).map_err(|broken| match broken {
        Broken::CutOff => OpenError::CutOff,
        Broken::Damaged => OpenError::Damaged,
        Broken::TooLarge => OpenError::TooLarge,
    })?;
    if check(&unpacked) != *sum {
        return Err(OpenError::Damaged);
    }
    String::from_utf8(unpacked).map_err(|_| OpenError::Damaged)
}

/// The bytes of base64url. A link whose end is missing may end anywhere, also where base64 does not: then as many as are whole.
fn decode(text: &str) -> Option<Vec<u8>> {
    let whole = || Base64UrlUnpadded::decode_vec(text.get(..text.len() / 4 * 4)?).ok();
    Base64UrlUnpadded::decode_vec(text).ok().or_else(whole)
}

/// Fletcher's checksum of 16 bits (RFC 1146): a link that lost a character on the way says so, and shows nothing else.
fn check(bytes: &[u8]) -> [u8; CHECK] {
    let (mut sum, mut sums) = (0_u32, 0_u32);
    for byte in bytes {
        sum = (sum + u32::from(*byte)) % 255;
        sums = (sums + sum) % 255;
    }
    [sum as u8, sums as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_makes_the_same_link_on_every_machine() {
        let text = include_str!("../../../fixtures/shared/v1/every-record.json");
        assert_eq!(fragment(text), include_str!("../../../fixtures/shared/v1/every-record.link").trim_end());
    }
}
