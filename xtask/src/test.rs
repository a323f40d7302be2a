//! `cargo xtask test`: every check and test, installing what is missing.

use crate::process::{Outcome, cargo, run};
use crate::steps::Steps;
use crate::{build, live, tools};
use std::ffi::OsStr;

/// How much to test.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Scope {
    /// What runs without a browser or a server: seconds.
    Native,
    /// Everything, against real servers in a real browser.
    Everything,
}

const NATIVE: [&str; 8] =
    ["--package", "inspector-core", "--package", "inspector-demo", "--package", "inspector-tests", "--package", "xtask"];

const READ_ABOVE: &str = "Read the output above.";

/// Runs the steps, each with its output and its time.
///
/// # Errors
/// When a step failed; the summary says which and what to do.
pub(crate) fn test(scope: Scope) -> Outcome {
    let mut steps = Steps::default();
    steps.run("Formatting", "Run `cargo fmt`.", || run(cargo().args(["fmt", "--check"])));
    steps.run("Clippy, native", READ_ABOVE, || clippy(&NATIVE));
    steps.run("Tests, native", READ_ABOVE, || run(cargo().arg("test").args(NATIVE)));
    if scope == Scope::Everything {
        everything_else(&mut steps);
    }
    steps.finish()
}

fn everything_else(steps: &mut Steps) {
    steps.run("Clippy, page", READ_ABOVE, || {
        tools::wasm_target()?;
        clippy(&["--package", "inspector-app", "--package", "inspector-decode-wasm", "--target", tools::WASM_TARGET])
    });
    steps.run("Clippy, live tests", READ_ABOVE, || clippy(&["--package", "inspector-tests", "--features", "live"]));
    let dist = steps.run("Release page and its size", READ_ABOVE, build::build);
    let environment = dist.and_then(|dist| {
        let fix = "Install what is named here, then run `cargo xtask test` again.";
        steps.run("Browser, Node packages, Python servers", fix, || live::environment(dist))
    });
    let Some(environment) = environment else {
        steps.skip("Tests, live");
        return;
    };
    steps.run("Tests, live", READ_ABOVE, || {
        run(cargo().args(["test", "--no-fail-fast", "--package", "inspector-tests", "--features", "live"]).envs(environment))
    });
}

fn clippy(selection: &[impl AsRef<OsStr>]) -> Outcome {
    run(cargo().arg("clippy").args(selection).args(["--all-targets", "--", "--deny", "warnings"]))
}
