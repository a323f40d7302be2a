//! `cargo xtask build`: the release page in `dist/`, ready for any static host, within its size budget.

use crate::process::{Outcome, run, say, workspace_root};
use crate::{rustflags, size, split, tools, wasm_opt};
use std::path::PathBuf;

/// Builds the page and returns its folder.
///
/// # Errors
/// When a tool is missing, the build fails, or a first visit is over the size budget.
pub(crate) fn build() -> Outcome<PathBuf> {
    let mut trunk = tools::trunk()?;
    say("Building the release page (1 to 3 minutes the first time, then seconds)");
    run(trunk.args(["build", "--release"]).env(rustflags::VARIABLE, rustflags::rustflags()))?;
    let dist = workspace_root().join("dist");
    split::split(&dist)?;
    wasm_opt::shrink(&dist)?;
    size::report(&dist)?;
    say("The page is in dist/: any static host can serve it, under any path");
    Ok(dist)
}
