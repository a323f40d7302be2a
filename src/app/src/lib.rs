//! The page of the MCP Session Inspector: the only crate that knows a browser.
//!
//! `platform` (the browser) and `vault` (secrets) serve `driver` (the pump); `store` holds the state, `selectors` derive what is
//! shown, `ui` shows it. Nothing here decides what anything means: that is core's.
//!
//! A first visit loads what needs no recording. `part` knows whether the rest is there; modules named `split_points` lead to it.

mod driver;
mod explanations;
mod form;
mod gallery;
mod part;
mod platform;
mod selectors;
mod store;
mod symptoms;
mod ui;
mod vault;

/// Puts the page into the document.
pub fn start() {
    platform::crash::install_hook();
    platform::theme::Theme::stored().apply();
    leptos::mount::mount_to_body(ui::show);
}
