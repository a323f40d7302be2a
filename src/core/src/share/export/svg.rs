//! The ladder as a picture: SVG 1.1 that stands alone, in the colours of the light page. It loads nothing and runs nothing.

use alloc::format;
use alloc::string::{String, ToString};

use super::{Drawn, plain};
use crate::diagram::{
    Arrow, Bar, Diagram, HEADER, Lane, Lifeline, LifelineEnd, Options, Row, RowKind, Style, Tone, fit, text_width,
};

/// Space between a lane and the text beside it.
const GAP: u32 = 12;

/// A name with less room than this is left out.
const LEAST_NAME: u32 = 60;

/// Space below the last row.
const FOOT: u32 = 16;

/// The colours of the light page (`www/styles/tokens.css`).
const PANEL: &str = "#fff";
const SUNK: &str = "#eef0f4";
const LINE: &str = "#b9c1cd";
const INK: &str = "#171b24";
const INK_2: &str = "#4a5464";
const INK_3: &str = "#5d687b";
const BAD: &str = "#bd2323";
const SESSIONS: [&str; 4] = ["#07727a", "#7a45c0", "#8a5a00", "#ad2a75"];

const MONO: &str = "ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";
const SANS: &str = "Inter, system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";

/// The picture.
pub(super) fn svg(drawn: &Drawn) -> String {
    let diagram = &drawn.diagram;
    let (width, height) = (Options::default().width, diagram.height + FOOT);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"{MONO}\" font-size=\"12\" fill=\"{INK}\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"{PANEL}\"/>\n"
    );
    for n in 0..diagram.lanes.len() {
        out.push_str(&lane(&diagram.lanes, n, diagram.height, width));
    }
    for row in &diagram.rows {
        out.push_str(&line_of(diagram, row));
    }
    diagram.bars.iter().for_each(|drawn| out.push_str(&bar(drawn)));
    let limit = diagram.lanes.get(2).map_or(width, |lane| lane.x);
    diagram.lifelines.iter().for_each(|drawn| out.push_str(&lifeline(drawn, limit)));
    out.push_str("</svg>\n");
    out
}

/// Text with the characters that mean something in XML escaped, and none that XML forbids.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

fn text(x: u32, y: u32, anchor: &str, fill: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{}</text>\n", escaped(text))
}

fn rect(x: u32, y: u32, width: u32, height: u32, look: &str) -> String {
    format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {look}/>\n")
}

fn line(x1: u32, x2: u32, y1: u32, y2: u32, look: &str) -> String {
    format!("<line x1=\"{x1}\" x2=\"{x2}\" y1=\"{y1}\" y2=\"{y2}\" {look}/>\n")
}

fn colour(session: usize) -> &'static str {
    SESSIONS[session % SESSIONS.len()]
}

/// A lane with its names. A name ends before the edge and before the names of the next lane.
fn lane(lanes: &[Lane], n: usize, bottom: u32, width: u32) -> String {
    let Some(lane) = lanes.get(n) else { return String::new() };
    let x_of = |n: usize| lanes.get(n).map(|lane| lane.x);
    let left = n.checked_sub(2).map_or(GAP, |_| x_of(n - 1).map_or(GAP, |x| u32::midpoint(x, lane.x)));
    let right = x_of(n + 1).filter(|_| n > 0).map_or(width.saturating_sub(GAP), |x| u32::midpoint(x, lane.x));
    let room = right.saturating_sub(left);
    let name = |y: u32, look: &str, name: &str| {
        let overflows = lane.x + text_width(name) / 2 > right;
        let (x, anchor) = if overflows { (right, "end") } else { (lane.x, "middle") };
        format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" {look}>{}</text>\n", escaped(name))
    };
    let mut out = line(lane.x, lane.x, HEADER, bottom, &format!("stroke=\"{LINE}\""));
    out.push_str(&name(20, &format!("font-family=\"{SANS}\" font-size=\"12.5\" font-weight=\"560\""), &lane.title));
    if room > LEAST_NAME {
        out.push_str(&name(36, &format!("font-size=\"11\" fill=\"{INK_3}\""), &fit(&plain(&lane.subtitle), room)));
    }
    out
}

fn bar(bar: &Bar) -> String {
    let fill = bar.session.map_or(SESSIONS[0], colour);
    let height = bar.to.saturating_sub(bar.from);
    let mut out = rect(bar.x.saturating_sub(3), bar.from, 6, height, &format!("fill=\"{fill}\" opacity=\".35\""));
    for tick in &bar.ticks {
        out.push_str(&line(bar.x.saturating_sub(5), bar.x + 5, *tick, *tick, &format!("stroke=\"{INK_3}\"")));
    }
    out
}

fn lifeline(lifeline: &Lifeline, limit: u32) -> String {
    let (x, fill) = (lifeline.x, colour(lifeline.session));
    let fits = |label: &str| x + GAP + text_width(label) <= limit;
    let height = lifeline.to.saturating_sub(lifeline.from);
    let mut out = rect(x.saturating_sub(2), lifeline.from, 5, height, &format!("rx=\"2\" fill=\"{fill}\""));
    if lifeline.issued && fits(&lifeline.label) {
        out.push_str(&text(x + GAP, lifeline.from + 4, "start", fill, &lifeline.label));
    }
    let end = match lifeline.end {
        LifelineEnd::Open => None,
        LifelineEnd::Ended => Some(("ended", INK_2)),
        LifelineEnd::Forgotten => Some(("forgotten", BAD)),
    };
    if let Some((end, ink)) = end {
        let (left, top) = (x.saturating_sub(6), lifeline.to.saturating_sub(4));
        out.push_str(&format!("<path d=\"M{left} {top}l12 8m0 -8l-12 8\" stroke=\"{ink}\" stroke-width=\"2\" fill=\"none\"/>\n"));
        if fits(end) {
            out.push_str(&text(x + GAP, lifeline.to + 4, "start", ink, end));
        }
    }
    out
}

fn line_of(diagram: &Diagram, row: &Row) -> String {
    let x = |n: usize| diagram.lanes.get(n).map_or(0, |lane| lane.x);
    let (left, right) = (x(0), x(row.lane));
    let time = text(diagram.gutter, row.line_y() + 4, "end", INK_3, &row.time);
    time + &match row.kind {
        RowKind::Gap | RowKind::Waiting | RowKind::Dropped | RowKind::Rounds => band(row, left, right),
        RowKind::Caption => text(left + GAP, row.y + row.height / 2 + 5, "start", INK_3, &row.label),
        _ => arrow_and_text(row, left, right),
    }
}

fn band(row: &Row, left: u32, right: u32) -> String {
    let from = left.saturating_sub(40);
    let label = fit(&plain(&row.label), (right - left).saturating_sub(2 * GAP));
    let look = format!("rx=\"4\" fill=\"{SUNK}\"");
    rect(from, row.y + 5, right + 40 - from, row.height.saturating_sub(10), &look)
        + &text(u32::midpoint(left, right), row.y + row.height / 2 + 4, "middle", INK_2, &label)
}

fn arrow_and_text(row: &Row, left: u32, right: u32) -> String {
    let y = row.line_y();
    let failed = row.tone == Tone::Failed || (row.tone == Tone::Normal && row.mark.is_some());
    let ink = match (failed, row.tone, row.kind) {
        (true, ..) => BAD,
        (_, Tone::Muted, _) | (_, _, RowKind::Event) => INK_2,
        (_, _, RowKind::StreamEnd | RowKind::Comment) => INK_3,
        _ => INK,
    };
    let to_right = row.arrow.is_none_or(|arrow| arrow.to > arrow.from) && row.kind == RowKind::Request;
    let room = (right - left).saturating_sub(3 * GAP + text_width(&row.note));
    let (start, end) = ((left + GAP, "start"), (right - GAP, "end"));
    let (label, note) = if to_right { (start, end) } else { (end, start) };
    let above = y.saturating_sub(6);
    let mut out = text(label.0, above, label.1, ink, &fit(&plain(&row.label), room));
    if !row.note.is_empty() {
        out.push_str(&text(note.0, above, note.1, INK_3, &row.note));
    }
    if let Some(drawn) = row.arrow {
        let ink = if failed || drawn.style == Style::Broken {
            BAD
        } else if row.tone == Tone::Muted {
            INK_3
        } else if drawn.style == Style::Thin {
            SESSIONS[0]
        } else {
            INK_2
        };
        out.push_str(&arrow(drawn, y, ink));
    }
    out
}

fn arrow(arrow: Arrow, y: u32, ink: &str) -> String {
    let Arrow { from, to, style } = arrow;
    let (back, tip) = if to > from { ("-", to.saturating_sub(5)) } else { ("", to + 5) };
    let dashes = if matches!(style, Style::Dashed | Style::Broken) { " stroke-dasharray=\"5 4\"" } else { "" };
    let width = if style == Style::Thin { "1" } else { "1.4" };
    let mut out = line(from, tip, y, y, &format!("stroke=\"{ink}\" stroke-width=\"{width}\"{dashes}"));
    if style == Style::Thin {
        out.push_str(&format!("<circle cx=\"{from}\" cy=\"{y}\" r=\"2.6\" fill=\"{ink}\"/>\n"));
    }
    let (left, top) = (to.saturating_sub(4).to_string(), y.saturating_sub(4));
    out.push_str(&if style == Style::Broken {
        format!("<path d=\"M{left} {top}l8 8m0 -8l-8 8\" stroke=\"{ink}\" stroke-width=\"2\" fill=\"none\"/>\n")
    } else {
        format!("<path d=\"M{to} {y}l{back}7 -4v8z\" fill=\"{ink}\"/>\n")
    });
    out
}
