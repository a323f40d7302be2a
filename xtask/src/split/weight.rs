//! What the first part is made of and how the walk came there: where to look when a first visit grows.

use super::graph::{Graph, Node, Reached};
use super::names::{origin, unhashed};
use super::references::References;
use crate::process::Outcome;
use std::collections::BTreeMap;
use walrus::{FunctionKind, Module};

/// What is of use only once there is a recording, and most of the program. One way there is enough to bring it all into the first part.
const DEFERRED: [&str; 4] = ["inspector_demo", "inspector_core::session", "inspector_core::diagnose", "inspector_core::diagram"];

/// The most steps of a way that are told: the last ones say what to change.
const STEPS: usize = 5;

/// How many rows are printed.
const ROWS: usize = 12;

/// What one crate, or one module of ours, weighs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Weight {
    /// The crate, or crate and module.
    origin: String,
    /// Its functions and the data that they lead to, in bytes, before wasm-opt.
    bytes: usize,
    /// Our functions that lead to its largest one, the nearest last.
    way: Vec<String>,
}

impl Weight {
    /// Whether it belongs into the deferred part as a whole.
    fn is_out_of_place(&self) -> bool {
        DEFERRED
            .iter()
            .any(|module| self.origin.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
    }
}

/// Prints what weighs most.
///
/// # Errors
/// When something is in the first part that belongs into the deferred part as a whole; says how the first part comes to need it.
pub(super) fn report(weights: &[Weight]) -> Outcome {
    println!("\n{:<44} {:>10}", "heaviest in the first part, before wasm-opt", "bytes");
    for Weight { origin, bytes, .. } in &weights[..ROWS.min(weights.len())] {
        println!("{origin:<44} {bytes:>10}");
    }
    match weights.iter().find(|weight| weight.is_out_of_place()) {
        None => Ok(()),
        Some(Weight { origin, bytes, way }) => {
            let way = way.join("\n  ");
            Err(format!(
                "the first part has come to need {origin} ({bytes} bytes), which belongs into the deferred part. The way there:\n  {way}"
            ))
        }
    }
}

/// What was reached, by where it comes from, heaviest first.
pub(super) fn weights(module: &Module, references: &References, graph: &Graph, reached: &Reached) -> Vec<Weight> {
    let sizes = sizes(module, references);
    // The bytes of each, and its largest function.
    let mut origins: BTreeMap<String, (usize, usize, Node)> = BTreeMap::new();
    for node in reached.keys() {
        let size = sizes.get(node).copied().unwrap_or_default();
        // Data has no name: it counts for the function that led to it.
        let Some(name) = ancestors(reached, *node).find_map(|node| name(graph, node)) else { continue };
        let (bytes, largest, at) = origins.entry(origin(name)).or_insert((0, 0, *node));
        *bytes += size;
        if size > *largest {
            (*largest, *at) = (size, *node);
        }
    }
    let weigh = |(origin, (bytes, _, at))| Weight { way: way(graph, reached, at), origin, bytes };
    let mut weights: Vec<Weight> = origins.into_iter().map(weigh).collect();
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.bytes));
    weights
}

fn sizes(module: &Module, references: &References) -> BTreeMap<Node, usize> {
    let functions = module.funcs.iter().filter_map(|function| match &function.kind {
        FunctionKind::Local(local) => Some((Node::Function(function.id().index()), local.original_range.as_ref()?.len())),
        _ => None,
    });
    functions.chain(references.data.iter().map(|(start, end)| (Node::Data(*start), (end - start) as usize))).collect()
}

fn name(graph: &Graph, node: Node) -> Option<&str> {
    if let Node::Function(index) = node { graph.names.get(&index).map(String::as_str) } else { None }
}

/// A node, what led to it, and so on up to a root.
fn ancestors(reached: &Reached, node: Node) -> impl Iterator<Item = Node> {
    std::iter::successors(Some(node), |node| reached.get(node).copied().flatten())
}

/// Our functions on the way to a node, the nearest last.
fn way(graph: &Graph, reached: &Reached, node: Node) -> Vec<String> {
    let ours = ancestors(reached, node).filter_map(|node| name(graph, node)).filter(|name| name.contains("inspector_"));
    let mut way: Vec<String> = ours.take(STEPS).map(|name| unhashed(name).to_owned()).collect();
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::super::choice::choose;
    use super::super::graph::roots;
    use super::super::sample;
    use super::*;
    use std::collections::BTreeSet;

    /// A page that starts, and by dropping something comes to the demo server.
    const PROGRAM: &str = r#"(module
        (memory 1)
        (func $inspector_app::start (export "start") (call $alloc::rc::Rc::drop_slow))
        (func $alloc::rc::Rc::drop_slow (call $inspector_app::driver::abort) (call $inspector_app::driver::abort))
        (func $inspector_app::driver::abort (call $inspector_demo::server::handle))
        (func $inspector_demo::server::handle))"#;

    fn weights_of(program: &str) -> Vec<Weight> {
        let (module, references) = (sample::parse(program), References::default());
        let graph = Graph::new(&module, &references);
        let reached = graph.reach(roots(&module, &references), &BTreeSet::new());
        weights(&module, &references, &graph, &reached)
    }

    #[test]
    fn the_heaviest_comes_first() {
        let weights = weights_of(PROGRAM);
        assert_eq!(weights[0].origin, "alloc");
        assert!(weights.is_sorted_by_key(|weight| std::cmp::Reverse(weight.bytes)), "{weights:?}");
    }

    #[test]
    fn data_counts_for_what_leads_to_it() {
        let bytes = |references: &References| {
            let weights = choose(&sample::program(), references).unwrap().weights;
            weights.into_iter().find(|weight| weight.origin == "shared").unwrap().bytes
        };
        let without = References { data: BTreeMap::new(), ..sample::references() };
        assert_eq!(bytes(&sample::references()), bytes(&without) + 16);
    }

    #[test]
    fn what_belongs_into_the_deferred_part_is_refused_with_the_way_that_leads_there() {
        let refused = report(&weights_of(PROGRAM)).unwrap_err();
        assert!(refused.contains("has come to need inspector_demo::server"), "{refused}");
        assert!(
            refused.ends_with("\n  inspector_app::start\n  inspector_app::driver::abort\n  inspector_demo::server::handle"),
            "{refused}"
        );
    }

    #[test]
    fn what_a_first_visit_may_need_is_not_refused() {
        assert_eq!(report(&weights_of(&PROGRAM.replace("inspector_demo", "inspector_demonstration"))), Ok(()));
    }
}
