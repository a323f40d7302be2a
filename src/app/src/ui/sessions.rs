//! What the sessions cost: the figures, the life of each session as a bar, and how long answers took.

use inspector_core::economy::{Bar, Economy, Fate, Figure, Latency, figures, millis, strip, summary};
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, memo, row, svg};
use super::shown::shown;
use crate::store::Store;

/// How many colours sessions have before they begin again, as in the diagram.
const COLOURS: usize = 4;

/// More methods than this are not listed: a recording can hold any number of them.
const METHODS: usize = 40;

/// The region "Sessions".
pub(super) fn sessions() -> El {
    let store = Store::get();
    let economy = memo(move || store.with_trace(Economy::of));
    let shown = move || {
        economy.with(|economy| {
            let parts = |economy: &Economy| {
                let lead: View = el("p").class("lead").child(summary(economy)).into();
                row([lead, counts(&figures(economy)), lives(economy, store), latencies(&economy.latencies)])
            };
            economy.as_ref().map(parts)
        })
    };
    el("section").class("economy").attr("aria-label", "Sessions").child(live(shown))
}

/// The figures.
fn counts(figures: &[Figure]) -> View {
    let line = |figure: &Figure| {
        el("tr")
            .child(el("th").attr("scope", "row").child(figure.name))
            .child(el("td").class("n").child(figure.value.as_str()))
            .child(el("td").child(figure.note.as_str()))
    };
    let rows = el("tbody").children(figures.iter().map(line));
    el("table").class("figures").attr("aria-label", "Figures").child(rows).into()
}

fn column(class: &str, text: impl Into<View>) -> El {
    el("th").attr("scope", "col").class(class).child(text)
}

/// A bar for each session, and beside it what it says.
fn lives(economy: &Economy, store: Store) -> View {
    let strip = strip(economy);
    let scale = match strip.span {
        Some(span) => (el("span").child("0"), el("span").child(span.to_string())).into(),
        None => View::from(el("span").child("in their order")),
    };
    let head = el("tr")
        .child(column("", "Session"))
        .child(column(
            "scale",
            el("div").child(el("span").class("visually-hidden").child("Life, from the first request on. ")).child(scale),
        ))
        .child(column("n", "Sent"))
        .child(column("", "End"));
    let rows = el("tbody").children(strip.bars.into_iter().map(|bar| life(bar, store)));
    let table = el("table").class("lives").attr("aria-label", "Lives of the sessions").child(el("thead").child(head)).child(rows);
    (!economy.sessions.is_empty()).then_some(table).into()
}

fn life(bar: Bar, store: Store) -> El {
    let at = bar.at;
    let colour = format!("s{}", bar.first % COLOURS);
    let name = if bar.sessions == 1 { format!("Session {}", bar.label) } else { format!("Sessions {}", bar.label) };
    let choose = button(el("b").class(&colour).child(bar.label.as_str()), move || store.point_at(at))
        .class("link")
        .attr("aria-label", format!("{name}: show where it begins"))
        .live_attr("aria-current", move || (store.selected.get() == Some(at)).then_some("true"));
    el("tr")
        .live_class("selected", move || store.selected.get() == Some(at))
        .child(el("th").attr("scope", "row").child(choose))
        .child(
            el("td")
                .class("life")
                .attr("title", bar.life.as_str())
                .child(drawn(&bar, &colour))
                .child(el("span").class("visually-hidden").child(bar.life.as_str())),
        )
        .child(el("td").class("n").child(bar.requests.to_string()))
        .child(el("td").child(bar.ended))
}

/// A place on the strip: thousandths of the width, as SVG takes them.
fn place(thousandths: u32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// The bar. How a session ended shows by its form: a stop where it was ended, a cross where it was refused, a broken line
/// where it was left, a plain one where it is open, and an empty bar where it was never used.
fn drawn(bar: &Bar, colour: &str) -> El {
    let line = |class: &str, from: u32, to: u32, top: u32, bottom: u32| {
        let line = svg("line").class(class).attr("x1", place(from)).attr("x2", place(to));
        line.attr("y1", top).attr("y2", bottom)
    };
    let body = svg("rect").class(if bar.unused { "body hollow" } else { "body" });
    let body = body.attr("x", place(bar.from)).attr("y", "6").attr("width", place(bar.to - bar.from)).attr("height", "8");
    let at_end = |shape: &str| svg("svg").attr("x", place(bar.to)).child(svg("path").class("mark").attr("d", shape));
    let end: Option<El> = match bar.fate {
        Some(Fate::Ended) => Some(line("mark", bar.to, bar.to, 3, 17)),
        Some(Fate::Refused) => Some(at_end("M-4 6l8 8m0 -8l-8 8")),
        Some(Fate::Left) => Some(line("tail left", bar.to, 1_000, 10, 10)),
        Some(Fate::Open) => Some(line("tail", bar.to, 1_000, 10, 10)),
        None => None,
    };
    // A bar without a length is seen by its beginning.
    let begin = line("begin", bar.from, bar.from, 6, 14);
    svg("svg")
        .class(&format!("bar {colour}"))
        .attr("width", "100%")
        .attr("height", "20")
        .attr("aria-hidden", "true")
        .child(body)
        .child(begin)
        .children(bar.ticks.iter().map(|tick| line("tick", *tick, *tick, 4, 16)))
        .child(end)
}

/// How long answers took, by method.
fn latencies(latencies: &[Latency]) -> View {
    let left_out = latencies.len().saturating_sub(METHODS);
    let head = ["Method", "Answers", "min", "p50", "p90", "p99", "max"];
    let head = el("tr").children(head.into_iter().enumerate().map(|(n, text)| column(if n == 0 { "" } else { "n" }, text)));
    let table = el("table")
        .class("latencies")
        .attr("aria-label", "Time to the answer, in milliseconds")
        .child(el("thead").child(head))
        .child(el("tbody").children(latencies.iter().take(METHODS).map(latency)));
    let more = (left_out > 0).then(|| el("p").class("quiet").child(format!("And {left_out} more methods.")));
    let heading = el("h4").child("Time to the answer, in milliseconds");
    (!latencies.is_empty()).then_some((heading, table, more)).into()
}

fn latency(latency: &Latency) -> El {
    let Latency { method, asked, answered, spread } = latency;
    let count = if asked == answered { asked.to_string() } else { format!("{answered} of {asked}") };
    let spans = spread.map(|spread| [spread.min, spread.p50, spread.p90, spread.p99, spread.max].map(millis));
    let cells = spans.unwrap_or_else(|| std::array::from_fn(|_| "–".to_owned()));
    el("tr")
        .child(el("th").attr("scope", "row").child(el("span").class("mono").child(shown(method))))
        .child(el("td").class("n").child(count))
        .children(cells.map(|cell| el("td").class("n").child(cell)))
}
