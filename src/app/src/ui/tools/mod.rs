//! The tools of the server: searchable, and each can be called.

mod call;

use inspector_core::mcp::{Tool, annotation_flaws};
use leptos::prelude::*;

use super::dom::{El, View, button, el, live, memo, row, when, words};
use super::keyboard::focus_soon;
use super::shown::shown;
use crate::platform::text;
use crate::store::Store;

/// How many tools are in the page at once; a search finds the others.
const ROWS: usize = 200;

/// The region "Tools": the list, or the tool that was chosen.
pub(super) fn tools() -> El {
    let store = Store::get();
    let tools = memo(move || store.with_trace(|trace| trace.tools().to_vec()).unwrap_or_default());
    let chosen = memo(move || {
        let name = store.tool.get()?;
        tools.with(|tools| tools.iter().find(|tool| tool.name == name).cloned())
    });
    let shown = move || match chosen.get() {
        Some(tool) => call::panel(&tool),
        None => list(tools),
    };
    el("section").class("tools").attr("aria-label", "Tools").child(live(shown))
}

fn list(tools: Memo<Vec<Tool>>) -> View {
    let store = Store::get();
    let query = RwSignal::new(String::new());
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
            (true, true) if all == 1 => format!("1 tool{rest}"),
            (true, true) => format!("{all} tools{rest}"),
            (false, true) => format!("{found} of {all} tools{rest}"),
            (_, false) => format!("the first {shown} of {found} tools; search to find the others{rest}"),
        }
    };
    let search = move || {
        let field = el("input").attr("id", "tool-search").attr("type", "search").attr("autocomplete", "off").bind(query);
        let label = el("label").attr("for", "tool-search").child("Search tools");
        let kept =
            memo(move || store.with_trace(|trace| trace.tool_pages().first().and_then(|page| page.fresh.words())).flatten());
        let kept = words(move || kept.get().map(|words| format!("; the list {words}")).unwrap_or_default());
        (el("div").class("field").child(label).child(field), el("p").class("quiet").child(words(count)).child(kept))
    };
    let choose = move |tool: &Tool| {
        let name = tool.name.clone();
        move || {
            store.tool.set(Some(name.clone()));
            focus_soon("chosen".to_owned());
        }
    };
    let listed = move || {
        let listed = found.with(|found| found.iter().take(ROWS).cloned().collect::<Vec<_>>());
        row(listed.into_iter().map(|tool| el("li").child(entry(&tool.name, &tool.title, &tool.description, choose(&tool)))))
    };
    row::<View>([
        when(move || tools.with(Vec::is_empty), || el("p").class("quiet").child("No tools were listed.")),
        when(move || !tools.with(Vec::is_empty), search),
        el("ul").class("offers").child(live(listed)).into(),
        dropped(),
    ])
}

/// One row of a list of what the server offers: its name, and what is said of it.
pub(super) fn entry(name: &str, title: &str, description: &str, choose: impl Fn() + 'static) -> El {
    let title = (!title.is_empty() && title != name).then(|| el("span").child(shown(title)));
    let first = description.lines().next().unwrap_or_default();
    let description = (!first.is_empty()).then(|| el("span").class("quiet").child(shown(first)));
    button((el("code").child(shown(name)), title, description), choose).class("offer")
}

/// Tools that a client has to leave out (2026-07-28, tools): nobody would miss them otherwise.
fn dropped() -> View {
    let store = Store::get();
    let dropped = memo(move || store.with_trace(|trace| trace.dropped_tools().to_vec()).unwrap_or_default());
    let one = |tool: &Tool| {
        let flaws = annotation_flaws(tool).into_iter().map(|flaw| {
            let said = format!("{} at {}: {}", flaw.header, flaw.at, flaw.fault.as_str());
            el("p").class("quiet").child(shown(&said))
        });
        el("li").child(el("code").child(shown(&tool.name))).children(flaws)
    };
    let listed = move || {
        let heading = el("p").class("word").child("Left out, as the specification asks: the header annotations are not valid.");
        dropped.with(|dropped| (heading, el("ul").children(dropped.iter().map(one))))
    };
    when(move || dropped.with(|dropped| !dropped.is_empty()), listed)
}
