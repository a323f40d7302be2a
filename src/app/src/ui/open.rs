//! Opening a recording from a file or a pasted text. Nothing is sent by it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Event, HtmlDialogElement, HtmlInputElement};

use super::dom::{El, button, effect, el, live};
use super::notice::notice;
use crate::platform::files;
use crate::store::{Source, Store};

/// Which dialogs are open.
#[derive(Clone, Copy)]
pub(super) struct Dialogs {
    /// "Open a trace".
    pub(super) open_trace: RwSignal<bool>,
    /// "Keys".
    pub(super) keys: RwSignal<bool>,
    /// "Causes".
    pub(super) causes: RwSignal<bool>,
    /// "Run a checkup".
    pub(super) checkup: RwSignal<bool>,
}

impl Dialogs {
    /// All closed.
    pub(super) fn new(store: Store) -> Self {
        let closed = || RwSignal::new(false);
        Self { open_trace: closed(), keys: closed(), causes: closed(), checkup: store.checkup_asked }
    }

    /// Whether one of them is open.
    pub(super) fn any_open(self) -> bool {
        [self.open_trace, self.keys, self.causes, self.checkup].iter().any(|open| open.get_untracked())
    }

    /// The dialogs of this page.
    pub(super) fn get() -> Self {
        expect_context()
    }
}

/// A dialog that is shown, as a modal, while a signal says so.
pub(super) fn dialog(open: RwSignal<bool>) -> El {
    let dialog = el("dialog").on("close", move |_: Event| open.set(false));
    let element: HtmlDialogElement = dialog.element();
    effect(move || match (open.get(), element.open()) {
        (true, false) => {
            // It can only fail for a dialog that is not in the document.
            let _ = element.show_modal();
        }
        (false, true) => element.close(),
        _ => {}
    });
    dialog
}

/// The dialog "Open a trace".
pub(super) fn open_dialog() -> El {
    let store = Store::get();
    let open = Dialogs::get().open_trace;
    let pasted = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let told = move |opened: Result<(), String>| {
        if opened.is_ok() {
            pasted.set(String::new());
            open.set(false);
        }
        problem.set(opened.err());
    };
    let take = move |text: String, name: String| store.open(text, Source::Opened(name), told);
    let chosen = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        spawn_local(async move {
            match files::read_text(&file).await {
                Ok(text) => take(text, file.name()),
                Err(_) => problem.set(Some("The browser could not read this file.".to_owned())),
            }
        });
    };
    let file = el("input")
        .attr("id", "trace-file")
        .attr("type", "file")
        .attr("accept", ".txt,.trace,text/plain")
        .attr("aria-describedby", "open-problem")
        .on("change", chosen);
    let text = el("textarea")
        .attr("id", "pasted-trace")
        .attr("rows", "8")
        .attr("spellcheck", "false")
        .attr("placeholder", "mcp-trace 1")
        .attr("aria-describedby", "open-problem")
        .live_attr("aria-invalid", move || problem.with(Option::is_some))
        .bind(pasted);
    let refused = move || problem.get().map(|text| el("p").class("word stops").child(text));
    dialog(open)
        .attr("aria-labelledby", "open-title")
        .child(el("h2").attr("id", "open-title").child("Open a trace"))
        .child(el("p").child("A recording that was saved with “Download trace”. It is only shown: nothing is sent to anybody."))
        .child(el("div").class("field").child(el("label").attr("for", "trace-file").child("Trace file")).child(file))
        .child(
            el("div")
                .class("field")
                .child(el("label").attr("for", "pasted-trace").child("Pasted trace"))
                .child(text)
                .child(el("div").attr("id", "open-problem").attr("role", "alert").child(live(refused))),
        )
        .child(notice())
        .child(
            el("div")
                .class("row end")
                .child(button("Cancel", move || open.set(false)))
                .child(button("Open", move || take(pasted.get_untracked(), "pasted".to_owned())).class("primary")),
        )
}
