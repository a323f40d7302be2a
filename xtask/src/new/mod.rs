//! `cargo xtask new cause SLUG`: starts what is added most often, with every file it needs.
//!
//! A start is made of whole files that build and run, with the word REPLACE at every place that the author has to fill in. A test
//! of core fails as long as one is left, so that nobody ships one by mistake.

mod cause;

use crate::process::{Outcome, workspace_root};
use std::path::{Path, PathBuf};

/// What can be started.
const KINDS: &str = "cause";

/// Starts one of a kind.
///
/// # Errors
/// When the kind is not known, the slug cannot be one or is taken, or a file cannot be written.
pub(crate) fn new(arguments: &[&str]) -> Outcome {
    let root = workspace_root();
    match arguments {
        ["cause", slug] => tell(&root, slug, &cause::start(&root, slug)?, cause::NEXT),
        [KINDS] => Err(format!("which slug? `cargo xtask new {KINDS} SLUG`, for example `token-expired`")),
        _ => Err(format!("say what to start, and its slug: `cargo xtask new {KINDS} SLUG`")),
    }
}

/// A name in kebab case, as pages, tests and addresses use it.
fn check(slug: &str) -> Outcome {
    let words = slug.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
    if words && slug.len() <= 40 {
        return Ok(());
    }
    Err(format!("`{slug}` cannot be a slug: words of the letters a to z, joined by `-`, at most 40 characters"))
}

/// A file to be written: where, and what is in it.
struct Written {
    path: PathBuf,
    text: String,
}

/// Writes all of them, or none when one is there already.
fn write_all(root: &Path, files: &[Written]) -> Outcome<Vec<PathBuf>> {
    for file in files {
        if root.join(&file.path).exists() {
            return Err(format!("{} is there already: the slug is taken", file.path.display()));
        }
    }
    for file in files {
        crate::process::write(&root.join(&file.path), &file.text)?;
    }
    Ok(files.iter().map(|file| file.path.clone()).collect())
}

/// Says what was written, what is to be replaced in it, and what comes next.
fn tell(root: &Path, slug: &str, files: &[PathBuf], next: &str) -> Outcome {
    println!("Started {slug}. Replace what says REPLACE:\n");
    for file in files {
        let places = crate::process::read(&root.join(file))?.matches("REPLACE").count();
        println!("  {:>2}  {}", places, file.display());
    }
    println!("\n{next}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_words_joined_by_hyphens() {
        for slug in ["forbidden", "tools-page-loop"] {
            assert_eq!(check(slug), Ok(()));
        }
        let long = "a-".repeat(30) + "a";
        for slug in ["", "Token-expired", "token_expired", "token--expired", "-token", "token-4", "../token-x", long.as_str()] {
            assert!(check(slug).unwrap_err().contains("cannot be a slug"), "{slug}");
        }
    }

    #[test]
    fn what_cannot_be_started_is_said_with_how_it_is_written() {
        for arguments in [&["cause"][..], &["effect", "a-b"], &[], &["cause", "a-b", "c-d"]] {
            assert!(new(arguments).unwrap_err().contains("cargo xtask new cause SLUG"), "{arguments:?}");
        }
    }
}
