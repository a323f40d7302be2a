//! Opening a recording from a file, a link or a pasted text, ours or of another program. Nothing is sent by it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DragEvent, Event, HtmlDialogElement};

use super::dom::{El, View, button, effect, el, live, row, when};
use super::notice::notice;
use crate::platform::files::{self, File};
use crate::store::{Given, Origin, Store};

/// Which dialogs are open.
#[derive(Clone, Copy)]
pub(super) struct Dialogs {
    /// "Open a trace".
    pub(super) open_trace: RwSignal<bool>,
    /// "Keys".
    pub(super) keys: RwSignal<bool>,
    /// "Causes".
    pub(super) causes: RwSignal<bool>,
    /// "Share this trace".
    pub(super) share: RwSignal<bool>,
    /// "History".
    pub(super) history: RwSignal<bool>,
    /// "Run a checkup".
    pub(super) checkup: RwSignal<bool>,
}

impl Dialogs {
    /// All closed.
    pub(super) fn new(store: Store) -> Self {
        let [open_trace, keys, causes, share, history] = std::array::from_fn(|_| RwSignal::new(false));
        Self { open_trace, keys, causes, share, history, checkup: store.checkup_asked }
    }

    /// Whether one of them is open.
    pub(super) fn any_open(self) -> bool {
        [self.open_trace, self.keys, self.causes, self.share, self.history, self.checkup].iter().any(|open| open.get_untracked())
    }

    /// The dialogs of this page.
    pub(super) fn get() -> Self {
        expect_context()
    }
}

/// A dialog that is shown, as a modal, while a signal says so.
pub(super) fn dialog(open: RwSignal<bool>) -> El {
    let dialog = el("dialog");
    let element: HtmlDialogElement = dialog.element();
    let closed = element.clone();
    // The event comes a moment later, when it may be open again.
    let dialog = dialog.on("close", move |_: Event| open.set(closed.open()));
    effect(move || match (open.get(), element.open()) {
        (true, false) => {
            let show = {
                let element = element.clone();
                // It can only fail for a dialog that is not in the document.
                move || drop(element.show_modal())
            };
            // What is drawn because somebody wants to see it is not there yet.
            if element.is_connected() { show() } else { spawn_local(async move { show() }) }
        }
        (false, true) => element.close(),
        _ => {}
    });
    dialog
}

/// The dialog "Open a trace", and where a file can be dropped.
pub(super) fn open_dialog() -> View {
    let store = Store::get();
    let open = Dialogs::get().open_trace;
    let pasted = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let take = move |given: Given| {
        let is_pasted = matches!(given, Given::Text(..));
        if !is_pasted {
            // It may take a while, and the page can be used meanwhile.
            open.set(false);
        }
        store.open(given, move |opened| {
            if is_pasted && opened.is_ok() {
                pasted.set(String::new());
            }
            open.set(opened.is_err());
            problem.set(opened.err());
        });
    };
    let take_file = move |file: Option<File>| file.into_iter().for_each(|file| take(Given::File(file)));
    let file = el("input")
        .attr("id", "trace-file")
        .attr("type", "file")
        .attr("aria-describedby", "open-problem")
        .on("change", move |event: Event| take_file(File::chosen(&event)));
    let text = el("textarea")
        .attr("id", "pasted-trace")
        .attr("rows", "8")
        .attr("spellcheck", "false")
        .attr("placeholder", "A link with #trace=, the text of a file, or what curl -v printed")
        .attr("aria-describedby", "open-problem")
        .live_attr("aria-invalid", move || problem.with(Option::is_some))
        .bind(pasted);
    let refused = move || problem.get().map(|text| el("p").class("word stops").child(text));
    let dialog = dialog(open)
        .attr("aria-labelledby", "open-title")
        .child(el("h2").attr("id", "open-title").child("Open a trace"))
        .child(el("p").child(
            "A link or a file that somebody shared, or what another program recorded: a HAR file of a browser, the output of \
             curl -v, a log. It is only shown: nothing is sent to anybody. A file can also be dropped anywhere on this page.",
        ))
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
                .child(button("Open", move || take(Given::Text(pasted.get_untracked(), Origin::Pasted))).class("primary")),
        );
    row::<View>([dialog.into(), drop_target(take_file)])
}

/// Takes a file that is dropped anywhere on the page, and shows that it can be. Without this the browser would leave the page for it.
fn drop_target(take: impl Fn(Option<File>) + 'static) -> View {
    let dragged = RwSignal::new(false);
    let over = window_event_listener(leptos::ev::dragover, move |event: DragEvent| {
        if files::are_dragged(&event) {
            event.prevent_default();
            dragged.set(true);
        }
    });
    let left = window_event_listener(leptos::ev::dragleave, move |event: DragEvent| {
        if files::have_left(&event) {
            dragged.set(false);
        }
    });
    let dropped = window_event_listener(leptos::ev::drop, move |event: DragEvent| {
        dragged.set(false);
        if files::are_dragged(&event) {
            event.prevent_default();
            take(File::dropped(&event));
        }
    });
    on_cleanup(move || [over, left, dropped].into_iter().for_each(|handle| handle.remove()));
    when(
        move || dragged.get(),
        || {
            el("div")
                .class("drop-target")
                .child(el("strong").child("Drop it here to open it"))
                .child(el("span").child("It is only shown: nothing is sent to anybody."))
        },
    )
}
