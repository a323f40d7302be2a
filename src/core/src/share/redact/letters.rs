//! Whether letters are likely to be a word: how often one letter follows another tells words from what a generator made.

/// How often the letter of a column follows the letter of a row, on a logarithmic scale from 0 to 9; counted in some 17,000
/// words of technical documentation.
const FOLLOWS: [&[u8; 26]; 26] = [
    b"47773463615868061878544452",
    b"64436311641632530553500041",
    b"72547327606632831657521030",
    b"64458431721533621553532130",
    b"75786653413768464987355741",
    b"53446620700522620544501030",
    b"51227245500435410552411010",
    b"61227100601332610435300030",
    b"65766560103769762677160406",
    b"30003000200000300020300000",
    b"31126120510302210252212020",
    b"72358321812723740255530060",
    b"75237211602442660153510030",
    b"73777583624435641378542031",
    b"45663452425678660866656421",
    b"71337325602612650756512050",
    b"00000000000200000020500000",
    b"83659452804565750676543050",
    b"62648336714544663378623150",
    b"73548427802544740766534262",
    b"55545540500657350666000200",
    b"61207100500010410121000000",
    b"51125104501204410441001100",
    b"32424202400220250125100310",
    b"32323220400334350144021001",
    b"30006000400000200000100011",
];

/// The longest word that is taken for one, in letters.
const LONGEST: usize = 24;

/// Whether ASCII letters of one case read like a word. So few that nothing can be hidden in them always do; of what a
/// generator made, one in seven passes at 6 letters, one in twenty at 8, one in a hundred at 12 and hardly any above.
pub(super) fn reads_like_a_word(letters: &str) -> bool {
    let count = letters.len();
    // The average that is asked for, in tenths: the longer a text is, the more its average tells.
    let least = match count {
        0..=5 => return true,
        6..=7 => 45,
        8..=10 => 50,
        11..=LONGEST => 55,
        _ => return false,
    };
    let row = |byte: u8| usize::from(byte.to_ascii_lowercase().wrapping_sub(b'a'));
    let mut sum = 0;
    for pair in letters.as_bytes().windows(2) {
        let score = FOLLOWS.get(row(pair[0])).and_then(|row_of| row_of.get(row(pair[1])));
        sum += score.map_or(0, |score| usize::from(score - b'0'));
    }
    sum * 10 >= least * (count - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_error_messages_and_names_of_tools_read_like_words() {
        for word in ["session", "unauthorized", "initialization", "kubernetes", "langchain", "Verbindung", "fehlgeschlagen"] {
            assert!(reads_like_a_word(word), "{word}");
        }
    }

    #[test]
    fn letters_of_a_generator_do_not() {
        for letters in ["qzxkjhgfdw", "hxvbqmwzkpld", "sdkfjhgkjhsdfkjh", "xkcdqvwzjrtpnmbl", "wqpzmxnvbhgjfkdl"] {
            assert!(!reads_like_a_word(letters), "{letters}");
        }
        assert!(!reads_like_a_word("aninternationalorganisationof"));
    }
}
