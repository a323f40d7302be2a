//! A text as words, in which phrases are found however they are spelled: `Mcp-Session-Id`, `mcp_session_id` and `sessionId`
//! hold the same words.

use alloc::string::String;
use alloc::vec::Vec;

/// Where a sentence, a line or a quoted value ends: a phrase does not go on behind it.
const BREAK: &str = "|";

/// Words that far apart in one sentence still belong together.
const REACH: usize = 8;

/// The words of a text in small letters, in order, with breaks between sentences.
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let (mut words, mut word, mut after_small) = (Vec::new(), String::new(), false);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            // Words of other scripts are kept as they are.
            if c.is_ascii_alphanumeric() || !c.is_ascii() && c != '’' {
                // A capital after a small letter begins a word: error codes are written so, as in `SessionNotFound`.
                if c.is_ascii_uppercase() && after_small {
                    words.push(core::mem::take(&mut word));
                }
                word.push(c.to_ascii_lowercase());
                after_small = c.is_ascii_lowercase();
            } else if !matches!(c, '\'' | '’') {
                after_small = false;
                words.extend(Some(core::mem::take(&mut word)).filter(|word| !word.is_empty()));
                let next = chars.peek();
                let stop = match c {
                    '.' => next.is_none_or(|next| next.is_whitespace()),
                    // A quote that ends a value, and not one around a word.
                    '"' => next.is_none_or(|next| matches!(next, ',' | ';' | ':' | '}' | ']')),
                    _ => matches!(c, '{' | '}' | ';' | '\n' | '!' | '?'),
                };
                if stop {
                    words.push(BREAK.into());
                }
            }
        }
        words.extend(Some(word).filter(|word| !word.is_empty()));
        Self(words)
    }

    /// Whether the text holds one of these phrases.
    pub(super) fn hold(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.places(phrase).next().is_some())
    }

    /// How many words there are.
    pub(super) fn count(&self) -> usize {
        self.0.iter().filter(|word| *word != BREAK).count()
    }

    /// Whether the text is nothing but one of these phrases, and words that say nothing.
    pub(super) fn are(&self, phrases: &[&str], saying_nothing: &[&str]) -> bool {
        let said = self.0.iter().filter(|word| *word != BREAK && !saying_nothing.contains(&word.as_str()));
        let said: Vec<&str> = said.map(String::as_str).collect();
        phrases.iter().any(|phrase| phrase.split(' ').eq(said.iter().copied()))
    }

    /// Whether the text holds one of `phrases` and one of `others` near it, in the same sentence.
    pub(super) fn hold_near(&self, phrases: &[&str], others: &[&str]) -> bool {
        let near = |one: usize, other: usize| {
            let between = &self.0[one.min(other)..one.max(other)];
            between.len() <= REACH && !between.iter().any(|word| word == BREAK)
        };
        // Mostly the thing is not in the text at all, and there is nothing to look for beside it.
        let things: Vec<usize> = phrases.iter().flat_map(|phrase| self.places(phrase)).collect();
        let beside = |phrase: &&str| self.places(phrase).any(|other| things.iter().any(|thing| near(*thing, other)));
        !things.is_empty() && others.iter().any(beside)
    }

    /// The same text without some phrases.
    pub(super) fn without(mut self, phrases: &[&str]) -> Self {
        for phrase in phrases {
            let length = phrase.split(' ').count();
            for at in self.places(phrase).collect::<Vec<_>>() {
                self.0[at..at + length].fill(BREAK.into());
            }
        }
        self
    }

    /// Where a phrase begins. Its last word also stands for its plural, and with a star for every word that begins so.
    fn places<'a>(&'a self, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
        let is = |word: &str, wanted: &str| match wanted.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == wanted || word.strip_suffix('s') == Some(wanted),
        };
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        let rest = rest.split(' ').filter(|word| !word.is_empty());
        let follows = move |at: usize| {
            let mut words = self.0[at + 1..].iter();
            rest.clone().all(|wanted| words.next().is_some_and(|word| is(word, wanted)))
        };
        (0..self.0.len()).filter(move |at| is(&self.0[*at], first) && follows(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_however_it_is_spelled() {
        for text in ["Mcp-Session-Id", "mcp_session_id", "the mcpSessionId!", "MCP SESSION IDS", "x/mcp-session-id=3"] {
            assert!(Words::of(text).hold(&["mcp session id"]), "{text}");
        }
        assert!(!Words::of("mcp session identity").hold(&["session id"]));
        assert!(Words::of("it wasn't verified").hold(&["wasnt verif*"]));
    }

    #[test]
    fn words_belong_together_within_a_sentence() {
        let near = |text: &str| Words::of(text).hold_near(&["session"], &["not found"]);
        assert!(near("Session with id 3.1 not found") && near("Not found: session 3"));
        assert!(!near("Your session is fine. Page not found"));
        assert!(!near(r#"{"a":"session","b":"not found"}"#));
        assert!(!near("session one two three four five six seven eight nine not found"));
    }

    #[test]
    fn what_is_taken_out_leaves_a_break() {
        let words = Words::of("Unexpected token < invalid").without(&["unexpected token"]);
        assert!(!words.hold(&["token"]) && words.hold(&["invalid"]));
    }
}
