//! What the first part needs, and what can wait: a walk from what the browser calls that stops at the split points.

use super::names::{is_split_point, readable};
use super::references::{Item, References};
use crate::process::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ElementItems, ExportItem, Function, FunctionId, FunctionKind, Module};

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
    let first = graph.reach(roots(module, references).into_iter().chain(elsewhere), &points);
    let entries: BTreeSet<Node> = points.into_iter().filter(|point| graph.is_used_by(point, &first)).collect();
    if entries.is_empty() {
        return Err("nothing can be deferred: the first part calls no split point".into());
    }
    let deferred = graph.reach(entries.iter().copied(), &first);
    Ok(Choice {
        first: functions(&first),
        functions: functions(&deferred),
        entries: functions(&entries),
        data: runs(&references.data, |start| deferred.contains(&Node::Data(start))),
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Function(usize),
    Data(u32),
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

/// What leads to what: calls in the finished module, addresses as the linker knew them.
struct Graph {
    names: BTreeMap<usize, String>,
    indices: BTreeMap<String, Vec<usize>>,
    edges: BTreeMap<Node, BTreeSet<Node>>,
}

impl Graph {
    fn new(module: &Module, references: &References) -> Self {
        let mut graph = Self { names: BTreeMap::new(), indices: BTreeMap::new(), edges: BTreeMap::new() };
        for function in module.funcs.iter() {
            let index = function.id().index();
            graph.edges.insert(Node::Function(index), calls(&function.kind));
            if let Some(name) = name(function) {
                graph.indices.entry(name.clone()).or_default().push(index);
                graph.names.insert(index, name);
            }
        }
        for (holder, held) in &references.held {
            let held: BTreeSet<Node> = held.iter().flat_map(|item| graph.nodes(item)).collect();
            for holder in graph.nodes(holder) {
                graph.edges.entry(holder).or_default().extend(&held);
            }
        }
        graph
    }

    /// What an item of the linker is in the finished module; wasm-bindgen drops some and multiplies others.
    fn nodes(&self, item: &Item) -> Vec<Node> {
        match item {
            Item::Function(name) => self.indices.get(name).into_iter().flatten().copied().map(Node::Function).collect(),
            Item::Data(start) => vec![Node::Data(*start)],
        }
    }

    /// Everything that the roots lead to, without what must not be entered.
    fn reach(&self, roots: impl IntoIterator<Item = Node>, closed: &BTreeSet<Node>) -> BTreeSet<Node> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<Node> = roots.into_iter().collect();
        while let Some(node) = waiting.pop() {
            if !closed.contains(&node) && reached.insert(node) {
                waiting.extend(self.edges.get(&node).into_iter().flatten());
            }
        }
        reached
    }

    fn is_used_by(&self, node: &Node, users: &BTreeSet<Node>) -> bool {
        users.iter().filter_map(|user| self.edges.get(user)).any(|edges| edges.contains(node))
    }
}

fn name(function: &Function) -> Option<String> {
    function.name.as_deref().map(readable)
}

/// The functions that one names.
fn calls(kind: &FunctionKind) -> BTreeSet<Node> {
    struct Calls(BTreeSet<Node>);
    impl<'body> Visitor<'body> for Calls {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.insert(Node::Function(function.index()));
        }
    }
    let mut calls = Calls(BTreeSet::new());
    if let FunctionKind::Local(function) = kind {
        dfs_in_order(&mut calls, function, function.entry_block());
    }
    calls.0
}

/// What the browser calls, and the functions in the table of which the linker does not say who holds their address.
fn roots(module: &Module, references: &References) -> BTreeSet<Node> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    let held: BTreeSet<&Item> = references.held.values().flatten().collect();
    let is_known =
        |function: &FunctionId| name(module.funcs.get(*function)).is_some_and(|name| held.contains(&Item::Function(name)));
    let segments = module.elements.iter().filter_map(|segment| match &segment.items {
        ElementItems::Functions(functions) => Some(functions),
        ElementItems::Expressions(..) => None,
    });
    let unknown = segments.flatten().copied().filter(|function| !is_known(function));
    exported.chain(module.start).chain(unknown).map(|function| Node::Function(function.index())).collect()
}

#[cfg(test)]
mod tests {
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
