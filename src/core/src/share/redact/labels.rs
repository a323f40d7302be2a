//! Words that say of the next one that it is a value: a password of one word reads like any other word.

use super::prose::separates;

/// After one of these and a colon or an equals sign comes a value, whatever it reads like.
const LABELS: &[&str] = &[
    "account",
    "apikey",
    "assertion",
    "auth",
    "authorization",
    "bearer",
    "code",
    "cookie",
    "credential",
    "credentials",
    "email",
    "id",
    "jwt",
    "key",
    "login",
    "nonce",
    "otp",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "secret",
    "session",
    "sessionid",
    "sid",
    "sig",
    "signature",
    "token",
    "user",
    "username",
];

/// After one of these comes a value also without a sign between: `password hunter`.
const STRONG: &[&str] = &["basic", "bearer", "otp", "passphrase", "passwd", "password", "pin", "pwd", "secret"];

/// What is said about a credential rather than being one: `token expired`, `password: required`.
const ABOUT: &[&str] = &[
    "a",
    "access",
    "an",
    "and",
    "api",
    "are",
    "as",
    "at",
    "auth",
    "authentication",
    "authorization",
    "bad",
    "be",
    "bearer",
    "but",
    "by",
    "can",
    "cannot",
    "client",
    "code",
    "could",
    "credential",
    "credentials",
    "denied",
    "does",
    "empty",
    "error",
    "expected",
    "expired",
    "failed",
    "for",
    "forbidden",
    "format",
    "found",
    "from",
    "has",
    "have",
    "header",
    "id",
    "in",
    "incorrect",
    "insufficient",
    "invalid",
    "invalid_request",
    "invalid_token",
    "is",
    "it",
    "jwt",
    "key",
    "login",
    "malformed",
    "may",
    "method",
    "mismatch",
    "missing",
    "must",
    "new",
    "no",
    "none",
    "not",
    "null",
    "of",
    "on",
    "or",
    "password",
    "please",
    "provide",
    "provided",
    "realm",
    "refused",
    "rejected",
    "request",
    "required",
    "revoked",
    "scheme",
    "scope",
    "secret",
    "server",
    "session",
    "should",
    "signature",
    "supplied",
    "terminated",
    "that",
    "the",
    "this",
    "to",
    "token",
    "tokens",
    "type",
    "unauthorized",
    "undefined",
    "unknown",
    "user",
    "valid",
    "was",
    "were",
    "with",
    "wrong",
    "you",
    "your",
];

/// Whether what stands before a word, and between, says that it is a value.
pub(super) fn names_value(label: &str, between: &str, word: &str) -> bool {
    let label = label.rsplit(['_', '-', '.', '/']).next().unwrap_or_default().to_ascii_lowercase();
    let close = between.chars().all(|c| separates(c) && c != '\n');
    let signed = between.contains([':', '=']) && LABELS.binary_search(&label.as_str()).is_ok();
    let names = signed || STRONG.binary_search(&label.as_str()).is_ok();
    close && names && ABOUT.binary_search(&word.to_ascii_lowercase().as_str()).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order_so_that_each_word_is_found() {
        assert!([LABELS, STRONG, ABOUT].iter().all(|list| list.is_sorted()));
    }

    #[test]
    fn a_label_makes_the_next_word_a_value_unless_it_is_said_about_it() {
        for (label, between, word) in
            [("password", ": ", "dragonfruit"), ("api_key", "=", "x"), ("Bearer", " ", "abc"), ("client_secret", "\":\"", "abc")]
        {
            assert!(names_value(label, between, word), "{label}{between}{word}");
        }
        for (label, between, word) in [
            ("token", ": ", "expired"),
            ("token", " ", "dragonfruit"),
            ("Bearer", " ", "token"),
            ("password", " of ", "x"),
            ("id", ":\n", "x"),
        ] {
            assert!(!names_value(label, between, word), "{label}{between}{word}");
        }
    }
}
