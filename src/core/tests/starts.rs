//! Nothing that `cargo xtask new` started is left unfinished: it writes REPLACE wherever its author has something to say.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its input should stop")]

use std::path::Path;

/// Where starts are made.
const FOLDERS: [&str; 5] =
    ["src/diagnose/causes", "src/diagnose/pages", "fixtures/causes", "src/symptoms/table", "src/probe/probes"];

#[test]
fn nothing_is_left_to_replace() {
    let mut left = Vec::new();
    for folder in FOLDERS {
        for path in
            std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap().map(|entry| entry.unwrap().path())
        {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            // The list of the pages follows from them.
            let text = if name == "README.md" { String::new() } else { std::fs::read_to_string(&path).unwrap() };
            let lines = text.lines().enumerate().filter(|(_, line)| line.contains("REPLACE"));
            left.extend(lines.map(|(n, line)| format!("src/core/{folder}/{name}:{}: {}", n + 1, line.trim())));
        }
    }
    left.sort();
    assert!(left.is_empty(), "{left:#?}");
}
