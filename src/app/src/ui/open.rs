//! Opening a recording from a file or a pasted text. Nothing is sent by it.

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::files;
use crate::store::{Source, Store};

/// Which dialogs are open.
#[derive(Clone, Copy)]
pub(super) struct Dialogs {
    /// "Open a trace".
    pub(super) open_trace: RwSignal<bool>,
    /// "Keys".
    pub(super) keys: RwSignal<bool>,
}

impl Dialogs {
    /// All closed.
    pub(super) fn new() -> Self {
        Self { open_trace: RwSignal::new(false), keys: RwSignal::new(false) }
    }

    /// The dialogs of this page.
    pub(super) fn get() -> Self {
        expect_context()
    }
}

/// Shows a dialog as a modal while a signal says so.
pub(super) fn show_when(dialog: NodeRef<Dialog>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                // It can only fail for a dialog that is not in the document.
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
}

/// The dialog "Open a trace".
#[component]
pub(super) fn OpenDialog() -> impl IntoView {
    let store = Store::get();
    let open = Dialogs::get().open_trace;
    let dialog = NodeRef::<Dialog>::new();
    let pasted = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    show_when(dialog, open);
    let take = move |text: &str, name: String| match store.open(text, Source::Opened(name)) {
        Ok(()) => {
            problem.set(None);
            pasted.set(String::new());
            open.set(false);
        }
        Err(error) => problem.set(Some(error.to_string())),
    };
    let chosen = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        spawn_local(async move {
            match files::read_text(&file).await {
                Ok(text) => take(&text, file.name()),
                Err(_) => problem.set(Some("The browser could not read this file.".to_owned())),
            }
        });
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="open-title" on:close=move |_| open.set(false)>
            <h2 id="open-title">"Open a trace"</h2>
            <p>"A recording that was saved with “Download trace”. It is only shown: nothing is sent to anybody."</p>
            <div class="field">
                <label for="trace-file">"Trace file"</label>
                <input id="trace-file" type="file" accept=".txt,.trace,text/plain" aria-describedby="open-problem" on:change=chosen/>
            </div>
            <div class="field">
                <label for="pasted-trace">"Pasted trace"</label>
                <textarea
                    id="pasted-trace"
                    rows="8"
                    spellcheck="false"
                    placeholder="mcp-trace 1"
                    aria-describedby="open-problem"
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    prop:value=move || pasted.get()
                    on:input:target=move |event| pasted.set(event.target().value())
                ></textarea>
                <div id="open-problem" role="alert">
                    {move || problem.get().map(|text| view! { <p class="word stops">{text}</p> })}
                </div>
            </div>
            <div class="row end">
                <button type="button" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="primary" on:click=move |_| take(&pasted.get_untracked(), "pasted".to_owned())>"Open"</button>
            </div>
        </dialog>
    }
}
