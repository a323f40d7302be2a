//! Two tools have one name, or names that a person or a model cannot tell apart.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::lookalike::skeleton;
use super::{Cause, Certainty, Facts, Finding, Group, Say, tools_page_loop, wording};
use crate::id::EventRef;
use crate::mcp::{self, Tool};
use crate::trace::Trace;

/// So many pairs are named.
const NAMED: usize = 3;

pub(super) static CAUSE: Cause =
    Cause { slug: "tool-name-duplicate", group: Group::Offers, title: "Two tools cannot be told apart by name", find, say };

/// The tools that share a name with another, each with how often it is there, or those that look alike.
#[derive(Default)]
struct Alike<'a> {
    /// Names that are there more than once.
    same: Vec<(&'a str, usize)>,
    /// Different names that look the same.
    similar: Vec<Vec<&'a str>>,
}

fn alike(trace: &Trace) -> Alike<'_> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tool in trace.tools().iter().chain(trace.dropped_tools()).filter(|tool| !tool.name.is_empty()) {
        *counts.entry(&*tool.name).or_default() += 1;
    }
    let mut looks: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in counts.keys() {
        looks.entry(skeleton(name)).or_default().push(name);
    }
    Alike {
        same: counts.into_iter().filter(|(_, count)| *count > 1).collect(),
        similar: looks.into_values().filter(|names| names.len() > 1).collect(),
    }
}

/// The tools can be listed all the same, so it is a note.
fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    // Pages that come again bring their tools again.
    if out.iter().any(|found| found.cause == &tools_page_loop::CAUSE && found.param("how") != Some("empty")) {
        return;
    }
    let Alike { same, similar } = alike(facts.trace);
    let (names, certainty) = match (&*same, &*similar) {
        ([], []) => return,
        ([], [first, ..]) => (first.clone(), Certainty::Possible),
        ([(name, _), ..], _) => (Vec::from([*name]), Certainty::Proven),
    };
    let mut listed = pages_with(facts.trace, &names).into_iter();
    let Some(at) = listed.next().or_else(|| facts.trace.tool_pages().last().map(|page| page.at)) else { return };
    out.push(Finding::new(&CAUSE, certainty, at).and(listed).note());
}

/// The pages of the list that hold one of these names.
fn pages_with(trace: &Trace, names: &[&str]) -> Vec<EventRef> {
    let holds = |at: &EventRef| {
        let tools = trace.item_text(*at).and_then(|text| mcp::read_tools(&text)).map(|page| page.items).unwrap_or_default();
        tools.iter().any(|tool: &Tool| names.contains(&&*tool.name))
    };
    trace.tool_pages().iter().map(|page| page.at).filter(holds).collect()
}

fn say(_: &Finding, facts: &Facts<'_>) -> Say {
    let (host, Alike { same, similar }) = (wording::host(facts), alike(facts.trace));
    let [(name, times), more @ ..] = &*same else {
        let pairs: Vec<String> = similar.iter().take(NAMED).map(|names| both(names)).collect();
        return Say::new(
            format!("{host} lists {} whose names look alike.", wording::count(similar.iter().map(Vec::len).sum(), "tool")),
            format!("{}. A model that reads one of them may call the other.", pairs.join("; ")),
        );
    };
    let others = if more.is_empty() { String::new() } else { format!(" So are {} more names.", more.len()) };
    Say::new(
        format!("{host} lists {times} tools by the name {}.", wording::quote(name)),
        format!("A call can only say the name, so one of them cannot be reached; some clients refuse the whole list.{others}"),
    )
}

/// Names that look alike, so that they can be told apart: what is not ASCII by its number.
fn both(names: &[&str]) -> String {
    let spelt = |name: &&str| {
        let spelt: String = name
            .chars()
            .map(|c| if c.is_ascii_graphic() { String::from(c) } else { format!("\\u{{{:x}}}", u32::from(c)) })
            .collect();
        wording::quote(&spelt)
    };
    wording::list(&names.iter().map(spelt).collect::<Vec<_>>())
}
