//! A picture and a sound, small enough to be made here.

use crate::base64;

/// A PNG of sixteen by sixteen points, in Base64: two colours, one bit each.
pub(crate) const PNG: &str = "\
    iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQMAAAAlPW0iAAAABlBMVEXu8vcfb9Y6wwraAAAALklEQVR42mNgf8Ag/4PB/g9D8TkQ+v8fiu7/Zj\
    j/meH5c4YCPgYbG5AaoEoGBgAPSBQUnjUJ6QAAAABJRU5ErkJggg==";

/// Samples in a second.
const RATE: u32 = 8_000;

/// Samples in all: a tenth of a second.
const SAMPLES: u32 = RATE / 10;

/// Samples in one wave: 8000 / 18 is a little above the a' of 440 Hz.
const WAVE: u32 = 18;

/// A short tone as WAV (one channel, eight bits, a triangle wave), in Base64.
pub(crate) fn wav() -> String {
    let mut bytes = Vec::with_capacity(44 + SAMPLES as usize);
    let mut number = |text: &[u8], numbers: &[u32]| {
        bytes.extend_from_slice(text);
        numbers.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
    };
    number(b"RIFF", &[36 + SAMPLES]);
    // The format: 16 bytes; 1 for PCM and one channel; samples and bytes in a second; one byte a sample and eight bits.
    number(b"WAVEfmt ", &[16, 0x0001_0001, RATE, RATE, 0x0008_0001]);
    number(b"data", &[SAMPLES]);
    let sample = |at: u32| {
        let phase = at % WAVE;
        let height = if phase < WAVE / 2 { phase } else { WAVE - phase };
        u8::try_from(64 + height * 14).unwrap_or(u8::MAX)
    };
    bytes.extend((0..SAMPLES).map(sample));
    base64::encode(&bytes)
}
