//! The page: the only place that knows a browser.
use leptos::prelude::*;

/// Puts the page into the document.
pub fn start() {
    leptos::mount::mount_to_body(|| view! { <main>"MCP Session Inspector"</main> });
}
