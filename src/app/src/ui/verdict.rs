//! The answer first: one sentence that says what happened and why, the proof, and what to do.

use inspector_core::diagnose::{Certainty, Kind, Page};
use inspector_core::mcp::Era;
use inspector_core::probe::ends_in_checkup;
use inspector_core::trace::{HowFound, Lack, Outcome, SessionLine, Spoken, Trace};
use leptos::prelude::*;

use super::checkup;
use super::dom::{El, View, button, el, live, memo, row, words};
use super::findings::{cause_chip, proof_links};
use super::prove::prove;
use super::rich::rich;
use super::shown::plain;
use super::token_help;
use crate::explanations::{Explained, Explanations};
use crate::selectors::{Selectors, Told};
use crate::store::{Comparison, Phase, Source, Store, Tab};

/// The region "Verdict".
pub(super) fn verdict() -> El {
    let store = Store::get();
    let findings = Selectors::get().findings;
    let root = memo(move || findings.with(|told| told.iter().find(|told| told.finding.kind == Kind::Problem).cloned()));
    let state = move || match (store.phase.get(), store.outcome()) {
        (Phase::Done, Some(Outcome::Ok)) if store.with_trace(checkup::differs) == Some(true) => "differs",
        (Phase::Done, Some(outcome)) => outcome.as_str(),
        _ => "running",
    };
    let said = move || match (store.phase.get(), store.outcome()) {
        (Phase::Done, Some(Outcome::Ok | Outcome::Stopped)) if store.with_trace(ends_in_checkup) == Some(true) => {
            checkup::done(store)
        }
        (Phase::Done, Some(Outcome::Ok)) => succeeded(store),
        (Phase::Done, Some(Outcome::Stopped)) => stopped(store),
        (Phase::Done, _) => failed(store, root.get()),
        _ => running(store),
    };
    el("section")
        .class("verdict")
        .attr("aria-label", "Verdict")
        .live_attr("data-state", state)
        .child(live(said))
        .child(live(move || notes(findings.get(), store)))
}

fn running(store: Store) -> View {
    if store.with_trace(checkup::is_under_way) == Some(true) {
        return checkup::under_way(store);
    }
    let waiting = words(move || store.with_trace(waiting_for).unwrap_or_default());
    let headline = match store.comparison.get() {
        Comparison::First => "Running the stateless era",
        Comparison::Second => "Running the handshake era",
        _ => "Running the handshake",
    };
    (el("h2").child(headline), el("p").child(waiting), el("progress").attr("aria-label", "Running")).into()
}

fn waiting_for(trace: &Trace) -> String {
    let open = trace.exchanges().iter().rfind(|exchange| !exchange.is_over());
    let Some(exchange) = open else { return String::new() };
    let what = exchange.method().unwrap_or_else(|| exchange.request.method.as_str());
    let items = exchange.reply.items.len() as u64 + exchange.reply.dropped_items;
    match (exchange.head(), items) {
        (None, _) => format!("Waiting for the answer to {what}."),
        (Some(_), 0) => format!("The answer to {what} has begun."),
        (Some(_), items) => format!("The answer to {what} is arriving: {items} events, {} bytes so far.", exchange.reply.bytes),
    }
}

fn succeeded(store: Store) -> View {
    let sentence = store.with_trace(|trace| {
        if trace.about.lacks.has(Lack::Answers) {
            let summary = "What was asked and what was answered is not in this recording, only that no status says otherwise.";
            return ("No request was refused.".to_owned(), summary.to_owned());
        }
        let name = trace.server().map(|server| server.name.clone()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| "the server".to_owned());
        let tools = trace.tools().len();
        let tools = if tools == 1 { "1 tool".to_owned() } else { format!("{tools} tools") };
        let speaks = trace.spoken().map(|spoken| spoken.words()).unwrap_or_default();
        // A server that says nothing of itself can list tools all the same.
        let offers_tools = !trace.tool_pages().is_empty() || trace.server().is_some_and(|server| server.offers("tools"));
        let listed = if offers_tools { format!("listed {tools}") } else { "offers no tools".to_owned() };
        (
            if !trace.tool_pages().is_empty() && !trace.tools_complete() {
                format!(
                    "The session works, but the list of tools does not end: {name} listed {tools}, and then the same page again."
                )
            } else if offers_tools && trace.tool_pages().is_empty() {
                format!("The session works: {name} answered.")
            } else {
                format!("The session works: {name} answered and {listed}.")
            },
            format!("{speaks}{} {}", and_else(trace), session(trace)),
        )
    });
    let (headline, summary) = sentence.unwrap_or_default();
    // The server's own words are in both.
    (el("h2").child(plain(&headline)), el("p").child(plain(&summary))).into()
}

/// Auto stops at the first way in that works; a server of both eras has another.
fn and_else(trace: &Trace) -> &'static str {
    let handshake_at_once = |spoken: Spoken| spoken.found == HowFound::AtOnce && spoken.revision.era() == Era::Handshake;
    if trace.spoken().is_some_and(handshake_at_once) { " Compare eras shows whether it speaks 2026-07-28 too." } else { "" }
}

fn session(trace: &Trace) -> String {
    // What probes opened is theirs.
    let opened = |line: &&SessionLine| {
        let by = line.issued.and_then(|at| trace.exchange(at.exchange));
        by.is_none_or(|by| !by.purpose.is_probe())
    };
    match trace.sessions().iter().filter(opened).count() {
        0 if trace.about.lacks.has(Lack::RequestHeaders) => "Whether it keeps a session is not in this recording.".to_owned(),
        0 => "The server keeps no session.".to_owned(),
        _ if trace.sessions().iter().filter(opened).all(|session| session.ended.is_some()) => "The session was ended.".to_owned(),
        1 => "Session A is open.".to_owned(),
        n => format!("{n} sessions were opened."),
    }
}

fn stopped(store: Store) -> View {
    let requests = store.with_trace(|trace| trace.exchanges().len()).unwrap_or_default();
    let requests = if requests == 1 { "1 request".to_owned() } else { format!("{requests} requests") };
    let sent = format!("Until then, sent: {requests}. What came back is below.");
    (el("h2").child("You stopped the run."), el("p").child(sent)).into()
}

fn failed(store: Store, root: Option<Told>) -> View {
    let Some(Told { finding, report }) = root else {
        let lacks = store.with_trace(|trace| trace.about.lacks.iter().map(Lack::words).collect::<Vec<_>>()).unwrap_or_default();
        if !lacks.is_empty() {
            let summary =
                format!("It does not hold {}. A HAR file of the same, or what curl -v prints, says more.", lacks.join("; nor "));
            return (el("h2").child("Something was not answered, and this recording does not say why."), el("p").child(summary))
                .into();
        }
        return (
            el("h2").child("The exchange failed in a way this page does not know yet."),
            el("p").child("Every message is in the diagram. The one where it stopped is the last."),
        )
            .into();
    };
    let imported = matches!(store.source.get(), Source::Incident(_));
    let fix = move || {
        store.tab.set(Tab::Findings);
        store.detail_open.set(true);
    };
    let clients = move || {
        store.tab.set(Tab::Clients);
        store.detail_open.set(true);
    };
    let ways_on = el("div")
        .class("row ways-on")
        .child(prove(report.probe))
        .child(token_help::helps(finding.cause.slug).then(token_help::offer))
        .child(button("How to fix it", fix))
        .child(button("What each client shows", clients));
    let chips = el("div")
        .class("row")
        .child(cause_chip(finding.cause, true))
        .child(certainty_chip(finding.certainty))
        .child(imported.then(|| el("span").class("chip mut").child("recorded incident")))
        .child(ways_on);
    let explanations = Explanations::get();
    let step = live(move || match explanations.of(finding.cause) {
        Explained::Ready(page) => Some(next(&page)),
        Explained::Loading | Explained::Unavailable => None,
    });
    row::<View>([
        el("h2").child(plain(&report.headline)).into(),
        el("p").child(plain(&report.summary)).into(),
        proof_links(report.proof).into(),
        step,
        chips.into(),
    ])
}

/// The one thing to do next.
fn next(page: &Page) -> El {
    el("div").class("next").child(el("h3").child("Do this first")).child(rich(page.first_step().to_vec()))
}

/// How sure the finding is, in a word.
pub(super) fn certainty_chip(certainty: Certainty) -> El {
    el("span").class("chip mut").child(certainty.as_str())
}

/// A success can have something worth saying too.
fn notes(findings: Vec<Told>, store: Store) -> View {
    let notes = findings.into_iter().filter(|told| told.finding.kind == Kind::Note);
    row(notes.map(|told| {
        el("p")
            .class("note")
            .child(cause_chip(told.finding.cause, false))
            .child(plain(&told.report.headline))
            .child(button("More", move || store.tab.set(Tab::Findings)).class("link"))
    }))
}
