//! Two JSON values member by member: what was added, what was removed, what was changed, by JSON Pointer (RFC 6901).

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::exchange::{Lines, shown};
use super::known::{How, Veil, has_cover, is_covered_scalar, judge};
use crate::json::{self, Kind, Node};

/// Members of messages that are made anew for every request, by the end of their pointer: ids (JSON-RPC 2.0 §4), tokens of
/// progress, and what a server hands out to be handed back.
const EXPECTED: [&str; 10] = [
    "/params/requestId",
    "/params/progressToken",
    "/params/progress",
    "/params/_meta/progressToken",
    "/params/_meta/traceparent",
    "/params/_meta/tracestate",
    "/params/cursor",
    "/params/requestState",
    "/result/nextCursor",
    "/result/requestState",
];

/// By which member the items of a list are told apart: of tools and prompts, of resources, of templates.
const NAMES: [&str; 3] = ["name", "uri", "uriTemplate"];

/// A text and whether its recording was shared.
pub(super) type Seen<'a> = (&'a str, Veil);

/// Compares two texts of JSON; `false` when one of them is none.
pub(super) fn compare(left: Seen<'_>, right: Seen<'_>, lines: &mut Lines<'_>) -> bool {
    let (left_scan, right_scan) = (json::scan(left.0), json::scan(right.0));
    let (Some(l), Some(r)) = (left_scan.root(left.0), right_scan.root(right.0)) else { return false };
    if left_scan.error.is_some() || right_scan.error.is_some() {
        return false;
    }
    Walk { left: left.1, right: right.1, lines }.values(&mut String::new(), l, r);
    true
}

struct Walk<'a, 'b> {
    left: Veil,
    right: Veil,
    lines: &'a mut Lines<'b>,
}

impl Walk<'_, '_> {
    fn values(&mut self, at: &mut String, left: Node<'_>, right: Node<'_>) {
        if self.lines.are_full() {
            return self.lines.leave_out(usize::from(left.raw() != right.raw()));
        }
        if left.is_object() && right.is_object() {
            self.objects(at, left, right);
        } else if left.is_array() && right.is_array() {
            self.arrays(at, left, right);
        } else {
            let how = if is_expected(at) && left.raw() != right.raw() { How::Expected } else { self.leaves(left, right) };
            self.lines.add(at, Some(shown(left.raw())), Some(shown(right.raw())), how);
        }
    }

    fn leaves(&self, left: Node<'_>, right: Node<'_>) -> How {
        let covered =
            |node: Node<'_>, veil| matches!(node.kind(), Kind::Number | Kind::Null) && is_covered_scalar(node.raw(), veil);
        if left.raw() == right.raw() {
            return How::Same;
        }
        if covered(left, self.left) || covered(right, self.right) {
            return How::NotKnown;
        }
        match (left.as_str(), right.as_str()) {
            (Some(l), Some(r)) => judge((&l, self.left), (&r, self.right)),
            _ => How::Differs,
        }
    }

    fn objects(&mut self, at: &mut String, left: Node<'_>, right: Node<'_>) {
        // Of a key that stands twice the last one counts.
        let known: BTreeMap<Cow<'_, str>, Node<'_>> = right.entries().collect();
        let ours: BTreeMap<Cow<'_, str>, Node<'_>> = left.entries().collect();
        // A key that is covered may be any of those that only the other side has.
        let veiled = ours.keys().any(|key| has_cover(key, self.left)) || known.keys().any(|key| has_cover(key, self.right));
        let alone = if veiled { How::NotKnown } else { How::Differs };
        for (key, value) in &ours {
            self.step(at, &escaped(key), |walk, at| match known.get(key) {
                Some(other) => walk.values(at, *value, *other),
                None => walk.lines.add(at, Some(shown(value.raw())), None, alone),
            });
        }
        for (key, value) in known.iter().filter(|(key, _)| !ours.contains_key(*key)) {
            self.step(at, &escaped(key), |walk, at| walk.lines.add(at, None, Some(shown(value.raw())), alone));
        }
    }

    fn arrays(&mut self, at: &mut String, left: Node<'_>, right: Node<'_>) {
        if let (Some(ours), Some(theirs)) = (by_name(left), by_name(right)) {
            return self.named(at, &ours, &theirs);
        }
        let (mut ours, mut theirs) = (left.items(), right.items());
        for n in 0_usize.. {
            let (one, other) = (ours.next(), theirs.next());
            if one.is_none() && other.is_none() {
                break;
            }
            self.step(at, &n.to_string(), |walk, at| walk.either(at, one, other));
        }
    }

    /// Lists of things with names: a tool that is missing does not move those after it.
    fn named(&mut self, at: &mut String, ours: &[(String, Node<'_>)], theirs: &[(String, Node<'_>)]) {
        let known: BTreeMap<&str, Node<'_>> = theirs.iter().map(|(name, node)| (name.as_str(), *node)).collect();
        let own: BTreeMap<&str, Node<'_>> = ours.iter().map(|(name, node)| (name.as_str(), *node)).collect();
        for (n, (name, node)) in ours.iter().enumerate() {
            let label = format!("{n} ({})", shown(name));
            self.step(at, &label, |walk, at| walk.either(at, Some(*node), known.get(name.as_str()).copied()));
        }
        for (n, (name, node)) in theirs.iter().enumerate().filter(|(_, (name, _))| !own.contains_key(name.as_str())) {
            let label = format!("{n} ({})", shown(name));
            self.step(at, &label, |walk, at| walk.either(at, None, Some(*node)));
        }
    }

    fn either(&mut self, at: &mut String, left: Option<Node<'_>>, right: Option<Node<'_>>) {
        match (left, right) {
            (Some(left), Some(right)) => self.values(at, left, right),
            (left, right) => {
                let text = |node: Option<Node<'_>>| node.map(|node| shown(node.raw()));
                self.lines.add(at, text(left), text(right), How::Differs);
            }
        }
    }

    fn step(&mut self, at: &mut String, name: &str, go: impl FnOnce(&mut Self, &mut String)) {
        let length = at.len();
        at.push('/');
        at.push_str(name);
        go(self, at);
        at.truncate(length);
    }
}

/// Whether what stands there is made anew for every message.
fn is_expected(at: &str) -> bool {
    at == "/id" || EXPECTED.iter().any(|end| at.ends_with(end)) || (at.ends_with("/id") && at.matches('/').count() == 2)
}

/// The items of a list by their names, when each of them has one and no two have the same.
fn by_name(list: Node<'_>) -> Option<Vec<(String, Node<'_>)>> {
    let first = list.items().next()?;
    let key = NAMES.into_iter().find(|key| first.get(key).is_some())?;
    let items = list.items().map(|item| Some((item.get(key)?.as_str()?.into_owned(), item)));
    let items: Vec<(String, Node<'_>)> = items.collect::<Option<_>>()?;
    let distinct: BTreeMap<&str, ()> = items.iter().map(|(name, _)| (name.as_str(), ())).collect();
    (distinct.len() == items.len()).then_some(items)
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
