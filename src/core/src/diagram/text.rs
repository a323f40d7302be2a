//! The ladder in monospaced text, for terminals, mails and tests.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Diagram, Lifeline, LifelineEnd, Row, RowKind, Style};
use crate::sort::sort_by;

/// Characters of the time gutter.
const TIME: usize = 13;
/// Characters between the lanes.
const SPAN: usize = 70;

/// Characters from the server's lane to that of an authorization server; the sessions have their place there.
const BEYOND: usize = 22;

/// The diagram as text: one line per row, sessions as columns on the right, open streams as a thick lane.
pub fn text(diagram: &Diagram) -> String {
    let mut lines = Vec::with_capacity(diagram.rows.len() + 2);
    let lane = |n: usize| diagram.lanes.get(n);
    let title = |n| lane(n).map(|lane| lane.title.as_str()).unwrap_or_default();
    let subtitle = |n| lane(n).map(|lane| lane.subtitle.as_str()).unwrap_or_default();
    let gutter = " ".repeat(TIME + 2);
    lines.push(format!("{gutter}{:<SPAN$}{:<BEYOND$} {}", title(0), title(1), title(2)));
    lines.push(format!("{gutter}{:<SPAN$}{:<BEYOND$} {}", subtitle(0), subtitle(1), subtitle(2)));
    for row in &diagram.rows {
        let y = row.line_y();
        let open = diagram.bars.iter().any(|bar| bar.from <= y && y <= bar.to);
        let server = if open { '┃' } else { '│' };
        let sessions = sessions(&diagram.lifelines, y);
        let mark = row.mark.as_ref().map(|slug| format!("  ! {slug}")).unwrap_or_default();
        let drawn = match (row.lane, diagram.lanes.len()) {
            // Past the server and its sessions.
            (2, _) => format!("{}│", middle(row, SPAN + BEYOND)),
            (_, 3) => format!("{}{server}{sessions:<width$}│", middle(row, SPAN), width = BEYOND - 1),
            _ => format!("{}{server}{sessions}", middle(row, SPAN)),
        };
        lines.push(format!("{:>TIME$}  │{drawn}{mark}", row.time));
    }
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    trimmed.join("\n") + "\n"
}

/// What stands between the lanes, over so many characters.
fn middle(row: &Row, span: usize) -> String {
    let note = if row.note.is_empty() { String::new() } else { format!(" {} ", row.note) };
    let to_server = |line: char, head: &str| {
        let label = format!("{line} {} ", row.label);
        let fill = span.saturating_sub(label.chars().count() + note.chars().count() + 1);
        format!("{label}{}{note}{head}", fill_with(line, fill))
    };
    let to_client = |line: char, tail: &str| {
        let label = format!(" {} {tail}", row.label);
        format!("◀{}{label}", fill_with(line, span.saturating_sub(label.chars().count() + 1)))
    };
    let alone = |line: char| {
        let room = span.saturating_sub(row.label.chars().count() + 2);
        format!("{} {} {}", fill_with(line, room / 2), row.label, fill_with(line, room - room / 2))
    };
    match (row.kind, row.arrow.map(|arrow| arrow.style)) {
        (RowKind::Request, _) => to_server('─', "▶"),
        (RowKind::Response, _) => to_client('╌', "╌"),
        (_, Some(Style::Thin)) => to_client('─', "•"),
        (RowKind::Failure, _) => to_client('╌', "✕"),
        (RowKind::TimedOut | RowKind::Stopped, _) => to_server('╌', "✕"),
        (RowKind::Gap | RowKind::Rounds, _) => alone('═'),
        (RowKind::Caption, _) => format!("{:<span$}", format!("  {}", row.label)),
        (RowKind::Waiting, _) => alone('┄'),
        _ => format!("{:>span$}", format!("{} ", row.label)),
    }
}

fn fill_with(line: char, n: usize) -> String {
    core::iter::repeat_n(line, n).collect()
}

/// The sessions at a height: a letter where one begins, `┴` where it was ended, `✕` where it was forgotten.
fn sessions(lifelines: &[Lifeline], y: u32) -> String {
    let mut columns: Vec<(u32, String)> = lifelines
        .iter()
        .filter(|line| line.from <= y && y <= line.to)
        .map(|line| {
            let sign = match line.end {
                _ if y == line.from && line.sessions > 1 => "+".to_string(),
                _ if y == line.from => line.letter.clone(),
                LifelineEnd::Ended if y == line.to => "┴".to_string(),
                LifelineEnd::Forgotten if y == line.to => "✕".to_string(),
                _ => "│".to_string(),
            };
            (line.x, sign)
        })
        .collect();
    sort_by(&mut columns, |(x, _)| [u64::from(*x), 0, 0]);
    let mut out = String::new();
    let first = lifelines.iter().map(|line| line.x).min().unwrap_or_default();
    for (x, sign) in columns {
        // Two characters for each column, wherever the first free one is.
        let at = (x - first) as usize / 6 + 1;
        while out.chars().count() < at {
            out.push(' ');
        }
        out.push_str(&sign);
    }
    out
}
