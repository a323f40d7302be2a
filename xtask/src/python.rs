//! The Python servers of the tests, each line of the SDK in a virtual environment of its own: they cannot live together.

use crate::cache::{content_hash, installed};
use crate::process::{Outcome, command, output, read, run, say, workspace_root};
use crate::system::{can_install_packages, install_packages, on_path};
use std::path::{Path, PathBuf};

/// Prints the version; fails below what the MCP SDK needs, or without the parts that make an environment.
const PROBE: &str = "import sys, venv, ensurepip; \
                     print(sys.version); sys.exit(sys.version_info < (3, 10))";

/// One interpreter for each line of the SDK.
pub(crate) struct Interpreters {
    /// Has the packages of `tests/python/requirements.txt`: the SDK 1.x.
    pub(crate) first: PathBuf,
    /// Has the packages of `tests/python/requirements-2.txt`: the SDK 2.x and FastMCP 4.
    pub(crate) second: PathBuf,
}

/// The interpreters of the test servers; installs what is missing.
///
/// # Errors
/// When Python is missing or too old and cannot be installed here, or pip fails.
pub(crate) fn interpreters() -> Outcome<Interpreters> {
    let (python, version) = require_python()?;
    let environment = |requirements| environment(&python, &version, requirements);
    Ok(Interpreters { first: environment("requirements.txt")?, second: environment("requirements-2.txt")? })
}

/// The interpreter of an environment with these requirements, made when no clone has done it yet.
fn environment(python: &Path, version: &str, requirements: &str) -> Outcome<PathBuf> {
    let requirements = workspace_root().join("tests/python").join(requirements);
    let key = content_hash((read(&requirements)?, version));
    let folder = installed(&format!("python-{key}"), |folder| {
        say("Installing Python servers of the tests, once per user (usually under a minute)");
        run(command(python).args(["-m", "venv"]).arg(folder))?;
        run(command(folder.join(INTERPRETER))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&requirements))
    })?;
    Ok(folder.join(INTERPRETER))
}

const INTERPRETER: &str = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };

fn require_python() -> Outcome<(PathBuf, String)> {
    if let Some(found) = suitable_python() {
        return Ok(found);
    }
    if can_install_packages() {
        install_packages(&["python3", "python3-venv"])?;
    }
    suitable_python().ok_or_else(|| {
        "no Python 3.10 or later with its venv module: install it from https://www.python.org \
         (on Debian and Ubuntu: the packages python3 and python3-venv)"
            .into()
    })
}

fn suitable_python() -> Option<(PathBuf, String)> {
    ["python3", "python"].iter().filter_map(|name| on_path(&[name])).find_map(|python| {
        let version = output(command(&python).args(["-c", PROBE]))?;
        Some((python, version))
    })
}
