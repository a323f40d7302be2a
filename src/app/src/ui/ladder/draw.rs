//! The part of the diagram that is in view, as SVG.

use std::ops::Range;

use inspector_core::diagram::{
    self, Arrow, Bar, Diagram, HEADER, Lane, Lifeline, LifelineEnd, Row, RowKind, Style, Tone, text_width,
};

use crate::ui::dom::{El, Value, View, svg};
use crate::ui::shown::plain;

/// Space between a lane and the text beside it.
const GAP: u32 = 12;

/// A name with less room than this is left out.
const LEAST_NAME: u32 = 60;

/// How many colours sessions have before they begin again.
const COLOURS: usize = 4;

/// The element id of a row.
pub(super) fn row_id(row: usize) -> String {
    format!("row-{row}")
}

/// The drawing. It stays when the diagram grows or is scrolled: only what has changed is drawn anew, so that a row can be
/// clicked while others arrive.
pub(super) struct Drawing {
    /// The drawing as an element.
    pub(super) svg: El,
    lanes: El,
    rows: El,
    lines: El,
    drawn: Vec<Drawn>,
}

/// The part of the diagram that is shown, in pixels.
#[derive(Clone, PartialEq)]
pub(super) struct Window {
    /// Where it begins.
    pub(super) top: u32,
    /// Where it ends.
    pub(super) bottom: u32,
    /// How wide it is.
    pub(super) width: u32,
}

/// A row in the document, with all that its look depends on.
struct Drawn {
    n: usize,
    row: Row,
    edges: Edges,
    selected: bool,
    element: El,
}

/// Where the times end, and between which lanes a row stands.
#[derive(Clone, Copy, PartialEq)]
struct Edges {
    gutter: u32,
    left: u32,
    right: u32,
}

impl Edges {
    fn of(diagram: &Diagram, row: &Row) -> Self {
        let lane = |n: usize| diagram.lanes.get(n).map_or(0, |lane| lane.x);
        Self { gutter: diagram.gutter, left: lane(0), right: lane(row.lane) }
    }
}

impl Drawing {
    /// An empty drawing.
    pub(super) fn new() -> Self {
        let (lanes, rows, lines) = (svg("g").attr("aria-hidden", "true"), svg("g"), svg("g").attr("aria-hidden", "true"));
        let svg = svg("svg").attr("role", "presentation").attr("width", "100%").class("ladder-svg");
        let svg = svg.child(lanes.clone()).child(rows.clone()).child(lines.clone());
        Self { svg, lanes, rows, lines, drawn: Vec::new() }
    }

    /// Shows lanes, lifelines and bars cut to the window, and the rows in it.
    pub(super) fn show(&mut self, diagram: &Diagram, window: &Window, selected: Option<usize>) {
        let Window { top, bottom, width } = *window;
        let rows = diagram.rows_between(top, bottom);
        let bottom = bottom.min(diagram.height);
        let in_view = |from: u32, to: u32| to >= top && from <= bottom;
        self.svg.clone().attr("height", diagram.height);
        self.lanes.show((0..diagram.lanes.len()).map(|n| draw_lane(&diagram.lanes, n, bottom, width)));
        let bars = diagram.bars.iter().filter(|bar| in_view(bar.from, bar.to)).map(|bar| draw_bar(bar, top, bottom));
        let lifelines = diagram.lifelines.iter().filter(|line| in_view(line.from, line.to));
        // Beside the server there is room up to the next lane.
        let limit = diagram.lanes.get(2).map_or(width, |lane| lane.x);
        self.lines.show(bars.chain(lifelines.map(|line| draw_lifeline(line, top, bottom, limit))));
        self.show_rows(diagram, rows, selected);
    }

    fn show_rows(&mut self, diagram: &Diagram, rows: Range<usize>, selected: Option<usize>) {
        let stays = |drawn: &Drawn| {
            rows.contains(&drawn.n)
                && diagram.rows.get(drawn.n) == Some(&drawn.row)
                && drawn.edges == Edges::of(diagram, &drawn.row)
                && drawn.selected == (selected == Some(drawn.n))
        };
        self.drawn.extract_if(.., |drawn| !stays(drawn)).for_each(|drawn| drawn.element.remove());
        // Both are in the order of the rows: each new one goes in front of the next that stayed.
        for (at, n) in rows.clone().enumerate() {
            if self.drawn.get(at).is_none_or(|drawn| drawn.n != n)
                && let Some(row) = diagram.rows.get(n)
            {
                let is_selected = selected == Some(n);
                let edges = Edges::of(diagram, row);
                let element = draw_row(n, row, edges, is_selected);
                self.rows.insert(&element, self.drawn.get(at).map(|next| &next.element));
                self.drawn.insert(at, Drawn { n, row: row.clone(), edges, selected: is_selected, element });
            }
        }
    }
}

fn line(x1: u32, x2: u32, y1: u32, y2: u32) -> El {
    svg("line").attr("x1", x1).attr("x2", x2).attr("y1", y1).attr("y2", y2)
}

fn rect<'text>(x: u32, y: u32, width: impl Into<Value<'text>>, height: u32) -> El {
    svg("rect").attr("x", x).attr("y", y).attr("width", width).attr("height", height)
}

fn text(class: &str, x: u32, y: u32, anchor: &str, text: &str) -> El {
    svg("text").class(class).attr("x", x).attr("y", y).attr("text-anchor", anchor).child(text)
}

fn path(class: &str, d: String) -> El {
    svg("path").class(class).attr("d", d)
}

fn colour(session: usize) -> String {
    format!("s{}", session % COLOURS)
}

/// A lane with its names. A name ends before the edge and before the names of the next lane, instead of being cut by them.
fn draw_lane(lanes: &[Lane], n: usize, bottom: u32, width: u32) -> El {
    let Some(lane) = lanes.get(n) else { return svg("g") };
    let x_of = |n: usize| lanes.get(n).map(|lane| lane.x);
    let left = n.checked_sub(2).map_or(GAP, |_| x_of(n - 1).map_or(GAP, |x| u32::midpoint(x, lane.x)));
    let right = x_of(n + 1).filter(|_| n > 0).map_or(width.saturating_sub(GAP), |x| u32::midpoint(x, lane.x));
    let name = |class: &str, y: u32, name: &str| {
        let overflows = lane.x + text_width(name) / 2 > right;
        let (x, anchor) = if overflows { (right, "end") } else { (lane.x, "middle") };
        text(class, x, y, anchor, name)
    };
    let subtitle = plain(&lane.subtitle);
    let room = right.saturating_sub(left);
    svg("g")
        .child(line(lane.x, lane.x, HEADER, bottom).class("lane"))
        .child(name("lane-title", 20, &lane.title))
        .child((room > LEAST_NAME).then(|| name("lane-sub", 36, &fit(&subtitle, room))))
}

fn draw_bar(bar: &Bar, top: u32, bottom: u32) -> El {
    let (from, to, x) = (bar.from.max(top), bar.to.min(bottom), bar.x);
    let ticks = bar.ticks.iter().filter(|tick| (from..=to).contains(tick));
    svg("g")
        .class(&format!("stream {}", bar.session.map(colour).unwrap_or_default()))
        .child(rect(x.saturating_sub(3), from, 6, to.saturating_sub(from)))
        .children(ticks.map(|tick| line(x - 5, x + 5, *tick, *tick).class("tick")))
}

fn draw_lifeline(lifeline: &Lifeline, top: u32, bottom: u32, width: u32) -> El {
    let (from, to) = (lifeline.from.max(top), lifeline.to.min(bottom));
    let (x, end_y) = (lifeline.x, lifeline.to);
    let fits = |label: &str| x + GAP + text_width(label) <= width;
    let end = match lifeline.end {
        LifelineEnd::Open => None,
        LifelineEnd::Ended => Some("ended"),
        LifelineEnd::Forgotten => Some("forgotten"),
    };
    let end = end.filter(|_| lifeline.to <= bottom).map(|end| {
        let cross = format!("M{} {}l12 8m0 -8l-12 8", x.saturating_sub(6), end_y.saturating_sub(4));
        (path(end, cross), fits(end).then(|| text(end, x + GAP, end_y + 4, "start", end)))
    });
    let label = (lifeline.issued && lifeline.from >= top && fits(&lifeline.label)).then(|| {
        let label = svg("text").attr("x", x + GAP).attr("y", lifeline.from + 4);
        label.child(lifeline.label.as_str())
    });
    svg("g")
        .class(&format!("lifeline {}", colour(lifeline.session)))
        .child(rect(x.saturating_sub(2), from, 5, to.saturating_sub(from)).attr("rx", 2))
        .child(label)
        .child(end)
}

fn draw_row(n: usize, row: &Row, edges: Edges, selected: bool) -> El {
    let tone = match row.tone {
        Tone::Normal if row.mark.is_some() => " failed",
        Tone::Normal => "",
        Tone::Muted => " muted",
        Tone::Failed => " failed",
    };
    let inner = match row.kind {
        RowKind::Gap | RowKind::Waiting | RowKind::Dropped | RowKind::Rounds => band(row, edges),
        RowKind::Caption => caption(row, edges),
        _ => arrow_and_text(row, edges),
    };
    svg("g")
        .attr("id", row_id(n))
        .class(&format!("row{tone}{}{}", if row.lane == 2 { " far" } else { "" }, if selected { " selected" } else { "" }))
        .attr("role", "option")
        .attr("data-event", row.event.map(|event| event.to_string()))
        .attr("data-kind", row.kind.as_str())
        .attr("data-cause", row.mark.as_ref())
        .attr("aria-selected", selected)
        .attr("aria-label", format!("{} {}", row.time, plain(&row.says)))
        .child(rect(4, row.y + 2, "100%", row.height.saturating_sub(2)).class("tint").attr("rx", 6))
        .child(text("time", edges.gutter, row.line_y() + 4, "end", &row.time))
        .child(inner)
}

fn band(row: &Row, Edges { left, right, .. }: Edges) -> View {
    let from = left.saturating_sub(40);
    let label = fit(&row.label, (right - left).saturating_sub(2 * GAP));
    (
        rect(from, row.y + 5, right + 40 - from, row.height.saturating_sub(10)).class("band").attr("rx", 4),
        text("band-label", u32::midpoint(left, right), row.y + row.height / 2 + 4, "middle", &label),
    )
        .into()
}

/// What the rows below are about, on a hairline. Its letters are narrower than those of labels.
fn caption(row: &Row, Edges { left, right, .. }: Edges) -> View {
    let (from, to, y) = (left + GAP, right - GAP, row.y + row.height / 2 + 5);
    let label = fit(&row.label, (to - from) * 6 / 5);
    let rule = from + text_width(&label) * 5 / 6 + GAP;
    let rule = (rule < to).then(|| line(rule, to, y.saturating_sub(4), y.saturating_sub(4)).class("rule"));
    (text("caption-label", from, y, "start", &label), rule).into()
}

fn arrow_and_text(row: &Row, Edges { left, right, .. }: Edges) -> View {
    let y = row.line_y();
    let to_right = row.arrow.is_none_or(|arrow| arrow.to > arrow.from) && row.kind == RowKind::Request;
    let room = (right - left).saturating_sub(3 * GAP + text_width(&row.note));
    let (start, end) = ((left + GAP, "start"), (right - GAP, "end"));
    let (label, note) = if to_right { (start, end) } else { (end, start) };
    let above = y.saturating_sub(6);
    // The arrow last: what keeps words clear of the lanes behind them must not cut into it.
    (
        text("label", label.0, above, label.1, &fit(&row.label, room)),
        (!row.note.is_empty()).then(|| text("note", note.0, above, note.1, &row.note)),
        row.arrow.map(|arrow| draw_arrow(arrow, y)),
    )
        .into()
}

fn draw_arrow(arrow: Arrow, y: u32) -> El {
    let Arrow { from, to, style } = arrow;
    let class = match style {
        Style::Solid => "arrow solid",
        Style::Dashed => "arrow dashed",
        Style::Thin => "arrow thin",
        Style::Broken => "arrow broken",
    };
    let (back, tip) = if to > from { ("-", to - 5) } else { ("", to + 5) };
    let dot = (style == Style::Thin).then(|| svg("circle").attr("cx", from).attr("cy", y).attr("r", "2.6"));
    let head = if style == Style::Broken {
        path("cross", format!("M{} {}l8 8m0 -8l-8 8", to.saturating_sub(4), y.saturating_sub(4)))
    } else {
        path("head", format!("M{to} {y}l{back}7 -4v8z"))
    };
    svg("g").class(class).child(line(from, tip, y, y)).child(dot).child(head)
}

/// A label cut to the pixels it has; in full it stands in the table, the detail and the accessible name.
fn fit(label: &str, pixels: u32) -> String {
    diagram::fit(&plain(label), pixels)
}
