//! What the server says of itself.

use inspector_core::mcp::ServerFacts;
use leptos::prelude::*;

use super::shown::{Shown, plain};
use crate::store::Store;

/// The card "Server", once the server has said something.
#[component]
pub(super) fn ServerCard() -> impl IntoView {
    let store = Store::get();
    let facts = Memo::new(move |_| store.with_trace(|trace| trace.server().cloned()).flatten());
    let tools = Memo::new(move |_| store.with_trace(|trace| trace.tools().len()).unwrap_or_default());
    move || facts.get().map(|facts| card(facts, tools))
}

fn card(facts: ServerFacts, tools: Memo<usize>) -> impl IntoView {
    let ServerFacts { name, title, version, protocol_version, capabilities, instructions } = facts;
    let shown_name = if title.is_empty() { name } else { title };
    let offers = move |name: &str| match (name, tools.get()) {
        ("tools", n) if n > 0 => format!("tools ({n})"),
        (name, _) => name.to_owned(),
    };
    let capabilities = capabilities
        .into_iter()
        .map(|capability| view! { <li title=plain(&capability.options)>{move || offers(&capability.name)}</li> })
        .collect_view();
    view! {
        <section class="server" aria-label="Server">
            <h3>"Server"</h3>
            <div class="card">
                <div class="head">
                    <b><Shown text=format!("{shown_name} {version}")/></b>
                    <span class="chip mut"><Shown text=protocol_version/></span>
                </div>
                <dl>
                    <div><dt>"offers"</dt><dd><ul class="inline-list">{capabilities}</ul></dd></div>
                </dl>
                {(!instructions.is_empty()).then(|| view! {
                    <details>
                        <summary>"Instructions"</summary>
                        <p class="instructions"><Shown text=instructions/></p>
                    </details>
                })}
            </div>
        </section>
    }
}
