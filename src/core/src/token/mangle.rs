//! A token with one character changed: what nobody issued, and looks as if somebody had.

use alloc::string::{String, ToString};

/// The token with a letter or digit in its middle changed; of a JSON Web Token in the middle of its signature, so that what it says
/// stays the same and only who says it is wrong. Its length stays. A token without a letter or digit gets one more.
pub fn mangled(token: &str) -> String {
    let start = token.rfind('.').map_or(0, |dot| dot + 1);
    // The last characters of base64 may hold bits that nobody reads; those in the middle do not.
    let middle = start + (token.len() - start) / 2;
    let changes = |(_, c): &(usize, char)| c.is_ascii_alphanumeric();
    let after = token.char_indices().skip_while(|(at, _)| *at < middle).find(changes);
    let before = || token.char_indices().filter(|(at, _)| *at < middle).rfind(changes);
    let Some((at, c)) = after.or_else(before) else { return token.to_string() + "x" };
    let other = match c {
        '0'..='8' | 'A'..='Y' | 'a'..='y' => char::from_u32(u32::from(c) + 1).unwrap_or('x'),
        '9' => '0',
        'Z' => 'A',
        _ => 'a',
    };
    let mut changed = token.to_string();
    changed.replace_range(at..at + c.len_utf8(), other.encode_utf8(&mut [0; 4]));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_character_changes_and_not_the_last() {
        for token in ["2f6c1d0e9b7a4853a1c60f4be29d7c58e3b1946a", "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl", "zzz9ZZZ"] {
            let changed = mangled(token);
            let apart = token.chars().zip(changed.chars()).filter(|(one, other)| one != other).count();
            assert_eq!((apart, changed.len()), (1, token.len()), "{changed}");
            assert_eq!(token.chars().last(), changed.chars().last(), "{changed}");
        }
    }

    #[test]
    fn what_a_json_web_token_says_stays() {
        let changed = mangled("eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl");
        assert!(changed.starts_with("eyJhbGciOi.eyJzdWIiOi."), "{changed}");
    }

    #[test]
    fn whatever_was_given_something_else_is_sent() {
        for token in ["", "-", "...", "é", "a", "ab"] {
            assert_ne!(mangled(token), token);
        }
    }
}
