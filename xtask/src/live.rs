//! What tests and benchmarks against real servers in a real browser need, as environment variables.

use crate::process::Outcome;
use crate::{browser, node, python};
use std::path::PathBuf;

/// Variables for a program of the `inspector-tests` package that has the feature `live`.
pub(crate) type Environment = [(&'static str, PathBuf); 7];

/// Prepares everything for the page in `dist`, installing what is missing.
///
/// # Errors
/// When something is missing and cannot be installed here: the message names all of it.
pub(crate) fn environment(dist: PathBuf) -> Outcome<Environment> {
    let browser = browser::browser();
    let modules = node::test_packages();
    let node = node::running();
    let python = python::interpreters();
    match (browser, modules, node, python) {
        (Ok(browser), Ok(modules), Ok(node), Ok(python)) => Ok([
            ("INSPECTOR_DIST", dist),
            ("INSPECTOR_CHROMIUM", browser.chromium),
            ("INSPECTOR_CHROMEDRIVER", browser.chromedriver),
            ("INSPECTOR_NODE_MODULES", modules),
            ("INSPECTOR_NODE", node),
            ("INSPECTOR_PYTHON", python.first),
            ("INSPECTOR_PYTHON_2", python.second),
        ]),
        (browser, modules, node, python) => {
            let missing = [browser.err(), modules.err(), node.err(), python.err()];
            let missing: Vec<String> = missing.into_iter().flatten().collect();
            Err(missing.join("\n      "))
        }
    }
}
