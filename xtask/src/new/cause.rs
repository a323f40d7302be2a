//! The start of a cause: its file, its page, a recording in which it is found and one in which it is not, and its registration.

use super::{Written, check, write_all};
use crate::process::{Outcome, read, write};
use std::path::{Path, PathBuf};

/// Where the causes are registered, in ranking order.
const REGISTER: &str = "src/core/src/diagnose/causes/mod.rs";

/// The cause that takes what no other one knows: a new one stands above it until its author knows better.
const LAST_RESORT: &str = "    &request_refused::CAUSE,\n";

/// What is to be done after the files are there.
pub(super) const NEXT: &str = "\
In causes/mod.rs, move its line to the rank it has: the causes are asked in order, and what one explains those below do not see.

  cargo test -p inspector-core --test diagnose --test diagnose_pages    says what is left to do
  INSTA_UPDATE=always cargo test -p inspector-core --test diagnose --test diagnose_pages
                                                                        accepts its report and lists its page

Then let a server fail that way: a scenario in tests/src/fault/scenarios. ARCHITECTURE.md, “How to add a cause”, has the rest.";

/// Writes every file that a cause needs.
///
/// # Errors
/// When the slug cannot be one or is taken, or a file cannot be read or written.
pub(super) fn start(root: &Path, slug: &str) -> Outcome<Vec<PathBuf>> {
    check(slug)?;
    let module = slug.replace('-', "_");
    let register = register(&read(&root.join(REGISTER))?, &module)?;
    let files = [
        (format!("src/core/src/diagnose/causes/{module}.rs"), include_str!("templates/cause.rs.template")),
        (format!("src/core/src/diagnose/pages/{slug}.md"), include_str!("templates/page.md.template")),
        (format!("src/core/fixtures/causes/{slug}.trace"), include_str!("templates/fires.trace.template")),
        (format!("src/core/fixtures/causes/{slug}.quiet.trace"), include_str!("templates/quiet.trace.template")),
    ];
    let files = files.map(|(path, text)| Written { path: path.into(), text: text.replace("{slug}", slug) });
    let mut written = write_all(root, &files)?;
    write(&root.join(REGISTER), register)?;
    written.push(REGISTER.into());
    Ok(written)
}

/// The register with one cause more: its module in the order of the alphabet, itself above the last resort.
fn register(text: &str, module: &str) -> Outcome<String> {
    let declared = format!("mod {module};\n");
    if text.contains(&declared) {
        return Err(format!("`{}` is registered already: the slug is taken", module.replace('_', "-")));
    }
    let unexpected = || format!("{REGISTER} is not written as expected: register the cause by hand");
    let modules = text.match_indices("\nmod ").map(|(at, _)| at + 1);
    let behind = |at: &usize| text[*at..].lines().next().is_some_and(|line| line > declared.trim_end());
    let end = modules.clone().last().and_then(|at| Some(at + text[at..].find('\n')? + 1));
    let at = modules.clone().find(behind).or(end).ok_or_else(unexpected)?;
    let text = format!("{}{declared}{}", &text[..at], &text[at..]);
    let at = text.find(LAST_RESORT).ok_or_else(unexpected)?;
    let line = format!("    &{module}::CAUSE, // REPLACE this comment: move the line to its rank\n");
    Ok(format!("{}{line}{}", &text[..at], &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{cargo, workspace_root};
    use std::process::Output;

    /// A copy of core in a workspace of its own, removed when dropped.
    struct Copy(PathBuf);

    impl Copy {
        fn of_core(name: &str) -> Self {
            let copy = Self(crate::process::target_folder().join("new").join(name));
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

        /// Runs the tests of the causes, in a folder for builds that stays between runs.
        fn test(&self, accept: bool) -> (bool, String) {
            let mut cargo = cargo();
            cargo.current_dir(&self.0).env("CARGO_TARGET_DIR", crate::process::target_folder().join("new/target"));
            cargo.env("INSTA_UPDATE", if accept { "always" } else { "no" }).env("RUST_BACKTRACE", "0");
            cargo.args(["test", "--offline", "--quiet", "--no-fail-fast", "-p", "inspector-core"]);
            let Output { status, stdout, stderr } =
                cargo.args(["--test", "diagnose", "--test", "diagnose_pages"]).output().unwrap();
            (status.success(), format!("{}\n{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
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
            if entry.file_type().unwrap().is_dir() { copy_all(&entry.path(), &to) } else { drop(std::fs::copy(entry.path(), to)) }
        }
    }

    #[test]
    fn a_start_builds_and_fails_until_everything_is_replaced() {
        let copy = Copy::of_core("replaced");
        let files = start(&copy.0, "answer-upside-down").unwrap();
        assert_eq!(files.len(), 5);
        let (passed, said) = copy.test(true);
        assert!(!passed);
        for file in &files {
            assert!(said.contains(&file.file_name().unwrap().to_string_lossy().into_owned()), "{}: {said}", file.display());
        }
        // Nothing else is wrong with it: with the words replaced it is a cause like any other.
        for file in &files {
            let path = copy.0.join(file);
            let text = read(&path)
                .unwrap()
                .replace(" // REPLACE this comment: move the line to its rank", "")
                .replace("REPLACE", "Replaced");
            write(&path, text).unwrap();
        }
        let (passed, said) = copy.test(true);
        assert!(passed, "{said}");
        let list = read(&copy.0.join("src/core/src/diagnose/pages/README.md")).unwrap();
        assert!(list.contains("[answer-upside-down](answer-upside-down.md)"));
    }

    #[test]
    fn a_slug_that_is_taken_is_refused_and_nothing_is_written() {
        let copy = Copy::of_core("taken");
        let before = read(&copy.0.join(REGISTER)).unwrap();
        for slug in ["token-expired", "No"] {
            assert!(start(&copy.0, slug).is_err());
        }
        copy.put("src/core/fixtures/causes/left-over.trace", "");
        let refused = start(&copy.0, "left-over").unwrap_err();
        assert!(refused.contains("left-over.trace is there already"), "{refused}");
        assert_eq!(read(&copy.0.join(REGISTER)).unwrap(), before);
        assert!(!copy.0.join("src/core/src/diagnose/causes/left_over.rs").exists());
    }

    #[test]
    fn a_cause_is_registered_by_name_and_above_the_last_resort() {
        let text = "\nmod b_c;\nmod d_e;\n\nALL = [\n    &b_c::CAUSE,\n    &request_refused::CAUSE,\n    &d_e::CAUSE,\n];\n";
        let expected = |modules: &str, line: &str| {
            format!(
                "{modules}\nALL = [\n    &b_c::CAUSE,\n    &{line}::CAUSE, // REPLACE this comment: move the line to its rank\n    &request_refused::CAUSE,\n    &d_e::CAUSE,\n];\n"
            )
        };
        assert_eq!(register(text, "a_b").unwrap(), expected("\nmod a_b;\nmod b_c;\nmod d_e;\n", "a_b"));
        assert_eq!(register(text, "c_d").unwrap(), expected("\nmod b_c;\nmod c_d;\nmod d_e;\n", "c_d"));
        assert_eq!(register(text, "e_f").unwrap(), expected("\nmod b_c;\nmod d_e;\nmod e_f;\n", "e_f"));
        assert!(register(text, "b_c").unwrap_err().contains("taken"));
        assert!(register("", "a_b").unwrap_err().contains("by hand"));
    }
}
