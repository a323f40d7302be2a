//! Any text as a file. What opens can be shared again, and opens as the same.
#![no_main]

use inspector_core::share::{Level, More, Secrets, View, file, open_file, redact};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(opened) = open_file(text) else { return };
    let redacted = redact(&opened.trace, Level::Everything, &More::default());
    let Ok(text) = file(&redacted, &View::default(), &Secrets::new()) else { return };
    match open_file(&text) {
        Ok(again) => assert_eq!(again.trace.records(), redacted.trace().records()),
        Err(error) => panic!("{error}\n{text}"),
    }
});
