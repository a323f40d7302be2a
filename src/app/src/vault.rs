//! The person's secrets: in memory only, bound to the origin they were typed for, put into a request at the last moment, and
//! taken out of what a server echoes before anything is recorded.

use inspector_core::http::{HeaderValue, Request, SecretSlot, Url};

/// The secrets of one run.
#[derive(Clone, Default)]
pub(crate) struct Vault {
    origin: String,
    token: String,
    extra: Vec<String>,
}

impl Vault {
    /// The secrets typed for this server.
    pub(crate) fn new(server: &Url, token: String, extra: Vec<String>) -> Self {
        Self { origin: server.origin(), token, extra }
    }

    /// The value of a header, or `None` when its secret is not for this address.
    pub(crate) fn fill(&self, request: &Request, value: &HeaderValue) -> Option<String> {
        let slot = match value {
            HeaderValue::Text(text) => return Some(text.clone()),
            HeaderValue::Secret(slot) => slot,
        };
        if request.url.origin() != self.origin {
            return None;
        }
        match slot {
            SecretSlot::Token => Some(format!("Bearer {}", self.token)),
            SecretSlot::Extra(n) => self.extra.get(usize::from(*n)).cloned(),
        }
    }

    /// Takes every secret out of a text that is about to leave this page, those too that are too short to be masked.
    pub(crate) fn redact(&self, text: &str) -> String {
        let secrets = std::iter::once(&self.token).chain(&self.extra).filter(|secret| secret.len() >= SHORTEST_SECRET);
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "[removed]"))
    }

    /// A mask for one response.
    pub(crate) fn mask(&self) -> Mask {
        let whole = std::iter::once(&self.token).chain(&self.extra).map(String::as_str);
        // A server that quotes a secret in JSON may escape what is not a letter or digit: the parts between are secret too.
        let parts = whole.clone().flat_map(|secret| secret.split(|c: char| !c.is_ascii_alphanumeric() && !"-._~".contains(c)));
        let secrets = whole.chain(parts).filter(|secret| secret.len() >= SHORTEST_MASKED);
        Mask { secrets: secrets.map(|secret| secret.as_bytes().to_vec()).collect(), held: Vec::new() }
    }
}

/// Shorter values are no secrets and would tear holes into every text.
const SHORTEST_SECRET: usize = 6;

/// Shorter values are not masked in what comes in: one that is also a word of the protocol (a revision, say) must stay readable.
const SHORTEST_MASKED: usize = 12;

/// Puts asterisks over secrets. Lengths stay, so that a recording still counts the bytes that came.
pub(crate) struct Mask {
    secrets: Vec<Vec<u8>>,
    /// The end of what has come, as long as it may be the beginning of a secret.
    held: Vec<u8>,
}

impl Mask {
    /// Masks the next piece of a body; the beginning of a secret at its end waits for the next.
    pub(crate) fn pass(&mut self, piece: Vec<u8>) -> Vec<u8> {
        if self.secrets.is_empty() {
            return piece;
        }
        let mut bytes = std::mem::take(&mut self.held);
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
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }

    /// Masks a text that is whole.
    pub(crate) fn text(&self, text: &str) -> String {
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

    const SERVER: &str = "https://example.com/mcp";

    fn mask(token: &str) -> Mask {
        let server = Url::parse(SERVER).unwrap();
        Vault::new(&server, token.to_owned(), vec!["once in a blue moon".to_owned()]).mask()
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
        assert_eq!(passed(&mut mask("2025-06-18"), &["2025-06-18"]), "2025-06-18");
    }
}
