//! The ladder as text, under what was found.

use alloc::format;
use alloc::string::String;

use super::{Drawn, plain};
use crate::diagnose::report;
use crate::diagram;
use crate::trace::Trace;

/// What was found and the ladder, in lines that a terminal shows as they are.
pub(super) fn ladder(trace: &Trace) -> String {
    let drawn = Drawn::of(trace);
    let mut text = String::new();
    for problem in &drawn.problems {
        let report = report(problem, trace);
        let certainty = problem.certainty.as_str();
        text.push_str(&format!("! {}: {} ({certainty})\n", problem.cause.slug, plain(&report.headline)));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    for line in diagram::text(&drawn.diagram).lines() {
        text.push_str(&plain(line));
        text.push('\n');
    }
    text
}
