//! The time on a line of a log.

use alloc::string::String;

use crate::time::Wall;

/// A time that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The time. Without a zone it is read as if it were UTC: good for spans, and no date.
    pub at: Wall,
    /// Whether it has a zone.
    pub zoned: bool,
}

/// The length of `2026-11-21T17:07:12`.
const SECONDS: usize = 19;

impl Stamp {
    /// The first time in a text that is written as a date and a time of day (RFC 3339, or as the loggers of Python write it).
    pub(super) fn find(text: &str) -> Option<Self> {
        let starts = text
            .match_indices("20")
            .map(|(at, _)| at)
            .filter(|at| text.as_bytes().get(at + 4) == Some(&b'-') && text.as_bytes().get(at + 13) == Some(&b':'));
        starts.take(4).find_map(|at| Self::at(&text[at..]))
    }

    fn at(text: &str) -> Option<Self> {
        let mut whole = String::from(text.get(..SECONDS)?);
        let rest = &text[SECONDS..];
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        // Python separates milliseconds with a comma.
        let fraction = rest.strip_prefix(['.', ',']).map_or(0, digits);
        if fraction > 0 {
            whole.push('.');
            whole.push_str(&rest[1..=fraction]);
        }
        let rest = &rest[if fraction > 0 { fraction + 1 } else { 0 }..];
        let zone = match rest.as_bytes() {
            [b'Z' | b'z', ..] => "Z",
            [b'+' | b'-', a, b, b':', ..] if a.is_ascii_digit() && b.is_ascii_digit() => rest.get(..6).unwrap_or_default(),
            _ => "",
        };
        whole.push_str(if zone.is_empty() { "Z" } else { zone });
        Wall::parse(&whole).map(|at| Self { at, zoned: !zone.is_empty() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_loggers_write_them() {
        for (text, zoned) in [
            ("2026-11-21T17:07:12.004Z [info]", true),
            ("[2026-11-21T18:07:12.004+01:00]", true),
            ("2026-11-21 17:07:12,004 - mcp", false),
            ("INFO 2026-11-21 17:07:12.004 mcp", false),
        ] {
            let stamp = Stamp::find(text).unwrap();
            assert_eq!(
                (alloc::format!("{}", stamp.at), stamp.zoned),
                (String::from("2026-11-21T17:07:12.004Z"), zoned),
                "{text}"
            );
        }
        for text in ["", "2026", "2026-99-21T17:07:12Z", "port 2000-3000", "20äöü-ß-20"] {
            assert_eq!(Stamp::find(text), None, "{text}");
        }
    }
}
