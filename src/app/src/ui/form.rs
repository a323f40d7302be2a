//! What to contact: address, token, headers, protocol, and the button.

use inspector_core::mcp::{Ask, Revision};
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

use super::Places;
use super::dom::{El, View, button, effect, el, live, memo, row, when, words};
use crate::form::{self, ExtraHeader, Word};
use crate::store::{Phase, Store};

/// The form on the left.
pub(super) fn form(places: &Places) -> El {
    let store = Store::get();
    let running = move || store.phase.get() == Phase::Running;
    let folded = store.folded;
    // Once there is something to look at, a narrow screen shows that first.
    effect(move || {
        store.source.track();
        if store.phase.get() != Phase::Idle {
            folded.set(true);
        }
    });
    let unfold = button(
        words(move || if folded.get() { "Server, token and protocol" } else { "Hide server, token and protocol" }),
        move || folded.update(|folded| *folded = !*folded),
    );
    let go = el("button")
        .attr("type", "submit")
        .class("go")
        .live_attr("disabled", move || running().then_some(""))
        .child(words(move || if running() { "Running…" } else { "Run handshake" }));
    let end = el("div").class("two under-way").child(when(running, move || button("Stop", move || store.stop()))).child(when(
        move || store.standing.get().has_session && !running(),
        move || button("End session", move || store.end_session()),
    ));
    let check_up = button("Run checkup", move || {
        store.ask_for_checkup();
        super::keyboard::focus_first_problem();
    })
    .attr("title", "Sends a few requests that a server should answer or refuse, and compares what comes with the specification")
    .live_attr("disabled", move || running().then_some(""));
    let watching = move || store.standing.get().watching;
    let watch = button(words(move || if watching() { "Watching…" } else { "Watch" }), move || {
        store.watch();
        super::keyboard::focus_first_problem();
    })
    .attr("title", "Asks again and again whether the session lives, and says when it no longer does")
    .live_attr("disabled", move || (running() || watching()).then_some(""));
    let compare = button("Compare eras", move || {
        store.compare_eras();
        super::keyboard::focus_first_problem();
    })
    .class("ghost")
    .attr("title", "Runs 2026-07-28 and then 2025-11-25 against this address, and shows what differs")
    .live_attr("disabled", move || running().then_some(""));
    let fields = el("form")
        .on("submit", move |event: Event| {
            event.prevent_default();
            store.run();
            super::keyboard::focus_first_problem();
        })
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .child(url_field())
        .child(token_field())
        .child(&places.token_card)
        .child(headers())
        .child(protocol())
        .child(timeout())
        .child(go)
        .child(el("div").class("two").child(check_up).child(watch))
        .child(compare)
        .child(end);
    el("aside")
        .class("contact")
        .live_class("folded", move || folded.get() && store.phase.get() != Phase::Idle)
        .attr("aria-label", "What to contact")
        .child(unfold.class("unfold").live_attr("aria-expanded", move || !folded.get()))
        .child(fields)
        .child(symptom())
        .child(&places.server_card)
}

fn label(id: &str, text: &str) -> El {
    el("label").attr("for", id).child(text)
}

/// A field for one line of text that is neither prose nor to be remembered.
fn line() -> El {
    el("input").attr("type", "text").attr("spellcheck", "false").attr("autocapitalize", "off").attr("autocomplete", "off")
}

fn url_field() -> El {
    let store = Store::get();
    let word = memo(move || form::about_url(&store.url.get(), store.tried.get()));
    let field = line()
        .attr("id", "url")
        .attr("inputmode", "url")
        .attr("placeholder", "https://example.com/mcp")
        .attr("aria-describedby", "url-word")
        .live_attr("aria-invalid", move || word.with(|word| word.as_ref().is_some_and(|word| word.stops)))
        .bind(store.url);
    let said = live(move || word.get().map(|word| said(word, Some(store.url))));
    el("div").class("field").child(label("url", "Server URL")).child(field).child(el("div").attr("id", "url-word").child(said))
}

/// A word about a field, with a better text to take over where there is one.
fn said(word: Word, target: Option<RwSignal<String>>) -> El {
    let Word { stops, text, instead } = word;
    let take = instead
        .zip(target)
        .map(|(instead, target)| button(format!("Use {instead}"), move || target.set(instead.clone())).class("take"));
    el("p").class(if stops { "word stops" } else { "word" }).child(text).child(take)
}

fn token_field() -> El {
    let store = Store::get();
    let notes = memo(move || form::about_token(&store.token.get()));
    let shown = RwSignal::new(false);
    // One line that keeps what was pasted, line breaks too: an input of type password would drop them silently.
    let field = el("textarea")
        .attr("id", "token")
        .attr("rows", "1")
        .live_class("masked", move || !shown.get())
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("placeholder", "none")
        .attr("aria-describedby", "token-words")
        .live_attr("aria-invalid", move || notes.with(|words| words.iter().any(|word| word.stops)))
        .on("keydown", move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                store.run();
            }
        })
        .bind(store.token);
    let show = button(words(move || if shown.get() { "Hide" } else { "Show" }), move || shown.update(|shown| *shown = !*shown))
        .class("inset")
        .live_attr("aria-pressed", move || shown.get())
        .live_attr("aria-label", move || if shown.get() { "Hide the token" } else { "Show the token" });
    let notes = live(move || row(notes.get().into_iter().map(|word| said(word, None))));
    el("div")
        .class("field")
        .child(label("token", "Bearer token"))
        .child(el("div").class("with-button").child(field).child(show))
        .child(el("div").attr("id", "token-words").child(notes))
}

/// What the person's own client shows. It is not part of the form: nothing is sent with it.
fn symptom() -> El {
    let field = el("textarea")
        .attr("id", "symptom")
        .attr("rows", "3")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("placeholder", "Paste an error, a stack trace or a log")
        .bind(Store::get().paste);
    el("div").class("field symptom").child(label("symptom", "What your client shows")).child(field)
}

fn headers() -> El {
    let store = Store::get();
    let next = StoredValue::new(0_u32);
    let add = move || {
        let key = next.get_value();
        next.set_value(key + 1);
        store.headers.update(|headers| headers.push(ExtraHeader { key, ..ExtraHeader::default() }));
    };
    // The rows are made anew when there are more or fewer of them, not while one is typed into.
    let keys = memo(move || store.headers.with(|headers| headers.iter().map(|header| header.key).collect::<Vec<_>>()));
    el("div")
        .class("field")
        .attr("role", "group")
        .attr("aria-label", "Extra headers")
        .child(live(move || row(keys.get().into_iter().map(header_row))))
        .child(button("Add a header", add).class("ghost add"))
}

fn header_row(key: u32) -> View {
    let store = Store::get();
    let header =
        memo(move || store.headers.with(|headers| headers.iter().find(|header| header.key == key).cloned()).unwrap_or_default());
    let change = move |change: &dyn Fn(&mut ExtraHeader)| {
        store.headers.update(|headers| headers.iter_mut().filter(|header| header.key == key).for_each(change));
    };
    let word = memo(move || form::about_header(&header.get(), store.tried.get()));
    let word_id = format!("header-word-{key}");
    let field = |label: &str, example: &str| {
        line()
            .attr("aria-label", label)
            .attr("placeholder", example)
            .attr("aria-describedby", &word_id)
            .live_attr("aria-invalid", move || word.with(|word| word.as_ref().is_some_and(|word| word.stops)))
    };
    let name = field("Header name", "x-api-key")
        .typed(move || header.with(|header| header.name.clone()), move |typed| change(&|header| header.name.clone_from(&typed)));
    let value = field("Header value", "value").class("masked").typed(
        move || header.with(|header| header.value.clone()),
        move |typed| change(&|header| header.value.clone_from(&typed)),
    );
    let remove = button("×", move || store.headers.update(|headers| headers.retain(|header| header.key != key)))
        .class("ghost")
        .attr("aria-label", "Remove this header");
    let said = live(move || word.get().map(|word| said(word, None)));
    let row = el("div").class("header-row").child(name).child(value).child(remove);
    (row, el("div").attr("id", &word_id).child(said)).into()
}

fn protocol() -> El {
    let store = Store::get();
    let option = |value: &str, text: &str| el("option").attr("value", value).child(text);
    let choice = el("select")
        .attr("id", "protocol")
        .child(option("auto", "Auto"))
        .children(Revision::ALL.map(|revision| option(revision.as_str(), revision.label())))
        .chosen(
            move || store.ask.get().as_str().to_owned(),
            move |chosen| store.ask.set(Ask::parse(&chosen).unwrap_or_default()),
        );
    el("div").class("field").child(label("protocol", "Protocol")).child(choice)
}

fn timeout() -> El {
    let store = Store::get();
    let word = memo(move || form::about_timeout(store));
    let field = line()
        .attr("id", "timeout")
        .attr("inputmode", "numeric")
        .attr("aria-describedby", "timeout-word")
        .live_attr("aria-invalid", move || word.with(Option::is_some))
        .bind(store.timeout);
    let said = live(move || word.get().map(|word| said(word, None)));
    el("div")
        .class("field")
        .child(label("timeout", "Timeout, seconds"))
        .child(field)
        .child(el("div").attr("id", "timeout-word").child(said))
}
