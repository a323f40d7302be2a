//! The dialog "Compare with": which recording is put beside the one on the page. Nothing is sent by it.

use leptos::prelude::*;
use web_sys::Event;

use crate::gallery::Incident;
use crate::platform::files::File;
use crate::store::{Given, Origin, Store};
use crate::ui::dom::{El, button, el, live, when};
use crate::ui::open::{Dialogs, dialog};

/// The dialog.
pub(in crate::ui) fn choose() -> El {
    let store = Store::get();
    let open = Dialogs::get().compare;
    let pasted = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let take = move |given: Given| {
        let is_pasted = matches!(given, Given::Text(..));
        if !is_pasted {
            // It may take a while, and the page can be used meanwhile.
            open.set(false);
        }
        store.compare_with(given, move |opened| {
            if is_pasted && opened.is_ok() {
                pasted.set(String::new());
            }
            open.set(opened.is_err());
            problem.set(opened.err());
        });
    };
    let chosen = move |event: Event| File::chosen(&event).into_iter().for_each(|file| take(Given::File(file)));
    let file = el("input")
        .attr("id", "compare-file")
        .attr("type", "file")
        .attr("aria-describedby", "compare-problem")
        .on("change", chosen);
    let text = el("textarea")
        .attr("id", "compare-text")
        .attr("rows", "4")
        .attr("spellcheck", "false")
        .attr("placeholder", "A link with #trace=, the text of a file, or what curl -v printed")
        .attr("aria-describedby", "compare-problem")
        .live_attr("aria-invalid", move || problem.with(Option::is_some))
        .bind(pasted);
    let before = move || {
        button("The recording before this one", move || {
            open.set(false);
            store.compare_with_before();
        })
    };
    let incident = move |incident: Incident| {
        el("li").child(
            button(incident.title(), move || {
                open.set(false);
                store.compare_with_incident(incident);
            })
            .class("link"),
        )
    };
    let refused = move || problem.get().map(|text| el("p").class("word stops").child(text));
    dialog(open)
        .class("choose")
        .attr("aria-labelledby", "compare-title")
        .child(el("h2").attr("id", "compare-title").child("Compare with"))
        .child(el("p").child(
            "Choose a second recording, such as one in which it worked. Step by step you see where the two part. \
             Nothing is sent to anybody, and this recording stays.",
        ))
        .child(when(move || store.comparing.has_before.get(), before))
        .child(el("div").class("field").child(el("label").attr("for", "compare-file").child("Second file")).child(file))
        .child(
            el("div")
                .class("field")
                .child(el("label").attr("for", "compare-text").child("Second recording, pasted"))
                .child(text)
                .child(el("div").attr("id", "compare-problem").attr("role", "alert").child(live(refused))),
        )
        .child(
            el("details")
                .child(el("summary").child("Or a recorded incident"))
                .child(el("ul").class("plain").children(Incident::ALL.map(incident))),
        )
        .child(
            el("div")
                .class("row end")
                .child(button("Cancel", move || open.set(false)))
                .child(button("Compare", move || take(Given::Text(pasted.get_untracked(), Origin::Pasted))).class("primary")),
        )
}
