//! Where the page is scrolled to.

/// Shows the top of the page: on a narrow screen the answer stands there.
pub(crate) fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
