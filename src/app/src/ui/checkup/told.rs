//! The verdict of a checkup, and before that how far it has come.

use inspector_core::diagnose::Proof;
use inspector_core::probe::{self, Entry, Verdict};
use inspector_core::trace::{Command, Outcome, Trace};
use leptos::prelude::*;

use crate::store::{Store, Tab};
use crate::ui::dom::{View, button, el, memo, row, words};
use crate::ui::findings::proof_links;
use crate::ui::shown::plain;

/// Whether a checkup was run last and found something.
pub(in crate::ui) fn differs(trace: &Trace) -> bool {
    probe::ends_in_checkup(trace) && probe::matrix(trace).iter().any(|entry| entry.verdict() == Verdict::Differs)
}

/// What a checkup found, or had found when it was stopped.
pub(in crate::ui) fn done(store: Store) -> View {
    let told = store.with_trace(|trace| {
        let matrix = probe::matrix(trace);
        let differs: Vec<_> = matrix.iter().filter(|entry| entry.verdict() == Verdict::Differs).collect();
        let name = trace.server().map_or_else(|| "The server".to_owned(), |server| server.name.clone());
        let headline = match differs.len() {
            _ if trace.outcome() == Outcome::Stopped => "You stopped the checkup.".to_owned(),
            0 => format!("The checkup is done: nothing that {name} does differs from the specification."),
            1 => format!("The checkup is done: {name} differs from the specification in one thing."),
            n => format!("The checkup is done: {name} differs from the specification in {n} things."),
        };
        let of = |entry: &&Entry<'_>| {
            let (_, judged) = entry.tried.as_ref()?;
            Some(Proof { text: format!("{}: {}", entry.probe.title, judged.says), at: *judged.evidence.first()? })
        };
        let speaks = trace.spoken().map(|spoken| spoken.words()).unwrap_or_default();
        (headline, format!("{}. {speaks}", probe::tally(&matrix)), differs.iter().filter_map(of).collect::<Vec<_>>())
    });
    let (headline, summary, differs) = told.unwrap_or_default();
    let proof = (!differs.is_empty()).then(|| proof_links(differs));
    let show = move || {
        store.tab.set(Tab::Checkup);
        store.detail_open.set(true);
    };
    let all = el("div").class("row").child(el("div").class("row ways-on").child(button("Show all that was tried", show)));
    row([el("h2").child(plain(&headline)).into(), el("p").child(summary).into(), proof.into(), all.into()] as [View; 4])
}

/// Whether probes are being tried.
pub(in crate::ui) fn is_under_way(trace: &Trace) -> bool {
    probing(trace).is_some()
}

/// How far a checkup or a probe has come: what is tried, how many of how many are decided about, and how many requests were sent.
fn probing(trace: &Trace) -> Option<(String, usize, usize, usize)> {
    let (since, command) = trace.commands().last()?;
    let all = match command {
        Command::Checkup => probe::all().len(),
        Command::Probe(_) => 1,
        _ => return None,
    };
    let decided: Vec<_> = trace.probes().iter().filter(|run| run.at >= *since).collect();
    let now = decided.last().and_then(|run| probe::by_slug(&run.slug)).map_or("The handshake comes first", |probe| probe.title);
    let sent = trace.exchanges().iter().filter(|exchange| exchange.at >= *since).count();
    Some((now.to_owned(), decided.len().saturating_sub(1), all, sent))
}

/// What is being tried, with how far that has come.
pub(in crate::ui) fn under_way(store: Store) -> View {
    let seen = memo(move || store.with_trace(probing).flatten());
    let of = move |read: fn(&(String, usize, usize, usize)) -> String| {
        move || seen.with(|seen| seen.as_ref().map(read)).unwrap_or_default()
    };
    let headline = of(|(_, _, all, _)| if *all > 1 { "Running the checkup".to_owned() } else { "Trying a probe".to_owned() });
    let told = of(|(now, _, _, sent)| {
        let sent = if *sent == 1 { "1 request".to_owned() } else { format!("{sent} requests") };
        format!("{now} · {sent} sent so far")
    });
    let progress = el("progress")
        .attr("aria-label", "Running")
        .live_attr("max", of(|(_, _, all, _)| all.to_string()))
        .live_attr("value", of(|(_, done, ..)| done.to_string()));
    (el("h2").child(words(headline)), el("p").child(words(told)), progress).into()
}
