//! What the browser calls this page: in its tabs, its history, and in a link that is kept.

/// The name of the program, and of the page when nothing is read on it.
const NAME: &str = "MCP Session Inspector";

/// Names the page by what is read on it; by the program alone when that is nothing.
pub(crate) fn set(reading: Option<&str>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    match reading {
        Some(reading) => document.set_title(&format!("{reading} · {NAME}")),
        None => document.set_title(NAME),
    }
}
