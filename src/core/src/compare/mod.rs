//! Two recordings side by side: which steps belong together, what differs in them, and where they first part.
//!
//! What one side cannot show (hidden by CORS, opaque, covered when it was shared, never recorded) is not known, and never a
//! difference. What differs every time (dates, ids, handles) is told apart from what says something.

mod align;
mod body;
mod came;
mod exchange;
mod facts;
mod findings;
mod headers;
mod json;
mod known;
mod parting;
mod side;
mod step;
mod timing;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use exchange::{Line, Part, Section};
pub use facts::{Fact, facts};
pub use findings::{Found, Seen};
pub use known::How;
pub use parting::Parting;
pub use side::Side;
pub use timing::RULE;

use crate::diagram;
use crate::id::ExchangeId;
use crate::limits::{COMPARE_BYTES, JSON_BODY_BYTES};
use crate::trace::Trace;
use came::Came;
use step::Step;

/// Two recordings, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The steps of both, in their order.
    pub rows: Vec<Row>,
    /// What is found in them.
    pub findings: Vec<Found>,
    /// Of every part the first section in which it differs.
    first: BTreeMap<Part, Section>,
}

/// One step: an exchange of each recording, or of one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it asks for.
    pub name: String,
    /// The exchange on the left.
    pub left: Option<ExchangeId>,
    /// The exchange on the right.
    pub right: Option<ExchangeId>,
    /// What came on the left, in the words of the ladder.
    pub left_came: String,
    /// What came on the right.
    pub right_came: String,
    /// The parts in which they differ so that it says something.
    pub differs: Vec<Part>,
    /// Whether something of it could not be compared; of a step that stands alone, whether the other recording may have had it.
    pub not_known: bool,
    /// What both sides ask for, where one step stands for another.
    names: Option<(String, String)>,
    /// Whether a client can do without the step.
    is_optional: bool,
    /// What came on both sides.
    came: (Came, Came),
    /// The first thing that was sent otherwise: where, and on which sides it stands.
    sent: Option<(String, bool, bool)>,
    /// How long nothing was sent before it, where that differs.
    silence: Option<(String, String)>,
}

impl Row {
    /// Whether only one recording has the step.
    pub const fn is_alone(&self) -> bool {
        self.left.is_none() || self.right.is_none()
    }

    /// The parts in which they differ, in words: each once.
    pub fn words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.differs.iter().map(|part| part.word()).collect();
        words.dedup();
        words
    }

    /// Whether it came out differently.
    fn parts(&self) -> bool {
        !self.is_alone() && self.came.0.parts_from(self.came.1)
    }
}

/// What the two recordings are called in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The one on the left.
    pub left: &'a str,
    /// The one on the right.
    pub right: &'a str,
}

impl Comparison {
    /// Compares two recordings. The cost is bounded: above [`COMPARE_BYTES`] of bodies the rest of them is not known, until its
    /// exchanges are compared by [`exchanges`].
    pub fn of(left: &Side<'_>, right: &Side<'_>) -> Self {
        let steps = |trace: &Trace| trace.exchanges().iter().map(|exchange| Step::of(trace, exchange)).collect::<Vec<_>>();
        let (ours, theirs) = (steps(left.trace), steps(right.trace));
        let (left_came, right_came) = (diagram::came(left.trace), diagram::came(right.trace));
        let mut budget = COMPARE_BYTES;
        let mut first = BTreeMap::new();
        let pairs = align::align(&ours, &theirs, Step::fit);
        let mut row = |(at, beside): align::Pair| {
            let step = at.and_then(|at| ours.get(at)).or(beside.and_then(|at| theirs.get(at)))?;
            let names = match (at.and_then(|at| ours.get(at)), beside.and_then(|at| theirs.get(at))) {
                (Some(one), Some(other)) if one.fit(other) == align::LOOSE => Some((one.name(), other.name())),
                _ => None,
            };
            let one = at.and_then(|at| left.trace.exchanges().get(at));
            let other = beside.and_then(|at| right.trace.exchanges().get(at));
            let came = |side: &Side<'_>, exchange: Option<_>| exchange.map_or(Came::Unknown, |of| Came::of(side.trace, of));
            let mut row = Row {
                name: names.as_ref().map_or_else(|| step.name(), |(one, other)| format!("{one} / {other}")),
                names,
                left: one.map(|exchange| exchange.id),
                right: other.map(|exchange| exchange.id),
                left_came: one.and_then(|exchange| left_came.get(&exchange.id)).cloned().unwrap_or_default(),
                right_came: other.and_then(|exchange| right_came.get(&exchange.id)).cloned().unwrap_or_default(),
                differs: Vec::new(),
                not_known: (one.is_none() && left.is_partial) || (other.is_none() && right.is_partial),
                is_optional: step.is_optional(),
                came: (came(left, one), came(right, other)),
                sent: None,
                silence: None,
            };
            if let (Some(one), Some(other)) = (one, other) {
                let sections = exchange::compare((left, one), (right, other), &mut budget);
                row.take(&sections);
                for section in sections.into_iter().filter(Section::differs) {
                    first.entry(section.part).or_insert(section);
                }
            }
            Some(row)
        };
        let rows = pairs.into_iter().filter_map(&mut row).collect();
        Self { rows, findings: findings::findings(left.trace, right.trace), first }
    }

    /// Where the two first part, in words.
    pub fn parting(&self, names: Names<'_>) -> Parting {
        parting::parting(self, names)
    }

    /// The row of an exchange on the left, or on the right.
    pub fn row_of(&self, left: Option<ExchangeId>, right: Option<ExchangeId>) -> Option<usize> {
        self.rows.iter().position(|row| (left.is_some() && row.left == left) || (right.is_some() && row.right == right))
    }
}

impl Row {
    fn take(&mut self, sections: &[Section]) {
        self.differs = sections.iter().filter(|section| section.differs()).map(|section| section.part).collect();
        self.not_known = sections.iter().flat_map(|section| &section.lines).any(|line| line.how == How::NotKnown);
        self.sent = parting::sent(sections);
        let times = sections.iter().filter(|section| section.part == Part::Timing).flat_map(|section| &section.lines);
        let silence = times.into_iter().find(|line| line.place == timing::SILENCE && line.how == How::Differs);
        self.silence = silence.and_then(|line| Some((line.left.clone()?, line.right.clone()?)));
    }
}

/// Compares two exchanges of two recordings, whichever; nothing when one of them is not there.
pub fn exchanges(left: &Side<'_>, one: ExchangeId, right: &Side<'_>, other: ExchangeId) -> Vec<Section> {
    let (Some(one), Some(other)) = (left.trace.exchange(one), right.trace.exchange(other)) else { return Vec::new() };
    let mut budget = 4 * JSON_BODY_BYTES;
    exchange::compare((left, one), (right, other), &mut budget)
}
