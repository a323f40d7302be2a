//! The pages of the causes: a small, strict subset of Markdown, read into blocks.
//!
//! Known are `#`, `##` and `###` headings, paragraphs, `- ` lists, fenced code with a language, `` `code` ``, `**strong**`,
//! and `[slug]` for a link to another cause. The page ends with a line `[slug]: slug.md` for each of them, so that a forge, which
//! shows the same text, follows them too. Anything else is an error, so that a page cannot say what is not shown.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list without numbers.
    List(Vec<Vec<Inline>>),
    /// Lines to copy.
    Code {
        /// What they are written in: `python`, `text` ...
        language: String,
        /// The lines, without the last line break.
        text: String,
    },
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// A name from the wire or from code.
    Code(String),
    /// What must not be overlooked.
    Strong(String),
    /// Another cause, by its slug.
    Cause(String),
}

/// A page, by its headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The text after `#`.
    pub title: String,
    /// The `##` sections in order.
    pub parts: Vec<Part>,
    /// The causes whose pages the end of the text names, in its order.
    pub links: Vec<String>,
}

/// A `##` section of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The text after `##`.
    pub heading: String,
    /// What stands before the first `###`.
    pub blocks: Vec<Block>,
    /// The `###` sections in order: heading and content.
    pub sections: Vec<(String, Vec<Block>)>,
}

/// Why a text is not a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

/// The headings every page has, in this order.
pub const HEADINGS: [&str; 5] = ["What you see", "Why it happens", "How to fix it", "What the specification says", "Look-alikes"];

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// The first line outside the subset.
    pub fn parse(text: &str) -> Result<Self, PageError> {
        let mut page = Self::default();
        let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line)).peekable();
        while let Some((number, line)) = lines.next() {
            let fail = |reason| PageError { line: number, reason };
            if line.is_empty() {
                continue;
            }
            if let Some(link) = definition(line).map_err(fail)? {
                page.links.push(link.to_owned());
                continue;
            }
            if !page.links.is_empty() {
                return Err(fail("text after the links at the end"));
            }
            if let Some(title) = line.strip_prefix("# ") {
                page.title = title.to_owned();
            } else if let Some(heading) = line.strip_prefix("## ") {
                page.parts.push(Part { heading: heading.to_owned(), ..Part::default() });
            } else if let Some(heading) = line.strip_prefix("### ") {
                let part = page.parts.last_mut().ok_or(fail("a section before the first part"))?;
                part.sections.push((heading.to_owned(), Vec::new()));
            } else if let Some(language) = line.strip_prefix("```") {
                let mut code = String::new();
                loop {
                    match lines.next() {
                        None => return Err(fail("code that does not end")),
                        Some((_, "```")) => break,
                        Some((_, line)) => {
                            code.push_str(line);
                            code.push('\n');
                        }
                    }
                }
                code.pop();
                page.push(Block::Code { language: language.to_owned(), text: code }).map_err(fail)?;
            } else {
                let mut item = line.to_owned();
                while let Some((_, next)) = lines.next_if(|(_, next)| continues(next)) {
                    item.push(' ');
                    item.push_str(next.trim_start());
                }
                match item.strip_prefix("- ") {
                    Some(item) => page.item(inlines(item).map_err(fail)?).map_err(fail)?,
                    None => page.push(Block::Paragraph(inlines(&item).map_err(fail)?)).map_err(fail)?,
                }
            }
        }
        Ok(page)
    }

    /// The section under a `##` heading.
    pub fn part(&self, heading: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.heading == heading)
    }

    /// The first thing to do: what “How to fix it” begins with, and what that introduces with a colon.
    pub fn first_step(&self) -> &[Block] {
        let blocks = self.part("How to fix it").map(|part| part.blocks.as_slice()).unwrap_or_default();
        let colon = |text: &[Inline]| matches!(text.last(), Some(Inline::Text(end)) if end.ends_with(':'));
        let introduces = matches!(blocks.first(), Some(Block::Paragraph(text)) if colon(text));
        &blocks[..blocks.len().min(if introduces { 2 } else { 1 })]
    }

    fn blocks(&mut self) -> Result<&mut Vec<Block>, &'static str> {
        let part = self.parts.last_mut().ok_or("text before the first part")?;
        Ok(match part.sections.last_mut() {
            Some((_, blocks)) => blocks,
            None => &mut part.blocks,
        })
    }

    fn push(&mut self, block: Block) -> Result<(), &'static str> {
        self.blocks()?.push(block);
        Ok(())
    }

    fn item(&mut self, item: Vec<Inline>) -> Result<(), &'static str> {
        let blocks = self.blocks()?;
        match blocks.last_mut() {
            Some(Block::List(items)) => items.push(item),
            _ => blocks.push(Block::List(alloc::vec![item])),
        }
        Ok(())
    }
}

/// The cause whose page a line `[slug]: slug.md` names; nothing for any other line. One word after `[slug]:` makes such a line
/// for Markdown, at the beginning of a list item too, and nobody would see it (CommonMark, link reference definitions).
fn definition(line: &str) -> Result<Option<&str>, &'static str> {
    let text = line.strip_prefix("- ").unwrap_or(line);
    let Some((slug, target)) = text.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else { return Ok(None) };
    match target.trim() {
        target if target.contains(' ') => Ok(None),
        target if text.len() == line.len() && target.strip_suffix(".md") == Some(slug) => Ok(Some(slug)),
        _ => Err("[slug]: and one word is a definition, and can only be slug.md"),
    }
}

/// Whether a line goes on with the paragraph or item before it.
fn continues(line: &str) -> bool {
    !line.is_empty() && !["#", "```", "- "].iter().any(|start| line.starts_with(start))
}

/// Reads running text.
fn inlines(text: &str) -> Result<Vec<Inline>, &'static str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*', '[', '<', '_']) {
        let (before, here) = rest.split_at(at);
        let (inline, after) = if let Some(here) = here.strip_prefix('`') {
            let (code, after) = here.split_once('`').ok_or("` that does not end")?;
            (Inline::Code(code.to_owned()), after)
        } else if let Some(here) = here.strip_prefix("**") {
            let (strong, after) = here.split_once("**").ok_or("** that does not end")?;
            (Inline::Strong(strong.to_owned()), after)
        } else if let Some(here) = here.strip_prefix('[') {
            let (slug, after) = here.split_once(']').ok_or("[ that does not end")?;
            let kebab = slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            if slug.is_empty() || !kebab || after.starts_with('(') {
                return Err("only [slug] is a link");
            }
            (Inline::Cause(slug.to_owned()), after)
        } else {
            return Err("a character with a meaning in Markdown that pages do not have");
        };
        if !before.is_empty() {
            out.push(Inline::Text(before.to_owned()));
        }
        out.push(inline);
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Inline::Text(rest.to_owned()));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_by_its_headings() {
        let page =
            Page::parse("# T\n\n## A\n\nOne\ntwo `c` [a-b].\n\n- x\n- y\n  z\n\n### S\n\n```python\nf(1)\n\ng()\n```\n").unwrap();
        assert_eq!(page.title, "T");
        let part = page.part("A").unwrap();
        assert_eq!(
            part.blocks[0],
            Block::Paragraph(alloc::vec![
                Inline::Text("One two ".into()),
                Inline::Code("c".into()),
                Inline::Text(" ".into()),
                Inline::Cause("a-b".into()),
                Inline::Text(".".into())
            ])
        );
        assert!(matches!(&part.blocks[1], Block::List(items) if items.len() == 2));
        assert_eq!(part.sections[0].1[0], Block::Code { language: "python".into(), text: "f(1)\n\ng()".into() });
    }

    #[test]
    fn the_first_step_takes_along_what_it_introduces() {
        let of = |text: &str| Page::parse(&alloc::format!("## How to fix it\n\n{text}")).unwrap().first_step().len();
        assert_eq!([of("Do it.\n\nThen more."), of("Do this:\n\n```sh\nx\n```\n\nThen more."), of("### S\n\nx")], [1, 2, 0]);
    }

    #[test]
    fn what_pages_do_not_have_is_an_error_with_its_line() {
        for (text, line) in [("x", 1), ("## A\n[x](y)", 2), ("## A\n```\nx", 2), ("## A\n\n<b>", 3), ("## A\n`x", 2)] {
            assert_eq!(Page::parse(text).unwrap_err().line, line, "{text}");
        }
    }

    #[test]
    fn links_stand_at_the_end_and_lead_to_the_page_of_their_cause() {
        let page = Page::parse("## A\n\n[a-b]: and more words\n\n[a-b]: a-b.md\n[c]: c.md\n").unwrap();
        assert_eq!(page.links, ["a-b", "c"]);
        assert_eq!(page.part("A").unwrap().blocks.len(), 1);
        for (text, line) in [("## A\n\n[a]: b.md", 3), ("## A\n\n- [a]: 415.", 3), ("[a]: a.md\n\n## A", 3), ("- [a]: a.md", 1)] {
            assert_eq!(Page::parse(text).unwrap_err().line, line, "{text}");
        }
    }
}
