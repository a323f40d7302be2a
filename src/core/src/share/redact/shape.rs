//! What a word may look like to be let through: names and words that people use, small numbers, dates. Everything else is covered.

use super::letters::reads_like_a_word;
use crate::time::Wall;

/// The longest word that is let through, in bytes.
const LONGEST: usize = 64;

/// Digits in a row that a word may have, and that a word of a sentence may have in all: a year has as many, a phone number more.
const DIGITS: usize = 4;

/// Digits of the number in a cover.
const COVER_DIGITS: usize = 6;

/// Digits that a name with letters may have in all: `DRAFT-2026-v1`.
const DIGITS_OF_NAME: usize = 6;

/// Words of the trade that mix letters and digits.
const TERMS: &[&str] = &[
    "base32", "base64", "es256", "es384", "hs256", "hs512", "http1", "http2", "http3", "ipv4", "ipv6", "oauth2", "ps256",
    "rs256", "rs384", "rs512", "sha256", "sha384", "sha512", "utf16", "x509",
];

/// Units that a number may end in.
const UNITS: &[&str] = &["b", "bytes", "gb", "h", "kb", "kib", "m", "mb", "mib", "min", "ms", "ns", "px", "s", "us"];

/// Whether a word of a sentence may be seen: one that people use, a small number, a date, a version.
pub(super) fn is_prose(word: &str) -> bool {
    passes(word, DIGITS, |part| is_letters(part) || is_small_number(part) || is_term(part))
}

/// Whether a name that a program uses may be seen: as [`is_prose`], and with a few digits among its letters (`step3`, `k8s_get`).
pub(super) fn is_name(word: &str) -> bool {
    let digits = if word.bytes().any(|byte| byte.is_ascii_alphabetic()) { DIGITS_OF_NAME } else { DIGITS };
    passes(word, digits, |part| is_letters(part) || is_small_number(part) || is_term(part) || is_numbered(part))
}

/// Whether a word looks like what a generator made: a key, a token, a digest, an id.
pub(super) fn is_random(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    word.len() >= 16 && letters > 0 && (digits > 0 || word.len() >= 32) && !is_name(word) && Wall::parse(word).is_none()
}

/// Whether a text is a cover of an earlier redaction.
pub(super) fn is_cover(word: &str) -> bool {
    if word.starts_with("session") {
        return alias_letter(word).is_some();
    }
    let Some(rest) = word.strip_prefix('*') else { return false };
    let stars = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() - stars.len() <= COVER_DIGITS && stars.bytes().all(|byte| byte == b'*')
}

/// The letter in `session-A`, `session-B2***`, or `C**` for an id that was shorter: a session id that is covered already. A
/// character that no session id may have stands in the place of the hyphen.
pub(super) fn alias_letter(id: &str) -> Option<&str> {
    let rest = id.strip_prefix("session-").or_else(|| id.strip_prefix("session")).unwrap_or(id);
    let letter = rest.strip_prefix(|c| !is_legal(c)).unwrap_or(rest).trim_end_matches('*');
    let digits = letter.strip_prefix(|c: char| c.is_ascii_uppercase())?;
    (digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(letter)
}

/// Whether a session id may have this character (2025-03-26, transports: visible ASCII).
pub(super) const fn is_legal(c: char) -> bool {
    matches!(c, '!'..='~')
}

fn passes(word: &str, most: usize, part_passes: impl Fn(&str) -> bool) -> bool {
    if is_cover(word) || is_date(word) || is_version(word) || is_error_code(word) || is_measure(word) {
        return true;
    }
    // An address of a person has an at sign inside; the name of a package may begin with one.
    let at_sign = word.char_indices().any(|(at, c)| c == '@' && at > 0);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if word.len() > LONGEST || at_sign || digits > most {
        return false;
    }
    if !word.chars().any(char::is_alphanumeric) {
        // A line of dashes is no secret; a row of different signs may be one.
        let mut signs = word.chars();
        let first = signs.next();
        return word.chars().count() <= 3 || signs.all(|sign| Some(sign) == first);
    }
    word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).all(part_passes)
}

/// Letters that read like words: in one case, or with capitals where words begin.
fn is_letters(part: &str) -> bool {
    if !part.chars().all(char::is_alphabetic) {
        return false;
    }
    let mut humps = 0;
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let end = hump_end(rest).max(first.len_utf8());
        let (hump, after) = rest.split_at(end);
        // Other scripts have no table here, and keys are not written in them.
        if hump.is_ascii() && !reads_like_a_word(hump) {
            return false;
        }
        humps += 1;
        rest = after;
    }
    // Words are longer than two letters on average; letters whose case is chance are not.
    humps <= 2 || part.chars().count() >= humps * 3
}

/// The end of the first word of `StreamableHTTPServer`, `toolCallId` or `SESSION`.
fn hump_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        if let Some(before) = before {
            let next_is_lower = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            let begins = c.is_uppercase() && (before.is_lowercase() || next_is_lower);
            if begins {
                return at;
            }
        }
        before = Some(c);
    }
    text.len()
}

fn is_small_number(part: &str) -> bool {
    part.len() <= DIGITS && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_term(part: &str) -> bool {
    let lower = part.to_ascii_lowercase();
    let version = lower.strip_prefix('v').is_some_and(|number| !number.is_empty() && is_small_number(number));
    // Too short to hide anything: `h2`, `s3`, `k8s`.
    let short = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    short || version || TERMS.binary_search(&lower.as_str()).is_ok()
}

/// Letters with some digits after or before them.
fn is_numbered(part: &str) -> bool {
    let letters = part.trim_matches(|c: char| c.is_ascii_digit());
    let digits = part.len() - letters.len();
    (1..=3).contains(&digits) && letters.len() > digits && is_letters(letters)
}

/// `2025-11-25`, or a moment as RFC 3339 writes it.
fn is_date(word: &str) -> bool {
    let day = word.len() == 10
        && word.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    day || (word.len() <= 35 && Wall::parse(word).is_some())
}

/// `1.32.2`, `v2.0.0-beta.1`: numbers of at most three digits with dots between, fewer than those of an address on the network.
fn is_version(word: &str) -> bool {
    let numbers = word.strip_prefix('v').unwrap_or(word);
    let (numbers, after) = numbers.split_once(['-', '+']).unwrap_or((numbers, ""));
    let parts = numbers.split('.').count();
    let small = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let suffix = after.len() <= 12 && after.split('.').all(|part| is_letters(part) || is_small_number(part) || is_numbered(part));
    (2..=3).contains(&parts) && numbers.split('.').all(small) && suffix
}

/// A code of JSON-RPC 2.0, or one that the specification of the protocol has beside them: `-32001`.
fn is_error_code(word: &str) -> bool {
    word.strip_prefix('-').unwrap_or(word).strip_prefix("32").is_some_and(|rest| rest.len() == 3 && is_small_number(rest))
}

/// A number with its unit: `30000ms`.
fn is_measure(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let digits = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let unit = word.get(number.len()..).unwrap_or_default().to_ascii_lowercase();
    (1..=9).contains(&number.len()) && digits && UNITS.binary_search(&unit.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_names_dates_and_small_numbers_are_let_through() {
        for word in [
            "session",
            "Bad",
            "StreamableHTTPServerTransport",
            "tools/list",
            "Mcp-Session-Id",
            "invalid_token",
            "2025-11-25",
            "2026-11-21T17:07:12.004Z",
            "v1.32.2",
            "2.0.0-beta.1",
            "-32001",
            "404",
            "30000ms",
            "A-1042",
            "utf-8",
            "RS256",
            "h2",
            "io.modelcontextprotocol/clientInfo",
            "application/vnd.api+json",
            "Sitzung",
            "Größe",
            "セッション",
            "----------",
            "@modelcontextprotocol/inspector",
            "***",
            "*12****",
            "x",
        ] {
            assert!(is_prose(word), "{word}");
        }
    }

    #[test]
    fn what_a_generator_made_and_what_is_somebody_is_not() {
        for word in [
            "sk-proj-Ab12Cd34Ef56Gh78",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "AKIAIOSFODNN7EXAMPLE",
            "hunter2",
            "S3cr3t!",
            "ebe1a03adbf64ff8a78ec158029f160b",
            "7f9c24e8-3b12-4fde-9a01-5f9a2b7c1d3e",
            "jane.doe@example.com",
            "078-05-1120",
            "4111111111111111",
            "+4917012345678",
            "203.0.113.195",
            "wJalrXUtnFEMI",
            "aBcDeFgHiJ",
            "xkcdqvwzjrtp",
            "!#$%&/",
        ] {
            assert!(!is_prose(word), "{word}");
        }
    }

    #[test]
    fn a_name_may_have_a_few_digits_among_its_letters() {
        for name in ["step3_check", "k8s_get_pods", "oauth2-login", "server12", "3dmodel"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["a1b2c3d4", "server1234567", "f47ac10b58cc", "user_9182736455"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn keys_and_digests_look_random_and_sentences_do_not() {
        for word in
            ["ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ebe1a03adbf64ff8a78ec158029f160b", "xoxb-17653672481-pdFZKVeTuE8s"]
        {
            assert!(is_random(word), "{word}");
        }
        for word in ["internationalisation", "2026-11-21T17:07:12.004Z", "get_weather_forecast", "+4917012345678"] {
            assert!(!is_random(word), "{word}");
        }
    }
}
