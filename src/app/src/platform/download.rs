//! Handing something to the person as a file.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves a text of a media type under a name.
///
/// # Errors
/// What the browser says when it refuses.
pub(crate) fn save(name: &str, text: &str, media_type: &str) -> Result<(), JsValue> {
    save_blob(name, &blob(text, media_type)?)
}

/// A text of a media type, as the browser keeps it.
///
/// # Errors
/// What the browser says when there is no room for it.
pub(crate) fn blob(text: &str, media_type: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(text)), &options)
}

/// Saves anything under a name.
///
/// # Errors
/// What the browser says when it refuses.
pub(crate) fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
