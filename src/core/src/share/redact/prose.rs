//! Sentences: error messages, descriptions, comments. What reads like a word stays, everything else is covered.

use alloc::vec::Vec;
use core::ops::Range;

use super::address::is_scheme;
use super::labels;
use super::marks::{Cover, Marks};
use super::shape::{is_cover, is_name, is_prose, is_random};
use super::{Redactor, Values};
use crate::share::Carrier;

/// How much of one text is read, in bytes: error messages are short, and a dump of a log is none.
const READ: usize = 4_000;

/// What a text may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Words {
    /// The words of people.
    Prose,
    /// Names that programs use, which may have digits among their letters.
    Names,
}

/// One word and how it is taken.
struct Word {
    range: Range<usize>,
    /// Made of digits and the signs between them.
    is_number: bool,
    covered: bool,
}

impl Redactor<'_> {
    /// Marks what is not to be seen in a sentence, and in a list of names.
    pub(super) fn text(&mut self, text: &str, words: Words, what: Carrier, marks: &mut Marks) {
        // What lies beyond is not read.
        let (read, beyond) = text.split_at(floor(text, READ));
        marks.add(read.len()..read.len() + beyond.len(), Cover::Stars, what);
        let mut found: Vec<Word> = Vec::new();
        let mut at = 0;
        while let Some(word) = next_word(read, at) {
            at = word.end;
            if let Some(end) = self.facts_end(&read[word.start..]) {
                at = word.start + end;
                continue;
            }
            if read[word.end..].starts_with("://") && is_scheme(&read[word.clone()]) {
                let run = run_at(read, word.start);
                let address = trimmed(read, run.clone());
                let from = marks.len();
                self.address(&read[address.clone()], marks);
                marks.translate(from, |offset| address.start + offset);
                at = run.end;
                continue;
            }
            let word = trimmed(read, word);
            let seen = &read[word.clone()];
            if seen.is_empty() {
                continue;
            }
            if let Some(cover) = self.identities.session(seen).filter(|_| words == Words::Prose) {
                marks.add(word, cover, Carrier::Session);
                continue;
            }
            let is_value = found
                .last()
                .is_some_and(|label| labels::names_value(&read[label.range.clone()], &read[label.range.end..word.start], seen));
            let is_number = seen.bytes().all(|byte| byte.is_ascii_digit() || b"-+./".contains(&byte));
            let covered = is_value || !self.lets(seen, words);
            found.push(Word { range: word, is_number, covered });
        }
        cover_long_numbers(read, &mut found);
        for word in found.into_iter().filter(|word| word.covered) {
            self.word(&read[word.range.clone()], word.range, what, marks);
        }
    }

    /// Whether a word may be seen.
    pub(super) fn lets(&self, word: &str, words: Words) -> bool {
        match (self.values, words) {
            (Values::Kept, _) => !is_random(word),
            (_, Words::Prose) => is_prose(word),
            (_, Words::Names) => is_name(word),
        }
    }

    /// Marks a word; of a JSON Web Token what explains refusals stays.
    pub(super) fn word(&mut self, word: &str, range: Range<usize>, what: Carrier, marks: &mut Marks) {
        match self.token(word) {
            Some(facts) => marks.add(range, Cover::Text(facts), Carrier::Jwt),
            None if is_cover(word) || self.facts_end(word) == Some(word.len()) => {}
            None => marks.add(range, Cover::Stars, what),
        }
    }
}

/// What separates words, wherever it stands.
pub(super) fn separates(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`()[]{}<>,;=|&:\\?…“”‘’«»".contains(c)
}

fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let start = text.get(from..)?.find(|c| !separates(c))? + from;
    let end = text[start..].find(separates).map_or(text.len(), |end| start + end);
    Some(start..end)
}

/// The run of characters without white space and quotes that begins here, as long as an address may be.
fn run_at(text: &str, start: usize) -> Range<usize> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '“' | '”' | '‘' | '’' | '«' | '»');
    let end = text[start..].find(ends).map_or(text.len(), |end| start + end);
    start..end
}

/// Without the signs that end a sentence.
fn trimmed(text: &str, word: Range<usize>) -> Range<usize> {
    let kept = text[word.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}']);
    word.start..word.start + kept.len()
}

/// Numbers that follow one another make a long one: `4111 1111 1111 1111`.
fn cover_long_numbers(text: &str, words: &mut [Word]) {
    /// From so many digits on it can be the number of somebody or something.
    const LONG: usize = 7;
    let mut start = 0;
    while start < words.len() {
        let follows = |pair: &[Word]| pair[1].is_number && text[pair[0].range.end..pair[1].range.start].trim().is_empty();
        let numbers = match words[start].is_number {
            true => 1 + words[start..].windows(2).take_while(|pair| follows(pair)).count(),
            false => 1,
        };
        let run = &mut words[start..start + numbers];
        let digits: usize = run.iter().map(|word| text[word.range.clone()].bytes().filter(u8::is_ascii_digit).count()).sum();
        if numbers > 1 && digits >= LONG {
            run.iter_mut().for_each(|word| word.covered = true);
        }
        start += numbers;
    }
}

/// The last place at or before `at` where a character begins.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
