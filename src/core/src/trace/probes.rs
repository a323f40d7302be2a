//! The probes of a trace: where each began, and which requests were its steps.

use alloc::string::String;
use alloc::vec::Vec;

use super::record::{LeftOut, Purpose};
use crate::id::ExchangeId;
use crate::time::Micros;

/// A probe that was tried, or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeRun {
    /// The probe. A recording of another version may know others than this one.
    pub slug: String,
    /// When it began.
    pub at: Micros,
    /// Why it was not tried.
    pub left_out: Option<LeftOut>,
    /// The requests of its steps, in their order. Fewer than it has steps when it could not go on.
    pub steps: Vec<ExchangeId>,
    /// The requests that ended the sessions it opened.
    pub ends: Vec<ExchangeId>,
}

/// Which step of which probe a request was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbeStep {
    /// Its place among [`Trace::probes`](super::Trace::probes).
    pub run: usize,
    /// Its step, from 0; `None` for the end of a session that the probe opened.
    pub step: Option<usize>,
}

/// Gives a request its place in the probe that began last.
pub(super) fn on_request(runs: &mut [ProbeRun], id: ExchangeId, purpose: Purpose) -> Option<ProbeStep> {
    let at = runs.len().checked_sub(1)?;
    let run = &mut runs[at];
    match purpose {
        Purpose::Probe => {
            run.steps.push(id);
            Some(ProbeStep { run: at, step: Some(run.steps.len() - 1) })
        }
        Purpose::ProbeEnd => {
            run.ends.push(id);
            Some(ProbeStep { run: at, step: None })
        }
        _ => None,
    }
}
