//! The answer first: one sentence that says what happened and why, the proof, and what to do.

use inspector_core::diagnose::{Certainty, Kind};
use inspector_core::trace::{Outcome, Trace};
use leptos::prelude::*;

use super::findings::ProofLinks;
use super::shown::plain;
use crate::selectors::{Selectors, Told};
use crate::store::{Phase, Source, Store, Tab};

/// The region "Verdict".
#[component]
pub(super) fn Verdict() -> impl IntoView {
    let store = Store::get();
    let findings = Selectors::get().findings;
    let root = Memo::new(move |_| findings.with(|told| told.iter().find(|told| told.finding.kind == Kind::Problem).cloned()));
    let state = move || match (store.phase.get(), store.outcome()) {
        (Phase::Done, Some(outcome)) => outcome.as_str(),
        _ => "running",
    };
    view! {
        <section class="verdict" aria-label="Verdict" data-state=state>
            {move || match (store.phase.get(), store.outcome()) {
                (Phase::Done, Some(Outcome::Ok)) => succeeded(store).into_any(),
                (Phase::Done, Some(Outcome::Stopped)) => stopped(store).into_any(),
                (Phase::Done, _) => failed(store, root.get()).into_any(),
                _ => running(store).into_any(),
            }}
            {move || notes(findings.get(), store)}
        </section>
    }
}

fn running(store: Store) -> impl IntoView {
    view! {
        <h2>"Running the handshake"</h2>
        <p>{move || store.with_trace(waiting_for).unwrap_or_default()}</p>
        <progress aria-label="Running"></progress>
    }
}

fn waiting_for(trace: &Trace) -> String {
    let open = trace.exchanges().iter().rfind(|exchange| !exchange.is_over());
    let Some(exchange) = open else { return String::new() };
    let what = exchange.method().unwrap_or_else(|| exchange.request.method.as_str());
    let items = exchange.reply.items.len() as u64 + exchange.reply.dropped_items;
    match (exchange.head(), items) {
        (None, _) => format!("Waiting for the answer to {what}."),
        (Some(_), 0) => format!("The answer to {what} has begun."),
        (Some(_), items) => format!("The answer to {what} is arriving: {items} items, {} bytes so far.", exchange.reply.bytes),
    }
}

fn succeeded(store: Store) -> impl IntoView {
    let sentence = store.with_trace(|trace| {
        let name = trace.server().map_or_else(|| "The server".to_owned(), |server| server.name.clone());
        let tools = trace.tools().len();
        let tools = if tools == 1 { "1 tool".to_owned() } else { format!("{tools} tools") };
        let revision = trace.server().map(|server| server.protocol_version.clone()).unwrap_or_default();
        let offers_tools = trace.server().is_some_and(|server| server.offers("tools"));
        let listed = if offers_tools { format!("listed {tools}") } else { "offers no tools".to_owned() };
        (
            format!("The session works: {name} answered and {listed}."),
            format!("Spoken: {revision}, over Streamable HTTP. {}", session(trace)),
        )
    });
    let (headline, summary) = sentence.unwrap_or_default();
    // The server's own words are in both.
    view! {
        <h2>{plain(&headline)}</h2>
        <p>{plain(&summary)}</p>
    }
}

fn session(trace: &Trace) -> String {
    match trace.sessions().len() {
        0 => "The server keeps no session.".to_owned(),
        _ if trace.sessions().iter().all(|session| session.ended.is_some()) => "The session was ended.".to_owned(),
        1 => "Session A is open.".to_owned(),
        n => format!("{n} sessions were opened."),
    }
}

fn stopped(store: Store) -> impl IntoView {
    let requests = store.with_trace(|trace| trace.exchanges().len()).unwrap_or_default();
    view! {
        <h2>"You stopped the run."</h2>
        <p>{format!("{requests} requests had been sent. What came back until then is below.")}</p>
    }
}

fn failed(store: Store, root: Option<Told>) -> impl IntoView {
    root.map_or_else(
        || {
            view! {
                <h2>"The exchange failed in a way this page does not know yet."</h2>
                <p>"Every message is in the diagram. The one where it stopped is the last."</p>
            }
            .into_any()
        },
        |told| {
            let Told { finding, report } = told;
            let imported = matches!(store.source.get(), Source::Incident(_));
            view! {
                <h2>{report.headline}</h2>
                <p>{report.summary}</p>
                <ProofLinks proof=report.proof/>
                <div class="row">
                    <span class="chip bad">{finding.cause.slug}</span>
                    <CertaintyChip certainty=finding.certainty/>
                    {imported.then(|| view! { <span class="chip mut">"recorded incident"</span> })}
                    <span class="spring"></span>
                    <button
                        type="button"
                        on:click=move |_| {
                            store.tab.set(Tab::Findings);
                            store.detail_open.set(true);
                        }
                    >
                        "How to fix it"
                    </button>
                </div>
            }
            .into_any()
        },
    )
}

/// How sure the finding is, in a word.
#[component]
pub(super) fn CertaintyChip(certainty: Certainty) -> impl IntoView {
    view! { <span class="chip mut">{certainty.as_str()}</span> }
}

/// A success can have something worth saying too.
fn notes(findings: Vec<Told>, store: Store) -> impl IntoView {
    let notes = findings.into_iter().filter(|told| told.finding.kind == Kind::Note);
    notes
        .map(|told| {
            view! {
                <p class="note">
                    <span class="chip warn">{told.finding.cause.slug}</span>
                    {told.report.headline}
                    <button type="button" class="link" on:click=move |_| store.tab.set(Tab::Findings)>"More"</button>
                </p>
            }
        })
        .collect_view()
}
