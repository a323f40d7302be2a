//! What is found in two recordings: in both, or in one alone.

use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnose::{Certainty, Finding, Kind, diagnose, report};
use crate::id::EventRef;
use crate::trace::Trace;

/// One root cause, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its slug.
    pub slug: &'static str,
    /// What is wrong, in one line.
    pub title: &'static str,
    /// In the recording on the left.
    pub left: Option<Seen>,
    /// In the one on the right.
    pub right: Option<Seen>,
}

/// A finding in one recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// One sentence in the person's situation.
    pub headline: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Whether it explains a failure.
    pub is_problem: bool,
    /// The event it is marked on.
    pub at: Option<EventRef>,
}

/// The findings of both: first what only one has, then what both have; in each the root cause first.
pub(super) fn findings(left: &Trace, right: &Trace) -> Vec<Found> {
    let (ours, theirs) = (first_of_each(left), first_of_each(right));
    let seen = |of: &[Finding], trace: &Trace, slug: &str| {
        let finding = of.iter().find(|finding| finding.cause.slug == slug)?;
        let headline = report(finding, trace).headline;
        Some(Seen { headline, certainty: finding.certainty, is_problem: finding.kind == Kind::Problem, at: finding.at() })
    };
    let found = |finding: &Finding| Found {
        slug: finding.cause.slug,
        title: finding.cause.title,
        left: seen(&ours, left, finding.cause.slug),
        right: seen(&theirs, right, finding.cause.slug),
    };
    let (both, only_left): (Vec<Found>, Vec<Found>) = ours.iter().map(found).partition(|found| found.right.is_some());
    let only_right = theirs.iter().map(found).filter(|found| found.left.is_none());
    only_left.into_iter().chain(only_right).chain(both).collect()
}

/// The first finding of every cause.
fn first_of_each(trace: &Trace) -> Vec<Finding> {
    let mut first: Vec<Finding> = Vec::new();
    for finding in diagnose(trace) {
        if first.iter().all(|known| known.cause != finding.cause) {
            first.push(finding);
        }
    }
    first
}
