//! What the server offers: its tools, searchable, each with its schema as sent.

use inspector_core::mcp::Tool;
use leptos::prelude::*;

use super::json_tree::JsonTree;
use super::shown::Shown;
use crate::platform::text;
use crate::store::Store;

/// How many tools are in the page at once; a search finds the others.
const ROWS: usize = 200;

/// The region "Tools".
#[component]
pub(super) fn Tools() -> impl IntoView {
    let store = Store::get();
    let query = RwSignal::new(String::new());
    let tools = Memo::new(move |_| store.with_trace(|trace| trace.tools().to_vec()).unwrap_or_default());
    let complete = Memo::new(move |_| store.with_trace(|trace| trace.tools_complete()).unwrap_or_default());
    // What is searched, in lower case once and not at every key.
    let words = Memo::new(move |_| {
        let words = |tool: &Tool| text::lower(&[&*tool.name, &*tool.title, &*tool.description].join("\n"));
        tools.with(|tools| tools.iter().map(words).collect::<Vec<_>>())
    });
    let found = Memo::new(move |_| {
        let query = text::lower(&query.get());
        let fits = |(_, words): &(&Tool, &String)| words.contains(&query);
        let found = |tools: &Vec<Tool>, words: &Vec<String>| {
            tools.iter().zip(words).filter(fits).map(|(tool, _)| tool.clone()).collect::<Vec<_>>()
        };
        tools.with(|tools| words.with(|words| found(tools, words)))
    });
    let count = move || {
        let (found, all) = (found.with(Vec::len), tools.with(Vec::len));
        let shown = found.min(ROWS);
        match (found == all, shown == found) {
            (true, true) => format!("{all} tools"),
            (false, true) => format!("{found} of {all} tools"),
            (_, false) => format!("the first {shown} of {found} tools; search to find the others"),
        }
    };
    let listed = move || -> Vec<(usize, Tool)> { found.get().into_iter().take(ROWS).enumerate().collect() };
    view! {
        <section class="tools" aria-label="Tools">
            <Show when=move || !tools.with(Vec::is_empty) fallback=|| view! { <p class="quiet">"No tools were listed."</p> }>
                <div class="field">
                    <label for="tool-search">"Search tools"</label>
                    <input id="tool-search" type="search" autocomplete="off" bind:value=query/>
                </div>
                <p class="quiet">
                    {count}
                    {move || (!complete.get()).then_some(", and the list was not read to its end")}
                </p>
            </Show>
            <ul class="tool-list">
                <For each=listed key=|(n, tool)| (*n, tool.name.clone()) let:row>
                    <li><ToolRow tool=row.1/></li>
                </For>
            </ul>
        </section>
    }
}

#[component]
fn ToolRow(tool: Tool) -> impl IntoView {
    let open = RwSignal::new(false);
    let stored = StoredValue::new(tool.clone());
    let members = [
        ("inputSchema", "Input schema"),
        ("outputSchema", "Output schema"),
        ("annotations", "Annotations: the server's own hints"),
    ];
    let details = move || {
        members
            .iter()
            .map(|(key, title)| (stored.with_value(|tool| tool.member(key)), *title))
            .filter(|(json, _)| !json.is_empty())
            .map(|(json, title)| view! { <h5>{title}</h5><JsonTree text=json/> })
            .collect_view()
    };
    let title = (!tool.title.is_empty() && tool.title != tool.name).then(|| view! { <Shown text=tool.title.clone()/> });
    view! {
        <details on:toggle:target=move |event| open.set(event.target().open())>
            <summary>
                <code><Shown text=tool.name.clone()/></code>
                {title}
            </summary>
            <p class="description"><Shown text=tool.description.clone()/></p>
            <Show when=move || open.get()>{details()}</Show>
        </details>
    }
}
