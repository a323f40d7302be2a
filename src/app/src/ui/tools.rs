//! What the server offers: its tools, searchable, each with its schema as sent.

use inspector_core::mcp::Tool;
use leptos::prelude::*;

use super::dom::{El, el, live, memo, row, when, words};
use super::json_tree::json_tree;
use super::shown::shown;
use crate::platform::text;
use crate::store::Store;

/// How many tools are in the page at once; a search finds the others.
const ROWS: usize = 200;

/// The region "Tools".
pub(super) fn tools() -> El {
    let store = Store::get();
    let query = RwSignal::new(String::new());
    let tools = memo(move || store.with_trace(|trace| trace.tools().to_vec()).unwrap_or_default());
    let complete = memo(move || store.with_trace(|trace| trace.tools_complete()).unwrap_or_default());
    // What is searched, in lower case once and not at every key.
    let searched = memo(move || {
        let words = |tool: &Tool| text::lower(&[&*tool.name, &*tool.title, &*tool.description].join("\n"));
        tools.with(|tools| tools.iter().map(words).collect::<Vec<_>>())
    });
    let found = memo(move || {
        let query = text::lower(&query.get());
        let fits = |(_, words): &(&Tool, &String)| words.contains(&query);
        let found = |tools: &Vec<Tool>, words: &Vec<String>| {
            tools.iter().zip(words).filter(fits).map(|(tool, _)| tool.clone()).collect::<Vec<_>>()
        };
        tools.with(|tools| searched.with(|words| found(tools, words)))
    });
    let count = move || {
        let (found, all) = (found.with(Vec::len), tools.with(Vec::len));
        let shown = found.min(ROWS);
        let rest = if complete.get() { "" } else { ", and the list was not read to its end" };
        match (found == all, shown == found) {
            (true, true) => format!("{all} tools{rest}"),
            (false, true) => format!("{found} of {all} tools{rest}"),
            (_, false) => format!("the first {shown} of {found} tools; search to find the others{rest}"),
        }
    };
    let search = move || {
        let field = el("input").attr("id", "tool-search").attr("type", "search").attr("autocomplete", "off").bind(query);
        let label = el("label").attr("for", "tool-search").child("Search tools");
        (el("div").class("field").child(label).child(field), el("p").class("quiet").child(words(count)))
    };
    let listed = move || found.with(|found| row(found.iter().take(ROWS).map(|tool| el("li").child(tool_row(tool)))));
    el("section")
        .class("tools")
        .attr("aria-label", "Tools")
        .child(when(move || tools.with(Vec::is_empty), || el("p").class("quiet").child("No tools were listed.")))
        .child(when(move || !tools.with(Vec::is_empty), search))
        .child(el("ul").class("tool-list").child(live(listed)))
}

fn tool_row(tool: &Tool) -> El {
    let open = RwSignal::new(false);
    let members = [
        ("inputSchema", "Input schema"),
        ("outputSchema", "Output schema"),
        ("annotations", "Annotations: the server's own hints"),
    ];
    let title = (!tool.title.is_empty() && tool.title != tool.name).then(|| shown(&tool.title));
    let summary = el("summary").child(el("code").child(shown(&tool.name))).child(title);
    let description = el("p").class("description").child(shown(&tool.description));
    let stored = tool.clone();
    let schemas = move || {
        let texts = members.iter().map(|(key, title)| (stored.member(key), *title));
        row(texts.filter(|(json, _)| !json.is_empty()).map(|(json, title)| (el("h5").child(title), json_tree(json))))
    };
    el("details").on_toggle(open).child(summary).child(description).child(when(move || open.get(), schemas))
}
