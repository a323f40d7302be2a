//! What the pages of the causes promise: complete, quick to read, and the same in the app and on a forge.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use inspector_core::diagnose::{Block, Cause, Group, HEADINGS, Inline, Page, causes};

/// Causes that pages already name and that are not recognised yet.
const LATER: &[&str] = &[];

/// The list of all pages, which a forge shows with the folder.
const LIST: &str = "README";

/// What is open at once is read within a minute, at the 200 words that people read of technical text: what a person sees, why
/// it happens, and the first thing to do.
const WORDS_AT_ONCE: usize = 200;

/// The first thing to do stands in the verdict.
const WORDS_OF_A_STEP: usize = 45;

/// What one reader needs of the rest is one section, with its lines to copy: half a minute.
const WORDS_OF_A_SECTION: usize = 120;

/// All of a page, so that the file of all pages stays small enough to be loaded before it is needed.
const WORDS_OF_A_PAGE: usize = 900;

/// What lines to copy can be written in.
const LANGUAGES: &[&str] =
    &["apache", "csharp", "go", "http", "java", "js", "json", "nginx", "python", "rust", "sh", "text", "toml", "ts", "yaml"];

fn path(slug: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/diagnose/pages/{slug}.md"))
}

fn text(slug: &str) -> String {
    std::fs::read_to_string(path(slug)).unwrap_or_else(|_| panic!("no page for {slug}"))
}

fn page(cause: &Cause) -> Page {
    Page::parse(&text(cause.slug)).unwrap_or_else(|error| panic!("{}: line {}: {}", cause.slug, error.line, error.reason))
}

/// A file that follows from others: as it should be, or with `INSTA_UPDATE=always` made so.
fn hold(slug: &str, expected: &str) {
    let found = std::fs::read_to_string(path(slug)).unwrap_or_default();
    if found != expected {
        let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
        assert!(update, "{slug}.md is out of date: run this test with INSTA_UPDATE=always\n\n{expected}");
        std::fs::write(path(slug), expected).unwrap();
    }
}

/// Holds that no page has anything to say against it.
fn nothing(against: impl Fn(&Cause, &Page) -> Vec<String>) {
    let said = |cause: &&Cause| against(cause, &page(cause)).into_iter().map(|text| format!("{}: {text}", cause.slug)).collect();
    let said: Vec<String> = causes().iter().flat_map(|cause| -> Vec<String> { said(cause) }).collect();
    assert!(said.is_empty(), "{said:#?}");
}

/// Every block of a page.
fn blocks(page: &Page) -> Vec<&Block> {
    page.parts.iter().flat_map(|part| part.blocks.iter().chain(part.sections.iter().flat_map(|(_, blocks)| blocks))).collect()
}

/// Every piece of running text.
fn inlines(blocks: &[&Block]) -> Vec<Inline> {
    let inlines = |block: &&Block| match block {
        Block::Paragraph(text) => text.clone(),
        Block::List(items) => items.concat(),
        Block::Code { .. } => Vec::new(),
    };
    blocks.iter().flat_map(inlines).collect()
}

/// The words of blocks, with those of the lines to copy.
fn words<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> usize {
    let count = |text: &str| text.split_whitespace().count();
    let of = |block: &Block| match block {
        Block::Code { text, .. } => count(text),
        text => inlines(&[text]).iter().map(|inline| count(said(inline))).sum(),
    };
    blocks.into_iter().map(of).sum()
}

fn said(inline: &Inline) -> &str {
    match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Strong(text) | Inline::Cause(text) => text,
    }
}

#[test]
fn every_cause_has_a_page_and_every_page_a_cause() {
    let registered: BTreeSet<String> = causes().iter().map(|cause| cause.slug.to_owned()).collect();
    let files = std::fs::read_dir(path(LIST).parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: BTreeSet<String> = files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(pages.remove(LIST));
    assert_eq!(registered, pages);
}

#[test]
fn every_page_has_its_title_and_all_headings_with_something_under_them() {
    nothing(|cause, page| {
        let headings: Vec<&str> = page.parts.iter().map(|part| part.heading.as_str()).collect();
        let title = (page.title != cause.title).then(|| format!("the title is {:?}, not that of the cause", page.title));
        let order = (headings != HEADINGS).then(|| format!("the headings are {headings:?}"));
        let empty = page.parts.iter().flat_map(|part| {
            let none = part.blocks.is_empty() && part.sections.is_empty();
            let sections = part.sections.iter().filter(|(_, blocks)| blocks.is_empty()).map(|(section, _)| section);
            none.then_some(&part.heading).into_iter().chain(sections)
        });
        title.into_iter().chain(order).chain(empty.map(|heading| format!("nothing under {heading}"))).collect()
    });
}

#[test]
fn pages_are_quick_to_read() {
    nothing(|cause, page| {
        let too = |what: &str, words: usize, most: usize| (words > most).then(|| format!("{words} words {what}, not {most}"));
        let open = HEADINGS[..3].iter().filter_map(|heading| page.part(heading)).flat_map(|part| &part.blocks);
        let at_once = too("at once", words(open), WORDS_AT_ONCE);
        let whole = too("in all", text(cause.slug).split_whitespace().count(), WORDS_OF_A_PAGE);
        let sections = page.parts.iter().flat_map(|part| &part.sections);
        let sections = sections.filter_map(|(name, blocks)| too(&format!("under {name}"), words(blocks), WORDS_OF_A_SECTION));
        at_once.into_iter().chain(whole).chain(sections).collect()
    });
}

#[test]
fn pages_say_enough() {
    for (heading, least) in HEADINGS.iter().zip([10, 20, 15, 10, 10]) {
        nothing(|_, page| {
            let part = page.part(heading).cloned().unwrap_or_default();
            let words = words(part.blocks.iter().chain(part.sections.iter().flat_map(|(_, blocks)| blocks)));
            (words < least).then(|| format!("{words} words under {heading}")).into_iter().collect()
        });
    }
}

#[test]
fn the_first_thing_to_do_is_said_to_everyone() {
    nothing(|_, page| {
        let first = page.part("How to fix it").and_then(|part| part.blocks.first());
        let said = matches!(first, Some(Block::Paragraph(_))) && words(first) <= WORDS_OF_A_STEP;
        (!said)
            .then(|| "begin “How to fix it” with one thing to do, for everyone, in a sentence or two".to_owned())
            .into_iter()
            .collect()
    });
}

#[test]
fn lines_to_copy_say_what_they_are_written_in_and_fit() {
    nothing(|_, page| {
        let wrong = |block: &&Block| match block {
            Block::Code { language, .. } if !LANGUAGES.contains(&language.as_str()) => Some(format!("code in {language:?}")),
            Block::Code { text, .. } => text.lines().find(|line| line.chars().count() > 110).map(|line| format!("wide: {line}")),
            _ => None,
        };
        blocks(page).iter().filter_map(wrong).collect()
    });
}

#[test]
fn every_look_alike_is_a_cause_and_what_tells_it_apart() {
    nothing(|_, page| {
        let items = page.part("Look-alikes").into_iter().flat_map(|part| &part.blocks).flat_map(|block| match block {
            Block::List(items) => items.clone(),
            other => vec![inlines(&[other])],
        });
        let told = |item: &Vec<Inline>| matches!(item.as_slice(), [Inline::Cause(_), rest, ..] if said(rest).len() > 5);
        items
            .filter(|item| !told(item))
            .map(|item| format!("not a look-alike: {}", item.iter().map(said).collect::<String>()))
            .collect()
    });
}

#[test]
fn every_link_of_a_page_leads_to_another_cause() {
    nothing(|cause, page| {
        let wrong = |slug: &str| {
            let known = causes().iter().any(|other| other.slug == slug);
            slug == cause.slug || known == LATER.contains(&slug)
        };
        let links = inlines(&blocks(page)).into_iter().filter_map(|inline| match inline {
            Inline::Cause(slug) if wrong(&slug) => Some(format!("[{slug}] leads nowhere")),
            _ => None,
        });
        links.collect()
    });
}

#[test]
fn a_page_ends_with_a_link_for_every_cause_it_names() {
    for cause in causes() {
        let page = page(cause);
        let named = inlines(&blocks(&page)).into_iter().filter_map(|inline| match inline {
            Inline::Cause(slug) => Some(slug),
            _ => None,
        });
        let named: BTreeSet<String> = named.collect();
        let text = text(cause.slug);
        let own = text.lines().take_while(|line| !page.links.iter().any(|slug| *line == format!("[{slug}]: {slug}.md")));
        let own = own.collect::<Vec<_>>().join("\n");
        let links: String = named.iter().map(|slug| format!("[{slug}]: {slug}.md\n")).collect();
        hold(cause.slug, &format!("{}\n\n{links}", own.trim_end()));
    }
}

#[test]
fn the_list_of_all_pages_is_up_to_date() {
    let mut list = String::from("# Causes\n\nWhat can be wrong between an MCP client and a server over HTTP, one page for each ");
    list.push_str("cause. The slug is what the inspector\nsays, and what you can quote.\n");
    for group in Group::ALL {
        write!(list, "\n## {}\n\n", group.title()).unwrap();
        for cause in causes().iter().filter(|cause| cause.group == group) {
            writeln!(list, "- [{0}]({0}.md): {1}", cause.slug, cause.title).unwrap();
        }
    }
    hold(LIST, &list);
}

#[test]
fn pages_shout_nowhere() {
    nothing(|_, page| {
        let inlines = inlines(&blocks(page));
        inlines.iter().map(said).filter(|text| text.contains('!')).map(str::to_owned).collect()
    });
}
