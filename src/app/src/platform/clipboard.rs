//! Copying text.

use wasm_bindgen_futures::JsFuture;

/// Puts a text on the clipboard; says whether the browser let us.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
