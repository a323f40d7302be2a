//! What each client would have shown for the failure that was recorded.

use inspector_core::symptoms::{Alike, Client, Line, Outcome, Table, alike, is_hidden, not_known, shown as predict};
use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::dom::{El, View, el, live, row};
use super::shown::shown;
use crate::store::{Phase, Store};
use crate::symptoms::{Known, Symptoms};

/// The longest text that is shown whole, in characters.
const TEXT_CHARS: usize = 320;

/// The region "What each client shows".
pub(super) fn clients() -> El {
    let store = Store::get();
    let symptoms = Symptoms::get();
    let quiet = |text: &str| -> View { el("p").class("quiet").child(text).into() };
    let content = move || match (store.phase.get(), symptoms.known()) {
        (Phase::Running, _) => quiet("What clients would show is said when the run is over."),
        (_, Known::Loading) => quiet("Loading what is known of clients…"),
        (_, Known::Unavailable) => quiet("What is known of clients could not be loaded from this page's own site."),
        (_, Known::Ready(known)) => {
            let all = store.with_trace(|trace| alike(predict(known, trace))).unwrap_or_default();
            let table = if all.is_empty() { quiet("Nothing is known of what clients show here.") } else { table(all) };
            (table, store.with_trace(|trace| left_out(known, trace))).into()
        }
    };
    el("section").class("clients").attr("aria-label", "What each client shows").child(live(content))
}

fn table(all: Vec<Alike<'_>>) -> View {
    let intro = "What other programs would have shown here, told from the recording. Measured: we ran them. Reported: by their source or by people.";
    let head =
        el("tr").child(el("th").attr("scope", "col").child("Client")).child(el("th").attr("scope", "col").child("What it shows"));
    let table = el("table").child(el("thead").child(head)).child(el("tbody").children(all.iter().map(client_row)));
    (el("p").class("quiet").child(intro), table).into()
}

/// The clients of which it is not known, by name: to leave them out without a word would look like all is said.
fn left_out(known: &Table, trace: &Trace) -> View {
    let names: Vec<&str> = not_known(known, trace).into_iter().map(|client| client.name.as_str()).collect();
    let why = if is_hidden(trace) {
        "The browser hid the answer from this page. Other programs would have read it, and what they show depends on it. "
    } else {
        ""
    };
    let said = || el("p").class("quiet").child(format!("{why}Not known here: {}.", names.join(", ")));
    (!names.is_empty()).then(said).into()
}

fn client_row(alike: &Alike<'_>) -> El {
    let name = |client: &&Client| {
        el("div").child(el("strong").child(client.name.as_str())).child(el("span").class("quiet").child(client.versions.as_str()))
    };
    let works = || el("p").child("Works: it meets no failure in this recording.");
    let lines = if alike.lines.is_empty() { row([works()]) } else { row(lines(&alike.lines)) };
    el("tr").child(el("th").attr("scope", "row").children(alike.clients.iter().map(name))).child(el("td").child(lines))
}

/// The lines, those first that say what becomes of the request.
fn lines(lines: &[Line<'_>]) -> Vec<View> {
    let main = lines.iter().filter(|line| line.symptom.outcome.is_main()).count();
    let open = main > 1 && lines.iter().any(|line| !line.sure);
    let lead = open.then(|| el("p").class("quiet").child("One of these; the recording does not say which:")).into();
    std::iter::once(lead).chain(lines.iter().map(|line| one(line).into())).collect()
}

/// The beginning of a text: bodies that servers send can be pages.
fn cut(text: &str) -> String {
    text.char_indices().nth(TEXT_CHARS).map_or_else(|| text.to_owned(), |(at, _)| format!("{}…", &text[..at]))
}

fn one(line: &Line<'_>) -> El {
    let versions = (!line.versions.is_all()).then(|| el("span").class("quiet").child(line.versions.to_string()));
    let code = line.code.as_ref().map(|code| el("span").class("quiet").child(format!("code {code}")));
    let text = line.text.as_ref().map(|text| el("code").child(shown(&cut(text))));
    let says = match (line.symptom.outcome, &line.text) {
        (Outcome::Hangs, None) => Some("Waits without a limit and shows nothing."),
        (Outcome::Hangs, Some(_)) => Some("Waits. If a limit is set:"),
        (Outcome::Logs, _) => Some("In its log:"),
        (Outcome::Works, None) => Some("Works."),
        (Outcome::Works, Some(_)) => Some("Works; to its error handler:"),
        _ => None,
    };
    let basis = el("span").class("chip mut").child(line.basis.as_str());
    let notes = el("span").class("notes").child(versions).child(code).child(basis);
    el("div")
        .class("line")
        .attr("title", line.means.as_str())
        .child(says.map(|says| el("p").child(says)))
        .child(text)
        .child(notes)
}
