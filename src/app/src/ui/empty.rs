//! The page before anything has happened: how to start, and what there is to look at without a server.

use super::dom::{El, button, el};
use crate::gallery::Incident;
use crate::store::Store;

/// How to start.
pub(super) fn empty() -> El {
    let store = Store::get();
    let steps = [
        "Paste the address of the server, and a token if it wants one.",
        "Run the handshake. It goes from this browser straight to that server, and nowhere else.",
        "Read the first sentence: it says what went wrong, with the messages that prove it.",
    ];
    let start = el("section")
        .attr("aria-labelledby", "start-title")
        .child(el("h2").attr("id", "start-title").child("See why an MCP session fails"))
        .child(el("ol").class("steps").children(steps.map(|step| el("li").child(step))));
    let demo =
        el("section")
            .attr("aria-labelledby", "demo-title")
            .child(el("h2").attr("id", "demo-title").child("No server at hand? There is one in this page"))
            .child(el("p").child(
                "The demo server speaks every revision of the protocol. It is part of this page: nothing is sent to anybody.",
            ))
            .child(button("Try the demo server", move || store.try_demo()).class("primary"));
    let gallery = el("section")
        .attr("aria-labelledby", "gallery-title")
        .child(el("h2").attr("id", "gallery-title").child("Or open a recorded incident"))
        .child(el("ul").class("gallery").children(Incident::ALL.map(|incident| el("li").child(card(incident)))));
    el("div").class("empty").child(start).child(demo).child(gallery)
}

fn card(incident: Incident) -> El {
    let store = Store::get();
    let text = (el("strong").child(incident.title()), el("span").child(incident.story()));
    button(text, move || store.open_incident(incident)).class("incident")
}
