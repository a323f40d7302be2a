//! Watching how large an element is.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};

/// Watches an element until it is dropped.
pub(crate) struct Watch {
    observer: ResizeObserver,
    /// Kept alive as long as the observer may call it.
    _heard: Closure<dyn FnMut(js_sys::Array)>,
}

/// Calls back with width and height in whole pixels, now and whenever they change.
pub(crate) fn observe(element: &Element, on: impl Fn(u32, u32) + 'static) -> Option<Watch> {
    let heard = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let Some(entry) = entries.iter().last() else { return };
        let size = entry.unchecked_into::<ResizeObserverEntry>().content_rect();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        on(size.width() as u32, size.height() as u32);
    });
    let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Watch { observer, _heard: heard })
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
