//! The ladder as numbers: which rows, lanes, lifelines and bars there are, and where. Renderings only draw it.
//!
//! [`layout`] is a pure function of the recording, in integer pixels, linear in the number of rows. The page, the text
//! form and the exports all read the same [`Diagram`], so what one shows the others show.

mod answers;
mod aside;
mod bands;
mod came;
mod captions;
mod client;
mod fit;
mod geometry;
mod layout;
mod lifelines;
mod phrases;
mod sentence;
mod steps;
mod text;
mod times;
mod words;

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

pub use came::came;
pub use fit::{fit, text_width};
pub use layout::layout;
pub use text::text;

use crate::id::EventRef;
use crate::time::Micros;

/// Height of the lane titles, in pixels: the first row begins here.
pub const HEADER: u32 = 48;

/// Height of a row that carries an arrow, in pixels.
pub const ROW: u32 = 34;

/// Sessions drawn side by side; more than these that live at once are merged into one lifeline with a count.
pub const SESSION_COLUMNS: u32 = 6;

/// A finding's place in the recording, given by whoever found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The event that proves it.
    pub at: EventRef,
    /// The slug of the root cause.
    pub slug: String,
    /// The finding in a few words.
    pub label: String,
}

/// What the time gutter counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeMode {
    /// The time of day. A recording that does not know it counts as [`TimeMode::SinceStart`] does.
    Clock,
    /// Time since the start. After a folded silence it starts anew, with the time of day where that is known.
    #[default]
    SinceStart,
    /// Time since the row before.
    SincePrevious,
    /// Time before or after this event.
    SinceSelected(EventRef),
}

/// How to lay a recording out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the gutter counts from.
    pub time: TimeMode,
    /// Whether comments (keep-alives) are rows of their own; otherwise they are ticks on the bar of their stream.
    pub comments: bool,
    /// Pixels available; taken as 360 to 2560.
    pub width: u32,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// Whether another page than the one that shows it made the recording.
    pub made_elsewhere: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { time: TimeMode::default(), comments: false, width: 664, utc_offset_minutes: 0, made_elsewhere: false }
    }
}

/// A recording laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// Who takes part, from left to right: the client, the server, and the authorization server when it was asked.
    pub lanes: Vec<Lane>,
    /// What happened, from top to bottom.
    pub rows: Vec<Row>,
    /// The sessions, beside the server's lane.
    pub lifelines: Vec<Lifeline>,
    /// The open event streams, on the server's lane.
    pub bars: Vec<Bar>,
    /// Pixels it takes.
    pub height: u32,
    /// Comments that are ticks instead of rows.
    pub hidden_comments: usize,
    /// Right edge of the times, which are right-aligned to it.
    pub gutter: u32,
    /// The rows of events, in the order of the events.
    index: Vec<(EventRef, usize)>,
    /// The rows that carry a mark.
    marked: Vec<usize>,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it is: `This page`, `Client`, `Server`, `Authorization server`.
    pub title: String,
    /// Which one: `your browser`, `orders.example.com`; empty when that is not known.
    pub subtitle: String,
    /// Its centre line.
    pub x: u32,
}

/// One line of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The event it stands for; `None` for rows that no single event makes (silences, events not kept).
    pub event: Option<EventRef>,
    /// When it happened.
    pub at: Micros,
    /// Its upper edge.
    pub y: u32,
    /// Its height.
    pub height: u32,
    /// What it is.
    pub kind: RowKind,
    /// What the gutter shows; empty for silences.
    pub time: String,
    /// What stands above the arrow, in full.
    pub label: String,
    /// What stands at the arrow's other end: `id 1`.
    pub note: String,
    /// How it is coloured.
    pub tone: Tone,
    /// The session it belongs to, as an index into the trace's sessions.
    pub session: Option<usize>,
    /// The lane at its other end, as an index into [`Diagram::lanes`]: the server, or the authorization server.
    pub lane: usize,
    /// The slug of the finding that has its place here; the first when there are several.
    pub mark: Option<String>,
    /// The arrow.
    pub arrow: Option<Arrow>,
    /// The whole row as a sentence, for the table and for screen readers.
    pub says: String,
}

impl Row {
    /// Where the arrow is drawn. Labels sit above it, lifelines and bars begin and end on it.
    pub const fn line_y(&self) -> u32 {
        self.y + self.height - 10
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A request left.
    Request,
    /// A response came; a JSON body is part of it.
    Response,
    /// Something came on an open event stream.
    Event,
    /// A comment came on an open event stream.
    Comment,
    /// An event stream ended in order, or was closed on this side because nothing more was wanted.
    StreamEnd,
    /// No answer came, or it broke off.
    Failure,
    /// This side gave up after its limit.
    TimedOut,
    /// The person stopped it.
    Stopped,
    /// Nothing happened for a while, and nothing was under way.
    Gap,
    /// Nothing happened for a while, although an answer was due or a stream was open.
    Waiting,
    /// Events that were counted and not kept.
    Dropped,
    /// What the rows below are about: a probe, or what a watch saw.
    Caption,
    /// Rounds of a watch that were all alike.
    Rounds,
}

impl RowKind {
    /// The word the page carries in `data-kind`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Event => "event",
            Self::Comment => "comment",
            Self::StreamEnd => "stream-end",
            Self::Failure => "failure",
            Self::TimedOut => "timed-out",
            Self::Stopped => "stopped",
            Self::Gap => "gap",
            Self::Waiting => "waiting",
            Self::Dropped => "dropped",
            Self::Caption => "caption",
            Self::Rounds => "rounds",
        }
    }
}

/// How a row is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As everything else.
    #[default]
    Normal,
    /// Quieter: a probe, sent to learn what is wrong.
    Muted,
    /// Something is wrong here.
    Failed,
}

/// An arrow between two lanes, or half of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Where it starts.
    pub from: u32,
    /// Where its head is.
    pub to: u32,
    /// How it is drawn.
    pub style: Style,
}

/// How an arrow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A request.
    Solid,
    /// A response.
    Dashed,
    /// An event on an open stream.
    Thin,
    /// Something that did not get through. It starts or ends halfway when no one can say how far it came.
    Broken,
}

/// A session's life, drawn beside the server's lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifeline {
    /// Its index in the trace's sessions; of a merged line, that of its first session. Colours go by it.
    pub session: usize,
    /// The letter a person knows it by.
    pub letter: String,
    /// What stands beside its upper end: `session A`, or `7 sessions` for a merged one.
    pub label: String,
    /// How many sessions it stands for: 1, unless too many live at once.
    pub sessions: usize,
    /// Its centre line.
    pub x: u32,
    /// Where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// Whether the recording shows its beginning; otherwise it comes from above.
    pub issued: bool,
    /// How it ends.
    pub end: LifelineEnd,
}

/// How a session's line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifelineEnd {
    /// It goes on, as far as the recording tells.
    Open,
    /// The client ended it (DELETE).
    Ended,
    /// The server no longer knew it.
    Forgotten,
}

/// An open event stream, drawn on the server's lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The response that opened it.
    pub event: EventRef,
    /// The session it belongs to, as an index into the trace's sessions.
    pub session: Option<usize>,
    /// Its centre line: streams open at the same time stand side by side.
    pub x: u32,
    /// Where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// Whether it is still open at the end of the recording.
    pub open: bool,
    /// Where comments came that are no rows of their own. Ticks that would touch are drawn as one.
    pub ticks: Vec<u32>,
}

impl Diagram {
    /// The rows that are at least partly between two heights: what a window on the diagram has to draw.
    pub fn rows_between(&self, y0: u32, y1: u32) -> Range<usize> {
        let start = self.rows.partition_point(|row| row.y + row.height <= y0);
        let end = self.rows.partition_point(|row| row.y < y1);
        start..end.max(start)
    }

    /// The row of an event. An event without a row of its own (a JSON body, a hidden comment, an event not kept) is
    /// found at the row before it in the same exchange.
    pub fn row_of(&self, event: EventRef) -> Option<usize> {
        let after = self.index.partition_point(|(at, _)| *at <= event);
        let (at, row) = *self.index.get(after.checked_sub(1)?)?;
        (at.exchange == event.exchange).then_some(row)
    }

    /// The next event with a mark, from the top when nothing is selected.
    pub fn next_mark(&self, selected: Option<EventRef>) -> Option<EventRef> {
        let row = selected.and_then(|event| self.row_of(event));
        let next = row.map_or(0, |row| self.marked.partition_point(|marked| *marked <= row));
        self.event_of(*self.marked.get(next)?)
    }

    /// The previous event with a mark, from the bottom when nothing is selected.
    pub fn previous_mark(&self, selected: Option<EventRef>) -> Option<EventRef> {
        let row = selected.and_then(|event| self.row_of(event));
        let end = row.map_or(self.marked.len(), |row| self.marked.partition_point(|marked| *marked < row));
        self.event_of(*self.marked.get(end.checked_sub(1)?)?)
    }

    fn event_of(&self, row: usize) -> Option<EventRef> {
        self.rows.get(row)?.event
    }
}
