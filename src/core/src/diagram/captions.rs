//! Quiet lines between the arrows: which probe follows, what a watch saw, and rounds of a watch that were all alike, folded.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::phrases::count;
use super::steps::Step;
use crate::id::{EventRef, ExchangeId};
use crate::probe;
use crate::time::Micros;
use crate::trace::{Exchange, Purpose, Trace};
use crate::watch::watched;

/// So many rounds of a watch that are alike are shown; of more, the first and the last.
const ROUNDS_SHOWN: usize = 3;

/// A line of the ladder: an arrow, or something said between two.
pub(super) enum Line<'a> {
    Step(Step<'a>),
    /// What the lines below are about.
    Caption(Micros, String),
    /// Rounds of a watch that were all alike.
    Rounds(Rounds),
}

/// Rounds that are folded into one line.
pub(super) struct Rounds {
    pub(super) at: Micros,
    /// When the next line begins.
    pub(super) until: Micros,
    pub(super) label: String,
    pub(super) exchanges: Vec<ExchangeId>,
}

/// The steps with what is said between them.
pub(super) fn lines<'a>(trace: &'a Trace, steps: Vec<Step<'a>>) -> Vec<Line<'a>> {
    let mut captions = captions(trace);
    let changes: BTreeSet<ExchangeId> = captions.iter().map(|(event, ..)| event.exchange).collect();
    let folds = folds(&steps, &changes);
    let hidden: BTreeMap<ExchangeId, usize> =
        folds.iter().enumerate().flat_map(|(n, fold)| fold.hidden.iter().map(move |id| (*id, n))).collect();
    let mut lines = Vec::with_capacity(steps.len() + captions.len());
    for step in steps {
        if let Some(at) = captions.iter().position(|(event, ..)| *event == step.event) {
            let (_, at, text) = captions.remove(at);
            lines.push(Line::Caption(at, text));
        }
        let fold = hidden.get(&step.exchange.id).and_then(|n| folds.get(*n));
        match fold {
            Some(fold) if step.event == EventRef::request(fold.first.id) => lines.push(Line::Rounds(fold.rounds())),
            Some(_) => {}
            None => lines.push(Line::Step(step)),
        }
    }
    lines
}

/// What is said before an event, and when that was.
fn captions(trace: &Trace) -> Vec<(EventRef, Micros, String)> {
    let probes = trace.probes().iter().filter_map(|run| {
        let title = probe::by_slug(&run.slug).map_or(run.slug.as_str(), |probe| probe.title);
        Some((EventRef::request(*run.steps.first()?), run.at, format!("Probe · {title}")))
    });
    let moments = watched(trace).map(|watched| watched.moments).unwrap_or_default().into_iter();
    let moments = moments.filter_map(|moment| Some((moment.event?, moment.at, moment.change.words().to_owned())));
    probes.chain(moments).collect()
}

/// Rounds in a row that came out alike, between one that is shown before them and one after.
struct Fold<'a> {
    hidden: Vec<ExchangeId>,
    first: &'a Exchange,
    /// When what follows them begins.
    until: Micros,
    fastest: Micros,
    slowest: Micros,
}

impl Fold<'_> {
    fn rounds(&self) -> Rounds {
        let method = self.first.method().unwrap_or_default();
        let took = format!("each in {} to {}", self.fastest, self.slowest);
        let label = format!("{} of {method}, answered alike, {took}", count(self.hidden.len() as u64, "more round"));
        Rounds { at: self.first.at, until: self.until, label, exchanges: self.hidden.clone() }
    }
}

/// Finds the rounds to fold: each answered, with nothing else in between, and none of them the moment of a change.
fn folds<'a>(steps: &[Step<'a>], changes: &BTreeSet<ExchangeId>) -> Vec<Fold<'a>> {
    let mut folds = Vec::new();
    let mut alike: Vec<&Exchange> = Vec::new();
    let is_quiet = |exchange: &Exchange| {
        exchange.purpose == Purpose::Watch && exchange.succeeded() && exchange.is_over() && !changes.contains(&exchange.id)
    };
    for step in steps {
        let exchange = step.exchange;
        if alike.last().is_some_and(|last| last.id == exchange.id) {
            continue;
        }
        if !is_quiet(exchange) {
            folds.extend(fold(&alike));
            alike.clear();
        } else {
            if alike.last().is_some_and(|last| last.status() != exchange.status()) {
                folds.extend(fold(&alike));
                alike.clear();
            }
            alike.push(exchange);
        }
    }
    folds.extend(fold(&alike));
    folds
}

fn fold<'a>(alike: &[&'a Exchange]) -> Option<Fold<'a>> {
    let [_, hidden @ .., last] = alike else { return None };
    let first = hidden.first().filter(|_| alike.len() > ROUNDS_SHOWN)?;
    let took = |exchange: &&Exchange| exchange.last_at().saturating_sub(exchange.at);
    Some(Fold {
        hidden: hidden.iter().map(|exchange| exchange.id).collect(),
        first,
        until: last.at,
        fastest: hidden.iter().map(took).min().unwrap_or(Micros::ZERO),
        slowest: hidden.iter().map(took).max().unwrap_or(Micros::ZERO),
    })
}
