//! The fragment of the address as a place to go to and to come back from: what is read there has an address of its own, the back
//! button leaves it, and the recording stays where it is. The fragment never reaches a server.

use std::cell::Cell;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::History;

use super::location;

thread_local! {
    /// How many places there are to go back from. The browser keeps the number with each place, but for those that a link led to.
    static DEPTH: Cell<f64> = const { Cell::new(0.0) };
}

/// Goes to a fragment, as a link does.
pub(crate) fn go_to(fragment: &str) {
    let Some(history) = history() else { return };
    let deeper = DEPTH.get() + 1.0;
    DEPTH.set(deeper);
    let _ = history.push_state_with_url(&deeper.into(), "", Some(&format!("#{fragment}")));
}

/// Goes back to where the page was before the first fragment.
pub(crate) fn leave() {
    let Some(history) = history() else { return };
    let depth = DEPTH.get();
    // Browsers forget the oldest places (Chromium keeps 50): what is forgotten cannot be gone back to.
    if depth < history.length().map(f64::from).unwrap_or_default() {
        let _ = history.go_with_delta(-(depth as i32));
    } else {
        DEPTH.set(0.0);
        let _ = history.replace_state_with_url(&JsValue::from(0), "", Some(&location::without_fragment()));
    }
}

/// Hears of every other place: the back button, a link inside the page, an address typed by hand. A page that was opened with the
/// fragment of such a place gets one in front of it, to go back to.
pub(crate) fn on_change(opened_at: Option<String>, heard: impl Fn() + 'static) {
    let (Some(window), Some(first)) = (web_sys::window(), history()) else { return };
    let heard = Closure::<dyn Fn()>::new(move || {
        if let Some(history) = history() {
            DEPTH.set(kept(&history).unwrap_or_else(|| {
                let deeper = if location::has_fragment() { DEPTH.get() + 1.0 } else { 0.0 };
                let _ = history.replace_state(&deeper.into(), "");
                deeper
            }));
        }
        heard();
    });
    // The page listens as long as it lives.
    let _ = window.add_event_listener_with_callback("popstate", heard.into_js_value().unchecked_ref());
    match (kept(&first), opened_at) {
        // A page that is loaded again stands where it stood.
        (Some(depth), _) => DEPTH.set(depth),
        (None, Some(fragment)) => {
            let _ = first.replace_state_with_url(&JsValue::from(0), "", Some(&location::without_fragment()));
            go_to(&fragment);
        }
        (None, None) => {
            let _ = first.replace_state(&JsValue::from(0), "");
        }
    }
}

/// The number that was kept with this place.
fn kept(history: &History) -> Option<f64> {
    history.state().ok()?.as_f64()
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}
