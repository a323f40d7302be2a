//! Whether a text is written in a format of JSON Schema (Validation 2020-12 §7.3), as far as a person's slip goes.

/// Whether a text fits a format. One that is not known fits every text, as the specification has it.
pub(super) fn fits(format: &str, text: &str) -> bool {
    match format {
        "date" => is_date(text),
        "time" => is_time(text),
        "date-time" => is_date_time(text),
        "email" => is_email(text),
        "uri" => is_uri(text),
        "uuid" => has_shape(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        _ => true,
    }
}

/// `2026-01-31` (RFC 3339 §5.6, full-date).
fn is_date(text: &str) -> bool {
    if !has_shape(text, "0000-00-00") {
        return false;
    }
    let (year, month, day) = (number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// `08:30:00Z`, `08:30:00.5+02:00` (RFC 3339 §5.6, full-time). The 60th second is a leap second.
fn is_time(text: &str) -> bool {
    let Some((clock, rest)) = text.split_at_checked(8) else { return false };
    if !has_shape(clock, "00:00:00") || number(clock, 0, 2) > 23 || number(clock, 3, 2) > 59 || number(clock, 6, 2) > 60 {
        return false;
    }
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
        None => rest,
    };
    let is_offset = has_shape(zone, "+00:00") || has_shape(zone, "-00:00");
    zone.eq_ignore_ascii_case("z") || (is_offset && number(zone, 1, 2) <= 23 && number(zone, 4, 2) <= 59)
}

/// `2026-01-31T08:30:00Z` (RFC 3339 §5.6).
fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

/// One `@` with something on both sides and no white space: what is more, only the mail server knows.
fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty()) && !text.contains(char::is_whitespace)
}

/// A scheme, a colon, and no white space (RFC 3986 §3).
fn is_uri(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    let in_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(in_scheme) && !text.contains(char::is_whitespace)
}

/// Whether a text has a digit for each `0` of the shape, a hexadecimal one for each `x`, and else the same characters.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, shape): (u8, u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        b'x' => byte.is_ascii_hexdigit(),
        _ => byte == shape,
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

/// The number that so many digits give.
fn number(text: &str, at: usize, digits: usize) -> u32 {
    text.bytes().skip(at).take(digits).fold(0, |value, digit| value * 10 + u32::from(digit.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn formats_take_what_their_rfc_takes() {
        let good = [
            ("date", "2024-02-29"),
            ("date", "2000-02-29"),
            ("date", "2026-12-31"),
            ("time", "08:30:00Z"),
            ("time", "23:59:60z"),
            ("time", "08:30:00.123456+05:30"),
            ("date-time", "2026-01-31T08:30:00Z"),
            ("date-time", "2026-01-31t08:30:00.5-00:00"),
            ("email", "a@b"),
            ("email", "\"odd@user\"@example.com"),
            ("uri", "https://example.com/é"),
            ("uri", "urn:isbn:0"),
            ("uri", "demo+x://resource"),
            ("uuid", "123E4567-e89b-12d3-a456-426614174000"),
            ("no-such-format", "anything"),
            ("", ""),
        ];
        for (format, text) in good {
            assert!(fits(format, text), "{format} {text}");
        }
    }

    #[test]
    fn formats_refuse_slips() {
        let bad = [
            ("date", "2026-02-29"),
            ("date", "1900-02-29"),
            ("date", "2026-13-01"),
            ("date", "2026-00-10"),
            ("date", "2026-04-31"),
            ("date", "31.01.2026"),
            ("date", "2026-1-31"),
            ("date", ""),
            ("time", "08:30"),
            ("time", "24:00:00Z"),
            ("time", "08:60:00Z"),
            ("time", "08:30:00"),
            ("time", "08:30:00.Z"),
            ("time", "08:30:00+24:00"),
            ("time", "08:30:0é0Z"),
            ("date-time", "2026-01-31"),
            ("date-time", "2026-01-31 08:30:00Z"),
            ("date-time", "2026-01-31T08:30:00"),
            ("email", "a"),
            ("email", "@b"),
            ("email", "a@"),
            ("email", "a b@c"),
            ("uri", "example.com"),
            ("uri", "/path"),
            ("uri", "1a:b"),
            ("uri", ":x"),
            ("uri", "http://a b"),
            ("uuid", "123e4567e89b12d3a456426614174000"),
            ("uuid", "123e4567-e89b-12d3-a456-42661417400g"),
        ];
        for (format, text) in bad {
            assert!(!fits(format, text), "{format} {text}");
        }
    }
}
