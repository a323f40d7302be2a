//! Every finding in full: what was seen, the proof, why it happens, how to fix it.

use inspector_core::diagnose::{Explanation, Fix, Proof};
use leptos::prelude::*;

use super::rich::Rich;
use super::verdict::CertaintyChip;
use crate::explanations::{Explained, Explanations};
use crate::selectors::{Selectors, Told};
use crate::store::Store;

/// The region "Findings".
#[component]
pub(super) fn Findings() -> impl IntoView {
    let findings = Selectors::get().findings;
    view! {
        <section class="findings" aria-label="Findings">
            <Show when=move || findings.with(Vec::is_empty)>
                <p class="quiet">"Nothing wrong was found."</p>
            </Show>
            {move || findings.get().into_iter().enumerate().map(|(n, told)| view! { <Article told root=n == 0/> }).collect_view()}
        </section>
    }
}

#[component]
fn Article(told: Told, root: bool) -> impl IntoView {
    let Told { finding, report } = told;
    let follows = finding.follows.map(|slug| view! { <p class="quiet">"A consequence of " <code>{slug}</code> "."</p> });
    let missing = report.missing.map(|text| view! { <h4>"What would prove it"</h4><p>{text}</p> });
    let explanations = Explanations::get();
    view! {
        <article data-cause=finding.cause.slug data-certainty=finding.certainty.as_str()>
            <header>
                <span class="chip bad">{finding.cause.slug}</span>
                <CertaintyChip certainty=finding.certainty/>
            </header>
            <h3>{report.headline}</h3>
            {follows}
            <p>{report.summary}</p>
            <ProofLinks proof=report.proof/>
            {missing}
            <details open=root>
                <summary>"Why, and how to fix it"</summary>
                {move || explained(explanations.of(finding.cause))}
            </details>
        </article>
    }
}

fn explained(explained: Explained) -> AnyView {
    match explained {
        Explained::Loading => view! { <p class="quiet">"Loading the explanation…"</p> }.into_any(),
        Explained::Ready(explanation) => explanation_view(explanation),
        Explained::Unavailable => {
            view! { <p class="quiet">"The explanation could not be loaded from this page's own site. The next run tries again."</p> }
                .into_any()
        }
    }
}

fn explanation_view(explanation: Explanation) -> AnyView {
    let section = |title: &'static str, blocks: Vec<_>| (!blocks.is_empty()).then(|| view! { <h4>{title}</h4><Rich blocks/> });
    view! {
        {section("Why it happens", explanation.why)}
        {(!explanation.fixes.is_empty()).then(|| view! { <h4>"How to fix it"</h4> })}
        {explanation.fixes.into_iter().map(fix).collect_view()}
        {section("What the specification says", explanation.spec)}
        {section("What looks like it", explanation.lookalikes)}
    }
    .into_any()
}

fn fix(fix: Fix) -> impl IntoView {
    let who = (!fix.who.is_empty()).then(|| view! { <h5>{fix.who}</h5> });
    view! {
        {who}
        <Rich blocks=fix.blocks/>
    }
}

/// The proof, each piece a way to the message it is about.
#[component]
pub(super) fn ProofLinks(proof: Vec<Proof>) -> impl IntoView {
    let store = Store::get();
    let links = proof
        .into_iter()
        .map(|proof| {
            let Proof { text, at } = proof;
            view! { <li><button type="button" class="link" on:click=move |_| store.look_at(at)>{text}</button></li> }
        })
        .collect_view();
    view! { <ul class="proof" aria-label="Proof">{links}</ul> }
}
