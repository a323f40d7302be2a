//! Gathers the table of symptoms in the one file that the page loads it from.

use crate::causes;
use crate::process::{Outcome, read, workspace_root, write};
use std::path::{Path, PathBuf};

/// Writes `symptoms.json` into a folder: a JSON object from the name of each file of the table to its text.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn gather(to: &Path) -> Outcome {
    let root = workspace_root().join("src/core/src/symptoms");
    let mut files = texts(&root)?;
    files.extend(texts(&root.join("table"))?);
    files.sort();
    let mut table = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        table.push((name, read(&file)?));
    }
    write(&to.join("symptoms.json"), causes::object(&table))
}

/// The `.txt` files of a folder.
fn texts(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let failed = |error| format!("{} cannot be read: {error}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|extension| extension == "txt") {
            files.push(file);
        }
    }
    Ok(files)
}
