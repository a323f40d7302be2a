//! Tokens that look as an issuer's do and are signed by nobody.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// A JSON Web Token with these claims. Its signature is none.
pub fn unsigned(claims: &Value) -> String {
    let header = json!({"alg": "RS256", "typ": "JWT"});
    format!("{}.{}.{}", base64url(&header.to_string()), base64url(&claims.to_string()), base64url("a signature of nobody"))
}

/// The time, in seconds since 1970 (RFC 7519 §2, NumericDate).
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    i64::try_from(since.as_secs()).expect("a clock before the end of time")
}

/// RFC 4648 §5, without padding.
fn base64url(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        let letters = (0..=three.len()).map(|n| ALPHABET[(bits >> (18 - 6 * n)) as usize & 63]);
        out.extend(letters.map(char::from));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_that_of_the_rfc() {
        for (text, encoded) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("??>", "Pz8-")] {
            assert_eq!(base64url(text), encoded);
        }
    }
}
