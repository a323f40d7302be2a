//! Every finding in full: what was seen, the proof, why it happens, how to fix it.

use inspector_core::diagnose::{Cause, Kind, Proof};
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, row, when, words};
use super::explanation::explanation;
use super::prove::prove;
use super::rich::cause_link;
use super::shown::plain;
use super::token_help;
use super::verdict::certainty_chip;
use crate::explanations::{Explained, Explanations};
use crate::selectors::{Selectors, Told};
use crate::store::{Phase, Store};

/// The region "Findings".
pub(super) fn findings() -> El {
    let (store, findings) = (Store::get(), Selectors::get().findings);
    let nothing_found = move || match store.phase.get() {
        Phase::Running => "What is wrong is said here as soon as an exchange is over.",
        _ => "Nothing wrong was found.",
    };
    let articles = move || row(findings.get().into_iter().enumerate().map(|(n, told)| article(told, n == 0)));
    el("section")
        .class("findings")
        .attr("aria-label", "Findings")
        .child(when(move || findings.with(Vec::is_empty), move || el("p").class("quiet").child(words(nothing_found))))
        .child(live(articles))
}

fn article(told: Told, root: bool) -> El {
    let Told { finding, report } = told;
    let problem = finding.kind == Kind::Problem;
    let follows =
        finding.follows.map(|slug| el("p").class("quiet").child("A consequence of ").child(cause_link(slug)).child("."));
    let (missing, probe) = (report.missing, report.probe);
    let missing = missing.map(|text| (el("h4").child("What would prove it"), el("p").child(text), prove(probe)));
    let explanations = Explanations::get();
    let details = el("details")
        .flag("open", root)
        .child(el("summary").child("Why, and how to fix it"))
        .child(live(move || explained(explanations, finding.cause)));
    el("article")
        .attr("data-cause", finding.cause.slug)
        .attr("data-certainty", finding.certainty.as_str())
        .attr("data-kind", if problem { "problem" } else { "note" })
        .child(el("header").child(cause_chip(finding.cause, problem)).child(certainty_chip(finding.certainty)))
        .child(el("h3").child(plain(&report.headline)))
        .child(follows)
        .child(el("p").child(plain(&report.summary)))
        .child(proof_links(report.proof))
        .child(token_help::helps(finding.cause.slug).then(|| el("div").class("row").child(token_help::offer())))
        .child(missing)
        .child(details)
}

fn explained(explanations: Explanations, cause: &Cause) -> View {
    let quiet = |text: &str| el("p").class("quiet").child(text).into();
    match explanations.of(cause) {
        Explained::Loading => quiet("Loading the explanation…"),
        Explained::Ready(page) => explanation(&page, Selectors::get().looks_like.get().map(|like| like.stack)),
        Explained::Unavailable => {
            quiet("The explanation could not be loaded from this page's own site. The next run tries again.")
        }
    }
}

/// The slug of a cause: the way to its page, which has an address of its own.
pub(super) fn cause_chip(cause: &Cause, problem: bool) -> El {
    el("a")
        .class(if problem { "chip bad" } else { "chip warn" })
        .attr("href", format!("#cause={}", cause.slug))
        .attr("title", "Read about this cause")
        .child(cause.slug)
}

/// The proof, each piece a way to the message it is about.
pub(super) fn proof_links(proof: Vec<Proof>) -> El {
    let store = Store::get();
    let link = |Proof { text, at }| el("li").child(button(plain(&text), move || store.look_at(at)).class("link"));
    el("ul").class("proof").attr("aria-label", "Proof").children(proof.into_iter().map(link))
}
