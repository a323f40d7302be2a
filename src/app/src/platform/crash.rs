//! What is left when the program dies: the recording so far lives outside of it, and the page says what happened.
//!
//! `www/crash.js` draws the overlay. It works without WebAssembly, because after a trap this program must not be called again.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The name under which `www/crash.js` finds the recording.
const RECORDING: &str = "mcpRecording";

/// The event that tells `www/crash.js` of a panic.
const PANIC: &str = "mcp-panic";

/// Keeps the recording where it survives a crash of this program.
pub(crate) fn keep(recording: &str) {
    if let Some(window) = web_sys::window() {
        let _ = js_sys::Reflect::set(&window, &RECORDING.into(), &recording.into());
    }
}

/// Tells the page of every panic, before the program traps.
pub(crate) fn install_hook() {
    std::panic::set_hook(Box::new(|info| {
        let Some(window) = web_sys::window() else { return };
        let options = CustomEventInit::new();
        options.set_detail(&JsValue::from_str(&info.to_string()));
        if let Ok(event) = CustomEvent::new_with_event_init_dict(PANIC, &options) {
            let _ = window.dispatch_event(&event);
        }
    }));
}
