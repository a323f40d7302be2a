//! The matrix of a checkup: each probe as it was tried last, and how that came out as a whole.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Judged, Probe, Verdict, all, judge};
use crate::said;
use crate::trace::{Command, ProbeRun, Trace};

/// A probe, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// The probe.
    pub probe: &'static Probe,
    /// How it was tried last, and what came of that; nothing when it was neither tried nor left out.
    pub tried: Option<(&'a ProbeRun, Judged)>,
}

impl Entry<'_> {
    /// Its verdict.
    pub fn verdict(&self) -> Verdict {
        self.tried.as_ref().map_or(Verdict::NotTried, |(_, judged)| judged.verdict)
    }
}

/// Every probe, in the order a checkup tries them.
pub fn matrix(trace: &Trace) -> Vec<Entry<'_>> {
    let last = |slug: &str| trace.probes().iter().rfind(|run| run.slug == slug);
    let entry = |probe: &&'static Probe| Entry { probe, tried: last(probe.slug).map(|run| (run, judge(probe, trace, run))) };
    all().iter().map(entry).collect()
}

/// Whether a checkup was what the person asked for last, stopped or not: then its matrix is the answer.
pub fn ends_in_checkup(trace: &Trace) -> bool {
    let asked = trace.commands().iter().rfind(|(_, command)| *command != Command::Stop);
    matches!(asked, Some((_, Command::Checkup)))
}

/// How many came out how: `12 as expected, 1 differs and 4 not tried`.
pub fn tally(matrix: &[Entry<'_>]) -> String {
    let count = |verdict: Verdict| matrix.iter().filter(|entry| entry.verdict() == verdict).count();
    let verdicts = [Verdict::AsExpected, Verdict::Differs, Verdict::Unseen, Verdict::NotTried].into_iter();
    let told: Vec<String> = verdicts
        .map(|verdict| (count(verdict), verdict))
        .filter(|(n, _)| *n > 0)
        .map(|(n, verdict)| format!("{n} {}", if n > 1 && verdict == Verdict::Differs { "differ" } else { verdict.as_str() }))
        .collect();
    said::list(&told)
}
