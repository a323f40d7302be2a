//! The pinned tools that build the page: the wasm target, Trunk and the wasm-bindgen CLI.

use crate::cache;
use crate::process::{Outcome, cargo, command, output, read, run, say, workspace_root};
use crate::system::on_path;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Trunk that builds the page; Trunk.toml asks for the same.
const TRUNK_VERSION: &str = "0.21.14";

/// What the page is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Trunk, which will find the wasm-bindgen of Cargo.lock; installs whatever is missing.
///
/// # Errors
/// When a tool cannot be installed.
pub(crate) fn trunk() -> Outcome<Command> {
    wasm_target()?;
    let folder = install("trunk", TRUNK_VERSION, "2 to 4 minutes")?;
    let mut trunk = program(&folder, "trunk");
    trunk.env("PATH", path_with(&wasm_bindgen_folder()?)?);
    Ok(trunk)
}

/// The wasm-bindgen CLI of Cargo.lock; installs it when it is missing.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn wasm_bindgen() -> Outcome<Command> {
    Ok(program(&wasm_bindgen_folder()?, "wasm-bindgen"))
}

fn wasm_bindgen_folder() -> Outcome<PathBuf> {
    let lock = read(&workspace_root().join("Cargo.lock"))?;
    let version =
        locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock does not name wasm-bindgen: is the page still a member?")?;
    install("wasm-bindgen-cli", version, "about a minute")
}

fn program(folder: &Path, name: &str) -> Command {
    command(folder.join(name).with_extension(std::env::consts::EXE_EXTENSION))
}

/// Adds the wasm target to the toolchain when it lacks it.
///
/// # Errors
/// When rustup is not there or fails.
pub(crate) fn wasm_target() -> Outcome {
    let sysroot =
        output(command("rustc").args(["--print", "sysroot"])).ok_or("rustc does not run: install Rust from https://rustup.rs")?;
    let library = Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).join("lib");
    if library.is_dir() {
        return Ok(());
    }
    if on_path(&["rustup"]).is_none() {
        return Err(format!(
            "this Rust has no {WASM_TARGET} target and there is no rustup to add it: \
             install Rust from https://rustup.rs, or the target by your system's package"
        ));
    }
    say(&format!("Adding the {WASM_TARGET} target (seconds)"));
    run(command("rustup").args(["target", "add", WASM_TARGET]))
}

/// Returns the folder that holds the program, installing the crate when no clone has done it yet.
fn install(krate: &str, version: &str, duration: &str) -> Outcome<PathBuf> {
    let name = krate.trim_end_matches("-cli");
    let package = format!("{krate}@{version}");
    let folder = cache::installed(&format!("{name}-{version}"), |root| {
        if on_path(&["cargo-binstall"]).is_some() {
            say(&format!("Installing {package}, prebuilt (seconds)"));
            let fetched = run(cargo()
                .args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"])
                .arg(root)
                .arg(&package));
            match fetched {
                Ok(()) => return Ok(()),
                Err(message) => say(&format!("{message}: building it instead")),
            }
        }
        say(&format!("Building {package}, once per user (usually {duration})"));
        // A lock file may name a release that a registry mirror does not have yet: then resolve anew.
        compile(root, &package, true).or_else(|_| compile(root, &package, false))
    })?;
    Ok(folder.join("bin"))
}

/// Builds the quick way: unoptimised, without debug information, without features for downloading.
fn compile(root: &Path, package: &str, locked: bool) -> Outcome {
    let mut install = cargo();
    install
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        // Or cargo would advise to add this folder to the PATH.
        .env("PATH", path_with(&root.join("bin"))?)
        .args(["install", package, "--debug", "--no-default-features"])
        .arg("--root")
        .arg(root);
    if locked {
        install.arg("--locked");
    }
    run(&mut install)
}

fn path_with(folder: &Path) -> Outcome<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).map_err(|error| format!("PATH cannot be extended: {error}"))
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let entry = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != entry);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    version.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_exactly_this_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn trunk_toml_asks_for_the_trunk_that_is_installed() {
        let settings = read(&workspace_root().join("Trunk.toml")).unwrap();
        assert!(settings.contains(&format!("trunk-version = \"^{TRUNK_VERSION}\"")));
    }
}
