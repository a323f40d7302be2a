//! What can be behind what a client shows: the line that tells the most, who says it, the causes in order, and what tells them apart.

use inspector_core::diagnose;
use inspector_core::probe;
use inspector_core::symptoms::{Found, Reading, Suspect, Telling, Unread, search};
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, row};
use super::findings::cause_chip;
use super::keyboard::focus_first_problem;
use super::shown::shown;
use super::verdict::certainty_chip;
use crate::store::{Phase, Store};
use crate::symptoms::{Known, Symptoms};

/// What helps where a text alone says too little.
const BETTER: [&str; 3] = [
    "the innermost error: in a Python traceback the last line of the innermost block, in Node the line after “cause”",
    "the lines of the client's or the server's log around it",
    "what the server answered: status and body, for example from curl -i",
];

/// The region "Possible causes".
pub(super) fn possible_causes() -> El {
    let store = Store::get();
    let symptoms = Symptoms::get();
    let content = move || -> View {
        match symptoms.known() {
            Known::Loading => el("p").class("quiet").child("Loading what is known of clients…").into(),
            Known::Unavailable => (
                el("p").child("What is known of clients could not be loaded from this page's own site."),
                el("div").class("row").child(button("Try again", move || symptoms.load())),
            )
                .into(),
            Known::Ready(table) => symptoms.searched.with(|paste| found(&search(table, paste))),
        }
    };
    el("section")
        .class("possible")
        .attr("aria-label", "Possible causes")
        .child(
            el("header")
                .child(el("h3").child("What your client shows"))
                .child(button("Clear", move || store.paste.set(String::new())).class("ghost")),
        )
        .child(live(content))
}

fn found(found: &Found<'_>) -> View {
    let Some(first) = found.readings.first() else { return unknown(found) };
    let (near, remote): (Vec<&Suspect>, Vec<&Suspect>) = found.causes.iter().partition(|suspect| !suspect.remote);
    let more = match remote.len() {
        0 => None,
        n => Some(
            el("details").child(el("summary").child(format!("Less likely: {n} more"))).children(remote.into_iter().map(article)),
        ),
    };
    let names = near.iter().map(|suspect| suspect.slug.as_str()).collect::<Vec<_>>().join(", ");
    let told = if names.is_empty() { first.means.clone() } else { format!("Possible causes: {names}.") };
    row([
        unread(found),
        quote(found.telling.as_ref()),
        el("h2").child(first.means.as_str()).into(),
        found.advice.map(|advice| el("p").child(advice)).into(),
        row(found.readings.iter().enumerate().map(reading)),
        row(near.into_iter().map(article)),
        more.into(),
        also(found),
        leads_to_a_server(found).then(|| probes(found)).into(),
        el("p").class("visually-hidden").attr("role", "status").child(told).into(),
    ])
}

/// Whether a request to a server could show more.
fn leads_to_a_server(found: &Found<'_>) -> bool {
    found.advice.is_none() || !found.causes.is_empty()
}

/// The line that tells the most, as it was pasted.
fn quote(telling: Option<&Telling>) -> View {
    let line = |telling: &Telling| {
        el("p")
            .class("telling")
            .child(el("span").child(format!("line {}", telling.line)))
            .child(el("code").child(shown(&telling.text)))
    };
    telling.map(line).into()
}

/// Who shows it; from the second on also what it means there.
fn reading((at, reading): (usize, &Reading<'_>)) -> El {
    let by = reading.shown_by.iter().map(|(client, versions, _)| {
        let which = if versions.is_all() { client.versions.clone() } else { versions.to_string() };
        format!("{} ({which})", client.name)
    });
    let by: Vec<String> = by.collect();
    let basis = reading.shown_by.first().map(|(.., basis)| el("span").class("chip mut").child(basis.as_str()));
    let lead = if at == 0 { "Shown by " } else { "Or shown by " };
    let means = (at > 0).then(|| format!(": {}", lower(&reading.means)));
    el("p").class("readings").child(format!("{lead}{}", by.join(", "))).child(means).child(" ").child(basis)
}

/// A sentence that goes on behind a colon.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn article(suspect: &Suspect) -> El {
    let cause = diagnose::cause(&suspect.slug);
    let chip = cause.map_or_else(|| el("span").class("chip warn").child(suspect.slug.as_str()), |cause| cause_chip(cause, false));
    el("article")
        .attr("data-cause", suspect.slug.as_str())
        .attr("data-certainty", suspect.certainty.as_str())
        .child(el("header").child(chip).child(certainty_chip(suspect.certainty)))
        .child(cause.map(|cause| el("h4").child(cause.title)))
        .child(el("p").child(suspect.apart.as_str()))
}

/// Other texts of the paste that are known.
fn also(found: &Found<'_>) -> View {
    let item = |(line, symptom): &(usize, &inspector_core::symptoms::Symptom)| {
        let text = symptom.printed(|_| inspector_core::symptoms::Filling::Unknown).unwrap_or_default();
        el("li").child(format!("line {line}: ")).child(el("code").child(shown(&text)))
    };
    let list = || {
        el("details").child(el("summary").child("Also known in this text")).child(el("ul").children(found.also.iter().map(item)))
    };
    (!found.also.is_empty()).then(list).into()
}

/// The way to proof: the probes that tell the causes apart, and the handshake.
fn probes(found: &Found<'_>) -> View {
    let store = Store::get();
    let running = move || store.phase.get() == Phase::Running;
    let go = move |text: String, why: &str, go: Box<dyn Fn()>| {
        let pressed = move || {
            go();
            focus_first_problem();
        };
        button(text, pressed).attr("title", why).live_attr("disabled", move || running().then_some(""))
    };
    let known = found.probes.iter().filter_map(|slug| probe::by_slug(slug));
    let tries = known.map(|probe| {
        go(format!("Try: {}", probe.title), probe.asks, Box::new(move || store.probe(probe))).attr("data-probe", probe.slug)
    });
    let run = go("Run handshake".to_owned(), "Opens a session and lists the tools", Box::new(move || store.run()));
    let why = "A text alone proves nothing. With the address and the token on the left, this shows the answer behind it:";
    (el("p").class("quiet").child(why), el("div").class("row").children(tries).child(run)).into()
}

/// What was not searched: a person would take the answer for one about the whole text.
fn unread(found: &Found<'_>) -> View {
    found.unread.map(|unread| el("p").child(el("strong").child(not_searched(unread)))).into()
}

/// In words, which lines were not searched.
fn not_searched(unread: Unread) -> String {
    let Unread { bytes, first, last } = unread;
    format!("This text is too long: lines {first} to {last} ({} KB) were not searched.", bytes.div_ceil(1_000))
}

fn unknown(found: &Found<'_>) -> View {
    let headline = match (found.unread, &found.telling) {
        (Some(unread), _) => not_searched(unread),
        (None, Some(_)) => "Nobody here knows this error.".to_owned(),
        (None, None) => "Nothing in this text is known here.".to_owned(),
    };
    let more = match found.unread {
        Some(_) => "In the rest, nothing is known here. Paste the lines around the error alone. What says most:",
        None => "A guess would only lead astray. What says more:",
    };
    row([
        quote(found.telling.as_ref()),
        el("h2").child(headline.as_str()).into(),
        el("p").child(more).into(),
        el("ul").children(BETTER.map(|better| el("li").child(better))).into(),
        probes(found),
        el("p").class("visually-hidden").attr("role", "status").child(headline).into(),
    ])
}
