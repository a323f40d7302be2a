//! The table of what clients show, as it stands in the tree.

use std::fs;
use std::path::{Path, PathBuf};

use inspector_core::symptoms::Table;

/// Reads the table.
pub fn table() -> Table {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/core/src/symptoms");
    let files: Vec<(String, String)> =
        texts(&root).into_iter().chain(texts(&root.join("table"))).map(|file| named(&root, &file)).collect();
    Table::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap_or_else(|error| panic!("{error}"))
}

/// The `.txt` files of a folder, in order.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files
}

/// The name of a file relative to the table's folder, and its text.
fn named(root: &Path, file: &Path) -> (String, String) {
    let name = file.strip_prefix(root).unwrap_or(file).to_string_lossy().into_owned();
    (name, fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
}
