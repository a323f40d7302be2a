//! Pages of the documentation that tests write: what was measured, as a file to read.

use std::{env, fs, path::PathBuf};

/// Holds a page of `docs`: it is as it should be, or with `INSTA_UPDATE=always` it is made so.
///
/// # Panics
/// When it is out of date.
pub fn hold(page: &str, text: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "docs", page].iter().collect();
    let found = fs::read_to_string(&path).unwrap_or_default();
    if found == text {
        return;
    }
    let update = env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let (was, is) = found.lines().zip(text.lines()).find(|(was, is)| was != is).unwrap_or_default();
    assert!(update, "docs/{page} is out of date: run this test with INSTA_UPDATE=always\n  was: {was}\n  is:  {is}");
    fs::write(path, text).expect("the documentation");
}

/// A text in a cell of a table.
pub(crate) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "\\<").replace('\n', " ")
}
