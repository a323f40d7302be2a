//! Which characters a person can see, by a short list: the tables of Unicode would take kilobytes of the page.

/// Whether a character alone between quotes tells a person which one it is.
pub fn is_visible(char: char) -> bool {
    !char.is_control() && !char.is_whitespace() && invisible(char).is_none()
}

/// The name of a character that takes no place on the screen.
pub(crate) fn invisible(char: char) -> Option<&'static str> {
    Some(match char {
        '\u{ad}' => "soft hyphen",
        '\u{34f}' => "combining grapheme joiner",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "bidirectional control",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible mathematical operator",
        '\u{206a}'..='\u{206f}' => "deprecated format character",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{feff}' => "byte order mark",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_signs_are_visible_and_spaces_and_controls_are_not() {
        assert!(['a', 'é', '“', '語', '😀'].into_iter().all(is_visible));
        assert!(![' ', '\n', '\0', '\u{a0}', '\u{feff}', '\u{202e}'].into_iter().any(is_visible));
    }
}
