//! Rows without an arrow: silences, captions, and rounds of a watch that are folded.

use alloc::format;
use alloc::string::String;

use super::captions::Rounds;
use super::layout::{Draft, LOW_ROW};
use super::phrases::count;
use super::times::silence;
use super::{ROW, Row, RowKind, Tone};
use crate::id::EventRef;
use crate::time::Micros;

/// A silence is worth a row when it is longer than this.
const SILENCE: Micros = Micros::from_secs(2);

impl Draft<'_> {
    /// A row for the time in which nothing happened, when that was long.
    pub(super) fn silence(&mut self, until: Micros) {
        let Some(last) = self.last else { return };
        let since = last.max(self.arriving);
        let span = until.saturating_sub(since);
        if span <= SILENCE {
            return;
        }
        let for_long = silence(span);
        let comments = match self.ticks.len() {
            0 => String::new(),
            n => format!(", but for {}", count(n as u64, "comment")),
        };
        let (kind, label) = if self.unanswered > 0 {
            (RowKind::Waiting, format!("{for_long} without an answer{comments}"))
        } else if !self.open.is_empty() {
            let streams = if self.open.len() == 1 { "stream" } else { "streams" };
            (RowKind::Waiting, format!("{for_long} of silence on the open {streams}{comments}"))
        } else {
            self.gutter.after_gap();
            (RowKind::Gap, format!("{for_long} without traffic"))
        };
        self.push_band(since, ROW, kind, String::new(), label);
    }

    /// A line that is about those below it.
    pub(super) fn caption(&mut self, at: Micros, text: String) {
        self.silence(at);
        self.last = Some(at);
        let time = self.gutter.moment(at);
        self.push_band(at, LOW_ROW, RowKind::Caption, time, text);
    }

    /// A line for rounds that were all alike. That nothing happened between them is no silence worth telling.
    pub(super) fn rounds(&mut self, rounds: Rounds) {
        let row = self.rows.len();
        self.index.extend(rounds.exchanges.iter().map(|id| (EventRef::request(*id), row)));
        self.push_band(rounds.at, ROW, RowKind::Rounds, String::new(), rounds.label);
        self.last = Some(rounds.until);
    }

    /// A row without an arrow, that no single event makes.
    pub(super) fn push_band(&mut self, at: Micros, height: u32, kind: RowKind, time: String, label: String) {
        let says = format!("{label}.");
        let (note, tone, lane) = (String::new(), Tone::Normal, 1);
        let (event, session, mark, arrow) = (None, None, None, None);
        self.push(Row { event, at, y: self.y, height, kind, time, label, note, tone, session, lane, mark, arrow, says });
    }
}
