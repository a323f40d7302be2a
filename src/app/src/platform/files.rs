//! Files that the person chose or dropped.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, HtmlInputElement};

/// A file that the person gave to this page.
pub(crate) struct File(web_sys::File);

impl File {
    /// The one that was chosen in a field. The field is empty again, so that the same file can be chosen once more.
    pub(crate) fn chosen(event: &Event) -> Option<Self> {
        let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
        let file = field.files()?.get(0);
        field.set_value("");
        file.map(Self)
    }

    /// The first that was dropped.
    pub(crate) fn dropped(event: &DragEvent) -> Option<Self> {
        event.data_transfer()?.files()?.get(0).map(Self)
    }

    /// Its name.
    pub(crate) fn name(&self) -> String {
        self.0.name()
    }

    /// How long it is, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.size() as usize
    }

    /// Some of its bytes, from one to before another. The rest of it stays where it is.
    ///
    /// # Errors
    /// What the browser says when it cannot be read.
    pub(crate) async fn bytes_of(&self, from: usize, to: usize) -> Result<Vec<u8>, JsValue> {
        let part = self.0.slice_with_f64_and_f64(from as f64, to as f64)?;
        let buffer = JsFuture::from(part.array_buffer()).await?;
        Ok(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}

/// Whether files are being dragged; a text that is dragged into a field is none of our business.
pub(crate) fn are_dragged(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// Whether what is dragged has left the page, and not just one of its elements for another one.
pub(crate) fn have_left(event: &DragEvent) -> bool {
    event.related_target().is_none()
}
