//! How much room monospaced labels take, so that each drawing of the ladder cuts them at the same place.

use alloc::format;
use alloc::string::String;

/// The advance of one character of the labels, in tenths of a pixel (12 px text).
const CHAR_TENTHS: u32 = 73;

/// The pixels a label takes.
pub fn text_width(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX / CHAR_TENTHS).saturating_mul(CHAR_TENTHS) / 10
}

/// A label cut to the pixels it has.
pub fn fit(label: &str, pixels: u32) -> String {
    if text_width(label) <= pixels {
        return String::from(label);
    }
    let chars = usize::try_from(pixels * 10 / CHAR_TENTHS).unwrap_or(0).saturating_sub(1);
    let cut: String = label.chars().take(chars).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_with_room_stays_and_one_without_ends_in_dots() {
        assert_eq!(text_width("0123456789"), 73);
        assert_eq!(fit("0123456789", 73), "0123456789");
        assert_eq!(fit("0123456789", 72), "01234567…");
        assert_eq!(fit("0123456789", 0), "…");
    }
}
