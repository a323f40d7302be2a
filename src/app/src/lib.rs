//! The page of the MCP Session Inspector: the only crate that knows a browser.
//!
//! `platform` (the browser) and `vault` (secrets) serve `driver` (the pump); `store` holds the state, `selectors` derive what is
//! shown, `ui` shows it. Nothing here decides what anything means: that is core's.

mod driver;
mod explanations;
mod form;
mod gallery;
mod platform;
mod selectors;
mod store;
mod ui;
mod vault;

/// Puts the page into the document.
pub fn start() {
    platform::crash::install_hook();
    platform::theme::Theme::stored().apply();
    leptos::mount::mount_to_body(ui::show);
}
