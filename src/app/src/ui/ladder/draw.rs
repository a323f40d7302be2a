//! The part of the diagram that is in view, as SVG.

use std::ops::Range;

use inspector_core::diagram::{Arrow, Bar, Diagram, HEADER, Lifeline, LifelineEnd, Row, RowKind, Style, Tone};
use leptos::prelude::*;

use crate::store::Store;
use crate::ui::shown::plain;

/// The advance of one character of the monospaced labels, in tenths of a pixel (12 px text).
const CHAR_TENTHS: u32 = 73;

/// Space between a lane and the text beside it.
const GAP: u32 = 12;

/// How many colours sessions have before they begin again.
const COLOURS: usize = 4;

/// The element id of a row.
pub(super) fn row_id(row: usize) -> String {
    format!("row-{row}")
}

/// Lanes, lifelines and bars cut to the window, and the rows in it.
pub(super) fn window(
    diagram: &Diagram,
    rows: Range<usize>,
    top: u32,
    bottom: u32,
    selected: Memo<Option<usize>>,
    store: Store,
) -> impl IntoView + use<> {
    let bottom = bottom.min(diagram.height);
    let in_view = |from: u32, to: u32| to >= top && from <= bottom;
    let lanes = diagram
        .lanes
        .iter()
        .map(|lane| {
            view! {
                <g aria-hidden="true">
                    <line class="lane" x1=lane.x x2=lane.x y1=HEADER y2=bottom/>
                    <text class="lane-title" x=lane.x y="20" text-anchor="middle">{lane.title.clone()}</text>
                    <text class="lane-sub" x=lane.x y="36" text-anchor="middle">{plain(&lane.subtitle)}</text>
                </g>
            }
        })
        .collect_view();
    let bars = diagram.bars.iter().filter(|bar| in_view(bar.from, bar.to)).map(|bar| draw_bar(bar, top, bottom)).collect_view();
    let lifelines = diagram
        .lifelines
        .iter()
        .filter(|line| in_view(line.from, line.to))
        .map(|line| draw_lifeline(line, top, bottom))
        .collect_view();
    let (left, right) = (diagram.lanes.first().map_or(0, |lane| lane.x), diagram.lanes.last().map_or(0, |lane| lane.x));
    let gutter = diagram.gutter;
    let rows =
        rows.filter_map(|n| diagram.rows.get(n).map(|row| draw_row(n, row, left, right, gutter, selected, store))).collect_view();
    view! {
        <svg role="presentation" width="100%" height=diagram.height class="ladder-svg">
            {lanes}
            {rows}
            {bars}
            {lifelines}
        </svg>
    }
}

fn colour(session: usize) -> String {
    format!("s{}", session % COLOURS)
}

fn draw_bar(bar: &Bar, top: u32, bottom: u32) -> impl IntoView + use<> {
    let (from, to) = (bar.from.max(top), bar.to.min(bottom));
    let class = format!("stream {}", bar.session.map(colour).unwrap_or_default());
    let x = bar.x;
    let ticks = bar
        .ticks
        .iter()
        .filter(|tick| (from..=to).contains(tick))
        .map(|tick| view! { <line class="tick" x1=x - 5 x2=x + 5 y1=*tick y2=*tick/> })
        .collect_view();
    view! {
        <g class=class aria-hidden="true">
            <rect x=x.saturating_sub(3) y=from width="6" height=to.saturating_sub(from)/>
            {ticks}
        </g>
    }
}

fn draw_lifeline(line: &Lifeline, top: u32, bottom: u32) -> impl IntoView + use<> {
    let (from, to) = (line.from.max(top), line.to.min(bottom));
    let (x, end_y) = (line.x, line.to);
    let end = match line.end {
        LifelineEnd::Open => None,
        LifelineEnd::Ended => Some(("ended", "ended")),
        LifelineEnd::Forgotten => Some(("forgotten", "forgotten")),
    };
    let end = end.filter(|_| line.to <= bottom).map(|(class, word)| {
        view! {
            <path class=class d=format!("M{} {}l12 8m0 -8l-12 8", x.saturating_sub(6), end_y.saturating_sub(4))/>
            <text class=class x=x + GAP y=end_y + 4>{word}</text>
        }
    });
    let label = (line.issued && line.from >= top).then(|| view! { <text x=x + GAP y=line.from + 4>{line.label.clone()}</text> });
    view! {
        <g class=format!("lifeline {}", colour(line.session)) aria-hidden="true">
            <rect x=x.saturating_sub(2) y=from width="5" height=to.saturating_sub(from) rx="2"/>
            {label}
            {end}
        </g>
    }
}

fn draw_row(
    n: usize,
    row: &Row,
    left: u32,
    right: u32,
    gutter: u32,
    selected: Memo<Option<usize>>,
    store: Store,
) -> impl IntoView + use<> {
    let event = row.event;
    let is_selected = move || selected.get() == Some(n);
    let tone = match row.tone {
        Tone::Normal => "",
        Tone::Muted => " muted",
        Tone::Failed => " failed",
    };
    let kind = row.kind.as_str();
    let (y, height, line_y) = (row.y, row.height, row.line_y());
    let inner = if matches!(row.kind, RowKind::Gap | RowKind::Waiting | RowKind::Dropped) {
        band(row, left, right).into_any()
    } else {
        arrow_and_text(row, left, right).into_any()
    };
    view! {
        <g
            id=row_id(n)
            class=move || format!("row{tone}{}", if is_selected() { " selected" } else { "" })
            role="option"
            data-event=event.map(|event| event.to_string())
            data-kind=kind
            data-cause=row.mark.clone()
            aria-selected=move || is_selected().to_string()
            aria-label=format!("{} {}", row.time, plain(&row.says))
            on:click=move |_| {
                if let Some(event) = event {
                    store.look_at(event);
                }
            }
        >
            <rect class="tint" x="4" y=y + 2 width="100%" height=height.saturating_sub(2) rx="6"/>
            <text class="time" x=gutter y=line_y + 4 text-anchor="end">{row.time.clone()}</text>
            {inner}
        </g>
    }
}

fn band(row: &Row, left: u32, right: u32) -> impl IntoView + use<> {
    let middle = u32::midpoint(left, right);
    let from = left.saturating_sub(40);
    view! {
        <rect class="band" x=from y=row.y + 5 width=right + 40 - from height=row.height.saturating_sub(10) rx="4"/>
        <text class="band-label" x=middle y=row.y + row.height / 2 + 4 text-anchor="middle">{fit(&row.label, (right - left).saturating_sub(2 * GAP))}</text>
    }
}

fn arrow_and_text(row: &Row, left: u32, right: u32) -> impl IntoView + use<> {
    let y = row.line_y();
    let to_right = row.arrow.is_none_or(|arrow| arrow.to > arrow.from) && row.kind == RowKind::Request;
    let note_width = text_width(&row.note);
    let room = (right - left).saturating_sub(3 * GAP + note_width);
    let label = fit(&row.label, room);
    let (label_x, anchor) = if to_right { (left + GAP, "start") } else { (right - GAP, "end") };
    let note_x = if to_right { right - GAP } else { left + GAP };
    let note_anchor = if to_right { "end" } else { "start" };
    view! {
        {row.arrow.map(|arrow| draw_arrow(arrow, y))}
        <text class="label" x=label_x y=y.saturating_sub(6) text-anchor=anchor>{label}</text>
        {(!row.note.is_empty()).then(|| view! { <text class="note" x=note_x y=y.saturating_sub(6) text-anchor=note_anchor>{row.note.clone()}</text> })}
    }
}

fn draw_arrow(arrow: Arrow, y: u32) -> impl IntoView {
    let Arrow { from, to, style } = arrow;
    let class = match style {
        Style::Solid => "arrow solid",
        Style::Dashed => "arrow dashed",
        Style::Thin => "arrow thin",
        Style::Broken => "arrow broken",
    };
    let (back, start) = if to > from { ("-", from) } else { ("", from) };
    let tip = if to > from { to - 5 } else { to + 5 };
    let dot = (style == Style::Thin).then(|| view! { <circle cx=start cy=y r="2.6"/> });
    let head = if style == Style::Broken {
        view! { <path class="cross" d=format!("M{} {}l8 8m0 -8l-8 8", to.saturating_sub(4), y.saturating_sub(4))/> }.into_any()
    } else {
        view! { <path class="head" d=format!("M{to} {y}l{back}7 -4v8z")/> }.into_any()
    };
    view! {
        <g class=class>
            <line x1=from x2=tip y1=y y2=y/>
            {dot}
            {head}
        </g>
    }
}

fn text_width(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX / CHAR_TENTHS).saturating_mul(CHAR_TENTHS) / 10
}

/// A label cut to the pixels it has; in full it stands in the table, the detail and the accessible name.
fn fit(label: &str, pixels: u32) -> String {
    let label = plain(label);
    if text_width(&label) <= pixels {
        return label;
    }
    let chars = usize::try_from(pixels * 10 / CHAR_TENTHS).unwrap_or(0).saturating_sub(1);
    let cut: String = label.chars().take(chars).collect();
    format!("{}…", cut.trim_end())
}
