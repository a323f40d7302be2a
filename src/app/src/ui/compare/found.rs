//! What is found in both recordings and in one alone, and what their servers show of themselves.

use inspector_core::compare::{Fact, Found, How};
use inspector_core::diagnose::cause;
use leptos::prelude::*;

use super::{Compared, is_of};
use crate::ui::dom::{El, View, el, live, row};
use crate::ui::findings::cause_chip;
use crate::ui::shown::{plain, shown};

/// The findings: in one recording alone, in the other alone, in both.
pub(super) fn found(compared: Memo<Option<Compared>>) -> View {
    live(move || compared.with(|compared| compared.as_ref().filter(|all| !all.comparison.findings.is_empty()).map(region)))
}

fn region(all: &Compared) -> El {
    let group = |title: String, left: bool, right: bool| {
        let lines: Vec<El> = all.comparison.findings.iter().filter(|found| is_of(found, left, right)).map(finding).collect();
        (!lines.is_empty()).then(|| (el("dt").child(title), el("dd").child(el("ul").class("plain").children(lines))))
    };
    let groups = (
        group(super::only(true, all), true, false),
        group(super::only(false, all), false, true),
        group("in both".to_owned(), true, true),
    );
    el("section")
        .class("found")
        .attr("aria-label", "Findings compared")
        .child(el("h3").child("Found"))
        .child(el("dl").child(groups))
}

/// One cause, with what it says in the recording that has it.
fn finding(found: &Found) -> El {
    let seen = found.left.as_ref().or(found.right.as_ref());
    let headline = seen.map(|seen| plain(&seen.headline)).unwrap_or_default();
    let is_problem = seen.is_some_and(|seen| seen.is_problem);
    el("li")
        .attr("data-cause", found.slug)
        .child(cause(found.slug).map(|cause| cause_chip(cause, is_problem)))
        .child(el("span").child(headline))
}

/// What the servers show of themselves, as a table.
pub(super) fn servers(compared: Memo<Option<Compared>>, is_open: bool) -> El {
    let table = move || {
        compared.with(|compared| {
            compared.as_ref().map(|all| {
                let (left, right) = all.titles();
                let column = |text: &str| el("th").attr("scope", "col").child(text);
                let head = el("tr").child(el("td")).child(column(left)).child(column(right)).child(column("Differs"));
                el("table").child(el("thead").child(head)).child(el("tbody").child(row(all.facts.iter().map(fact))))
            })
        })
    };
    el("details")
        .class("servers-compared")
        .flag("open", is_open)
        .child(el("summary").child("What the servers show of themselves"))
        .child(el("div").class("scroll").child(live(table)))
}

fn fact(fact: &Fact) -> El {
    let cell = |text: &str| el("td").child(if text.is_empty() { "–".into() } else { View::from(shown(text)) });
    el("tr")
        .attr("data-how", fact.how.as_str())
        .child(el("th").attr("scope", "row").child(fact.what))
        .child(cell(&fact.left))
        .child(cell(&fact.right))
        .child(el("td").child(match fact.how {
            How::Same => "",
            How::Differs => "≠ yes",
            How::Expected => "measured",
            How::NotKnown => "? not known",
        }))
}
