//! Node packages: those the tests use, and the wasm optimiser.

use crate::cache::{content_hash, installed};
use crate::process::{Outcome, command, output, read, run, say, workspace_root, write};
use crate::system::{can_install_packages, install_packages, major_version, on_path};
use std::path::PathBuf;
use std::process::Command;

/// The binaryen release whose wasm-opt shrinks the page.
const BINARYEN_VERSION: &str = "132.0.0";

/// The oldest Node that the test servers support.
const NODE_MAJOR: u32 = 18;

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
        let mut npm = npm_command()?;
        run(npm.args(["install", "--no-save", "--no-package-lock", "--prefix"]).arg(folder).arg(&package))
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

fn require_node() -> Outcome {
    if !is_available() {
        if !can_install_packages() {
            return Err(format!("node and npm are missing: install Node {NODE_MAJOR} or later from https://nodejs.org"));
        }
        install_packages(&["nodejs", "npm"])?;
    }
    let version = output(command("node").arg("--version")).unwrap_or_default();
    match major_version(&version) {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        _ => Err(format!("node is {version}; the tests need {NODE_MAJOR} or later: https://nodejs.org")),
    }
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
