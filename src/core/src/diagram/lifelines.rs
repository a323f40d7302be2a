//! The lives of sessions, side by side: each in the first column that is free.

use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

use super::phrases::count;
use super::{HEADER, Lifeline, LifelineEnd, Mark, Row, SESSION_COLUMNS};
use crate::id::EventRef;
use crate::sort::sort_by;
use crate::trace::{Trace, letter};

/// The causes whose mark stands where the server no longer knew a session.
const FORGOTTEN: [&str; 3] = ["session-stale", "sse-session-lost", "session-ended-by-client"];

/// A lifeline and the column it stands in.
pub(super) type Placed = (Lifeline, u32);

/// Lays out the sessions between the top and the bottom of the diagram; their `x` is still to be set.
pub(super) fn lifelines(
    trace: &Trace,
    rows: &[Row],
    marks: &[Mark],
    row_of: &dyn Fn(EventRef) -> Option<usize>,
    bottom: u32,
) -> Vec<Placed> {
    let y_of = |event| row_of(event).and_then(|row| rows.get(row)).map(Row::line_y);
    let forgotten = forgotten(trace, marks, &y_of);
    let mut lines: Vec<Lifeline> = (trace.sessions().iter().enumerate())
        .map(|(session, line)| {
            let letter = letter(session);
            let ended = line.ended.and_then(y_of).map(|y| (y, LifelineEnd::Ended));
            let broke = forgotten[session].map(|y| (y, LifelineEnd::Forgotten));
            let (to, end) = ended.into_iter().chain(broke).min_by_key(|(y, _)| *y).unwrap_or((bottom, LifelineEnd::Open));
            let from = line.issued.and_then(y_of).unwrap_or(HEADER);
            let label = format!("session {letter}");
            Lifeline { session, letter, label, sessions: 1, x: 0, from, to: to.max(from), issued: line.issued.is_some(), end }
        })
        .collect();
    sort_by(&mut lines, |line| [u64::from(line.from), line.session as u64, 0]);
    columns(lines)
}

/// Where each session was first refused as unknown, by the findings.
fn forgotten(trace: &Trace, marks: &[Mark], y_of: &dyn Fn(EventRef) -> Option<u32>) -> Vec<Option<u32>> {
    let mut forgotten = vec![None; trace.sessions().len()];
    for mark in marks.iter().filter(|mark| FORGOTTEN.contains(&mark.slug.as_str())) {
        let sent = trace.exchange(mark.at.exchange).and_then(|exchange| exchange.session_sent());
        let session = sent.and_then(|id| trace.sessions().iter().position(|line| line.id == id));
        if let (Some(session), Some(y)) = (session, y_of(mark.at)) {
            forgotten[session] = Some(forgotten[session].map_or(y, |before: u32| before.min(y)));
        }
    }
    forgotten
}

/// Gives each line, in the order of their beginnings, the first column that is free there. When there are more than
/// [`SESSION_COLUMNS`] at once, those beyond the others share the last column.
fn columns(lines: Vec<Lifeline>) -> Vec<Placed> {
    let own = if most_at_once(&lines) > SESSION_COLUMNS as usize { SESSION_COLUMNS - 1 } else { SESSION_COLUMNS };
    let mut free_from = vec![0_u32; own as usize];
    let mut placed: Vec<Placed> = Vec::with_capacity(lines.len());
    let mut shared: Option<usize> = None;
    for line in lines {
        let free = free_from.iter().position(|free| *free <= line.from);
        if let Some(column) = free {
            free_from[column] = line.to + 1;
            placed.push((line, column as u32));
            continue;
        }
        match shared.and_then(|at| placed.get_mut(at)).filter(|(last, _)| line.from <= last.to) {
            Some((last, _)) => merge(last, &line),
            None => {
                shared = Some(placed.len());
                placed.push((line, own));
            }
        }
    }
    placed
}

fn merge(into: &mut Lifeline, line: &Lifeline) {
    into.sessions += 1;
    into.label = count(into.sessions as u64, "session");
    if line.to > into.to {
        (into.to, into.end) = (line.to, line.end);
    }
}

/// How many lines there are at the height where there are most. Lines come in the order of their beginnings.
fn most_at_once(lines: &[Lifeline]) -> usize {
    let mut ends: Vec<u32> = lines.iter().map(|line| line.to).collect();
    sort_by(&mut ends, |end| [u64::from(*end), 0, 0]);
    let mut over = 0;
    let mut most = 0;
    for (begun, line) in lines.iter().enumerate() {
        while ends.get(over).is_some_and(|end| *end < line.from) {
            over += 1;
        }
        most = most.max(begun + 1 - over);
    }
    most
}
