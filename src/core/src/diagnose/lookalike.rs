//! Names that are different to a program and the same to the eye: other case, letters of another script that look alike,
//! characters that take no place.

use alloc::string::String;

use crate::characters::invisible;

/// Letters that look like a letter of ASCII, script by script, and that letter. A short list by hand: of Unicode's table of
/// confusable characters (UTS #39) what keyboards and translations bring into names.
const ALIKE: [(&str, &str); 4] = [
    // Cyrillic.
    ("авекмнорстухѕіјһԁԛԝӏАВЕКМНОРСТУХЅІЈ", "abekmhopctyxsijhdqwlabekmhopctyxsij"),
    // Greek.
    ("αοιυρντκγχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aoiupvtkyxabezhikmnoptyx"),
    // Latin beyond ASCII.
    ("ıſɡɑℓ", "isgal"),
    // Dashes and low lines.
    ("‐‑‒–—―−﹣‗", "--------_"),
];

/// What of a name meets the eye: two names with the same skeleton look alike.
pub(super) fn skeleton(name: &str) -> String {
    name.chars().filter(|c| !c.is_control() && invisible(*c).is_none()).map(plain).collect()
}

/// The small letter of ASCII that a character looks like, or the character itself.
fn plain(c: char) -> char {
    // Full-width forms stand in the order of ASCII (Unicode, Halfwidth and Fullwidth Forms).
    if let Some(narrow) = u32::from(c).checked_sub(0xFF01).filter(|n| *n < 94).and_then(|n| char::from_u32(n + 0x21)) {
        return narrow.to_ascii_lowercase();
    }
    if c.is_whitespace() {
        return ' ';
    }
    let alike = ALIKE.iter().find_map(|(theirs, ours)| theirs.chars().zip(ours.chars()).find(|(their, _)| *their == c));
    alike.map_or(c, |(_, our)| our).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_that_looks_alike_has_one_it_looks_like() {
        for (theirs, ours) in ALIKE {
            assert_eq!(theirs.chars().count(), ours.chars().count(), "{theirs}");
        }
    }

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        for (one, other) in [
            ("read_file", "Read_File"),
            ("read_file", "read\u{200b}_file"),
            ("pay", "рау"),
            ("report", "rероrt"),
            ("find", "ｆｉｎｄ"),
            ("get-order", "get\u{2011}order"),
            ("get order", "get\u{a0}order"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{other:?}");
        }
    }

    #[test]
    fn names_that_can_be_told_apart_stay_apart() {
        for (one, other) in
            [("get_order", "get-order"), ("v0", "vO"), ("find1", "findl"), ("größe", "grosse"), ("поиск", "tools")]
        {
            assert_ne!(skeleton(one), skeleton(other), "{one}");
        }
    }
}
