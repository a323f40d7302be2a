//! Where two recordings first part, in a sentence or two.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::known::How;
use super::{Comparison, Names, Part, Row, exchange::Section};
use crate::numbers::count;

/// Where two recordings first part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The row; `None` when every step came out alike.
    pub at: Option<usize>,
    /// One sentence: `Both go alike up to tools/list; there this recording got 404 and the other 200.`
    pub headline: String,
    /// What was not the same before that, and may be the reason: a sentence each.
    pub before: Vec<String>,
}

/// Finds where two recordings first part.
pub(super) fn parting(comparison: &Comparison, names: Names<'_>) -> Parting {
    let rows = &comparison.rows;
    let teller = Teller { rows, names };
    // What came out differently tells the most, then who went another way, then what was said.
    let outcome = rows.iter().position(Row::parts);
    let apart = |row: &Row| row.names.is_some() || (row.is_alone() && !row.is_optional && !row.not_known);
    let way = rows.iter().position(apart);
    let headline = match (outcome, way) {
        (Some(at), _) => teller.outcome(at, way.is_none_or(|alone| alone >= at)),
        (None, Some(at)) => teller.way(at),
        (None, None) => teller.alike(comparison),
    };
    let at = outcome.or(way);
    let before = at.into_iter().flat_map(|at| [teller.sent_before(at), teller.silent_before(at)]).flatten().collect();
    Parting { at, headline: capital(&headline), before }
}

struct Teller<'a> {
    rows: &'a [Row],
    names: Names<'a>,
}

impl Teller<'_> {
    /// A step that came out differently. `alike`: nothing parted them before.
    fn outcome(&self, at: usize, alike: bool) -> String {
        let Some(row) = self.rows.get(at) else { return String::new() };
        if let Some((one, other)) = &row.names {
            // The steps are not the same either: one stands for the other.
            let (left, right) = (format!("{}, with {one},", self.names.left), format!("{}, with {other},", self.names.right));
            let says = clauses(row, Names { left: &left, right: &right });
            let start = if self.is_first(at) { "They part at the first step" } else { "They part where the conversation opens" };
            return format!("{start}: {says}.");
        }
        let says = clauses(row, self.names);
        let step = self.name(at);
        if !alike {
            return format!("The first step of both that came out differently is {step}: {says}.");
        }
        if self.is_first(at) {
            return format!("They part at the first step, {step}: {says}.");
        }
        format!("Both go alike up to {step}; there {says}.")
    }

    /// A step that only one of them has, or for which the other has another one.
    fn way(&self, at: usize) -> String {
        let Names { left, right } = self.names;
        let names = self.rows.get(at).and_then(|row| row.names.as_ref());
        if let Some((one, other)) = names {
            let start = if self.is_first(at) { "They part at the first step" } else { "They part where the conversation opens" };
            return format!("{start}: {left} asks for {one} and {right} for {other}.");
        }
        let gap: Vec<usize> = (at..self.rows.len())
            .take_while(|n| self.rows.get(*n).is_some_and(|row| row.is_alone() || row.is_optional))
            .collect();
        let next = |is_left: bool| {
            let own = |n: &&usize| {
                self.rows
                    .get(**n)
                    .is_some_and(|row| !row.is_optional && if is_left { row.left.is_some() } else { row.right.is_some() })
            };
            gap.iter().find(own).map(|n| self.name(*n))
        };
        let ends = gap.last().is_none_or(|last| last + 1 == self.rows.len());
        let before = self.rows.iter().take(at).rposition(|row| !row.is_alone() && !row.is_optional);
        let start = match before {
            Some(before) => format!("Both go alike up to {}; then ", self.name(before)),
            None => "They part at the first step: ".to_owned(),
        };
        let goes = if before.is_some() { "goes on with" } else { "begins with" };
        let says = match (next(true), next(false)) {
            (Some(one), Some(other)) => format!("{left} {goes} {one} and {right} with {other}."),
            (Some(one), None) if ends => format!("{left} {goes} {one}, and {right} {}.", ends_there(before)),
            (None, Some(other)) if ends => format!("{right} {goes} {other}, and {left} {}.", ends_there(before)),
            (Some(one), None) => format!("only {left} {goes} {one}."),
            (None, Some(other)) => format!("only {right} {goes} {other}."),
            (None, None) => return start,
        };
        start + &says
    }

    /// Nothing parts them: then what they say may differ.
    fn alike(&self, comparison: &Comparison) -> String {
        if self.rows.is_empty() {
            return "Neither recording holds an exchange.".to_owned();
        }
        let content = [Part::Body, Part::Status, Part::Headers, Part::End, Part::Asked, Part::Sent, Part::Request, Part::Timing];
        let steps = self.rows.iter().filter(|row| !row.is_alone()).count();
        let told = content.iter().find_map(|part| self.content(comparison, *part));
        let hidden = comparison.rows.iter().any(|row| row.not_known);
        let but = if hidden { " What is covered or hidden on one side could not be compared." } else { "" };
        match told {
            Some(told) => format!("Every step came out alike. {told}"),
            None if steps == 0 => format!("There is no step that both take.{but}"),
            None => format!("Both recordings show the same: {}, asked and answered alike.{but}", count(steps as u64, "step")),
        }
    }

    /// The first difference of one kind in what was said.
    fn content(&self, comparison: &Comparison, part: Part) -> Option<String> {
        let at = self.rows.iter().position(|row| row.differs.contains(&part))?;
        let name = self.name(at);
        let Names { left, right } = self.names;
        let section = comparison.first.get(&part)?;
        let line = section.lines.iter().find(|line| line.how == How::Differs)?;
        let place = line.place.trim();
        let place = if place.is_empty() { "the text" } else { place };
        Some(match (part, &line.left, &line.right) {
            (Part::Timing, Some(one), Some(other)) => {
                format!("What differs is the time: at {name}, “{place}” is {one} in {left} and {other} in {right}.")
            }
            (_, Some(_), None) => format!("The first difference is in the {} of {name}: {place} is only in {left}.", word(part)),
            (_, None, Some(_)) => format!("The first difference is in the {} of {name}: {place} is only in {right}.", word(part)),
            _ => format!("The first difference is in the {} of {name}: {place}.", word(part)),
        })
    }

    /// What was sent otherwise up to a row.
    fn sent_before(&self, at: usize) -> Option<String> {
        let Names { left, right } = self.names;
        let differs = |row: &Row| row.differs.iter().any(|part| part.is_sent());
        let first = self.rows.iter().take(at + 1).position(differs)?;
        let what = match self.rows.get(first)?.sent.as_ref()? {
            (place, true, false) => format!("{place} was sent only by {left}"),
            (place, false, true) => format!("{place} was sent only by {right}"),
            (place, ..) => format!("{place} is not the same"),
        };
        Some(format!("What was sent differs as well: at {}, {what}.", self.name(first)))
    }

    /// How long nothing was sent before a row, where that differs.
    fn silent_before(&self, at: usize) -> Option<String> {
        let Names { left, right } = self.names;
        let (one, other) = self.rows.get(at)?.silence.as_ref()?;
        Some(format!("Before {}, nothing happened for {one} in {left} and for {other} in {right}.", self.name(at)))
    }

    /// The step of a row, with its number when it was taken before: `a second tools/list`.
    fn name(&self, at: usize) -> String {
        let Some(row) = self.rows.get(at) else { return String::new() };
        let is_left = row.left.is_some();
        let same = |other: &&Row| other.name == row.name && (if is_left { other.left.is_some() } else { other.right.is_some() });
        let before = self.rows.iter().take(at).filter(same).count();
        let name = &row.name;
        match before {
            0 => name.clone(),
            1 => format!("a second {name}"),
            2 => format!("a third {name}"),
            3 => format!("a fourth {name}"),
            n => format!("{name} number {}", n + 1),
        }
    }

    fn is_first(&self, at: usize) -> bool {
        self.rows.iter().take(at).all(|row| row.is_optional)
    }
}

/// What came on both sides, in one clause: `this recording got 404 and the other 200`.
fn clauses(row: &Row, Names { left, right }: Names<'_>) -> String {
    let (one, other) = (row.came.0.clause(left, row.came.1), row.came.1.clause(right, row.came.0));
    // Said once.
    let other = match other.strip_prefix(&format!("{right} got ")) {
        Some(rest) if one.starts_with(&format!("{left} got ")) => format!("{right} {rest}"),
        _ => other,
    };
    format!("{one} and {other}")
}

/// The first place of what was sent that differs: where, and on which sides it stands.
pub(super) fn sent(sections: &[Section]) -> Option<(String, bool, bool)> {
    let lines = sections.iter().filter(|section| section.part.is_sent()).flat_map(|section| &section.lines);
    let line = lines.into_iter().find(|line| line.how == How::Differs)?;
    let place = line.place.trim();
    let place = if place.is_empty() { "the body" } else { place };
    Some((place.to_string(), line.left.is_some(), line.right.is_some()))
}

const fn ends_there(before: Option<usize>) -> &'static str {
    if before.is_some() { "ends there" } else { "holds nothing" }
}

const fn word(part: Part) -> &'static str {
    match part {
        Part::Body => "answer",
        Part::Headers => "headers of the answer",
        Part::Asked => "body sent",
        Part::Sent => "headers sent",
        Part::Request => "request line",
        Part::Status | Part::Timing | Part::End => part.word(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}
