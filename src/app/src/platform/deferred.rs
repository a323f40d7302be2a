//! Loading the deferred part of the program: everything that needs a recording, which a first visit does without.
//!
//! `www/boot.js` loads it at the first sign that the page is going to be used, or when it is asked to. A build that was not split
//! (`cargo xtask serve`, plain `trunk build`) has no such part: there boot.js says at once that it has arrived, and nothing else
//! in the program knows the difference.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The event that says that the deferred part has arrived.
const ARRIVED: &str = "mcp-deferred";

/// The name of the function that loads it, and waits.
const LOAD: &str = "mcpLoadDeferred";

/// Proof that the deferred part is there. Every split point asks for it, because a call without that part would be a crash.
#[derive(Clone, Copy)]
pub(crate) struct Deferred(());

/// Hears of the arrival of the deferred part, whoever asked for it.
pub(crate) fn on_arrival(heard: impl Fn(Deferred) + 'static) {
    if let Some(window) = web_sys::window() {
        // The page listens as long as it lives.
        let heard = Closure::<dyn Fn()>::new(move || heard(Deferred(()))).into_js_value();
        let _ = window.add_event_listener_with_callback(ARRIVED, heard.unchecked_ref());
    }
}

/// Has the deferred part loaded; after a failure, anew. [`on_arrival`] hears of its arrival.
///
/// # Errors
/// What the browser says when it cannot be loaded.
pub(crate) async fn load() -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let load: Function = Reflect::get(&window, &LOAD.into())?.dyn_into()?;
    let loaded: Promise = load.call0(&JsValue::NULL)?.unchecked_into();
    JsFuture::from(loaded).await.map(drop)
}
