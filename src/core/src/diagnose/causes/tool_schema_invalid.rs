//! A tool declares its arguments in a way that the specification does not allow.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Finding, Group, Say, wording};
use crate::id::EventRef;
use crate::json;
use crate::mcp::{self, Era, Revision, Tool, annotation_flaws};
use crate::trace::Trace;

/// So many tools are named.
const NAMED: usize = 3;

pub(super) static CAUSE: Cause =
    Cause { slug: "tool-schema-invalid", group: Group::Offers, title: "The schema of a tool is not allowed", find, say };

/// What is wrong with a tool, as the end of a sentence that begins with its name; `None` when nothing is.
fn flaw(tool: &Tool, era: Era) -> Option<String> {
    let input = not_an_object_schema(&tool.member("inputSchema")).map(|what| format!("has an inputSchema {what}"));
    let missing = || tool.member("inputSchema").is_empty().then(|| "has no inputSchema".to_string());
    // 2025-06-18 added it; a tool need not have one.
    let output = || {
        let output = Some(tool.member("outputSchema")).filter(|schema| !schema.is_empty() && era == Era::Handshake)?;
        not_an_object_schema(&output).map(|what| format!("has an outputSchema {what}"))
    };
    let annotation = || {
        let flaw = annotation_flaws(tool).into_iter().next().filter(|_| era == Era::Stateless)?;
        let named = wording::quote(&flaw.header);
        Some(format!("has the header annotation {named} at {}, which is {}", flaw.at, flaw.fault.as_str()))
    };
    missing().or(input).or_else(output).or_else(annotation)
}

/// What a schema is instead of one for an object, which the arguments of a tool are (2024-11-05 and later, tools); `None` for
/// one that is as it should be, and for none at all.
fn not_an_object_schema(schema: &str) -> Option<String> {
    if schema.is_empty() {
        return None;
    }
    let scan = json::scan(schema);
    let root = scan.root(schema)?;
    if !root.is_object() {
        return Some(format!("that is {}, not a schema", wording::quote(schema)));
    }
    match root.get("type") {
        None => Some("without a type".to_string()),
        Some(kind) if kind.as_str().as_deref() == Some("object") => None,
        Some(kind) => Some(format!("of the type {}", wording::quote(kind.raw().trim_matches('"')))),
    }
}

/// The tools with something wrong, and what it is.
fn flawed(trace: &Trace) -> Vec<(&Tool, String)> {
    let era = trace.server().and_then(|server| server.revision()).map_or(Era::Handshake, Revision::era);
    let all = trace.tools().iter().chain(trace.dropped_tools());
    all.filter_map(|tool| Some((tool, flaw(tool, era)?))).collect()
}

/// This page lists the tools all the same, so it is a note.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let flawed = flawed(facts.trace);
    let Some((first, _)) = flawed.first() else { return };
    let holds = |at: &EventRef| {
        let tools = facts.trace.item_text(*at).and_then(|text| mcp::read_tools(&text)).map(|page| page.items);
        tools.unwrap_or_default().iter().any(|tool| tool.raw == first.raw)
    };
    let pages = facts.trace.tool_pages();
    let at = pages.iter().map(|page| page.at).find(holds).or(pages.last().map(|page| page.at));
    out.extend(at.map(|at| Finding::new(&CAUSE, Certainty::Proven, at).note()));
}

fn say(_: &Finding, facts: &Facts<'_>) -> Say {
    let (host, flawed) = (wording::host(facts), flawed(facts.trace));
    let one = |(tool, flaw): &(&Tool, String)| format!("{} {flaw}", wording::quote(&tool.name));
    let said = flawed.iter().take(NAMED).map(one).collect::<Vec<_>>().join("; ");
    let more = match flawed.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!("; and {}", wording::count(n, "more tool")),
    };
    Say::new(
        format!("{host} lists {} that clients may refuse.", wording::count(flawed.len(), "tool")),
        format!("{said}{more}. Some clients refuse the whole list for one of these, others leave the tool out without a word."),
    )
}
