//! A finding in words: what the finding itself says, and what the page of its cause adds.

use alloc::string::String;
use alloc::vec::Vec;

use super::facts::Facts;
use super::page::{Block, Page, Part};
use super::{Finding, wording};
use crate::id::EventRef;
use crate::trace::Trace;

/// A finding, put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// One sentence in the person's situation.
    pub headline: String,
    /// What was seen, the server's words quoted.
    pub summary: String,
    /// The evidence, one sentence each.
    pub proof: Vec<Proof>,
    /// What would prove it, when it is not proven.
    pub missing: Option<String>,
    /// Why it happens.
    pub why: Vec<Block>,
    /// What to do, by who can do it.
    pub fixes: Vec<Fix>,
    /// What the specification says, per revision where they differ.
    pub spec: Vec<Block>,
    /// What looks the same and is something else.
    pub lookalikes: Vec<Block>,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What it shows.
    pub text: String,
    /// Where it stands.
    pub at: EventRef,
}

/// One way to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whom it is for, for example `Python (mcp, FastMCP)`; empty for everyone.
    pub who: String,
    /// What to do.
    pub blocks: Vec<Block>,
}

/// Puts a finding of this trace into words.
pub fn report(finding: &Finding, trace: &Trace) -> Report {
    let facts = Facts::of(trace);
    let say = (finding.cause.say)(finding, &facts);
    // Every page is parsed by a test; one that is not a page would only leave its sections empty.
    let page = Page::parse(finding.cause.page).unwrap_or_default();
    let part = |heading: &str| page.part(heading).cloned().unwrap_or_default();
    Report {
        headline: say.headline,
        summary: say.summary,
        proof: finding.evidence.iter().map(|at| Proof { text: wording::event(&facts, *at), at: *at }).collect(),
        missing: say.missing,
        why: part("Why it happens").blocks,
        fixes: fixes(part("How to fix it")),
        spec: part("What the specification says").blocks,
        lookalikes: part("Look-alikes").blocks,
    }
}

fn fixes(part: Part) -> Vec<Fix> {
    let everyone = (!part.blocks.is_empty()).then(|| Fix { who: String::new(), blocks: part.blocks });
    everyone.into_iter().chain(part.sections.into_iter().map(|(who, blocks)| Fix { who, blocks })).collect()
}
