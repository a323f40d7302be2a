//! What clients show, in both directions: the table is sound, it predicts what was measured, and pastes lead to their cause.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod logs;
mod measured;
mod round_trip;
mod search;
mod shown;
mod small;
mod table;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use inspector_core::symptoms::Table;
use inspector_core::trace::notation;
use inspector_core::trace::notation::Recording;

fn core_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder with this extension, in order.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(core_dir().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    files.sort();
    files
}

/// The table as it stands in the tree: names relative to its folder, and texts.
fn table_files() -> Vec<(String, String)> {
    let root = core_dir().join("src/symptoms");
    let both = files("src/symptoms", "txt").into_iter().chain(files("src/symptoms/table", "txt"));
    both.map(|path| (path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), read(&path))).collect()
}

/// The table.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let files = table_files();
        Table::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap_or_else(|error| panic!("{error}"))
    })
}

/// The recordings of the causes, by name.
fn cause_fixtures() -> Vec<(String, Recording)> {
    let read = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let recording = notation::read(&read(path)).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, recording)
    };
    files("fixtures/causes", "trace").iter().map(read).collect()
}
