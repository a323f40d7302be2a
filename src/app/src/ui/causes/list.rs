//! The list of the causes: by group, or what a search finds, the best first.

use inspector_core::diagnose::{Excerpt, Group, Hit};
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

use super::{Causes, SEARCH};
use crate::explanations::Explanations;
use crate::selectors::Selectors;
use crate::symptoms::Symptoms;
use crate::ui::dom::{El, View, button, el, live, memo, row, words};
use crate::ui::keyboard::{focus, is_typing};

/// What people search for, as examples.
const EXAMPLES: [&str; 4] = ["401", "Session terminated", "-32001", "nginx"];

/// The field to search in, and what is found.
pub(super) fn list(causes: Causes) -> El {
    let (explanations, symptoms) = (Explanations::get(), Symptoms::get());
    let found = memo(move || {
        let hits = causes.query.with(|query| explanations.search(query, &symptoms.behind(query)));
        let of = |group: Group| hits.iter().filter(move |hit| hit.cause.group == group).cloned();
        if causes.lists_all() { Group::ALL.into_iter().flat_map(of).collect() } else { hits.clone() }
    });
    // Of the links, only one is a stop of the Tab key; the arrows walk them.
    let at = RwSignal::new(0_usize);
    let walk = move |event: KeyboardEvent| {
        let (count, in_field) = (found.with_untracked(Vec::len), is_typing(&event));
        let to = match (event.key().as_str(), in_field) {
            ("ArrowDown", true) => 0,
            ("ArrowDown", false) => at.get_untracked() + 1,
            ("ArrowUp", false) if at.get_untracked() == 0 => return focus(SEARCH),
            ("ArrowUp", false) => at.get_untracked() - 1,
            ("Enter", true) => {
                if let Some(first) = found.with_untracked(|found| found.first().map(|hit| hit.cause)) {
                    causes.read(first);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if to < count {
            focus(&link_id(to));
        }
    };
    let field = el("input")
        .attr("id", SEARCH)
        .attr("type", "search")
        .attr("placeholder", "Status, error code, or what a client shows")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .bind(causes.query);
    let count = move || match (found.with(Vec::len), causes.lists_all()) {
        (n, all) if causes.names_none() => {
            let unknown = causes.unknown.get().unwrap_or_default();
            let near = if n > 0 && !all { " These come near." } else { "" };
            format!("There is no cause “{unknown}”.{near}")
        }
        (n, true) => format!("{n} causes"),
        (0, false) => "No cause has these words. Fewer of them find more.".to_owned(),
        (1, false) => "1 cause found".to_owned(),
        (n, false) => format!("{n} causes found"),
    };
    let examples = EXAMPLES.map(|example| button(example, move || causes.query.set(example.to_owned())).class("link mono"));
    let examples = el("p").class("examples quiet").child("For example ").children(examples);
    el("nav")
        .attr("aria-label", "All causes")
        .on("keydown", walk)
        .child(el("label").attr("for", SEARCH).child("Search causes"))
        .child(field)
        .child(examples)
        .child(el("p").class("quiet").attr("role", "status").child(words(count)))
        .child(el("div").class("found").child(live(move || results(causes, found, at))))
}

fn results(causes: Causes, found: Memo<Vec<Hit>>, at: RwSignal<usize>) -> View {
    at.set(0);
    let hits: Vec<(usize, Hit)> = found.get().into_iter().enumerate().collect();
    let links = |hits: &[(usize, Hit)]| el("ul").children(hits.iter().map(|(n, hit)| el("li").child(link(causes, hit, *n, at))));
    if !causes.lists_all() {
        return links(&hits).into();
    }
    let group = |group: Group| {
        let own: Vec<(usize, Hit)> = hits.iter().filter(|(_, hit)| hit.cause.group == group).cloned().collect();
        (!own.is_empty()).then(|| (el("h3").child(group.title()), links(&own)))
    };
    row(Group::ALL.map(group))
}

fn link(causes: Causes, hit: &Hit, n: usize, at: RwSignal<usize>) -> El {
    let cause = hit.cause;
    let here = move || Selectors::get().findings.with(|told| told.iter().any(|told| told.finding.cause == cause));
    let here = live(move || here().then(|| el("span").class("chip mut").child("in this recording")));
    el("a")
        .attr("id", link_id(n))
        .attr("href", format!("#cause={}", cause.slug))
        .live_attr("aria-current", move || (causes.reading.get() == Some(cause)).then_some("page"))
        .live_attr("tabindex", move || if at.get() == n { "0" } else { "-1" })
        .on("focus", move |_: Event| at.set(n))
        .child(el("span").class("title").child(cause.title).child(here))
        .child(el("code").child(cause.slug))
        .child(hit.excerpt.clone().map(excerpt))
}

fn excerpt(Excerpt { before, found, after }: Excerpt) -> El {
    el("span").class("excerpt").child(before).child(el("mark").child(found)).child(after)
}

fn link_id(n: usize) -> String {
    format!("cause-link-{n}")
}
