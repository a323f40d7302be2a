//! Puts rows, lanes, lifelines and bars in their places.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::aside;
use super::captions::{Line, lines};
use super::client::client;
use super::geometry::{Geometry, is_narrow};
use super::lifelines::lifelines;
use super::phrases::count;
use super::sentence::sentence;
use super::steps::{Happening, Step, steps, truncated};
use super::times::Gutter;
use super::words::Teller;
use super::{Arrow, Bar, Diagram, HEADER, Lane, Mark, Options, ROW, Row, RowKind, Style, TimeMode};
use crate::http::Url;
use crate::id::{EventRef, ExchangeId};
use crate::sort::sort_by;
use crate::time::Micros;
use crate::trace::{ItemKind, Lack, Trace};

/// Height of a row that has no arrow, in pixels.
pub(super) const LOW_ROW: u32 = 26;
/// Room below the last row, so that what is still open is seen to go on.
const FOOT: u32 = 24;
/// Ticks on a bar are at least this far apart, in pixels.
const TICK_STEP: u32 = 4;
/// Bars drawn side by side; further streams are drawn over the last.
const BAR_COLUMNS: u32 = 4;

/// Lays a recording out. The same arguments give the same diagram, everywhere.
pub fn layout(trace: &Trace, marks: &[Mark], options: &Options) -> Diagram {
    let mut draft = Draft::new(trace, options);
    for line in lines(trace, steps(trace)) {
        match line {
            Line::Step(step) => draft.step(&step),
            Line::Caption(at, text) => draft.caption(at, text),
            Line::Rounds(rounds) => draft.rounds(rounds),
        }
    }
    draft.finish(marks)
}

/// A diagram in the making, from the top down.
pub(super) struct Draft<'a> {
    trace: &'a Trace,
    options: &'a Options,
    /// Title and subtitle of the client's lane.
    client: (&'static str, String),
    teller: Teller<'a>,
    pub(super) gutter: Gutter,
    pub(super) rows: Vec<Row>,
    pub(super) index: Vec<(EventRef, usize)>,
    pub(super) y: u32,
    pub(super) last: Option<Micros>,
    /// Requests without a response head so far. Signed: in a recording with a bad clock an answer may come first.
    pub(super) unanswered: i32,
    /// Event streams that are open so far, each with its bar.
    pub(super) open: Vec<(ExchangeId, usize)>,
    /// Until when bodies that are no event streams were still arriving.
    pub(super) arriving: Micros,
    bars: Vec<BarDraft>,
    /// The bars of the comments since the last row.
    pub(super) ticks: Vec<usize>,
    hidden_comments: usize,
}

/// A bar between rows.
struct BarDraft {
    event: EventRef,
    session: Option<usize>,
    column: u32,
    from: usize,
    to: Option<usize>,
    ticks: Vec<u32>,
}

impl<'a> Draft<'a> {
    fn new(trace: &'a Trace, options: &'a Options) -> Self {
        let selected = match options.time {
            TimeMode::SinceSelected(event) => trace.when(event),
            _ => None,
        };
        Self {
            trace,
            options,
            client: client(trace, options.made_elsewhere),
            teller: Teller::new(trace),
            gutter: Gutter::new(options, trace.about.began, selected).without_times(trace.about.lacks.has(Lack::Times)),
            rows: Vec::new(),
            index: Vec::new(),
            y: HEADER,
            last: None,
            unanswered: 0,
            open: Vec::new(),
            arriving: Micros::ZERO,
            bars: Vec::new(),
            ticks: Vec::new(),
            hidden_comments: 0,
        }
    }

    fn step(&mut self, step: &Step<'_>) {
        if let Happening::Item(item) = &step.what
            && matches!(item.what, ItemKind::Comment(_))
            && !self.options.comments
        {
            self.hidden_comments += 1;
            self.ticks.extend(self.open.iter().filter(|(id, _)| *id == step.exchange.id).map(|(_, bar)| *bar));
            return;
        }
        let before = self.rows.len().checked_sub(1);
        let words = self.teller.tell(step);
        if words.kind != RowKind::TimedOut {
            self.silence(step.at);
        }
        self.last = Some(step.at);
        let row = self.rows.len();
        let event = (!matches!(step.what, Happening::Dropped(_))).then_some(step.event);
        self.index.extend(event.map(|event| (event, row)));
        let lane = if aside::is_elsewhere(self.trace, step.exchange) { 2 } else { 1 };
        let server = if lane == 2 { "authorization server" } else { "server" };
        let says = sentence(&words, step, if self.client.0 == "Client" { "client" } else { "this page" }, server);
        let height = if matches!(words.kind, RowKind::StreamEnd | RowKind::Comment | RowKind::Dropped) { LOW_ROW } else { ROW };
        let time = self.gutter.next(step.at);
        self.push(Row {
            event,
            at: step.at,
            y: self.y,
            height,
            kind: words.kind,
            time,
            label: words.label,
            note: words.note,
            tone: words.tone,
            session: words.session,
            lane,
            mark: None,
            arrow: None,
            says,
        });
        self.place_ticks(before, row);
        self.follow(step, row);
    }

    pub(super) fn push(&mut self, row: Row) {
        self.y += row.height;
        self.rows.push(row);
    }

    /// Spreads the comments between two rows evenly: where exactly they came is not to scale anyway.
    fn place_ticks(&mut self, before: Option<usize>, after: usize) {
        let from = before.and_then(|row| self.rows.get(row)).map_or(HEADER, Row::line_y);
        let to = self.rows.get(after).map_or(self.y, Row::line_y);
        let parts = self.ticks.len() as u64 + 1;
        for (n, bar) in self.ticks.drain(..).enumerate() {
            let y = from + (u64::from(to - from) * (n as u64 + 1) / parts) as u32;
            let ticks = &mut self.bars[bar].ticks;
            if ticks.last().is_none_or(|last| last + TICK_STEP <= y) {
                ticks.push(y);
            }
        }
    }

    /// Keeps track of what is under way.
    fn follow(&mut self, step: &Step<'_>, row: usize) {
        let exchange = step.exchange;
        match &step.what {
            Happening::Request if exchange.lacks.has(Lack::Http) && !exchange.wants_answer() && exchange.response.is_none() => {}
            Happening::Request => self.unanswered += 1,
            Happening::Response => {
                self.unanswered -= 1;
                if exchange.is_stream() {
                    let column = self.free_column();
                    self.open.push((exchange.id, self.bars.len()));
                    let session = self.teller.session(exchange);
                    self.bars.push(BarDraft { event: step.event, session, column, from: row, to: None, ticks: Vec::new() });
                } else {
                    self.arriving = self.arriving.max(exchange.last_at());
                }
            }
            Happening::End(_) => {
                if exchange.response.is_none() {
                    self.unanswered -= 1;
                }
                if let Some(at) = self.open.iter().position(|(id, _)| *id == exchange.id) {
                    let (_, bar) = self.open.remove(at);
                    self.bars[bar].to = Some(row);
                }
                if let Some((_, item)) = truncated(exchange) {
                    self.index.push((item, row));
                }
            }
            // Of messages alone the first one is the answer; a notification has none that is known of.
            Happening::Item(item) if item.n == 0 && !exchange.is_stream() => self.unanswered -= 1,
            Happening::Item(_) | Happening::Dropped(_) => {}
        }
    }

    fn free_column(&self) -> u32 {
        let taken = |column| self.open.iter().any(|(_, bar)| self.bars[*bar].column == column);
        (0..BAR_COLUMNS).find(|column| !taken(*column)).unwrap_or(BAR_COLUMNS - 1)
    }

    fn finish(mut self, marks: &[Mark]) -> Diagram {
        let height = self.y + FOOT;
        self.y = height;
        let last = self.rows.len().checked_sub(1);
        self.place_ticks(last, self.rows.len());
        sort_by(&mut self.index, |(event, _)| {
            let [exchange, part] = event.order();
            [exchange, part, 0]
        });
        let mut diagram = Diagram { rows: self.rows, index: self.index, height, ..Diagram::default() };
        diagram.hidden_comments = self.hidden_comments;
        diagram.set_marks(marks);
        let lines = lifelines(self.trace, &diagram.rows, marks, &|event| diagram.row_of(event), height);
        let columns = lines.iter().map(|(_, column)| column + 1).max().unwrap_or(0);
        let others = aside::others(self.trace);
        let place = Geometry::new(self.options, columns, !others.is_empty());
        diagram.gutter = place.gutter;
        diagram.lanes = vec![
            Lane { title: self.client.0.to_owned(), subtitle: self.client.1, x: place.client },
            Lane {
                title: "Server".to_owned(),
                subtitle: self.trace.about.address().map(Url::authority).unwrap_or_default(),
                x: place.server,
            },
        ];
        if let [first, more @ ..] = others.as_slice() {
            let title = if is_narrow(self.options.width) { "Auth server" } else { "Authorization server" };
            let title = if more.is_empty() { title.to_owned() } else { format!("{title}s") };
            let subtitle = if more.is_empty() { first.clone() } else { count(others.len() as u64, "host") };
            diagram.lanes.push(Lane { title, subtitle, x: place.issuer });
        }
        diagram.lifelines = lines
            .into_iter()
            .map(|(mut line, column)| {
                line.x = place.session(column);
                line
            })
            .collect();
        let y_of = |row: usize| diagram.rows.get(row).map_or(height, Row::line_y);
        diagram.bars = self
            .bars
            .into_iter()
            .map(|bar| Bar {
                event: bar.event,
                session: bar.session,
                x: place.bar(bar.column),
                from: y_of(bar.from),
                to: bar.to.map_or(height, y_of),
                open: bar.to.is_none(),
                ticks: bar.ticks,
            })
            .collect();
        for row in &mut diagram.rows {
            let answered = row.event.and_then(|event| self.trace.exchange(event.exchange)?.head()).is_some();
            row.arrow = arrow(row.kind, answered, &place, if row.lane == 2 { place.issuer } else { place.server });
        }
        diagram
    }
}

impl Diagram {
    fn set_marks(&mut self, marks: &[Mark]) {
        for mark in marks {
            let Some(at) = self.row_of(mark.at) else { continue };
            let row = &mut self.rows[at];
            row.says.push_str(&format!(" Finding: {}.", mark.label));
            if row.mark.is_none() {
                row.mark = Some(mark.slug.clone());
                self.marked.push(at);
            }
        }
        sort_by(&mut self.marked, |row| [*row as u64, 0, 0]);
    }
}

/// The arrow of a row. Where nothing came back no one can say how far the request got, so the arrow is half of one.
fn arrow(kind: RowKind, answered: bool, place: &Geometry, server: u32) -> Option<Arrow> {
    let (from, to, style) = match kind {
        RowKind::Request => (place.client, server, Style::Solid),
        RowKind::Response => (server, place.client, Style::Dashed),
        RowKind::Event => (server, place.client, Style::Thin),
        RowKind::Failure if answered => (server, place.client, Style::Broken),
        RowKind::Failure => (place.middle(server), place.client, Style::Broken),
        RowKind::TimedOut | RowKind::Stopped => (place.client, place.middle(server), Style::Broken),
        RowKind::Comment | RowKind::StreamEnd | RowKind::Gap | RowKind::Waiting | RowKind::Dropped => return None,
        RowKind::Caption | RowKind::Rounds => return None,
    };
    Some(Arrow { from, to, style })
}
