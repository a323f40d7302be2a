//! What the time gutter shows.

use alloc::format;
use alloc::string::{String, ToString};

use super::{Options, TimeMode};
use crate::time::{Micros, Wall, human_duration};

const MINUTE: u64 = 60_000_000;

/// Writes the times of rows, from the top down.
pub(super) struct Gutter {
    mode: TimeMode,
    began: Option<Wall>,
    /// Nothing is known of when things happened, and nothing is written.
    unknown: bool,
    offset_minutes: i32,
    /// What [`TimeMode::SinceStart`] counts from.
    anchor: Option<Micros>,
    /// The first row's time.
    start: Option<Micros>,
    previous: Option<Micros>,
    /// The time of the selected event, if the recording has it.
    selected: Option<Micros>,
}

impl Gutter {
    pub(super) fn new(options: &Options, began: Option<Wall>, selected: Option<Micros>) -> Self {
        let mode = match options.time {
            TimeMode::Clock if began.is_none() => TimeMode::SinceStart,
            TimeMode::SinceSelected(_) if selected.is_none() => TimeMode::SinceStart,
            mode => mode,
        };
        let offset_minutes = options.utc_offset_minutes;
        Self { mode, began, unknown: false, offset_minutes, anchor: None, start: None, previous: None, selected }
    }

    /// The recording does not say when things happened.
    pub(super) const fn without_times(mut self, unknown: bool) -> Self {
        self.unknown = unknown;
        self
    }

    /// A silence was folded: counting starts anew.
    pub(super) const fn after_gap(&mut self) {
        self.anchor = None;
    }

    /// The time of the next row.
    pub(super) fn next(&mut self, at: Micros) -> String {
        if self.unknown {
            return String::new();
        }
        let previous = self.previous.replace(at).unwrap_or(at);
        let start = *self.start.get_or_insert(at);
        match (self.mode, self.selected) {
            (TimeMode::Clock, _) => self.clock(at).unwrap_or_default(),
            (TimeMode::SincePrevious, _) => since(at.saturating_sub(previous)),
            (TimeMode::SinceSelected(_), Some(selected)) if at < selected => {
                since(selected.saturating_sub(at)).replace('+', "\u{2212}")
            }
            (TimeMode::SinceSelected(_), Some(selected)) => since(at.saturating_sub(selected)),
            _ => match self.anchor {
                Some(anchor) => since(at.saturating_sub(anchor)),
                None => {
                    self.anchor = Some(at);
                    self.clock(at).unwrap_or_else(|| since(at.saturating_sub(start)))
                }
            },
        }
    }

    /// The time of a row that is about those below it: that of day, where it is known. Counting starts anew.
    pub(super) fn moment(&mut self, at: Micros) -> String {
        self.anchor = Some(at);
        self.clock(at).unwrap_or_default()
    }

    fn clock(&self, at: Micros) -> Option<String> {
        let utc = self.began?.saturating_add(at);
        Some(Wall(utc.0.saturating_add(i64::from(self.offset_minutes) * 60_000)).time())
    }
}

/// A span with its sign: as people say it below a minute, and to the millisecond above, where "+23 min" would make
/// neighbours look the same.
fn since(span: Micros) -> String {
    if span.0 < MINUTE {
        return span.offset();
    }
    let millis = span.as_millis();
    let (hours, minutes, seconds, millis) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60, millis % 1_000);
    match hours {
        0 => format!("+{minutes}:{seconds:02}.{millis:03}"),
        _ => format!("+{hours}:{minutes:02}:{seconds:02}.{millis:03}"),
    }
}

/// A silence in words: `5 seconds`, `23 minutes`, `2 h 5 min`.
pub(super) fn silence(span: Micros) -> String {
    let seconds = span.as_millis() / 1_000;
    match seconds {
        0..60 => super::phrases::count(seconds, "second"),
        60..3_600 => super::phrases::count(seconds / 60, "minute"),
        _ => human_duration(span.0).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(time: TimeMode, began: Option<Wall>, selected: Option<Micros>) -> [String; 3] {
        let mut gutter = Gutter::new(&Options { time, utc_offset_minutes: 90, ..Options::default() }, began, selected);
        [0, 41_000, 1_408_206_000].map(|at| gutter.next(Micros(at)))
    }

    #[test]
    fn the_clock_is_local_and_falls_back_when_unknown() {
        let began = Wall::parse("2026-11-21T23:07:12.004Z");
        assert_eq!(times(TimeMode::Clock, began, None), ["00:37:12.004", "00:37:12.045", "01:00:40.210"]);
        assert_eq!(times(TimeMode::Clock, None, None), ["+0 ms", "+41 ms", "+23:28.206"]);
    }

    #[test]
    fn spans_count_from_the_start_the_row_before_or_the_selected_event() {
        assert_eq!(times(TimeMode::SincePrevious, None, None), ["+0 ms", "+41 ms", "+23:28.165"]);
        let selected = TimeMode::SinceSelected("1.response".parse().unwrap());
        assert_eq!(times(selected, None, Some(Micros(41_000))), ["\u{2212}41 ms", "+0 ms", "+23:28.165"]);
    }

    #[test]
    fn after_a_folded_silence_counting_starts_with_the_time_of_day() {
        let mut gutter = Gutter::new(&Options::default(), Wall::parse("2026-11-21T17:07:12Z"), None);
        let first = [gutter.next(Micros(4_000)), gutter.next(Micros(45_000))];
        gutter.after_gap();
        let second = [gutter.next(Micros::from_secs(600)), gutter.next(Micros(600_000_900))];
        assert_eq!(first, ["17:07:12.004", "+41 ms"]);
        assert_eq!(second, ["17:17:12.000", "+0.9 ms"]);
    }

    #[test]
    fn a_silence_is_said_in_words() {
        assert_eq!(silence(Micros::from_secs(2)), "2 seconds");
        assert_eq!(silence(Micros::from_secs(60)), "1 minute");
        assert_eq!(silence(Micros::from_secs(1_400)), "23 minutes");
        assert_eq!(silence(Micros::from_secs(7_500)), "2 h 5 min");
    }
}
