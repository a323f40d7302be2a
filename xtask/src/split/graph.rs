//! What leads to what in a program: calls in the finished module, addresses as the linker knew them.

use super::names::readable;
use super::references::{Item, References};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ElementItems, ExportItem, Function, FunctionId, FunctionKind, Module};

/// Something that is in one part of the program or in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A function, by its index in the module.
    Function(usize),
    /// A piece of data, by where it begins in memory.
    Data(u32),
}

/// What a walk reached, each with what led to it first; a root with nothing.
pub(super) type Reached = BTreeMap<Node, Option<Node>>;

/// What leads to what.
pub(super) struct Graph {
    /// The functions that have names, by their index in the module.
    pub(super) names: BTreeMap<usize, String>,
    indices: BTreeMap<String, Vec<usize>>,
    edges: BTreeMap<Node, BTreeSet<Node>>,
}

impl Graph {
    /// The graph of a module.
    pub(super) fn new(module: &Module, references: &References) -> Self {
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
    pub(super) fn nodes(&self, item: &Item) -> Vec<Node> {
        match item {
            Item::Function(name) => self.indices.get(name).into_iter().flatten().copied().map(Node::Function).collect(),
            Item::Data(start) => vec![Node::Data(*start)],
        }
    }

    /// Everything that the roots lead to, without what must not be entered. Breadth first, so that what led to it is the shortest way.
    pub(super) fn reach(&self, roots: impl IntoIterator<Item = Node>, closed: &BTreeSet<Node>) -> Reached {
        let mut reached = Reached::new();
        let mut waiting: VecDeque<_> = roots.into_iter().map(|root| (root, None)).collect();
        while let Some((node, from)) = waiting.pop_front() {
            if closed.contains(&node) || reached.contains_key(&node) {
                continue;
            }
            reached.insert(node, from);
            waiting.extend(self.edges.get(&node).into_iter().flatten().map(|next| (*next, Some(node))));
        }
        reached
    }

    /// Whether one of these leads straight to a node.
    pub(super) fn is_used_by(&self, node: &Node, users: &BTreeSet<Node>) -> bool {
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
pub(super) fn roots(module: &Module, references: &References) -> BTreeSet<Node> {
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
