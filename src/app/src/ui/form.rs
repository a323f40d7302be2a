//! What to contact: address, token, headers, protocol, and the button.

use inspector_core::mcp::{Ask, Revision};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::server::ServerCard;
use super::token_card::TokenCard;
use crate::form::{self, ExtraHeader, Word};
use crate::store::{Phase, Store};

/// The form on the left.
#[component]
pub(super) fn Form() -> impl IntoView {
    let store = Store::get();
    let url_word = Memo::new(move |_| form::about_url(&store.url.get(), store.tried.get()));
    let token_words = Memo::new(move |_| form::about_token(&store.token.get()));
    let running = move || store.phase.get() == Phase::Running;
    let folded = RwSignal::new(false);
    // Once there is something to look at, a narrow screen shows that first.
    Effect::new(move |_| {
        store.source.track();
        if store.phase.get() != Phase::Idle {
            folded.set(true);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        store.run();
    };
    view! {
        <aside class="contact" class:folded=move || folded.get() && store.phase.get() != Phase::Idle aria-label="What to contact">
            <button
                type="button"
                class="unfold"
                aria-expanded=move || (!folded.get()).to_string()
                on:click=move |_| folded.update(|folded| *folded = !*folded)
            >
                {move || if folded.get() { "Server, token and protocol" } else { "Hide server, token and protocol" }}
            </button>
            <form on:submit=submit novalidate autocomplete="off">
                <UrlField word=url_word/>
                <TokenField words=token_words/>
                <TokenCard/>
                <Headers/>
                <div class="two">
                    <Protocol/>
                    <Timeout/>
                </div>
                <button type="submit" class="go" disabled=running>{move || if running() { "Running…" } else { "Run handshake" }}</button>
                <div class="two">
                    <Show when=running>
                        <button type="button" on:click=move |_| store.stop()>"Stop"</button>
                    </Show>
                    <Show when=move || store.has_session.get() && !running()>
                        <button type="button" on:click=move |_| store.end_session()>"End session"</button>
                    </Show>
                </div>
            </form>
            <ServerCard/>
        </aside>
    }
}

#[component]
fn UrlField(word: Memo<Option<Word>>) -> impl IntoView {
    let store = Store::get();
    view! {
        <div class="field">
            <label for="url">"Server URL"</label>
            <input
                id="url"
                type="text"
                inputmode="url"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                placeholder="https://example.com/mcp"
                aria-describedby="url-word"
                aria-invalid=move || word.with(|word| word.as_ref().is_some_and(|word| word.stops)).to_string()
                bind:value=store.url
            />
            <div id="url-word">{move || word.get().map(|word| view! { <Said word target=store.url/> })}</div>
        </div>
    }
}

/// A word about a field, with a better text to take over where there is one.
#[component]
fn Said(word: Word, #[prop(optional)] target: Option<RwSignal<String>>) -> impl IntoView {
    let Word { stops, text, instead } = word;
    let take = instead.zip(target).map(|(instead, target)| {
        let value = instead.clone();
        view! { <button type="button" class="take" on:click=move |_| target.set(value.clone())>{format!("Use {instead}")}</button> }
    });
    view! { <p class="word" class:stops=stops>{text} {take}</p> }
}

#[component]
fn TokenField(words: Memo<Vec<Word>>) -> impl IntoView {
    let store = Store::get();
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label for="token">"Bearer token"</label>
            <div class="with-button">
                // One line that keeps what was pasted, line breaks too: an input of type password would drop them silently.
                <textarea
                    id="token"
                    rows="1"
                    class:masked=move || !shown.get()
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    placeholder="none"
                    aria-describedby="token-words"
                    aria-invalid=move || words.with(|words| words.iter().any(|word| word.stops)).to_string()
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            store.run();
                        }
                    }
                    prop:value=move || store.token.get()
                    on:input:target=move |event| store.token.set(event.target().value())
                ></textarea>
                <button
                    type="button"
                    class="inset"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=move || if shown.get() { "Hide the token" } else { "Show the token" }
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { "Hide" } else { "Show" }}
                </button>
            </div>
            <div id="token-words">
                {move || words.get().into_iter().map(|word| view! { <Said word/> }).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn Headers() -> impl IntoView {
    let store = Store::get();
    let next = StoredValue::new(0_u32);
    let add = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        store.headers.update(|headers| headers.push(ExtraHeader { key, ..ExtraHeader::default() }));
    };
    view! {
        <div class="field" role="group" aria-label="Extra headers">
            <For each=move || store.headers.get() key=|header| header.key let:header>
                <HeaderRow key=header.key/>
            </For>
            <button type="button" class="ghost add" on:click=add>"Add a header"</button>
        </div>
    }
}

#[component]
fn HeaderRow(key: u32) -> impl IntoView {
    let store = Store::get();
    let header = Memo::new(move |_| {
        store.headers.with(|headers| headers.iter().find(|header| header.key == key).cloned()).unwrap_or_default()
    });
    let change = move |change: &dyn Fn(&mut ExtraHeader)| {
        store.headers.update(|headers| headers.iter_mut().filter(|header| header.key == key).for_each(change));
    };
    let word = Memo::new(move |_| form::about_header(&header.get(), store.tried.get()));
    let invalid = move || word.with(|word| word.as_ref().is_some_and(|word| word.stops)).to_string();
    let word_id = format!("header-word-{key}");
    view! {
        <div class="header-row">
            <input
                type="text"
                aria-label="Header name"
                aria-describedby=word_id.clone()
                aria-invalid=invalid
                placeholder="x-api-key"
                spellcheck="false"
                autocomplete="off"
                prop:value=move || header.with(|header| header.name.clone())
                on:input:target=move |event| change(&|header| header.name = event.target().value())
            />
            <input
                type="text"
                class="masked"
                aria-label="Header value"
                aria-describedby=word_id.clone()
                aria-invalid=invalid
                placeholder="value"
                spellcheck="false"
                autocomplete="off"
                prop:value=move || header.with(|header| header.value.clone())
                on:input:target=move |event| change(&|header| header.value = event.target().value())
            />
            <button
                type="button"
                class="ghost"
                aria-label="Remove this header"
                on:click=move |_| store.headers.update(|headers| headers.retain(|header| header.key != key))
            >
                "×"
            </button>
        </div>
        <div id=word_id>{move || word.get().map(|word| view! { <Said word/> })}</div>
    }
}

#[component]
fn Protocol() -> impl IntoView {
    let store = Store::get();
    view! {
        <div class="field">
            <label for="protocol">"Protocol"</label>
            <select
                id="protocol"
                on:change:target=move |event| store.ask.set(Ask::parse(&event.target().value()).unwrap_or_default())
            >
                <option value="auto">"Auto"</option>
                {Revision::STREAMABLE
                    .into_iter()
                    .map(|revision| view! { <option value=revision.as_str()>{revision.as_str()}</option> })
                    .collect_view()}
            </select>
        </div>
    }
}

#[component]
fn Timeout() -> impl IntoView {
    let store = Store::get();
    let word = Memo::new(move |_| form::about_timeout(store));
    view! {
        <div class="field">
            <label for="timeout">"Timeout, seconds"</label>
            <input
                id="timeout"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby="timeout-word"
                aria-invalid=move || word.with(Option::is_some).to_string()
                bind:value=store.timeout
            />
            <div id="timeout-word">{move || word.get().map(|word| view! { <Said word/> })}</div>
        </div>
    }
}
