//! Copying texts and pictures.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ClipboardItem};

/// Puts a text on the clipboard; says whether the browser let us.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Puts a picture on the clipboard; says whether the browser let us.
pub(crate) async fn copy_picture(picture: &Blob) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let record = js_sys::Object::new();
    let held = js_sys::Promise::resolve(picture);
    if js_sys::Reflect::set(&record, &JsValue::from(picture.type_()), &held).is_err() {
        return false;
    }
    let Ok(item) = ClipboardItem::new_with_record_from_str_to_blob_promise(&record) else { return false };
    JsFuture::from(window.navigator().clipboard().write(&js_sys::Array::of1(&item))).await.is_ok()
}
