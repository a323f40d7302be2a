//! Numbers as people write them.

use alloc::format;
use alloc::string::String;

/// A number with its thing: `1 tool`, `14 tools`, `12,345 events`.
pub fn count(n: u64, thing: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(n))
}

/// A number with its digits in groups of three.
pub fn grouped(n: u64) -> String {
    let digits = format!("{n}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_have_their_plural() {
        assert_eq!(count(1, "tool"), "1 tool");
        assert_eq!(count(999, "event"), "999 events");
        assert_eq!(count(1_234_567, "event"), "1,234,567 events");
    }
}
