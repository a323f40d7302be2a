//! A sequence diagram in Mermaid's language, for places that draw it: issue trackers, wikis, editors.

use alloc::format;
use alloc::string::String;

use super::{Drawn, plain};
use crate::diagram::{Row, RowKind, Style};

/// The names of the lanes in the diagram's text.
const LANES: [&str; 3] = ["C", "S", "A"];

/// Mermaid refuses a text of more than 50,000 characters; so many are written.
const LONGEST: usize = 45_000;

/// The diagram.
pub(super) fn mermaid(drawn: &Drawn) -> String {
    let diagram = &drawn.diagram;
    let mut text = String::from("sequenceDiagram\n");
    for (name, lane) in LANES.iter().zip(&diagram.lanes) {
        let of = if lane.subtitle.is_empty() { String::new() } else { format!("<br/>{}", escaped(&lane.subtitle)) };
        text.push_str(&format!("    participant {name} as {}{of}\n", escaped(&lane.title)));
    }
    for (n, row) in diagram.rows.iter().enumerate() {
        if text.len() > LONGEST {
            let more = diagram.rows.len() - n;
            text.push_str(&format!("    Note over C,S: {more} more lines are left out\n"));
            break;
        }
        text.push_str(&line(row));
        if let Some(slug) = &row.mark {
            let title =
                drawn.problems.iter().find(|problem| problem.cause.slug == slug).map_or("", |problem| problem.cause.title);
            text.push_str(&format!("    Note over C,{}: {}\n", far(row), escaped(&format!("{title} ({slug})"))));
        }
    }
    text
}

fn far(row: &Row) -> &'static str {
    LANES.get(row.lane).copied().unwrap_or(LANES[1])
}

fn line(row: &Row) -> String {
    let far = far(row);
    let said = [row.label.as_str(), row.note.as_str()].into_iter().filter(|text| !text.is_empty());
    let said = escaped(&said.collect::<alloc::vec::Vec<_>>().join(" · "));
    let arrow = |from: &str, sign: &str, to: &str| format!("    {from}{sign}{to}: {said}\n");
    match (row.kind, row.arrow.map(|arrow| arrow.style)) {
        (RowKind::Request, Some(Style::Broken)) | (RowKind::TimedOut | RowKind::Stopped, _) => arrow(LANES[0], "-x", far),
        (RowKind::Request, _) => arrow(LANES[0], "->>", far),
        (RowKind::Response, _) => arrow(far, "-->>", LANES[0]),
        (RowKind::Failure, _) => arrow(far, "--x", LANES[0]),
        (RowKind::Event | RowKind::Comment, _) => arrow(far, "-)", LANES[0]),
        _ => format!("    Note over {},{far}: {said}\n", LANES[0]),
    }
}

/// A text in which nothing means anything to Mermaid: `#` begins an entity, `;` ends a statement, and markup is taken for HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '#' => out.push_str("#35;"),
            ';' => out.push_str("#59;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '%' => out.push_str("#37;"),
            c => out.push(c),
        }
    }
    if out.trim().is_empty() { String::from("…") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_a_statement_or_begins_markup() {
        assert_eq!(escaped("a; b #1 <br> %%"), "a#59; b #35;1 #lt;br#gt; #37;#37;");
        assert_eq!(escaped(" "), "…");
    }
}
