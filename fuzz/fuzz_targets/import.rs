//! Any text as the recording of another program: read or refused, and what was read can be shared.
#![no_main]

use inspector_core::import::import;
use inspector_core::share::{Level, More, redact};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(imported) = import(text) else { return };
    for trace in &imported.traces {
        let _ = redact(trace, Level::Names, &More::default());
    }
});
