//! The exchanges that the findings of a recording stand on: what is left when everything else is taken out.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::diagnose::{Facts, Finding, Report, diagnose, report};
use crate::id::ExchangeId;
use crate::trace::{About, Command, Exchange, Outcome, Purpose, Record, Trace, What};

/// Of so many exchanges each is tried whether it can be left out; of more only whole kinds are.
const TRIED: usize = 24;

/// What must not change when something is left out.
#[derive(PartialEq)]
struct Told {
    outcome: Outcome,
    findings: Vec<Finding>,
    reports: Vec<Report>,
}

impl Told {
    fn by(trace: &Trace) -> Self {
        let findings = diagnose(trace);
        let reports = findings.iter().map(|finding| report(finding, trace)).collect();
        Self { outcome: trace.outcome(), findings, reports }
    }
}

/// The records of a recording that are needed to find and tell the same. All of them when nothing was found, or everything is
/// needed.
pub(super) fn needed(about: &About, records: Vec<Record>) -> Vec<Record> {
    let mut records = records;
    loop {
        let trace = Trace::of(about.clone(), records.iter().cloned());
        let told = Told::by(&trace);
        if told.findings.is_empty() || told.outcome != Outcome::Failed {
            return records;
        }
        let kept = smallest(about, &records, &trace, &told);
        let fewer = only(&records, &kept);
        // What is left is tried again, until nothing more can go: so that doing it twice changes nothing.
        if fewer.len() == records.len() || !tells(about, &fewer, &told) {
            return records;
        }
        records = fewer;
    }
}

/// The smallest set of exchanges we know of that tells the same.
fn smallest(about: &About, records: &[Record], trace: &Trace, told: &Told) -> BTreeSet<ExchangeId> {
    let enough = |kept: &BTreeSet<ExchangeId>| tells(about, &only(records, kept), told);
    let facts = Facts::of(trace);
    let evidence = told.findings.iter().flat_map(|finding| &finding.evidence);
    let shown: BTreeSet<ExchangeId> = evidence.flat_map(|event| [event.exchange, facts.about(*event)]).collect();
    let and = |more: &dyn Fn(&Exchange) -> bool| -> BTreeSet<ExchangeId> {
        let wanted = trace.exchanges().iter().filter(|exchange| shown.contains(&exchange.id) || more(exchange));
        wanted.map(|exchange| exchange.id).collect()
    };
    let aside = |exchange: &Exchange| matches!(exchange.purpose, Purpose::Call | Purpose::ListTools | Purpose::Other);
    let sets = [
        and(&|exchange| exchange.purpose.opens() || exchange.purpose.is_probe()),
        and(&|exchange| !aside(exchange) || !exchange.succeeded()),
        and(&|_| true),
    ];
    let mut kept = sets.iter().find(|set| enough(set)).cloned().unwrap_or_else(|| and(&|_| true));
    if kept.len() <= TRIED {
        for exchange in kept.clone().difference(&shown) {
            kept.remove(exchange);
            if !enough(&kept) {
                kept.insert(*exchange);
            }
        }
    }
    kept
}

fn tells(about: &About, records: &[Record], told: &Told) -> bool {
    Told::by(&Trace::of(about.clone(), records.iter().cloned())) == *told
}

/// The records of these exchanges, and what the person asked as far as it is about the run.
fn only(records: &[Record], kept: &BTreeSet<ExchangeId>) -> Vec<Record> {
    let is_kept = |record: &&Record| match &record.what {
        What::Command(Command::Call { .. } | Command::Answer { .. }) => false,
        What::Command(Command::Cancel(id)) => kept.contains(id),
        what => what.exchange().is_none_or(|id| kept.contains(&id)),
    };
    records.iter().filter(is_kept).cloned().collect()
}
