//! A finding in words, as far as they depend on the trace.

use alloc::string::String;
use alloc::vec::Vec;

use super::facts::Facts;
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
    /// The slug of the probe that finds that out, where one does and has not been tried since.
    pub probe: Option<&'static str>,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What it shows.
    pub text: String,
    /// Where it stands.
    pub at: EventRef,
}

/// Puts a finding of this trace into words.
pub fn report(finding: &Finding, trace: &Trace) -> Report {
    let facts = Facts::of(trace);
    let say = (finding.cause.say)(finding, &facts);
    Report {
        headline: say.headline,
        summary: say.summary,
        proof: finding.evidence.iter().map(|at| Proof { text: wording::event(&facts, *at), at: *at }).collect(),
        missing: say.missing,
        probe: say.probe.filter(|slug| !facts.was_probed(slug, finding)),
    }
}
