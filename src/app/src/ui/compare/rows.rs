//! The steps of both recordings in two columns. Only the rows in view are in the document.

use inspector_core::compare::Row;
use inspector_core::id::ExchangeId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::{Compared, DIFFERENCE, Head, STEPS};
use crate::platform::resize;
use crate::store::{Moves, Store};
use crate::ui::dom::{El, View, button, effect, el, live, memo, row, svg, words};
use crate::ui::keyboard::{focus, focus_soon};
use crate::ui::shown::plain;

/// The height of a row in pixels, with two columns and with one; the styles say the same.
const WIDE: u32 = 44;
const NARROW: u32 = 84;

/// From this width on there are two columns.
const TWO_COLUMNS: u32 = 560;

/// Rows drawn above and below what is in view, so that scrolling does not show an edge.
const MARGIN: usize = 8;

/// Rows that Page Up and Page Down pass over.
const LEAP: usize = 10;

/// What the list works on.
#[derive(Clone, Copy)]
struct Steps {
    store: Store,
    compared: Memo<Option<Compared>>,
    /// The row that the keys start from.
    at: RwSignal<Option<usize>>,
}

/// The region "Steps".
pub(super) fn steps(compared: Memo<Option<Compared>>) -> El {
    let steps = Steps { store: Store::get(), compared, at: RwSignal::new(None) };
    let (scrolled, size) = (RwSignal::new(0_u32), RwSignal::new((0_u32, 480_u32)));
    let height = memo(move || if size.get().0 < TWO_COLUMNS { NARROW } else { WIDE });
    let count = memo(move || compared.with(|compared| compared.as_ref().map_or(0, |all| all.comparison.rows.len())));
    let in_view = memo(move || {
        let first = (scrolled.get() / height.get()) as usize;
        let shown = (size.get().1 / height.get()) as usize + 1;
        (first.saturating_sub(MARGIN), (first + shown + MARGIN).min(count.get()))
    });
    let drawn = move || {
        let ((from, to), height, chosen) = (in_view.get(), height.get() as usize, steps.store.comparing.chosen.get());
        let at = steps.at.get();
        compared.with(|compared| {
            let all = compared.as_ref()?;
            // What is out of view keeps its place.
            let space = |rows: usize| svg("svg").attr("width", "1").attr("height", (rows * height).to_string());
            let rows = all.comparison.rows.iter().enumerate().skip(from).take(to.saturating_sub(from));
            let rows = rows.map(|(n, step)| draw(all, n, step, chosen, at == Some(n)).into());
            let before = std::iter::once(View::from(space(from).attr("aria-hidden", "true")));
            let after = std::iter::once(View::from(space(count.get().saturating_sub(to)).attr("aria-hidden", "true")));
            Some(row::<View>(before.chain(rows).chain(after)))
        })
    };
    let port = el("div")
        .class("steps-port")
        .attr("id", STEPS)
        .attr("tabindex", "0")
        .attr("role", "listbox")
        .attr("aria-label", "Steps of both recordings")
        .live_attr("aria-activedescendant", move || steps.at.get().map(row_id))
        .on("keydown", move |event: KeyboardEvent| steps.press(&event))
        .on("click", move |event: Event| {
            if let Some(n) = row_at(&event) {
                steps.choose(n);
                steps.store.detail_open.set(true);
            }
        })
        .on("scroll", move |event: Event| {
            let port: web_sys::Element = event_target(&event);
            scrolled.set(u32::try_from(port.scroll_top()).unwrap_or(0));
        })
        .child(live(drawn));
    let element: web_sys::Element = port.element();
    let observer = StoredValue::new_local(resize::observe(&element, move |width, height| size.set((width, height))));
    on_cleanup(move || observer.set_value(None));
    effect(move || {
        let Some(at) = steps.at.get() else { return };
        let (height, at) = (height.get_untracked().cast_signed(), i32::try_from(at).unwrap_or(i32::MAX / 100));
        let (top, view) = (element.scroll_top(), element.client_height());
        if at * height < top || (at + 1) * height > top + view {
            element.set_scroll_top((at * height - view / 3).max(0));
        }
    });
    // The first step that says something is looked at, so that there is something to see.
    effect(move || {
        if steps.store.comparing.chosen.get() == (None, None) {
            steps.begin();
        }
    });
    let heads = live(move || compared.with(|compared| compared.as_ref().map(heads)));
    el("section").class("steps-compared").attr("aria-label", "Steps").child(steps.bar()).child(heads).child(port)
}

impl Steps {
    /// The line above the list: how many steps, and which side follows.
    fn bar(self) -> El {
        let moves = self.store.comparing.moves;
        let said = move || {
            self.compared.with(|compared| {
                let rows = compared.as_ref().map_or(&[][..], |all| &all.comparison.rows);
                let differ = rows.iter().filter(|row| !row.is_alone() && !row.differs.is_empty()).count();
                let alone = rows.iter().filter(|row| row.is_alone()).count();
                format!("{} steps, {differ} differ, {alone} on one side only", rows.len())
            })
        };
        let choice = move |label: &'static str, value: Moves| {
            button(label, move || {
                moves.set(value);
                focus(STEPS);
            })
            .class("small")
            .live_attr("aria-pressed", move || moves.get() == value)
        };
        el("div")
            .class("bar")
            .child(el("h3").child("Steps"))
            .child(el("span").child(words(said)))
            .child(el("span").class("spring"))
            .child(
                el("div")
                    .class("row moves")
                    .attr("role", "group")
                    .attr("aria-label", "What a choice moves")
                    .child(el("span").child("Choose"))
                    .child(choice("Both", Moves::Both))
                    .child(choice("Left only", Moves::Left))
                    .child(choice("Right only", Moves::Right)),
            )
    }

    fn press(self, event: &KeyboardEvent) {
        let moves = self.store.comparing.moves;
        match event.key().as_str() {
            "ArrowLeft" => moves.update(|moves| *moves = if *moves == Moves::Right { Moves::Both } else { Moves::Left }),
            "ArrowRight" => moves.update(|moves| *moves = if *moves == Moves::Left { Moves::Both } else { Moves::Right }),
            "Enter" => {
                self.store.detail_open.set(true);
                focus_soon(DIFFERENCE.to_owned());
            }
            "Escape" => {
                self.store.close_comparison();
                focus_soon("ladder".to_owned());
            }
            key => match self.step(key) {
                Some(n) => self.choose(n),
                None => return,
            },
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// Where a key leads: past the rows that the side that follows does not have.
    fn step(self, key: &str) -> Option<usize> {
        let from = self.at.get_untracked();
        self.compared.with_untracked(|compared| {
            let rows = &compared.as_ref()?.comparison.rows;
            let fits = |n: &usize| rows.get(*n).is_some_and(|row| self.has(row));
            let last = rows.len().saturating_sub(1);
            match key {
                "ArrowDown" => (from.map_or(0, |from| from + 1)..rows.len()).find(fits),
                "PageDown" => (from.map_or(0, |from| (from + LEAP).min(last))..rows.len()).find(fits),
                "Home" => (0..rows.len()).find(fits),
                "ArrowUp" => (0..from.unwrap_or(rows.len())).rev().find(fits),
                "PageUp" => (0..from.unwrap_or(rows.len()).saturating_sub(LEAP - 1).max(1)).rev().find(fits),
                "End" => (0..rows.len()).rev().find(fits),
                _ => None,
            }
        })
    }

    fn has(self, row: &Row) -> bool {
        match self.store.comparing.moves.get_untracked() {
            Moves::Both => true,
            Moves::Left => row.left.is_some(),
            Moves::Right => row.right.is_some(),
        }
    }

    /// Looks at a step, or at one side of it beside what is chosen on the other.
    fn choose(self, n: usize) {
        let step = self.compared.with_untracked(|compared| {
            let row = compared.as_ref()?.comparison.rows.get(n)?;
            Some((row.left, row.right))
        });
        let Some((left, right)) = step else { return };
        let moves = self.store.comparing.moves.get_untracked();
        self.at.set(Some(n));
        self.store.comparing.chosen.update(|chosen| match moves {
            Moves::Both => *chosen = (left, right),
            Moves::Left => chosen.0 = left.or(chosen.0),
            Moves::Right => chosen.1 = right.or(chosen.1),
        });
    }

    /// Looks at the step where they part, else at the first in which something differs.
    fn begin(self) {
        let first = self.compared.with(|compared| {
            let Compared { comparison, parting, .. } = compared.as_ref()?;
            let rows = &comparison.rows;
            let differs = || rows.iter().position(|row| !row.differs.is_empty() || row.is_alone());
            parting.at.or_else(differs).or((!rows.is_empty()).then_some(0))
        });
        if let Some(first) = first {
            self.choose(first);
        }
    }
}

fn heads(all: &Compared) -> El {
    let store = Store::get();
    let head = |head: &Head, is_left: bool| {
        let name = format!("Show {} alone", head.called.name);
        el("div")
            .class("head")
            .child(el("strong").child(head.called.title))
            .child(el("span").class("quiet").child(plain(&head.what)))
            .child(button("Show alone", move || store.show_alone(is_left)).class("link").attr("aria-label", name))
    };
    el("div").class("heads").child(head(&all.left, true)).child(head(&all.right, false))
}

fn row_id(n: usize) -> String {
    format!("step-{n}")
}

fn row_at(click: &Event) -> Option<usize> {
    let clicked: web_sys::Element = click.target()?.dyn_into().ok()?;
    clicked.closest("[data-step]").ok()??.get_attribute("data-step")?.parse().ok()
}

fn draw(all: &Compared, n: usize, step: &Row, chosen: (Option<ExchangeId>, Option<ExchangeId>), is_at: bool) -> El {
    let (left, right) = all.titles();
    let cell = |side: &str, id: Option<ExchangeId>, came: &str, is_chosen: bool| {
        let text = match id {
            Some(id) if came.is_empty() => format!("#{id} nothing came"),
            Some(id) => format!("#{id} {}", plain(came)),
            None if step.not_known => "not known: left out of this recording".to_owned(),
            None => "not here".to_owned(),
        };
        let class = match (id.is_some(), is_chosen) {
            (_, true) => "cell chosen",
            (true, false) => "cell",
            (false, false) => "cell none",
        };
        el("div").class(class).attr("data-side", side).child(text)
    };
    let verdict = verdict(all, step);
    let name = plain(&step.name);
    let (one, other) = (
        cell(left, step.left, &step.left_came, step.left.is_some() && step.left == chosen.0),
        cell(right, step.right, &step.right_came, step.right.is_some() && step.right == chosen.1),
    );
    let came = |id: Option<ExchangeId>, came: &str| if id.is_some() { plain(came) } else { "not here".to_owned() };
    let says = format!(
        "{name}. {left}: {}. {right}: {}. {verdict}",
        came(step.left, &step.left_came),
        came(step.right, &step.right_came)
    );
    let how = match (step.is_alone() || !step.differs.is_empty(), step.not_known) {
        (true, false) => "differs",
        (true, true) if !step.is_alone() => "differs",
        (_, true) => "not-known",
        (false, false) => "same",
    };
    el("div")
        .attr("id", row_id(n))
        .class("step")
        .attr("role", "option")
        .attr("aria-selected", is_at)
        .attr("aria-label", says)
        .attr("data-step", n.to_string())
        .attr("data-how", how)
        .child(el("span").class("name").child(name))
        .child(el("span").class("how").child(verdict))
        .child(one)
        .child(other)
}

/// How the two sides of a step relate, in words.
fn verdict(all: &Compared, step: &Row) -> String {
    match (step.is_alone(), step.differs.is_empty(), step.not_known) {
        (true, _, true) => "? not known".to_owned(),
        (true, _, false) => super::only(step.left.is_some(), all),
        (false, false, _) => format!("≠ {}", step.words().join(", ")),
        (false, true, true) => "= as far as it shows".to_owned(),
        (false, true, false) => "= alike".to_owned(),
    }
}
