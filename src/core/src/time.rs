//! Two kinds of time, both handed in from outside: microseconds since a recording began, and the wall clock in UTC.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use serde::{Deserialize, Serialize};

const MILLISECOND: u64 = 1_000;
const SECOND: u64 = 1_000 * MILLISECOND;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

const DAY_MILLIS: i64 = 86_400_000;

/// Microseconds since the recording began, from a clock that never goes back; also a span between two such moments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Micros(pub u64);

impl Micros {
    /// The moment the recording began, or no time at all.
    pub const ZERO: Self = Self(0);

    /// A span of whole milliseconds; stops at the largest value instead of wrapping.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(MILLISECOND))
    }

    /// A span of whole seconds; stops at the largest value instead of wrapping.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(SECOND))
    }

    /// Whole milliseconds, rounded down.
    pub const fn as_millis(self) -> u64 {
        self.0 / MILLISECOND
    }

    /// This moment plus a span; stops at the largest value instead of wrapping.
    pub const fn saturating_add(self, span: Self) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The span from `earlier` to this moment, or zero when `earlier` is the later one.
    pub const fn saturating_sub(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }

    /// The span with a sign, as a time gutter shows it: `+41 ms`.
    pub fn offset(self) -> String {
        format!("+{self}")
    }
}

/// As [`human_duration`] says it.
impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&human_duration(self.0))
    }
}

/// A span of microseconds in the largest unit that says enough: `0.9 ms`, `41 ms`, `2.4 s`, `23 min`, `2 h 5 min`, `3 days`.
///
/// Rounded down, so a span is never said to be longer than it was.
pub fn human_duration(micros: u64) -> String {
    match micros {
        0..SECOND if micros < 10 * MILLISECOND => tenths(micros / 100, "ms"),
        0..SECOND => format!("{} ms", micros / MILLISECOND),
        SECOND..MINUTE => tenths(micros / (SECOND / 10), "s"),
        MINUTE..HOUR => format!("{} min", micros / MINUTE),
        HOUR..DAY => match micros % HOUR / MINUTE {
            0 => format!("{} h", micros / HOUR),
            minutes => format!("{} h {minutes} min", micros / HOUR),
        },
        _ => match micros / DAY {
            1 => "1 day".to_string(),
            days => format!("{days} days"),
        },
    }
}

fn tenths(tenths: u64, unit: &str) -> String {
    match tenths % 10 {
        0 => format!("{} {unit}", tenths / 10),
        tenth => format!("{}.{tenth} {unit}", tenths / 10),
    }
}

/// A moment of the wall clock: milliseconds since 1970-01-01T00:00:00Z, as JavaScript's `Date.now()` counts them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wall(pub i64);

impl Wall {
    /// The moment `secs` seconds after 1970 began; stops at the ends of the range instead of wrapping.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1_000))
    }

    /// The span from `earlier` to this moment, or zero when `earlier` is the later one.
    pub const fn saturating_sub(self, earlier: Self) -> Micros {
        let millis = self.0.saturating_sub(earlier.0);
        Micros::from_millis(if millis < 0 { 0 } else { millis.unsigned_abs() })
    }

    /// The moment `span` after this one, to the millisecond.
    pub const fn saturating_add(self, span: Micros) -> Self {
        Self(self.0.saturating_add_unsigned(span.as_millis()))
    }

    /// The day in UTC: `2026-11-21`. Years beyond four digits carry a sign and six digits, as in JavaScript.
    pub fn date(self) -> String {
        let (year, month, day) = civil(self.0.div_euclid(DAY_MILLIS));
        if (0..=9_999).contains(&year) {
            format!("{year:04}-{month:02}-{day:02}")
        } else {
            format!("{year:+07}-{month:02}-{day:02}")
        }
    }

    /// The time of day in UTC: `17:07:12.004`.
    pub fn time(self) -> String {
        let millis = self.0.rem_euclid(DAY_MILLIS);
        let (secs, millis) = (millis / 1_000, millis % 1_000);
        format!("{:02}:{:02}:{:02}.{millis:03}", secs / 3_600, secs / 60 % 60, secs % 60)
    }

    /// Reads an RFC 3339 date and time, in UTC (`Z`) or at an offset; digits finer than a millisecond are dropped.
    ///
    /// `None` when the text is anything else, a day that does not exist included.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = Reader(text.as_bytes());
        let year = rest.number(4)?;
        rest.one_of(b"-")?;
        let month = rest.number(2)?;
        rest.one_of(b"-")?;
        let day = rest.number(2)?;
        rest.one_of(b"Tt ")?;
        let hour = rest.number(2)?;
        rest.one_of(b":")?;
        let minute = rest.number(2)?;
        rest.one_of(b":")?;
        let second = rest.number(2)?;
        let millis = if rest.one_of(b".").is_some() { rest.fraction()? } else { 0 };
        let east = match rest.one_of(b"Zz+-")? {
            b'Z' | b'z' => 0,
            sign => {
                let hours = rest.number(2)?;
                rest.one_of(b":")?;
                let minutes = rest.number(2)?;
                if hours > 23 || minutes > 59 {
                    return None;
                }
                (hours * 60 + minutes) * if sign == b'-' { -1 } else { 1 }
            }
        };
        // RFC 3339 allows second 60 for a leap second; like every clock of the web, we count it as the next minute.
        if !rest.0.is_empty() || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let days = days_since_1970(year, month, day);
        if civil(days) != (year, month, day) {
            return None;
        }
        let secs = (hour * 60 + minute - east) * 60 + second;
        Some(Self(days * DAY_MILLIS + secs * 1_000 + millis))
    }
}

impl Wall {
    /// Reads a date as HTTP writes it, to the second (RFC 9110 §5.6.7): `Fri, 27 Nov 2026 08:15:00 GMT`.
    pub fn parse_http(text: &str) -> Option<Self> {
        const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let (_, date) = text.trim().strip_suffix(" GMT")?.split_once(", ")?;
        let mut words = date.split(' ');
        let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let month = MONTHS.find(month).filter(|at| month.len() == 3 && at % 3 == 0)? / 3 + 1;
        Self::parse(&format!("{year}-{month:02}-{day}T{time}Z"))
    }
}

/// In UTC with milliseconds, as JavaScript's `toISOString()`: `2026-11-21T17:07:12.004Z`.
impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}Z", self.date(), self.time())
    }
}

/// What is left to read of a date.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        allowed.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| Some(number * 10 + i64::from(self.one_of(b"0123456789")? - b'0')))
    }

    /// The digits after a decimal point as milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let mut millis = self.number(1)? * 100;
        for weight in [10, 1].into_iter().chain(core::iter::repeat(0)) {
            match self.number(1) {
                Some(digit) => millis += digit * weight,
                None => break,
            }
        }
        Some(millis)
    }
}

/// Days in 400 years of the Gregorian calendar, after which it repeats.
const ERA_DAYS: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01. Counting years from March puts the leap day last, so no month needs a special case.
const EPOCH_FROM_MARCH_0: i64 = 719_468;

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let march_year = if month > 2 { year } else { year - 1 };
    let march_month = (month + 9).rem_euclid(12);
    let (era, year_of_era) = (march_year.div_euclid(400), march_year.rem_euclid(400));
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * ERA_DAYS + day_of_era - EPOCH_FROM_MARCH_0
}

/// Year, month and day of the date that many days after 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH_FROM_MARCH_0;
    let (era, day_of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = (march_month + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * march_month + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_http_is_read_to_the_second() {
        let date = Wall::parse_http("Fri, 27 Nov 2026 08:15:00 GMT").unwrap();
        assert_eq!(date.to_string(), "2026-11-27T08:15:00.000Z");
        for other in
            ["Fri, 27 anN 2026 08:15:00 GMT", "27 Nov 2026", "Fri, 31 Feb 2026 08:15:00 GMT", "Fri, 27 Nov 2026 08:15:00 CET", ""]
        {
            assert_eq!(Wall::parse_http(other), None, "{other}");
        }
    }

    #[test]
    fn a_span_is_said_in_the_largest_unit_that_says_enough() {
        let cases = [
            (0, "0 ms"),
            (940, "0.9 ms"),
            (9_999, "9.9 ms"),
            (41_700, "41 ms"),
            (999_999, "999 ms"),
            (2_450_000, "2.4 s"),
            (30 * SECOND, "30 s"),
            (41 * MINUTE + 59 * SECOND, "41 min"),
            (2 * HOUR, "2 h"),
            (2 * HOUR + 5 * MINUTE, "2 h 5 min"),
            (DAY, "1 day"),
            (3 * DAY + HOUR, "3 days"),
        ];
        for (micros, said) in cases {
            assert_eq!(human_duration(micros), said);
        }
    }

    #[test]
    fn a_gutter_shows_a_span_with_its_sign() {
        assert_eq!(Micros::from_millis(41).offset(), "+41 ms");
    }

    #[test]
    fn spans_stop_at_their_ends_instead_of_wrapping() {
        assert_eq!(Micros(1).saturating_sub(Micros(2)), Micros::ZERO);
        assert_eq!(Micros(u64::MAX).saturating_add(Micros(1)), Micros(u64::MAX));
        assert_eq!(Wall(5).saturating_sub(Wall(7)), Micros::ZERO);
        assert_eq!(Wall(7).saturating_sub(Wall(5)), Micros::from_millis(2));
        assert_eq!(Wall(7).saturating_add(Micros::from_millis(2)), Wall(9));
    }

    #[test]
    fn a_moment_is_written_as_javascript_writes_it() {
        let moment = Wall(1_795_280_832_004);
        assert_eq!(moment.to_string(), "2026-11-21T17:07:12.004Z");
        assert_eq!(moment.time(), "17:07:12.004");
        assert_eq!(moment.date(), "2026-11-21");
        assert_eq!(Wall(-1).to_string(), "1969-12-31T23:59:59.999Z");
        assert_eq!(Wall(8_640_000_000_000_000).to_string(), "+275760-09-13T00:00:00.000Z");
    }

    #[test]
    fn the_ends_of_the_range_are_still_dates() {
        assert!(Wall(i64::MAX).to_string().starts_with("+292278994-08-17T"));
        assert!(Wall(i64::MIN).to_string().starts_with("-292275055-05-16T"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let every_few_weeks = (-62_167_219_200_000..253_402_300_799_999).step_by(2_000_000_011);
        for moment in every_few_weeks.map(Wall) {
            assert_eq!(Wall::parse(&moment.to_string()), Some(moment));
        }
    }

    #[test]
    fn an_offset_is_counted_back_to_utc() {
        let utc = Wall::parse("2026-11-21T17:07:12Z");
        assert!(utc.is_some());
        assert_eq!(Wall::parse("2026-11-21T19:07:12+02:00"), utc);
        assert_eq!(Wall::parse("2026-11-21t11:37:12-05:30"), utc);
        assert_eq!(Wall::parse("2026-11-21 17:07:12.0009z"), utc);
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        let wrong = [
            "",
            "2026-11-21",
            "2026-11-21T17:07:12",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-11-00T00:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T17:60:00Z",
            "2026-11-21T17:07:12.Z",
            "2026-11-21T17:07:12+24:00",
            "2026-11-21T17:07:12Zulu",
            "2026-11-21T17:07:1２Z",
        ];
        for text in wrong {
            assert_eq!(Wall::parse(text), None, "{text}");
        }
        assert!(Wall::parse("2024-02-29T00:00:00Z").is_some());
    }
}
