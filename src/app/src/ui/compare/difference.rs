//! What differs in the two exchanges that are chosen, part by part.

use inspector_core::compare::{self, How, Line, Part, RULE, Section};
use inspector_core::id::ExchangeId;
use inspector_core::numbers::count;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{Compared, DIFFERENCE, back_to_steps};
use crate::store::Store;
use crate::ui::dom::{El, View, button, el, live, memo, row};
use crate::ui::shown::{plain, shown};

/// The two exchanges that are looked at.
#[derive(Clone, PartialEq)]
struct Pair {
    left: Option<ExchangeId>,
    right: Option<ExchangeId>,
    /// What each of them asks for.
    names: (String, String),
    sections: Vec<Section>,
}

/// The region "Difference".
pub(super) fn difference(compared: Memo<Option<Compared>>) -> El {
    let store = Store::get();
    let pair = memo(move || {
        let (left, right) = store.comparing.chosen.get();
        let name = |left, right| {
            compared.with(|compared| {
                let rows = &compared.as_ref()?.comparison;
                rows.rows.get(rows.row_of(left, right)?).map(|row| row.name.clone())
            })
        };
        let sections = match (left, right) {
            (Some(one), Some(other)) => store.with_compared(|left, right| compare::exchanges(left.0, one, right.0, other)),
            _ => None,
        };
        let names = (name(left, None).unwrap_or_default(), name(None, right).unwrap_or_default());
        Pair { left, right, names, sections: sections.unwrap_or_default() }
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            event.prevent_default();
            back_to_steps(store);
        }
    };
    let content = move || compared.with(|compared| compared.as_ref().map(|all| pair.with(|pair| tell(all, pair))));
    el("section")
        .class("difference")
        .live_class("over", move || store.detail_open.get())
        .attr("aria-label", "Difference")
        .attr("id", DIFFERENCE)
        .attr("tabindex", "0")
        .on("keydown", escape)
        .child(button("Back to the steps", move || back_to_steps(store)).class("back"))
        .child(live(content))
}

fn tell(all: &Compared, pair: &Pair) -> View {
    let (left, right) = all.titles();
    let side = |title: &str, id: Option<ExchangeId>, name: &str| {
        let what = id.map_or_else(|| "no such step".to_owned(), |id| format!("#{id} {}", plain(name)));
        el("div").child(el("dt").child(title)).child(el("dd").child(what))
    };
    let title = if pair.names.0 == pair.names.1 || pair.names.1.is_empty() { &pair.names.0 } else { &pair.names.1 };
    let title = if pair.left.is_some() && pair.right.is_some() && pair.names.0 != pair.names.1 {
        format!("{} beside {}", plain(&pair.names.0), plain(&pair.names.1))
    } else {
        plain(title)
    };
    let head = el("header").child(el("h3").child(title)).child(
        el("dl").class("chosen-pair").child(side(left, pair.left, &pair.names.0)).child(side(right, pair.right, &pair.names.1)),
    );
    let body: View = match (pair.left, pair.right) {
        (Some(_), Some(_)) => sections(all, &pair.sections),
        (None, None) => el("p").class("quiet").child("Choose a step to see what differs in it.").into(),
        (one, _) => {
            let says = format!(
                "This step is {}. To compare it with another one, choose “{}” above the steps, and then the other step.",
                super::only(one.is_some(), all),
                if one.is_some() { "Right only" } else { "Left only" }
            );
            el("p").child(says).into()
        }
    };
    (head, body).into()
}

fn sections(all: &Compared, sections: &[Section]) -> View {
    let differs = sections.iter().any(Section::differs);
    let none = (!differs).then(|| el("p").child("Nothing differs here that says something."));
    let parts = sections.iter().map(|found| section(all, found));
    (none, row(parts)).into()
}

fn section(all: &Compared, section: &Section) -> El {
    let alike = match (section.part, section.alike, section.lines.is_empty()) {
        (_, 0, _) => None,
        (_, _, true) => Some("alike".to_owned()),
        (_, n, false) => Some(format!("{n} more alike")),
    };
    let head =
        el("h4").child(section.part.title()).child(alike.map(|alike| el("span").class("quiet").child(format!(" · {alike}"))));
    let more = (section.more > 0).then(|| {
        let more = format!("{} not listed here.", count(section.more as u64, "more difference"));
        el("p").class("quiet").child(more)
    });
    let rule = (section.part == Part::Timing && !section.lines.is_empty()).then(|| el("p").class("quiet").child(RULE));
    el("section")
        .class("part")
        .attr("data-differs", section.differs())
        .child(head)
        .child((!section.lines.is_empty()).then(|| table(all, section)))
        .child(more)
        .child(rule)
}

fn table(all: &Compared, section: &Section) -> El {
    let (left, right) = all.titles();
    let column = |text: &str| el("th").attr("scope", "col").child(text);
    let head = el("tr").child(column("Where")).child(column(left)).child(column(right));
    let line = |line: &Line| {
        let cell = |title: &str, text: &Option<String>| {
            let said = match text {
                Some(text) => View::from(shown(text)),
                None if line.how == How::NotKnown => "not known".into(),
                None => "–".into(),
            };
            el("td").attr("data-title", title).child(said)
        };
        let place = line.place.trim();
        let place = if place.is_empty() { "all of it" } else { place };
        el("tr")
            .attr("data-how", line.how.as_str())
            .child(el("th").attr("scope", "row").child(shown(place)).child(el("span").class("how").child(how(
                all,
                line,
                section.part,
            ))))
            .child(cell(left, &line.left))
            .child(cell(right, &line.right))
    };
    el("table")
        .attr("aria-label", section.part.title())
        .child(el("thead").child(head))
        .child(el("tbody").children(section.lines.iter().map(line)))
}

/// How the two sides of a place relate, in words.
fn how(all: &Compared, line: &Line, part: Part) -> String {
    match (line.how, &line.left, &line.right) {
        (How::Same, ..) if part == Part::Timing => "= near".to_owned(),
        (How::Same, ..) => "= alike".to_owned(),
        (How::Expected, ..) => "≈ differs every time".to_owned(),
        (How::NotKnown, ..) => "? not known".to_owned(),
        (How::Differs, Some(_), None) => format!("≠ {}", super::only(true, all)),
        (How::Differs, None, _) => format!("≠ {}", super::only(false, all)),
        (How::Differs, ..) => "≠ differs".to_owned(),
    }
}
