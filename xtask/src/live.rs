//! What tests and benchmarks against real servers in a real browser need, as environment variables.

use crate::process::Outcome;
use crate::{browser, node, python};
use std::path::PathBuf;

/// Variables for a program of the `inspector-tests` package that has the feature `live`.
pub(crate) type Environment = [(&'static str, PathBuf); 5];

/// Prepares everything for the page in `dist`, installing what is missing.
///
/// # Errors
/// When something is missing and cannot be installed here: the message names all of it.
pub(crate) fn environment(dist: PathBuf) -> Outcome<Environment> {
    let browser = browser::browser();
    let modules = node::test_packages();
    let python = python::environment();
    match (browser, modules, python) {
        (Ok(browser), Ok(modules), Ok(python)) => Ok([
            ("INSPECTOR_DIST", dist),
            ("INSPECTOR_CHROMIUM", browser.chromium),
            ("INSPECTOR_CHROMEDRIVER", browser.chromedriver),
            ("INSPECTOR_NODE_MODULES", modules),
            ("INSPECTOR_PYTHON", python),
        ]),
        (browser, modules, python) => {
            let missing = [browser.err(), modules.err(), python.err()];
            let missing: Vec<String> = missing.into_iter().flatten().collect();
            Err(missing.join("\n      "))
        }
    }
}
