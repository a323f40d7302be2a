//! Where the page is scrolled to.

use leptos::task::spawn_local;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::schedule;

/// Shows the top of the page: on a narrow screen the answer stands there.
pub(crate) fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Shows an element by its id, if it is not in view: where the zones of the page stand below one another.
pub(crate) fn into_view(id: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    let element = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The same for an element that is about to be shown.
pub(crate) fn into_view_soon(id: &'static str) {
    spawn_local(async move {
        schedule::turn().await;
        into_view(id);
    });
}
