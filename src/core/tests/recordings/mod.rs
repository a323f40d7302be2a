//! Every recording there is: the fixtures of the causes and of the ladder, and the incidents of the gallery.

use std::path::{Path, PathBuf};

use inspector_core::trace::Trace;
use inspector_core::trace::notation;

/// Where they lie, from the folder of core.
const FOLDERS: [&str; 3] = ["fixtures/causes", "fixtures/ladder", "../../tests/fixtures/incidents"];

/// The name of each and what is in it, in the order of the names.
pub(crate) fn all() -> Vec<(String, Trace)> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files =
        FOLDERS.iter().flat_map(|folder| std::fs::read_dir(core.join(folder)).unwrap()).map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|found| found == "trace")).collect();
    files.sort();
    files.into_iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(&path))).collect()
}

/// An incident of the gallery.
#[allow(dead_code, reason = "not every test that reads recordings wants one by name")]
pub(crate) fn incident(name: &str) -> Trace {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDERS[2]).join(format!("{name}.trace")))
}

fn read(path: &Path) -> Trace {
    let text = std::fs::read_to_string(path).unwrap();
    notation::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())).trace
}
