//! The stream on which the server speaks unasked: opened and closed by the person.

use inspector_core::asked::{State, listening};
use inspector_core::mcp::Transport;
use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::dom::{View, button, el, live, memo, when, words};
use crate::store::Store;

/// The button "Listen", while the conversation is open.
pub(super) fn listen() -> View {
    let store = Store::get();
    let listens = move || store.standing.with(|standing| standing.listening);
    let said = memo(move || store.with_trace(|trace| said(trace, listens())).unwrap_or_default());
    let toggle = move || {
        let button = button(words(move || if listens() { "Stop listening" } else { "Listen" }), move || store.listen(!listens()))
            .attr("title", "The stream on which the server says what it was not asked for. A server need not have one.");
        let always = memo(move || store.with_trace(over_sse) == Some(true));
        let word = live(move || el("p").class("quiet").attr("role", "status").child(said.get()));
        el("div").class("listen").child(when(move || !always.get(), move || button.clone())).child(word)
    };
    when(move || store.is_open(), toggle)
}

fn over_sse(trace: &Trace) -> bool {
    trace.spoken().is_some_and(|spoken| spoken.transport == Some(Transport::HttpSse))
}

fn said(trace: &Trace, listens: bool) -> String {
    if over_sse(trace) {
        return "The server speaks on the stream that is open.".to_owned();
    }
    match listening(trace) {
        _ if listens => "What the server says unasked is in the diagram.".to_owned(),
        Some(State::Failed(Some(405))) => "This server offers no stream to listen on.".to_owned(),
        Some(State::Refused { message, .. }) => super::shown::plain(&format!("The server refused: {message}")),
        Some(State::Failed(Some(status))) => format!("The server refused with {status}."),
        Some(State::Failed(None)) => "The stream did not open.".to_owned(),
        _ => String::new(),
    }
}
