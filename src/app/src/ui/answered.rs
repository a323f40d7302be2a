//! What has become of something the person asked: the wait with its progress, the answer, or why there is none.

use inspector_core::asked::{Asked, State, last_named};
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::mcp::{Elicitation, Progress, read_elicitation, read_required_elicitations};
use inspector_core::trace::{Command, Why};
use leptos::prelude::*;

use super::content::address;
use super::dom::{El, View, button, el, live, memo, row};
use super::shown::{plain, shown};
use crate::store::{Phase, Store};

/// How an answer is shown: a headline with its tone (`ok`, `warn`), and what came.
pub(super) struct Told {
    pub(super) headline: &'static str,
    pub(super) tone: &'static str,
    pub(super) body: View,
}

/// The last request of a method with this name among its params, and how it stands. `show` reads the message that answers it.
pub(super) fn answered(method: &'static str, key: &'static str, name: String, show: fn(&str) -> Told) -> View {
    let store = Store::get();
    let asked = memo(move || store.with_trace(|trace| last_named(trace, method, key, &name)).flatten());
    // Made anew when it comes to stand otherwise; progress alone only moves its bar.
    let standing = memo(move || {
        asked.get().map(|asked| match asked.state {
            State::Open(_) => Asked { state: State::Open(None), ..asked },
            _ => asked,
        })
    });
    let waiting = memo(move || store.phase.get() == Phase::Running);
    live(move || standing.get().map(|standing| outcome(standing, waiting, asked, show)))
}

fn outcome(standing: Asked, waiting: Memo<bool>, asked: Memo<Option<Asked>>, show: fn(&str) -> Told) -> El {
    let store = Store::get();
    let exchange = standing.exchange;
    let after = standing.took.map(|took| format!(", after {took}")).unwrap_or_default();
    let place = match &standing.state {
        State::Answered(at) | State::Refused { at, .. } => *at,
        _ => EventRef::request(exchange),
    };
    let (tone, headline, body): (&str, View, View) = match standing.state {
        State::Open(_) => {
            ("mut", live(move || open_headline(waiting.get())), live(move || open_body(waiting.get(), exchange, asked)))
        }
        State::Asking => ("warn", "The server asks something first: see above.".into(), ().into()),
        State::Unmet => ("warn", "The server asked something first, and was not answered.".into(), ().into()),
        State::Answered(at) => {
            let text = untrack(|| store.with_trace(|trace| trace.item_text(at)).flatten()).unwrap_or_default();
            let Told { headline, tone, body } = show(&text);
            (tone, format!("{headline}{after}").into(), body)
        }
        State::Refused { code, message, at } => {
            let code = code.map(|code| format!("{code} ")).unwrap_or_default();
            let text = untrack(|| store.with_trace(|trace| trace.item_text(at)).flatten()).unwrap_or_default();
            ("bad", format!("Refused{after}: {code}{}", plain(&message)).into(), pages_first(&text))
        }
        State::Failed(Some(status)) => ("bad", format!("No answer of MCP, but HTTP status {status}{after}").into(), ().into()),
        State::Failed(None) => ("bad", format!("No answer came{after}").into(), ().into()),
        State::GivenUp(Why::Stopped) => ("mut", format!("You cancelled it{after}").into(), ().into()),
        State::GivenUp(Why::TimedOut) => ("bad", format!("No answer in time, given up{after}").into(), ().into()),
        State::GivenUp(Why::TooLarge) => ("bad", format!("The answer is larger than this page reads{after}").into(), ().into()),
        State::GivenUp(Why::Done) => ("mut", format!("Given up{after}").into(), ().into()),
    };
    let head = el("div")
        .class("head")
        .child(el("p").class(&format!("outcome {tone}")).attr("role", "status").child(headline))
        .child(button("Show in diagram", move || store.look_at(place)).class("link"));
    el("section").class("answered").attr("aria-label", "Result").attr("data-tone", tone).child(head).child(body)
}

fn open_headline(waiting: bool) -> &'static str {
    if waiting { "Waiting for the answer" } else { "No answer came" }
}

fn open_body(waiting: bool, exchange: ExchangeId, asked: Memo<Option<Asked>>) -> View {
    let store = Store::get();
    if !waiting {
        return ().into();
    }
    let progress = move || match asked.get() {
        Some(Asked { state: State::Open(progress), .. }) => progress,
        _ => None,
    };
    let bar = el("progress")
        .attr("aria-label", "Progress")
        .live_attr("max", move || progress().and_then(|progress| progress.total).map(|total| total.to_string()))
        .live_attr("value", move || {
            progress().filter(|progress| progress.total.is_some()).map(|progress| progress.progress.to_string())
        });
    let said = live(move || progress().map(|progress| el("p").class("quiet").child(shown(&words_of(&progress)))));
    let cancel = button("Cancel", move || store.command(Command::Cancel(exchange)));
    row::<View>([bar.into(), said, el("div").class("row").child(cancel).into()])
}

/// `2 of 5: Reading`.
fn words_of(progress: &Progress) -> String {
    let number = |thousandths: i64| match thousandths % 1_000 {
        0 => (thousandths / 1_000).to_string(),
        rest => format!("{}.{:03}", thousandths / 1_000, rest.abs()).trim_end_matches('0').to_owned(),
    };
    let of = progress.total.map(|total| format!(" of {}", number(total))).unwrap_or_default();
    let message = if progress.message.is_empty() { String::new() } else { format!(": {}", progress.message) };
    format!("{}{of}{message}", number(progress.progress))
}

/// The pages that an error wants to be visited first (-32042, 2025-11-25).
fn pages_first(text: &str) -> View {
    row(read_required_elicitations(text).iter().filter_map(|ask| match read_elicitation(&ask.params)? {
        Elicitation::Url { message, url } => {
            Some(el("div").class("card").child(el("p").child(shown(&message))).child(address(&url)))
        }
        Elicitation::Form { .. } => None,
    }))
}
