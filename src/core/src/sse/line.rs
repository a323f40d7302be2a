//! Lines of an event stream: where they end, and what they say.

/// Where the first line end (LF or CR) stands; the length when there is none.
///
/// Looks at eight bytes at a time: a byte of a word is zero where the word equals the pattern, and subtracting one from each
/// byte borrows into the top bit only from a zero byte (or above one, which does not matter for the first).
pub(super) fn line_end(bytes: &[u8]) -> usize {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, _) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let (lf, cr) = (word ^ (LOW * b'\n' as u64), word ^ (LOW * b'\r' as u64));
        let found = ((lf.wrapping_sub(LOW) & !lf) | (cr.wrapping_sub(LOW) & !cr)) & HIGH;
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let done = words.len() * 8;
    let rest = bytes.get(done..).unwrap_or_default();
    done + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

/// What a line says, in bytes that may not be UTF-8.
pub(super) enum Line<'a> {
    Empty,
    Comment(&'a [u8]),
    Data(&'a [u8]),
    Kind(&'a [u8]),
    Id(&'a [u8]),
    Retry(&'a [u8]),
    Unknown,
    NoColon,
}

impl<'a> Line<'a> {
    /// Splits a line, without its line end, at its first colon; one space after the colon is not part of the value.
    pub(super) fn parse(line: &'a [u8]) -> Self {
        // Nearly every line of nearly every stream.
        match line {
            [] => return Self::Empty,
            [b'd', b'a', b't', b'a', b':', b' ', value @ ..] => return Self::Data(value),
            _ => {}
        }
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (line.get(..colon).unwrap_or_default(), line.get(colon + 1..)),
            None => (line, None),
        };
        let has_colon = value.is_some();
        let value = value.unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"" => Self::Comment(value),
            b"data" => Self::Data(value),
            b"event" => Self::Kind(value),
            b"id" => Self::Id(value),
            b"retry" => Self::Retry(value),
            _ if has_colon => Self::Unknown,
            _ => Self::NoColon,
        }
    }
}
