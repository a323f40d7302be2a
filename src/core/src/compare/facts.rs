//! What two recordings show of their servers, fact by fact.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::known::{How, judge};
use super::side::Side;
use crate::http::ResponseHead;
use crate::time::Micros;
use crate::trace::{Exchange, Outcome, Purpose, Trace};

/// One thing that two recordings are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is compared.
    pub what: &'static str,
    /// What it is in the first recording; empty for nothing.
    pub left: String,
    /// What it is in the second.
    pub right: String,
    /// How the two relate; measurements are expected to differ.
    pub how: How,
}

/// What is compared, and how it is read from a recording.
type Read = (&'static str, fn(&Trace) -> String);

/// What the servers of two recordings show of themselves, and the tools that only one of them lists.
pub fn facts(left: &Side<'_>, right: &Side<'_>) -> Vec<Fact> {
    let facts: [Read; 9] = [
        ("Address", |trace| trace.about.server.without_query()),
        ("Came out", outcome),
        ("Speaks", speaks),
        ("Server", server),
        ("Capabilities", capabilities),
        ("Tools", tools),
        ("Session", session),
        ("Answers as", media),
        ("Requests", |trace| trace.exchanges().len().to_string()),
    ];
    let measured: [Read; 3] = [
        ("Bytes received", |trace| trace.exchanges().iter().map(|exchange| exchange.reply.bytes).sum::<u64>().to_string()),
        ("First answer after", |trace| first_answer(trace).map(|span| span.to_string()).unwrap_or_default()),
        ("Tools after", |trace| listed(trace).map(|span| span.to_string()).unwrap_or_default()),
    ];
    let says = |one: &str, other: &str| judge((one, left.veil), (other, right.veil));
    let fact = |what, one: String, other: String| Fact { what, how: says(&one, &other), left: one, right: other };
    let of = |(what, read): Read| fact(what, read(left.trace), read(right.trace));
    let (only_left, only_right) = tools_apart(left.trace, right.trace);
    let both_list = !left.trace.tools().is_empty() && !right.trace.tools().is_empty();
    let own = (both_list && !(only_left.is_empty() && only_right.is_empty()))
        .then(|| fact("Tools of its own", only_left.join(", "), only_right.join(", ")));
    let measured = measured.into_iter().map(|read| Fact { how: How::Expected, ..of(read) });
    facts.into_iter().map(of).chain(own).chain(measured).collect()
}

/// Names of tools that only one of two recordings lists: those of the first, and those of the second.
fn tools_apart<'a>(left: &'a Trace, right: &'a Trace) -> (Vec<&'a str>, Vec<&'a str>) {
    let only = |of: &'a Trace, other: &Trace| {
        let known = |name: &str| other.tools().iter().any(|tool| tool.name == name);
        of.tools().iter().map(|tool| tool.name.as_str()).filter(|name| !known(name)).collect()
    };
    (only(left, right), only(right, left))
}

fn outcome(trace: &Trace) -> String {
    match trace.outcome() {
        Outcome::Ok => "it works",
        Outcome::Failed => "it fails",
        Outcome::Stopped => "stopped",
    }
    .to_owned()
}

fn speaks(trace: &Trace) -> String {
    trace.spoken().map(|spoken| spoken.what()).unwrap_or_default()
}

fn server(trace: &Trace) -> String {
    trace.server().map(|server| format!("{} {}", server.name, server.version).trim().to_owned()).unwrap_or_default()
}

fn capabilities(trace: &Trace) -> String {
    let mut names: Vec<&str> = trace
        .server()
        .map(|server| server.capabilities.iter().map(|offered| offered.name.as_str()).collect())
        .unwrap_or_default();
    names.sort_unstable();
    names.join(", ")
}

fn tools(trace: &Trace) -> String {
    let listed = trace.exchanges().iter().any(|exchange| exchange.purpose == Purpose::ListTools && exchange.succeeded());
    if listed { trace.tools().len().to_string() } else { String::new() }
}

fn session(trace: &Trace) -> String {
    if trace.sessions().is_empty() { "none" } else { "with an id" }.to_owned()
}

fn media(trace: &Trace) -> String {
    // With HTTP+SSE, and when a stream is resumed, the answer stands in another exchange.
    let carriers = trace.exchanges().iter().filter_map(|exchange| trace.exchange(exchange.answer?.exchange));
    let mut kinds: Vec<String> = carriers.filter_map(Exchange::head).map(ResponseHead::media_type).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.retain(|kind| !kind.is_empty());
    kinds.join(", ")
}

fn first_answer(trace: &Trace) -> Option<Micros> {
    let began = trace.exchanges().first()?.at;
    let head = trace.exchanges().iter().find_map(|exchange| exchange.response.as_ref().map(|(at, _)| *at))?;
    Some(head.saturating_sub(began))
}

fn listed(trace: &Trace) -> Option<Micros> {
    let began = trace.exchanges().first()?.at;
    let list = trace.exchanges().iter().rfind(|exchange| exchange.purpose == Purpose::ListTools && exchange.succeeded())?;
    Some(list.reply.last_byte?.saturating_sub(began))
}
