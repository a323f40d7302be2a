//! From a trace to what went wrong in it: findings (data) and reports (wording), root cause first.
//!
//! Diagnosis sees only the trace: same trace, same findings, everywhere. One cause is one file in `causes/` and one page in
//! `pages/`. A finding says what was found and where; [`report`] puts it into words. The pages are no part of the program:
//! whoever shows one loads its text and reads it as a [`Page`]; a [`Reference`] searches all of them.

mod audience;
mod causes;
mod facts;
mod failure;
mod group;
mod lookalike;
mod page;
mod phrases;
mod reach;
mod reference;
mod reply;
mod report;
mod streams;
mod subject;
mod token;
mod wording;
mod words;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use facts::{Facts, Fresh};
pub use failure::{Failure, How, Refusal};
pub use group::Group;
pub use page::{Block, HEADINGS, Inline, Page, PageError, Part};
pub use reach::Reach;
pub use reference::{Excerpt, Hit, Reference};
pub use reply::Instead;
pub use report::{Proof, Report, report};
pub use subject::Subject;

use crate::id::EventRef;
use crate::probe::Came;
use crate::sort::sort_by;
use crate::trace::Trace;

/// A root cause: what can be wrong, how it is recognised, and how it is told.
pub struct Cause {
    /// Its public name, in kebab case; never renamed, never used for anything else. Its page is `pages/<slug>.md`.
    pub slug: &'static str,
    /// What it is about.
    pub group: Group,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// Adds what it finds.
    find: fn(&Facts<'_>, &mut Vec<Finding>),
    /// Puts one of its findings into words.
    say: fn(&Finding, &Facts<'_>) -> Say,
}

impl Cause {
    /// What it finds in a trace by itself, whatever other causes explain.
    pub fn found_in(&self, trace: &Trace) -> Vec<Finding> {
        let mut found = Vec::new();
        (self.find)(&Facts::of(trace), &mut found);
        found
    }
}

/// The words for one finding that no page can know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Say {
    /// One sentence in the person's situation.
    pub headline: String,
    /// What was seen, the server's words quoted.
    pub summary: String,
    /// What would prove it; `None` when nothing is missing.
    pub missing: Option<String>,
    /// The slug of the probe that finds that out, where one does.
    pub probe: Option<&'static str>,
}

impl Say {
    fn new(headline: impl Into<String>, summary: impl Into<String>) -> Self {
        Self { headline: headline.into(), summary: summary.into(), missing: None, probe: None }
    }

    /// The same with what would prove it, for a problem that is not proven.
    fn unproven(mut self, finding: &Finding, missing: &str) -> Self {
        let open = finding.kind == Kind::Problem && finding.certainty != Certainty::Proven;
        self.missing = open.then(|| missing.into());
        self
    }

    /// The same with the probe that finds out what is missing.
    fn by_probe(mut self, slug: &'static str) -> Self {
        self.probe = self.missing.is_some().then_some(slug);
        self
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The trace leaves no other explanation.
    Proven,
    /// The usual explanation of what the trace holds.
    Likely,
    /// One explanation of several.
    Possible,
}

impl Certainty {
    /// The word the page carries in `data-certainty`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// Whether a finding explains a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something failed, and this is why.
    Problem,
    /// Nothing failed, and something is worth saying.
    Note,
}

/// One thing found in a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub cause: &'static Cause,
    /// How sure that is.
    pub certainty: Certainty,
    /// The events that show it. The first is the one the failure is marked on.
    pub evidence: Vec<EventRef>,
    /// What the wording needs to know besides the evidence, by name.
    pub params: Vec<(&'static str, String)>,
    /// Whether it explains a failure.
    pub kind: Kind,
    /// The slug of the finding it is a consequence of: shown folded under that one.
    pub follows: Option<&'static str>,
}

impl Finding {
    pub(crate) fn new(cause: &'static Cause, certainty: Certainty, at: EventRef) -> Self {
        Self { cause, certainty, evidence: alloc::vec![at], params: Vec::new(), kind: Kind::Problem, follows: None }
    }

    /// The same with more evidence; an event that is already there is not repeated.
    pub(crate) fn and(mut self, events: impl IntoIterator<Item = EventRef>) -> Self {
        for event in events {
            if !self.evidence.contains(&event) {
                self.evidence.push(event);
            }
        }
        self
    }

    /// The same with something the wording needs.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    /// The same as something worth saying about a success.
    pub(crate) const fn note(mut self) -> Self {
        self.kind = Kind::Note;
        self
    }

    /// The event the failure is marked on.
    pub fn at(&self) -> Option<EventRef> {
        self.evidence.first().copied()
    }

    /// Something the wording needs, by name.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// What went wrong in a trace, root cause first. An empty list for a trace in which nothing did.
///
/// What is still under way is not judged: only exchanges that are over can have failed.
pub fn diagnose(trace: &Trace) -> Vec<Finding> {
    let facts = Facts::of(trace);
    let mut found = Vec::new();
    for cause in causes::ALL {
        (cause.find)(&facts, &mut found);
    }
    // Where it is not known what was asked, an answer leaves other explanations.
    for finding in found.iter_mut().filter(|finding| finding.certainty == Certainty::Proven) {
        if facts.failures.iter().any(|failure| Some(failure.at) == finding.at() && failure.exchange.asks_unknown()) {
            finding.certainty = Certainty::Likely;
        }
    }
    // Problems before notes, earlier exchanges before later ones; within one exchange the order of the causes stays.
    sort_by(&mut found, |finding| [finding.kind as u64, finding.at().map_or(0, |at| u64::from(facts.about(at).0)), 0]);
    fold(&facts, &mut found);
    found
}

/// Marks a problem as the consequence of an earlier one whose evidence includes the exchange it is about.
fn fold(facts: &Facts<'_>, found: &mut [Finding]) {
    for at in 1..found.len() {
        let (earlier, rest) = found.split_at_mut(at);
        let here = rest[0].at().map(|event| facts.about(event)).filter(|_| rest[0].kind == Kind::Problem);
        let Some(here) = here else { continue };
        let root = earlier.iter().find(|root| root.evidence.iter().any(|event| facts.about(*event) == here));
        rest[0].follows = root.filter(|root| root.follows.is_none()).map(|root| root.cause.slug);
    }
}

/// Every cause, in ranking order: where several would explain the same failure, the one that stands first does.
pub const fn causes() -> &'static [&'static Cause] {
    causes::ALL
}

/// The cause of that slug.
pub fn cause(slug: &str) -> Option<&'static Cause> {
    causes::ALL.iter().copied().find(|cause| cause.slug == slug)
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug)
    }
}

impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}
