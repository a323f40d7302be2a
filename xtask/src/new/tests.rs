//! Starts, tried in a copy of core: they build, fail until everything is replaced, and refuse what is taken.

use super::{cause, check, new, probe, symptom};
use crate::process::{cargo, read, target_folder, workspace_root, write};
use std::path::{Path, PathBuf};

/// The tests of core that hold what a start is made of. What a symptom or a probe says is held by others: no start can know that.
const TESTS: [&str; 3] = ["starts", "diagnose", "diagnose_pages"];

/// A copy of core in a workspace of its own, removed when dropped.
struct Copy(PathBuf);

impl Copy {
    fn of_core(name: &str) -> Self {
        let copy = Self(target_folder().join("new").join(name));
        let _ = std::fs::remove_dir_all(&copy.0);
        for file in ["Cargo.lock", "rust-toolchain.toml"] {
            copy.put(file, &read(&workspace_root().join(file)).unwrap());
        }
        let manifest = read(&workspace_root().join("Cargo.toml")).unwrap();
        let own = |line: &&str| !line.starts_with("members") && !line.starts_with("default-members");
        let manifest: Vec<&str> = manifest.lines().filter(own).collect();
        copy.put("Cargo.toml", &manifest.join("\n").replace("[workspace]", "[workspace]\nmembers = [\"src/core\"]"));
        copy_all(&workspace_root().join("src/core"), &copy.0.join("src/core"));
        copy
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs the tests, in a folder for builds that stays between runs. Accepts what follows from the rest.
    fn test(&self) -> (bool, String) {
        let mut cargo = cargo();
        cargo.current_dir(&self.0).env("CARGO_TARGET_DIR", target_folder().join("new/target"));
        cargo.env("INSTA_UPDATE", "always").env("RUST_BACKTRACE", "0");
        cargo.args(["test", "--offline", "--quiet", "--no-fail-fast", "-p", "inspector-core"]);
        let output = cargo.args(TESTS.into_iter().flat_map(|name| ["--test", name])).output().unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        (output.status.success(), text.join("\n"))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_all(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn starts_build_and_fail_until_everything_is_replaced() {
    let copy = Copy::of_core("replaced");
    let mut files = cause::start(&copy.0, "answer-upside-down").unwrap();
    files.extend(symptom::start(&copy.0, "python-upside-down").unwrap());
    files.extend(probe::start(&copy.0, "upside-down").unwrap());
    assert_eq!(files.len(), 8);
    let (passed, said) = copy.test();
    assert!(!passed);
    for file in &files {
        assert!(said.contains(&format!("{}:", file.display())), "{}: {said}", file.display());
    }
    // Nothing else is wrong with them: with the words replaced they are like any other.
    for file in &files {
        let path = copy.0.join(file);
        let text = read(&path).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with("# REPLACE") || line.contains("what is wrong"));
        let lines =
            lines.map(|line| line.split(" // REPLACE this comment").next().unwrap_or_default().replace("REPLACE", "Said"));
        write(&path, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    }
    let (passed, said) = copy.test();
    assert!(passed, "{said}");
    let list = read(&copy.0.join("src/core/src/diagnose/pages/README.md")).unwrap();
    assert!(list.contains("[answer-upside-down](answer-upside-down.md)"));
}

#[test]
fn what_is_taken_is_refused_and_nothing_is_written() {
    let copy = Copy::of_core("taken");
    let register = copy.0.join("src/core/src/diagnose/causes/mod.rs");
    let before = read(&register).unwrap();
    for (refused, why) in [
        (cause::start(&copy.0, "token-expired"), "taken"),
        (cause::start(&copy.0, "Upside-down"), "cannot be a slug"),
        (symptom::start(&copy.0, "code-32001"), "taken"),
        (symptom::start(&copy.0, "../code"), "cannot be a slug"),
        (probe::start(&copy.0, "accept"), "taken"),
        (probe::start(&copy.0, "accept-2"), "cannot be a slug"),
    ] {
        let refused = refused.unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
    copy.put("src/core/fixtures/causes/left-over.trace", "");
    let refused = cause::start(&copy.0, "left-over").unwrap_err();
    assert!(refused.contains("left-over.trace is there already"), "{refused}");
    assert_eq!(read(&register).unwrap(), before);
    assert!(!copy.0.join("src/core/src/diagnose/causes/left_over.rs").exists());
}

#[test]
fn a_slug_is_words_joined_by_hyphens() {
    for slug in ["forbidden", "tools-page-loop"] {
        assert_eq!(check(slug, false), Ok(()));
    }
    let long = "a-".repeat(30) + "a";
    for slug in ["", "Token-expired", "token_expired", "token--expired", "-token", "token-4", "../token-x", long.as_str()] {
        assert!(check(slug, false).unwrap_err().contains("cannot be a slug"), "{slug}");
    }
    assert_eq!(check("fastmcp-4-hangs", true), Ok(()));
}

#[test]
fn what_cannot_be_started_is_told_how_it_is_written() {
    for arguments in [&["cause"][..], &["effect", "a-b"], &[], &["cause", "a-b", "c-d"]] {
        assert!(new(arguments).unwrap_err().contains("cargo xtask new cause|symptom|probe SLUG"), "{arguments:?}");
    }
}
