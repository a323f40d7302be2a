//! The start of a symptom: one file of the table.

use super::{Written, check, write_all};
use crate::process::Outcome;
use std::path::{Path, PathBuf};

/// What is to be done after the file is there.
pub(super) const NEXT: &str = "\
  cargo test -p inspector-core --test starts --test symptoms    says what is left to do
  INSTA_UPDATE=always cargo test -p inspector-core --test symptoms
                                                                accepts what it changes in the predictions

What is called measured is run by a test: see ARCHITECTURE.md, “Tests”.";

/// Writes the file that a symptom needs.
///
/// # Errors
/// When the slug cannot be one or is taken, or the file cannot be written.
pub(super) fn start(root: &Path, slug: &str) -> Outcome<Vec<PathBuf>> {
    check(slug, true)?;
    let path = format!("src/core/src/symptoms/table/{slug}.txt").into();
    write_all(root, &[Written { path, text: include_str!("templates/symptom.txt.template").to_owned() }])
}
