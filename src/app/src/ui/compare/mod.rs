//! Two recordings side by side: where they part, their steps, and what differs in the two exchanges that are chosen.

mod choose;
mod difference;
mod found;
mod rows;

use inspector_core::compare::{Comparison, Fact, Found, Names, Parting, Side, facts};
use inspector_core::numbers::count;
use leptos::prelude::*;

pub(super) use choose::choose;

use super::dom::{El, View, button, el, live, memo, row, when, words};
use super::keyboard::{focus, focus_soon};
use super::shown::plain;
use crate::store::{Opened, Origin, Source, Stage, Store};

/// The id of the list of steps.
const STEPS: &str = "steps";

/// The id of what differs in the chosen exchanges.
const DIFFERENCE: &str = "difference";

/// Both recordings as they are compared, with what is shown of each as a whole.
#[derive(Clone, PartialEq)]
struct Compared {
    comparison: Comparison,
    facts: Vec<Fact>,
    parting: Parting,
    left: Head,
    right: Head,
}

/// What is said of a recording above its column.
#[derive(Clone, Copy, PartialEq)]
struct Called {
    /// Above its column.
    title: &'static str,
    /// In a sentence.
    name: &'static str,
}

#[derive(Clone, PartialEq)]
struct Head {
    called: Called,
    what: String,
}

const THIS: Called = Called { title: "This recording", name: "this recording" };
const OTHER: Called = Called { title: "The other", name: "the other" };
const STATELESS: Called = Called { title: "2026-07-28, stateless", name: "the stateless run" };
const HANDSHAKE: Called = Called { title: "2025-11-25, handshake", name: "the handshake run" };

/// Whether the comparison is what the page shows.
pub(super) fn is_open() -> bool {
    let comparing = Store::get().comparing;
    comparing.open.get() && matches!(comparing.stage.get(), Stage::Done { .. })
}

/// The way back to a comparison, while one of its recordings is looked at alone.
pub(super) fn strip() -> View {
    let store = Store::get();
    let comparing = store.comparing;
    when(
        move || matches!(comparing.stage.get(), Stage::Done { .. }) && !comparing.open.get(),
        move || {
            let back = move || {
                comparing.open.set(true);
                focus_soon(STEPS.to_owned());
            };
            el("section")
                .class("opened")
                .attr("aria-label", "Comparison")
                .child(el("div").child(el("p").child("One of two recordings that are compared.")))
                .child(button("Back to the comparison", back))
                .child(button("Forget it", move || store.forget_comparison_and_stay()))
        },
    )
}

/// The region "Comparison".
pub(super) fn comparison() -> El {
    let store = Store::get();
    let eras = memo(move || matches!(store.comparing.stage.get(), Stage::Done { eras: true, .. }));
    let compared = memo(move || store.with_compared(|left, right| compare(left, right, store)));
    let parting = memo(move || compared.with(|compared| compared.as_ref().map(|all| all.parting.clone())));
    let says = move || parting.with(|parting| parting.as_ref().map(part));
    let title = words(move || if eras.get() { "Eras compared" } else { "Two recordings compared" });
    let close = move || {
        store.close_comparison();
        focus_soon("main".to_owned());
    };
    let head = el("header")
        .child(el("h3").child(title))
        .child(el("span").class("spring"))
        .child(button("Swap sides", move || store.swap_sides()).class("small"))
        .child(button("Close comparison", close).class("small"));
    let answer = el("section")
        .class("verdict")
        .attr("data-state", "differs")
        .attr("aria-label", "Where they part")
        .child(head)
        .child(el("div").attr("role", "status").child(live(says)));
    let side = el("div").class("beside").child(difference::difference(compared));
    let all = el("div")
        .class("both")
        .child(answer)
        .child(found::found(compared))
        .child(rows::steps(compared))
        .child(found::servers(compared, eras.get_untracked()));
    focus_soon(STEPS.to_owned());
    el("section").class("comparing").attr("aria-label", "Comparison").child(all).child(side)
}

/// Where the two part: the answer first, then what may be the reason.
fn part(parting: &Parting) -> View {
    let before = parting.before.iter().map(|sentence| el("p").child(plain(sentence)));
    (el("h2").child(plain(&parting.headline)), row(before)).into()
}

fn compare(left: (&Side<'_>, &Source), right: (&Side<'_>, &Source), store: Store) -> Compared {
    let flipped = store.comparing.flipped.get();
    let (first, other) = match store.comparing.stage.get() {
        Stage::Done { eras: true, .. } => (HANDSHAKE, STATELESS),
        _ => (THIS, OTHER),
    };
    let (one, two) = if flipped { (other, first) } else { (first, other) };
    let comparison = Comparison::of(left.0, right.0);
    Compared {
        facts: facts(left.0, right.0),
        parting: comparison.parting(Names { left: one.name, right: two.name }),
        comparison,
        left: Head { called: one, what: what(left) },
        right: Head { called: two, what: what(right) },
    }
}

/// What a recording is, in a line: `orders.example.com/mcp · 5 exchanges · recorded incident`.
fn what((side, source): (&Side<'_>, &Source)) -> String {
    let server = &side.trace.about.server;
    let exchanges = count(side.trace.exchanges().len() as u64, "exchange");
    let from = match source {
        Source::Live => "run on this page".to_owned(),
        Source::Incident(_) => "recorded incident".to_owned(),
        Source::Opened(Opened { origin: Origin::Link, .. }) => "from a link".to_owned(),
        Source::Opened(Opened { origin: Origin::Pasted, .. }) => "pasted".to_owned(),
        Source::Opened(Opened { origin: Origin::File(name) | Origin::History(name), .. }) => name.clone(),
    };
    format!("{}{} · {exchanges} · {from}", server.authority(), server.path())
}

impl Compared {
    /// What both sides are called above their columns.
    fn titles(&self) -> (&'static str, &'static str) {
        (self.left.called.title, self.right.called.title)
    }
}

/// Who has what stands on one side only.
fn only(left: bool, compared: &Compared) -> String {
    format!("only in {}", if left { compared.left.called.name } else { compared.right.called.name })
}

/// The findings that a recording has alone, or both.
fn is_of(found: &Found, left: bool, right: bool) -> bool {
    found.left.is_some() == left && found.right.is_some() == right
}

/// Puts the focus back into the list.
fn back_to_steps(store: Store) {
    store.detail_open.set(false);
    focus(STEPS);
}
