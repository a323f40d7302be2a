//! What two values say beside one another: the same, something else, something that is never the same twice, or nothing, because
//! one of them is covered.

use crate::time::Wall;

/// How what stands in one place of both relates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It says the same.
    Same,
    /// It says something else, or stands on one side only.
    Differs,
    /// It differs every time: dates, ids, handles. That says nothing.
    Expected,
    /// One side does not show it: hidden by the browser, covered, or not recorded. So nothing can be said.
    NotKnown,
}

impl How {
    /// The word the page carries in `data-how`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::Expected => "expected",
            Self::NotKnown => "not-known",
        }
    }
}

/// Whether values of a recording were covered when it was shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Veil {
    /// They are as they were on the wire, but for what a server echoed of a token.
    Lifted,
    /// What could be a secret is covered: by asterisks, numbers that are zero, `null` for a choice.
    Drawn,
}

/// The least asterisks that are a cover in what was not shared: fewer stand in `*/*` and in sentences.
const STARS: usize = 3;

/// How two texts relate.
pub(super) fn judge(left: (&str, Veil), right: (&str, Veil)) -> How {
    if left.0 == right.0 {
        How::Same
    } else if (has_cover(left.0, left.1) || has_cover(right.0, right.1)) && could_be_same(left, right) {
        How::NotKnown
    } else if (is_moment(left.0) && is_moment(right.0)) || (is_uuid(left.0) && is_uuid(right.0)) {
        How::Expected
    } else {
        How::Differs
    }
}

/// Whether a part of a text is covered.
pub(super) fn has_cover(text: &str, veil: Veil) -> bool {
    (0..text.len()).any(|at| cover_at(text, at, veil) > 0)
}

/// Whether a number or word of JSON is what is written over one: `0e000`, `-0`, `null`.
pub(super) fn is_covered_scalar(raw: &str, veil: Veil) -> bool {
    let number = || raw.trim_start_matches('-').trim_start_matches(|c: char| c.is_ascii_digit());
    let zeros = |rest: &str| rest.strip_prefix('e').is_some_and(|rest| rest.bytes().all(|byte| byte == b'0'));
    veil == Veil::Drawn && (matches!(raw, "0" | "-0" | "null") || zeros(number()))
}

/// Whether two texts are the same as far as they can be seen. A cover is as long as what it covers, so the rest must match in its
/// place; a text of another length is another text.
fn could_be_same(left: (&str, Veil), right: (&str, Veil)) -> bool {
    if left.0.len() != right.0.len() {
        return false;
    }
    let (mut left_until, mut right_until) = (0, 0);
    left.0.bytes().zip(right.0.bytes()).enumerate().all(|(at, (one, other))| {
        left_until = left_until.max(at + cover_at(left.0, at, left.1));
        right_until = right_until.max(at + cover_at(right.0, at, right.1));
        one == other || at < left_until || at < right_until
    })
}

/// The length of the cover that begins at a byte: asterisks, after the first of them a number perhaps; in what was shared also
/// the letters `x` in the place of a name, and the letter of a session.
fn cover_at(text: &str, at: usize, veil: Veil) -> usize {
    let bytes = text.as_bytes();
    let begins = |sign: u8| bytes.get(at) == Some(&sign) && (at == 0 || bytes.get(at - 1) != Some(&sign));
    let run = |sign: u8| {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let signs = rest.iter().skip(digits).take_while(|byte| **byte == sign).count();
        1 + if signs > 0 { digits + signs } else { 0 }
    };
    let least = if veil == Veil::Drawn { 1 } else { STARS };
    if begins(b'*') && run(b'*') >= least {
        return run(b'*');
    }
    match veil {
        Veil::Drawn if begins(b'x') && run(b'x') >= 2 => run(b'x'),
        Veil::Drawn => text.get(at..).map_or(0, alias),
        Veil::Lifted => 0,
    }
}

/// The length of what stands for a session id: `session-A`, `session-B2***`.
fn alias(text: &str) -> usize {
    let letter = text.strip_prefix("session-").filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    let after = letter.map(|rest| rest[1..].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('*'));
    after.map_or(0, |after| text.len() - after.len())
}

/// A moment in time, as RFC 3339 or HTTP writes it.
fn is_moment(text: &str) -> bool {
    (text.len() > 10 && Wall::parse(text).is_some()) || Wall::parse_http(text).is_some()
}

/// `8-4-4-4-12` (RFC 9562).
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifted(left: &str, right: &str) -> How {
        judge((left, Veil::Lifted), (right, Veil::Lifted))
    }

    #[test]
    fn what_is_covered_is_not_known_as_long_as_the_rest_is_the_same() {
        assert_eq!(lifted("session ******** is gone", "session 1a2b3c4d is gone"), How::NotKnown);
        assert_eq!(lifted("session ******** is gone", "session 1a2b3c4d was lost"), How::Differs);
        assert_eq!(lifted("Bearer *12****", "Bearer abcdefg"), How::NotKnown);
        assert_eq!(lifted("********", "nine char"), How::Differs);
    }

    #[test]
    fn a_single_asterisk_is_a_cover_only_in_what_was_shared() {
        assert_eq!(lifted("*/*", "a/b"), How::Differs);
        assert_eq!(judge(("*", Veil::Drawn), ("7", Veil::Lifted)), How::NotKnown);
        assert_eq!(judge(("https://x1xxxx.com", Veil::Drawn), ("https://orders.com", Veil::Lifted)), How::NotKnown);
    }

    #[test]
    fn moments_and_ids_differ_every_time() {
        assert_eq!(lifted("2026-11-21T17:07:12Z", "2026-11-27T08:15:00.096Z"), How::Expected);
        assert_eq!(lifted("Fri, 27 Nov 2026 08:15:00 GMT", "Sat, 21 Nov 2026 17:07:12 GMT"), How::Expected);
        assert_eq!(lifted("7f9c24e8-3b12-4fde-9a01-5f9a2b7c1d3e", "00000000-3b12-4fde-9a01-5f9a2b7c1d3e"), How::Expected);
        assert_eq!(lifted("2025-06-18", "2025-11-25"), How::Differs);
    }

    #[test]
    fn a_number_that_was_covered_is_told_from_one_that_was_not() {
        assert!(["0", "-0", "0e000", "3e00", "null"].iter().all(|raw| is_covered_scalar(raw, Veil::Drawn)));
        assert!(!["7", "10", "1.5", "true"].iter().any(|raw| is_covered_scalar(raw, Veil::Drawn)));
        assert!(!is_covered_scalar("0", Veil::Lifted));
    }
}
