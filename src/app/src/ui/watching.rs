//! The strip of a watch: what is asked, how it is answered, and the moments in which something changed.

use inspector_core::time::{Micros, Wall};
use inspector_core::watch::{Moment, Watched, watched};
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, memo, when, words};
use super::shown::plain;
use crate::platform::time_zone;
use crate::store::Store;

/// How many seconds may lie between two rounds.
const INTERVALS: [u64; 4] = [5, 10, 30, 60];

/// The region "Watch", as long as there is something to say in it.
pub(super) fn strip() -> View {
    let store = Store::get();
    let seen = memo(move || store.with_trace(watched).flatten());
    let began = memo(move || store.with_trace(|trace| trace.about.began).flatten());
    when(
        move || seen.with(Option::is_some),
        move || {
            let now = move || store.standing.get().watching && store.is_live();
            el("section")
                .class("watch")
                .attr("aria-label", "Watch")
                .live_attr("data-watching", now)
                .child(
                    el("div")
                        .class("row")
                        .child(
                            el("p")
                                .child(words(move || seen.get().map(|seen| told(&seen, now(), began.get())).unwrap_or_default())),
                        )
                        .child(when(now, interval))
                        .child(when(now, move || button("Stop watching", move || store.unwatch()))),
                )
                .child(live(move || moments(&seen.get().map(|seen| seen.moments).unwrap_or_default(), began.get())))
        },
    )
}

/// How often it asks, as a choice.
fn interval() -> El {
    let store = Store::get();
    let option = |seconds: u64| el("option").attr("value", seconds.to_string()).child(format!("every {seconds} s"));
    let choose = move |chosen: String| {
        if let Ok(seconds) = chosen.parse() {
            store.watch_every.set(seconds);
            store.watch();
        }
    };
    el("select")
        .attr("aria-label", "How often")
        .children(INTERVALS.map(option))
        .chosen(move || store.watch_every.get().to_string(), choose)
}

fn told(seen: &Watched, now: bool, began: Option<Wall>) -> String {
    let asks = if seen.asks.is_empty() { "the session".to_owned() } else { seen.asks.clone() };
    let rounds = if seen.rounds == 1 { "1 round".to_owned() } else { format!("{} rounds", seen.rounds) };
    let answered = match seen.rounds - seen.answered {
        0 => "all answered".to_owned(),
        failed => format!("{failed} not answered"),
    };
    let last =
        seen.last.map(|(at, took)| format!("; the last answer came at {}, after {took}", clock(began, at))).unwrap_or_default();
    match (now, seen.rounds) {
        (true, 0) => format!("Watching {asks}."),
        (true, _) => format!("Watching {asks}: {rounds}, {answered}{last}."),
        (false, 0) => "The watch ended before the session was asked once.".to_owned(),
        (false, _) => format!("Watched {asks} from {}: {rounds}, {answered}{last}.", clock(began, seen.began)),
    }
}

/// The time of day of a moment, of this computer; the time since the beginning where a recording does not know it.
fn clock(began: Option<Wall>, at: Micros) -> String {
    let Some(began) = began else { return at.offset() };
    let local = Wall(began.saturating_add(at).0.saturating_add(i64::from(time_zone::utc_offset_minutes()) * 60_000));
    local.time().split('.').next().unwrap_or_default().to_owned()
}

fn moments(moments: &[Moment], began: Option<Wall>) -> View {
    let store = Store::get();
    let line = |moment: &Moment| {
        let says = plain(&moment.says);
        let says: View = match moment.event {
            Some(event) => button(says, move || store.look_at(event)).class("link").into(),
            None => el("span").child(says).into(),
        };
        el("li")
            .attr("data-change", moment.change.as_str())
            .attr("class", moment.change.is_bad().then_some("bad"))
            .child(el("time").child(clock(began, moment.at)))
            .child(says)
    };
    (!moments.is_empty()).then(|| el("ol").attr("aria-label", "What changed").children(moments.iter().map(line))).into()
}
