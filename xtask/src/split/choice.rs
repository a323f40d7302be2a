//! What the first part needs, and what can wait: a walk from what the browser calls that stops at the split points.

use super::graph::{Graph, Node, roots};
use super::names::is_split_point;
use super::references::References;
use super::weight::{Weight, weights};
use crate::process::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use walrus::Module;

/// Less data than this stays where it is, in bytes: a segment of its own would cost as much.
const SMALLEST_RUN: usize = 16;

/// The most that is left free between two pieces of data so that the second is aligned, in bytes.
const PADDING: u32 = 15;

/// What the deferred part is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// Its functions, by their index in the module.
    pub(super) functions: BTreeSet<usize>,
    /// Those that the first part calls: the split points it knows.
    pub(super) entries: BTreeSet<usize>,
    /// The functions of the first part.
    pub(super) first: BTreeSet<usize>,
    /// Where the data is that only it needs.
    pub(super) data: Vec<Range<u32>>,
    /// What the first part is made of, heaviest first.
    pub(super) weights: Vec<Weight>,
}

/// Divides a module: the deferred part is what can be reached through split points only.
///
/// # Errors
/// When the first part calls no split point, or the linker knows other names than the module has.
pub(super) fn choose(module: &Module, references: &References) -> Outcome<Choice> {
    let graph = Graph::new(module, references);
    let points = graph.names.iter().filter(|(_, name)| is_split_point(name));
    if let Some((_, unknown)) = points.clone().find(|(_, name)| !references.functions.contains(*name)) {
        return Err(format!(
            "the linker does not know {unknown}: it has linked another program, or names are written in a new way"
        ));
    }
    let points: BTreeSet<Node> = points.map(|(index, _)| Node::Function(*index)).collect();
    let elsewhere = references.held_elsewhere.iter().flat_map(|item| graph.nodes(item));
    let reached = graph.reach(roots(module, references).into_iter().chain(elsewhere), &points);
    let first: BTreeSet<Node> = reached.keys().copied().collect();
    let entries: BTreeSet<Node> = points.into_iter().filter(|point| graph.is_used_by(point, &first)).collect();
    if entries.is_empty() {
        return Err("nothing can be deferred: the first part calls no split point".into());
    }
    let deferred: BTreeSet<Node> = graph.reach(entries.iter().copied(), &first).into_keys().collect();
    Ok(Choice {
        weights: weights(module, references, &graph, &reached),
        first: functions(&first),
        functions: functions(&deferred),
        entries: functions(&entries),
        data: runs(&references.data, |start| deferred.contains(&Node::Data(start))),
    })
}

/// The functions among nodes, by their index.
fn functions(nodes: &BTreeSet<Node>) -> BTreeSet<usize> {
    nodes.iter().filter_map(|node| if let Node::Function(index) = node { Some(*index) } else { None }).collect()
}

/// Chosen pieces of data, those beside one another as one.
fn runs(pieces: &BTreeMap<u32, u32>, is_chosen: impl Fn(u32) -> bool) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    let mut goes_on = false;
    for (start, end) in pieces {
        let is_chosen = is_chosen(*start);
        match runs.last_mut() {
            Some(run) if is_chosen && goes_on && start - run.end <= PADDING => run.end = *end,
            _ if is_chosen => runs.push(*start..*end),
            _ => {}
        }
        goes_on = is_chosen;
    }
    runs.retain(|run| run.len() >= SMALLEST_RUN);
    runs
}

#[cfg(test)]
mod tests {
    use super::super::references::Item;
    use super::super::sample;
    use super::*;

    fn names(module: &Module, indices: &BTreeSet<usize>) -> BTreeSet<String> {
        let chosen = module.funcs.iter().filter(|function| indices.contains(&function.id().index()));
        chosen.filter_map(|function| function.name.clone()).collect()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_only_a_split_point_leads_to_is_deferred() {
        let program = sample::program();
        let choice = choose(&program, &sample::references()).unwrap();
        assert_eq!(names(&program, &choice.functions), set(&["app::split_points::show", "diagnose", "draw", "view"]));
        assert_eq!(names(&program, &choice.entries), set(&["app::split_points::show"]));
    }

    #[test]
    fn what_the_first_part_calls_or_holds_the_address_of_stays_with_it() {
        let program = sample::program();
        let choice = choose(&program, &sample::references()).unwrap();
        assert_eq!(names(&program, &choice.first), set(&["start", "shared", "log", "handler", "unknown"]));
    }

    #[test]
    fn a_function_that_the_first_part_comes_to_need_moves_there_with_all_it_leads_to() {
        let program = sample::program();
        let mut references = sample::references();
        references.held.insert(Item::Function("handler".into()), BTreeSet::from([Item::Data(32)]));
        let choice = choose(&program, &references).unwrap();
        assert_eq!(names(&program, &choice.functions), set(&["app::split_points::show"]));
        assert_eq!(choice.data, []);
    }

    #[test]
    fn a_function_whose_address_is_held_by_who_knows_what_stays_with_the_first_part() {
        let program = sample::program();
        let references = References { held_elsewhere: BTreeSet::from([Item::Function("view".into())]), ..sample::references() };
        let choice = choose(&program, &references).unwrap();
        assert!(names(&program, &choice.first).contains("view"));
    }

    #[test]
    fn data_that_only_the_deferred_part_reads_goes_along() {
        let choice = choose(&sample::program(), &sample::references()).unwrap();
        assert_eq!(choice.data, vec![32..48]);
    }

    #[test]
    fn pieces_of_data_are_moved_together_unless_they_are_hardly_worth_it() {
        let pieces = BTreeMap::from([(0, 10), (12, 30), (30, 40), (40, 44), (100, 120)]);
        assert_eq!(runs(&pieces, |start| start != 30), [0..30, 100..120]);
        assert_eq!(runs(&pieces, |start| start == 40), []);
    }

    #[test]
    fn a_program_with_nothing_to_defer_is_refused() {
        let program = sample::parse(r#"(module (memory 1) (func $start (export "start")))"#);
        let refused = choose(&program, &References::default()).unwrap_err();
        assert!(refused.starts_with("nothing can be deferred"), "{refused}");
    }

    #[test]
    fn a_split_point_that_the_linker_does_not_know_is_refused() {
        let references = References { functions: set(&["start"]), ..sample::references() };
        let refused = choose(&sample::program(), &references).unwrap_err();
        assert!(refused.starts_with("the linker does not know app::split_points::show"), "{refused}");
    }
}
