//! `cargo xtask new cause|symptom|probe SLUG`: starts what is added most often, with every file it needs.
//!
//! A start is made of whole files that build and run, with the word REPLACE at every place that the author has to fill in. A test
//! of core fails as long as one is left, so that nobody ships one by mistake.

mod cause;
mod probe;
mod register;
mod symptom;
#[cfg(test)]
mod tests;

use self::register::Register;
use crate::process::{Outcome, read, workspace_root, write};
use std::path::{Path, PathBuf};

/// How it is called.
const CALL: &str = "`cargo xtask new cause|symptom|probe SLUG`, for example `cargo xtask new cause token-expired`";

/// Starts one of a kind.
///
/// # Errors
/// When the kind is not known, the slug cannot be one or is taken, or a file cannot be written.
pub(crate) fn new(arguments: &[&str]) -> Outcome {
    let root = workspace_root();
    match arguments {
        ["cause", slug] => tell(&root, slug, &cause::start(&root, slug)?, cause::NEXT),
        ["symptom", slug] => tell(&root, slug, &symptom::start(&root, slug)?, symptom::NEXT),
        ["probe", slug] => tell(&root, slug, &probe::start(&root, slug)?, probe::NEXT),
        _ => Err(format!("say what to start, and its slug: {CALL}")),
    }
}

/// A name in kebab case, as pages, tests and addresses use it; that of a symptom may have the number of a version or a code.
fn check(slug: &str, digits: bool) -> Outcome {
    let letter = |byte: u8| byte.is_ascii_lowercase() || (digits && byte.is_ascii_digit());
    if slug.len() <= 40 && slug.split('-').all(|word| !word.is_empty() && word.bytes().all(letter)) {
        return Ok(());
    }
    let of = if digits { "a to z and 0 to 9" } else { "a to z" };
    Err(format!("`{slug}` cannot be a slug: words of the letters {of}, joined by `-`, at most 40 characters"))
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
        write(&root.join(&file.path), &file.text)?;
    }
    Ok(files.iter().map(|file| file.path.clone()).collect())
}

/// Says what was written, what is to be replaced in it, and what comes next.
fn tell(root: &Path, slug: &str, files: &[PathBuf], next: &str) -> Outcome {
    println!("Started {slug}. Replace what says REPLACE:\n");
    for file in files {
        let places = read(&root.join(file))?.matches("REPLACE").count();
        println!("  {:>2}  {}", places, file.display());
    }
    println!("\n{next}");
    Ok(())
}
