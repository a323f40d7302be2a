//! Web pages where an answer should be: the names of elements stay, the words of their text and where their links lead. Scripts,
//! comments and other attributes are covered.

use core::ops::Range;

use super::Redactor;
use super::marks::{Cover, Marks};
use super::prose::{Words, floor};
use super::shape::is_name;
use crate::share::Carrier;

/// So much of a page is read, in bytes: what it says stands at its beginning.
const READ: usize = 8_000;

/// Elements whose text is a program.
const PROGRAMS: &[&str] = &["script", "style", "template"];

/// Attributes that hold an address.
const LINKS: &[&str] = &["action", "href", "src"];

impl Redactor<'_> {
    /// Marks what is not to be seen of an HTML page.
    pub(super) fn page(&mut self, text: &str, marks: &mut Marks) {
        let mut at = 0;
        let mut inside = "";
        while at < text.len() {
            let tag = text[at..].find('<').map_or(text.len(), |tag| at + tag);
            if PROGRAMS.contains(&inside) || tag > READ {
                cover_words(text, at..tag, marks);
            } else {
                let from = marks.len();
                self.text(&text[at..tag], Words::Prose, Carrier::Word, marks);
                marks.translate(from, |offset| at + offset);
            }
            let comment = text[tag..].starts_with("<!--");
            let close = if comment { "-->" } else { ">" };
            let end = text[tag..].find(close).map_or(text.len(), |end| tag + end + close.len());
            if tag < end {
                inside = self.tag(text, tag..end, comment, inside, marks);
            }
            at = end;
        }
    }

    /// Marks what is in a tag, and returns the element that the text after it is in.
    fn tag<'t>(&mut self, text: &'t str, range: Range<usize>, comment: bool, inside: &'t str, marks: &mut Marks) -> &'t str {
        let tag = &text[range.clone()];
        let start = range.start + tag.find(|c: char| c.is_alphanumeric()).unwrap_or(tag.len());
        let name_end = text[start..range.end].find(|c: char| !c.is_ascii_alphanumeric()).map_or(range.end, |end| start + end);
        let name = &text[start..name_end];
        let doctype = tag.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
        if doctype {
            // The usual ones are public; of a longer one what makes it a page.
            let kept = if tag.len() <= 200 { tag.len() } else { "<!doctype html".len() };
            cover_words(text, floor(text, range.start + kept)..range.end, marks);
        } else if comment || !is_name(name) {
            cover_words(text, start..range.end, marks);
        } else {
            // Without what ends the tag: it would end somewhere else.
            self.attributes(text, name_end..name_end.max(range.end - usize::from(tag.ends_with('>'))), marks);
        }
        let ends = tag.starts_with("</");
        match PROGRAMS.contains(&inside) {
            // A program ends at its own end tag.
            true if !ends || inside != name => inside,
            _ if ends || doctype || comment => "",
            _ => name,
        }
    }

    fn attributes(&mut self, text: &str, range: Range<usize>, marks: &mut Marks) {
        let mut at = range.start;
        while at < range.end {
            let open = text[at..range.end].find(['"', '\'']).map_or(range.end, |open| at + open);
            cover_values(text, at..open, marks);
            let quote = text[open..].chars().next().unwrap_or('"');
            let value = range.end.min(open + 1)..range.end;
            let value = value.start..text[value.clone()].find(quote).map_or(value.end, |close| value.start + close);
            let is_link = LINKS.iter().any(|name| text[at..open].strip_suffix('=').is_some_and(|start| start.ends_with(name)));
            if is_link {
                let from = marks.len();
                self.address(&text[value.clone()], marks);
                marks.translate(from, |offset| value.start + offset);
            } else {
                cover_words(text, value.clone(), marks);
            }
            at = value.end + 1;
        }
    }
}

/// Covers words but those before an equals sign, which are names of attributes.
fn cover_values(text: &str, range: Range<usize>, marks: &mut Marks) {
    let mut at = range.start;
    for part in text[range].split_inclusive(' ') {
        let here = at..at + part.len();
        at = here.end;
        match part.split_once('=') {
            Some((name, value)) if is_name(name) => cover_words(text, here.end - value.len()..here.end, marks),
            _ => cover_words(text, here, marks),
        }
    }
}

/// Covers the letters and digits of a range; what stands between them keeps the page a page.
fn cover_words(text: &str, range: Range<usize>, marks: &mut Marks) {
    let mut at = range.start;
    for part in text[range].split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        marks.add(at..at + word.len(), Cover::Stars, Carrier::Page);
        at += part.len();
    }
}
