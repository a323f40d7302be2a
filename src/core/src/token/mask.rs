//! Takes the person's secrets out of what a server echoes, piece by piece, before anything is recorded.

use alloc::string::String;
use alloc::vec::Vec;

/// Shorter tokens are not masked: a word that servers use would be torn out of everything they say.
const SHORTEST_TOKEN: usize = 8;

/// Shorter values of other headers are not masked: one that is also a word of the protocol (a revision, say) must stay
/// readable.
const SHORTEST_OTHER: usize = 12;

/// Puts asterisks over secrets. Lengths stay, so that a recording still counts the bytes that came.
pub struct Mask {
    secrets: Vec<Vec<u8>>,
    /// The end of what has come, as long as it may be the beginning of a secret.
    held: Vec<u8>,
}

impl Mask {
    /// A mask for tokens and what is as good as one, and for the values of the extra headers; the shortest are left out.
    pub fn new<'a>(tokens: &[&'a str], others: impl Iterator<Item = &'a str>) -> Self {
        let tokens = tokens.iter().map(|token| (*token, SHORTEST_TOKEN));
        let all = tokens.chain(others.map(|other| (other, SHORTEST_OTHER)));
        let mut secrets: Vec<Vec<u8>> = Vec::new();
        for (secret, shortest) in all {
            // A server that quotes a secret in JSON may escape what is not a letter or digit: the parts between are secret too.
            let parts = secret.split(|c: char| !c.is_ascii_alphanumeric() && !"-._~".contains(c));
            let masked = core::iter::once(secret).chain(parts).filter(|part| part.len() >= shortest);
            secrets.extend(masked.map(|part| part.as_bytes().to_vec()));
        }
        Self { secrets, held: Vec::new() }
    }

    /// Masks the next piece of a body; the beginning of a secret at its end waits for the next.
    pub fn pass(&mut self, piece: Vec<u8>) -> Vec<u8> {
        if self.secrets.is_empty() {
            return piece;
        }
        let mut bytes = core::mem::take(&mut self.held);
        bytes.extend(piece);
        self.cover(&mut bytes);
        let begins_secret = |at: &usize| {
            let end = bytes.get(*at..).unwrap_or_default();
            self.secrets.iter().any(|secret| secret.starts_with(end))
        };
        let longest = self.secrets.iter().map(Vec::len).max().unwrap_or(0);
        let start = (bytes.len().saturating_sub(longest)..bytes.len()).find(begins_secret).unwrap_or(bytes.len());
        self.held = bytes.split_off(start);
        bytes
    }

    /// What still waited when the body ended.
    pub fn rest(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.held)
    }

    /// Masks a text that is whole.
    pub fn text(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        self.cover(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn cover(&self, bytes: &mut [u8]) {
        for secret in &self.secrets {
            let mut at = 0;
            while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| Some(byte) == secret.first())) {
                at += found;
                match bytes.get_mut(at..at + secret.len()) {
                    Some(place) if place == secret.as_slice() => place.fill(b'*'),
                    _ => {}
                }
                at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(token: &str) -> Mask {
        Mask::new(&[token], ["once in a blue moon"].into_iter())
    }

    fn passed(mask: &mut Mask, pieces: &[&str]) -> String {
        let mut bytes: Vec<u8> = pieces.iter().flat_map(|piece| mask.pass(piece.as_bytes().to_vec())).collect();
        bytes.extend(mask.rest());
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_secret_is_covered_wherever_the_pieces_of_a_body_end() {
        let body = "{\"error\":\"no token abcdef-123456 for once in a blue moon\"}";
        for cut in 0..body.len() {
            let (start, end) = body.split_at(cut);
            let covered = passed(&mut mask("abcdef-123456"), &[start, end]);
            assert_eq!(covered, "{\"error\":\"no token ************* for *******************\"}", "cut at {cut}");
        }
    }

    #[test]
    fn a_secret_that_was_escaped_is_covered_between_the_escapes() {
        assert_eq!(passed(&mut mask("\"abcdef123456\""), &["\\\"abcdef123456\\\""]), "\\\"************\\\"");
        assert_eq!(
            passed(&mut mask("abcdef123456/abcdef123456=="), &["abcdef123456\\/abcdef123456=="]),
            "************\\/************=="
        );
    }

    #[test]
    fn everything_else_passes_as_it_is() {
        let body = "abcde abcdef-12345 blue";
        assert_eq!(passed(&mut mask("abcdef-123456"), &[body]), body);
        assert_eq!(passed(&mut mask("server"), &["serverInfo"]), "serverInfo");
        let mut of_a_header = Mask::new(&[], ["2025-06-18"].into_iter());
        assert_eq!(passed(&mut of_a_header, &["2025-06-18"]), "2025-06-18");
    }
}
