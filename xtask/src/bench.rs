//! `cargo xtask bench`: what the page weighs, how fast it decodes, and how soon it can be used.

use crate::process::{Outcome, cargo, run, say};
use crate::{build, live};

/// Builds the release page with its size report, then measures natively and in the browser.
///
/// # Errors
/// When a build or a measurement fails.
pub(crate) fn bench() -> Outcome {
    let dist = build::build()?;

    say("Measuring natively");
    run(cargo().args(["run", "--release", "--package", "inspector-tests", "--bin", "bench-native"]))?;

    let environment = live::environment(dist)?;
    say("Measuring in the browser");
    run(cargo()
        .args(["run", "--release", "--package", "inspector-tests", "--features", "live", "--bin", "bench-browser"])
        .envs(environment))
}
