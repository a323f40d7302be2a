//! The regular expressions of `pattern`, as far as most schemas go: ECMA-262 without lookaround, back references and word bounds.
//!
//! All ways through an expression are followed side by side (Thompson's construction), so no expression of a server takes more than
//! its length times that of the text. One we do not know all of is not checked.

mod parse;

use alloc::vec::Vec;

use crate::limits::PATTERN_TEXT;

/// Whether an expression matches somewhere in a text; `None` when it, or the text, is more than we check.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    let program = parse::program(pattern)?;
    if text.chars().nth(PATTERN_TEXT).is_some() {
        return None;
    }
    Some(run(&program, text))
}

/// One step of a program. Jumps are relative, so that a piece of a program can be put anywhere.
#[derive(Clone)]
enum Step {
    /// One character that is in one of the ranges, or in none of them.
    Char { ranges: Vec<(char, char)>, not: bool },
    /// On at two places.
    Split(isize, isize),
    /// On at another place.
    Jump(isize),
    /// Only at the start of the text.
    Start,
    /// Only at its end.
    End,
}

type Program = Vec<Step>;

/// Follows every way through the program at once, from every place of the text.
fn run(program: &[Step], text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut here: Vec<usize> = Vec::new();
    for at in 0..=chars.len() {
        here.push(0);
        let mut next = Vec::new();
        let mut seen = alloc::vec![false; program.len()];
        while let Some(step) = here.pop() {
            let (Some(what), Some(seen)) = (program.get(step), seen.get_mut(step)) else { return true };
            if core::mem::replace(seen, true) {
                continue;
            }
            match what {
                Step::Char { ranges, not } => {
                    let fits = |char: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&char)) != *not;
                    next.extend(chars.get(at).filter(|char| fits(char)).map(|_| step + 1));
                }
                Step::Split(one, other) => here.extend([one, other].map(|by| step.saturating_add_signed(*by))),
                Step::Jump(by) => here.push(step.saturating_add_signed(*by)),
                Step::Start => here.extend((at == 0).then_some(step + 1)),
                Step::End => here.extend((at == chars.len()).then_some(step + 1)),
            }
        }
        here = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::PATTERN_PROGRAM;
    use alloc::string::String;

    #[test]
    fn expressions_match_as_in_ecma_262() {
        let cases = [
            ("", "", true),
            ("b", "abc", true),
            ("^b", "abc", false),
            ("c$", "abc", true),
            ("^abc$", "abc", true),
            ("^abc$", "abc\n", false),
            ("^[a-z][a-z0-9_-]*$", "tool_name-1", true),
            ("^[a-z][a-z0-9_-]*$", "1tool", false),
            ("^\\d{3}-\\d{4}$", "555-1234", true),
            ("^\\d{3}-\\d{4}$", "555-123", false),
            ("^(a|bc|)+$", "abcbca", true),
            ("^(a|bc)+$", "abca bc", false),
            ("^(?:ab){2,3}$", "ababab", true),
            ("^(?:ab){2,3}$", "abababab", false),
            ("^(?:ab){2,}$", "abababab", true),
            ("^(?<year>\\d{4})$", "2026", true),
            ("^a{0}$", "", true),
            ("^a?b+?c*?$", "bb", true),
            ("^[^/]+$", "a/b", false),
            ("^[\\w.-]+@[\\w.-]+$", "a.b@c-d", true),
            ("^[\\s\\S]*$", "any\nthing", true),
            ("^.$", "\n", false),
            ("^.$", "é", true),
            ("^\\S+$", "a b", false),
            ("^\\W$", "-", true),
            ("^\\D$", "7", false),
            ("^\\u0041\\x42\\u{43}$", "ABC", true),
            ("\\.", "a", false),
            ("^[]$", "a", false),
            ("^[^]$", "a", true),
            ("^(a*)*$", "aaab", false),
            ("^(a*)*b$", "aaab", true),
            ("^[a\\-z]$", "-", true),
            ("^[a-]$", "-", true),
            ("^\\/$", "/", true),
            ("^(|a)$", "a", true),
            ("x|y|z", "--z", true),
            ("^https?://", "http://x", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches(pattern, text), Some(expected), "{pattern} on {text:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_checked() {
        let unknown = [
            "(?=a)",
            "(?!a)",
            "(?<=a)",
            "(?<!a)",
            "(a)\\1",
            "\\bword\\b",
            "\\p{L}",
            "(?i)a",
            "a**",
            "(a",
            "a)",
            "[a",
            "a{,3}",
            "{2}",
            "\\",
            "a{2",
            "[z-a]",
            "[\\d-z]",
            "\\u00",
            "\\u{110000}",
            "\\ud83d\\ude00",
            "*a",
        ];
        for pattern in unknown {
            assert_eq!(matches(pattern, "a"), None, "{pattern}");
        }
    }

    #[test]
    fn what_would_take_long_is_not_checked_or_takes_no_longer() {
        assert_eq!(matches("^(a+)+$", &("a".repeat(PATTERN_TEXT - 1) + "b")), Some(false));
        assert_eq!(matches("^(((a{30}){30}){30}){30}$", "a"), None);
        assert_eq!(matches("a", &"a".repeat(PATTERN_TEXT + 1)), None);
        assert_eq!(matches(&"(".repeat(100_000), "a"), None);
        assert_eq!(matches(&"|".repeat(100_000), "a"), None);
        assert_eq!(matches(&("a".repeat(PATTERN_PROGRAM + 1)), "a"), None);
        assert_eq!(matches(&(String::from("[") + &"a".repeat(100_000)), "a"), None);
    }
}
