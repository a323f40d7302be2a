//! What the page of a cause says, by what a person asks: why it happens, how to fix it, what else looks like it.

use alloc::string::String;
use alloc::vec::Vec;

use super::page::{Block, Page, PageError, Part};

/// The explanation of a cause: what holds for every finding of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Why it happens.
    pub why: Vec<Block>,
    /// What to do, by who can do it.
    pub fixes: Vec<Fix>,
    /// What the specification says, per revision where they differ.
    pub spec: Vec<Block>,
    /// What looks the same and is something else.
    pub lookalikes: Vec<Block>,
}

/// One way to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whom it is for, for example `Python (mcp, FastMCP)`; empty for everyone.
    pub who: String,
    /// What to do.
    pub blocks: Vec<Block>,
}

impl Explanation {
    /// Reads the text of a page.
    ///
    /// # Errors
    /// The first line that is outside the Markdown subset of pages.
    pub fn read(page: &str) -> Result<Self, PageError> {
        let page = Page::parse(page)?;
        let part = |heading: &str| page.part(heading).cloned().unwrap_or_default();
        Ok(Self {
            why: part("Why it happens").blocks,
            fixes: fixes(part("How to fix it")),
            spec: part("What the specification says").blocks,
            lookalikes: part("Look-alikes").blocks,
        })
    }
}

fn fixes(part: Part) -> Vec<Fix> {
    let everyone = (!part.blocks.is_empty()).then(|| Fix { who: String::new(), blocks: part.blocks });
    everyone.into_iter().chain(part.sections.into_iter().map(|(who, blocks)| Fix { who, blocks })).collect()
}
