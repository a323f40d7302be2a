//! Numbers in the digits they were typed in, compared exactly: no value of a person passes through a float.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt::Write as _;

/// Zeros that are written out to find out whether a number is a multiple; one with more is not looked at.
const ZEROS: i64 = 1_000;

/// The most digits a divisor may have, so that ten times it still fits.
const DIVISOR_DIGITS: usize = 36;

/// A JSON number: its digits without zeros at either end, times a power of ten.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Decimal {
    /// Whether it is below zero; zero itself is not.
    negative: bool,
    /// Values from 0 to 9; none for zero.
    digits: Vec<u8>,
    /// The power of ten of the last digit.
    exponent: i64,
}

/// Reads the text of a JSON number.
pub(super) fn decimal(number: &str) -> Decimal {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits: Vec<u8> =
        whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    // An exponent that does not fit is beyond every other; a quarter of the range leaves room to reckon with it.
    let far = if exponent.starts_with('-') { i64::MIN / 4 } else { i64::MAX / 4 };
    let mut exponent = exponent.trim_start_matches('+').parse::<i64>().unwrap_or(far).clamp(i64::MIN / 4, i64::MAX / 4);
    exponent -= fraction.len() as i64;
    while digits.last() == Some(&0) {
        digits.pop();
        exponent += 1;
    }
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    if digits.is_empty() {
        exponent = 0;
    }
    Decimal { negative: number.starts_with('-') && !digits.is_empty(), digits, exponent }
}

impl Decimal {
    /// Whether it has no fraction, however it is written.
    pub(super) fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether it is a multiple of another number; `None` when that would take too long to find out.
    pub(super) fn is_multiple_of(&self, divisor: &Self) -> Option<bool> {
        if divisor.digits.is_empty() || divisor.digits.len() > DIVISOR_DIGITS {
            return None;
        }
        let zeros = self.exponent - divisor.exponent;
        if self.digits.is_empty() || zeros < 0 {
            // The last digit is not zero, so a multiple of ten times the divisor it is not.
            return Some(self.digits.is_empty());
        }
        let by = divisor.digits.iter().fold(0_u128, |value, digit| value * 10 + u128::from(*digit));
        let rest = self.digits.iter().fold(0_u128, |rest, digit| (rest * 10 + u128::from(*digit)) % by);
        if zeros > ZEROS {
            return None;
        }
        Some((0..zeros).fold(rest, |rest, _| rest * 10 % by) == 0)
    }

    /// The one way to write this value, so that equal numbers have equal texts.
    pub(super) fn write(&self, out: &mut String) {
        if self.negative {
            out.push('-');
        }
        out.extend(self.digits.iter().map(|digit| char::from(b'0' + digit)));
        // Writing into a string cannot fail.
        let _ = write!(out, "e{}", self.exponent);
    }

    /// The size without the sign: where the first digit stands, then the digits.
    fn compare_size(&self, other: &Self) -> Ordering {
        let top = |number: &Self| (!number.digits.is_empty()).then_some(number.exponent + number.digits.len() as i64);
        top(self).cmp(&top(other)).then_with(|| self.digits.cmp(&other.digits))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_value_whatever_their_digits() {
        let rising = [
            "-1e999999999999999999999",
            "-10",
            "-9.99",
            "-1e-5",
            "0",
            "1e-999999999999999999999",
            "0.1",
            "0.10000000000000000001",
            "9",
            "9007199254740992",
            "9007199254740993",
            "1e400",
            "1e999999999999999999999",
        ];
        for (at, low) in rising.iter().enumerate() {
            assert_eq!(decimal(low).cmp(&decimal(low)), Ordering::Equal, "{low}");
            for high in &rising[at + 1..] {
                assert!(decimal(low) < decimal(high), "{low} < {high}");
                assert!(decimal(high) > decimal(low), "{high} > {low}");
            }
        }
    }

    #[test]
    fn one_value_in_several_spellings_is_one_number() {
        for same in [["1", "1.0"], ["100", "1e2"], ["-0", "0.000"], ["1.50E+1", "15"], ["0e99", "0"], ["12000e-3", "12"]] {
            assert_eq!(decimal(same[0]), decimal(same[1]), "{same:?}");
        }
    }

    #[test]
    fn a_number_is_whole_by_value_and_not_by_spelling() {
        for whole in ["0", "-3", "1.0", "1e3", "1.5e1", "123456789012345678901234567890"] {
            assert!(decimal(whole).is_whole(), "{whole}");
        }
        for broken in ["0.5", "1e-1", "1.05e1"] {
            assert!(!decimal(broken).is_whole(), "{broken}");
        }
    }

    #[test]
    fn multiples_are_exact_where_floats_are_not() {
        let is = |value: &str, of: &str| decimal(value).is_multiple_of(&decimal(of));
        assert_eq!(is("0.3", "0.1"), Some(true));
        assert_eq!(is("1.1", "0.01"), Some(true));
        assert_eq!(is("9007199254740993", "2"), Some(false));
        assert_eq!(is("-15", "5"), Some(true));
        assert_eq!(is("7", "5"), Some(false));
        assert_eq!(is("0", "7"), Some(true));
        assert_eq!(is("1e3", "8"), Some(true));
        assert_eq!(is("10", "25"), Some(false));
        assert_eq!(is("0.5", "1"), Some(false));
    }

    #[test]
    fn what_would_take_too_long_is_not_decided() {
        assert_eq!(decimal("1e100000000").is_multiple_of(&decimal("7")), None);
        assert_eq!(decimal("5").is_multiple_of(&decimal("0")), None);
        assert_eq!(decimal("5").is_multiple_of(&decimal(&"7".repeat(40))), None);
    }
}
