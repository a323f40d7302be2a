//! A finding in words, as far as they depend on the trace.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::facts::Facts;
use super::{Certainty, Finding, How, Kind, Subject, wording};
use crate::id::EventRef;
use crate::trace::{Purpose, Trace};

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

/// Whether only something that a person asked for by hand was refused, by the server and in JSON-RPC: the session is none the worse.
fn is_of_a_call(finding: &Finding, facts: &Facts<'_>) -> bool {
    let Some(failure) = facts.failure_of(finding).filter(|failure| failure.exchange.purpose == Purpose::Call) else {
        return false;
    };
    let of_the_call = matches!(failure.about, Subject::Params | Subject::Method | Subject::Internal | Subject::Unsaid);
    let only = facts.failures.iter().all(|other| other.exchange.purpose == Purpose::Call);
    of_the_call && only && matches!(failure.how, How::Error(_)) && failure.is_refused_in_rpc()
}

/// What would prove a finding of a recording that does not hold what was asked.
fn unasked(finding: &Finding, facts: &Facts<'_>) -> Option<String> {
    let exchange = facts.exchange_of(finding).filter(|exchange| exchange.asks_unknown());
    let open = finding.kind == Kind::Problem && finding.certainty != Certainty::Proven;
    exchange.filter(|_| open).map(|_| "What was asked is not in this recording; with it there would be no doubt.".into())
}

/// Puts a finding of this trace into words.
pub fn report(finding: &Finding, trace: &Trace) -> Report {
    let facts = Facts::of(trace);
    let say = (finding.cause.say)(finding, &facts);
    Report {
        headline: match is_of_a_call(finding, &facts) {
            true => format!("The session works, but {}", say.headline),
            false => wording::sentence(&say.headline),
        },
        summary: wording::sentence(&say.summary),
        proof: finding.evidence.iter().map(|at| Proof { text: wording::event(&facts, *at), at: *at }).collect(),
        missing: say.missing.or_else(|| unasked(finding, &facts)),
        probe: say.probe.filter(|slug| !facts.was_probed(slug, finding)),
    }
}
