//! All causes with their pages, to look through and to search.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::page::{Block, Inline, Page};
use super::{Cause, causes};
use crate::sort::sort_by;

/// So much of a page is shown around what was found in it, in bytes on either side.
const AROUND: usize = 48;

/// What a word is worth by where it is found: in the slug, in the title, in what a person sees, elsewhere.
const WORTH: [u64; 4] = [60, 40, 12, 3];

/// What it is worth that what a person sees, or else the page, speaks of a word again: a page that is about it does.
const WORTH_AGAIN: [u64; 2] = [5, 2];

/// So often it counts.
const AGAIN: usize = 4;

/// What all words in one piece are worth besides, where a person sees them: more than as many apart.
const WORTH_TOGETHER: u64 = 115;

/// The causes and the text of their pages.
#[derive(Debug, Default)]
pub struct Reference {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    cause: &'static Cause,
    /// What a person sees, as plain text.
    seen: String,
    /// The rest of the page, as plain text.
    rest: String,
}

/// A cause that has what was searched for.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The cause.
    pub cause: &'static Cause,
    /// Where its page has it; nothing when slug or title have it all.
    pub excerpt: Option<Excerpt>,
}

/// A piece of a page around what was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands in front of it.
    pub before: String,
    /// What was searched for, as the page writes it.
    pub found: String,
    /// What stands behind it.
    pub after: String,
}

impl Reference {
    /// The causes in ranking order, with the pages that can be had: without its page a cause is found by slug and title.
    pub fn new(page_of: impl Fn(&Cause) -> Option<Page>) -> Self {
        let entry = |cause: &&'static Cause| {
            let page = page_of(cause).unwrap_or_default();
            let (mut seen, mut rest) = (String::new(), String::new());
            for (n, part) in page.parts.iter().enumerate() {
                let text = if n == 0 { &mut seen } else { &mut rest };
                part.blocks.iter().for_each(|block| add(text, block));
                for (section, blocks) in &part.sections {
                    text.push_str(section);
                    text.push_str(": ");
                    blocks.iter().for_each(|block| add(text, block));
                }
            }
            Entry { cause, seen, rest }
        };
        Self { entries: causes().iter().map(entry).collect() }
    }

    /// The causes that have every word of a query, the best first; where none has them all, those that have half of
    /// them. A query can be a slug, a status, an error code, or a line that a client shows. An empty one finds all, in ranking order.
    ///
    /// `behind` names causes that are known to be behind the query where that is what a client shows; they come first, in their order.
    pub fn search<S: AsRef<str>>(&self, query: &str, behind: &[S]) -> Vec<Hit> {
        let query = query.trim().to_ascii_lowercase();
        let words: Vec<&str> = query.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
        let rated = self.entries.iter().map(|entry| (entry.rate(&words, &query), entry));
        let rated: Vec<((usize, u64), &Entry)> = rated.filter(|((found, _), _)| *found > 0 || words.is_empty()).collect();
        let most = rated.iter().map(|((found, _), _)| *found).max().unwrap_or_default();
        // Where none has them all, half of them do: a line of a log has many that say little.
        let enough = if most == words.len() { most } else { (words.len() / 2).max(1) };
        let enough = |(found, worth): (usize, u64), entry| (found >= enough).then_some((worth, entry));
        let mut best: Vec<(u64, &Entry)> = rated.into_iter().filter_map(|(rate, entry)| enough(rate, entry)).collect();
        let place = |entry: &Entry| behind.iter().position(|slug| slug.as_ref() == entry.cause.slug);
        let is_there = |entry: &Entry| best.iter().any(|(_, known)| core::ptr::eq(*known, entry));
        let unfound: Vec<(u64, &Entry)> =
            self.entries.iter().filter(|entry| place(entry).is_some() && !is_there(entry)).map(|entry| (0, entry)).collect();
        best.extend(unfound);
        sort_by(&mut best, |(worth, entry)| {
            let slug = u64::from(entry.cause.slug != query);
            [slug, place(entry).map_or(u64::MAX, |at| at as u64), u64::MAX - worth]
        });
        best.into_iter().map(|(_, entry)| Hit { cause: entry.cause, excerpt: entry.excerpt(&words, &query) }).collect()
    }
}

impl Entry {
    /// How many of the words are there, and what they are worth.
    fn rate(&self, words: &[&str], query: &str) -> (usize, u64) {
        let [slug, title, seen, rest] =
            [self.cause.slug, self.cause.title, &self.seen, &self.rest].map(|text| text.to_ascii_lowercase());
        let mut found = 0;
        let mut worth = if words.len() > 1 && seen.contains(query) { WORTH_TOGETHER * words.len() as u64 } else { 0 };
        for word in words {
            let there = [&slug, &title, &seen, &rest].map(|text| text.contains(word));
            found += usize::from(there.contains(&true));
            let again = |text: &str, each: u64| text.matches(*word).take(AGAIN + 1).count().saturating_sub(1) as u64 * each;
            worth += again(&seen, WORTH_AGAIN[0]) + again(&rest, WORTH_AGAIN[1]);
            worth += there.iter().zip(WORTH).filter(|(there, _)| **there).map(|(_, worth)| worth).sum::<u64>();
        }
        (found, if slug == query { u64::MAX } else { worth })
    }

    /// Where the page has the query, or the first of its words that is in neither slug nor title.
    fn excerpt(&self, words: &[&str], query: &str) -> Option<Excerpt> {
        let told = |word: &&&str| self.cause.slug.contains(**word) || self.cause.title.to_ascii_lowercase().contains(**word);
        let word = words.iter().find(|word| !told(word))?;
        let in_page = |wanted: &str| [&self.seen, &self.rest].into_iter().find_map(|text| around(text, wanted));
        in_page(query).or_else(|| in_page(word))
    }
}

/// A word without what clients and people put around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | '“' | '”' | ':' | ',' | '.' | ';' | '(' | ')' | '[' | ']'))
}

/// The place of a text in another, whatever the case of its letters, with what stands around it.
fn around(text: &str, wanted: &str) -> Option<Excerpt> {
    // Only letters of ASCII change their case here, so the places stay.
    let at = text.to_ascii_lowercase().find(wanted)?;
    let (from, to) = (at.saturating_sub(AROUND), (at + wanted.len() + AROUND).min(text.len()));
    let from = (0..=from).rev().find(|from| text.is_char_boundary(*from)).unwrap_or_default();
    let to = (to..=text.len()).find(|to| text.is_char_boundary(*to)).unwrap_or(text.len());
    // A word that was cut through goes.
    let before = match text[from..at].split_once(' ') {
        Some((_, rest)) if from > 0 => format!("… {rest}"),
        _ => text[from..at].to_owned(),
    };
    let end = at + wanted.len();
    let after = match text[end..to].rsplit_once(' ') {
        Some((rest, _)) if to < text.len() => format!("{rest} …"),
        _ => text[end..to].to_owned(),
    };
    Some(Excerpt { before, found: text[at..end].to_owned(), after })
}

/// Adds what a block says, as plain text.
fn add(text: &mut String, block: &Block) {
    let mut say = |inlines: &[Inline]| {
        for inline in inlines {
            match inline {
                Inline::Text(said) | Inline::Code(said) | Inline::Strong(said) | Inline::Cause(said) => text.push_str(said),
            }
        }
        text.push(' ');
    };
    match block {
        Block::Paragraph(inlines) => say(inlines),
        Block::List(items) => items.iter().for_each(|item| say(item)),
        Block::Code { text: code, .. } => {
            text.extend(code.split_whitespace().flat_map(|word| [word, " "]));
        }
    }
}
