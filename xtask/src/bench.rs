//! `cargo xtask bench`: what the page weighs, how fast it decodes, and how soon it can be used.

use crate::process::{Outcome, cargo, run, say, target_folder};
use crate::{build, live, tools, wasm_opt};
use std::path::PathBuf;

/// Builds the release page with its size report, then measures natively and in the browser.
///
/// # Errors
/// When a build or a measurement fails.
pub(crate) fn bench() -> Outcome {
    let dist = build::build()?;

    say("Measuring natively");
    run(cargo().args(["run", "--release", "--package", "inspector-tests", "--bin", "bench-native"]))?;

    let environment = live::environment(dist)?;
    let decoder = decoder()?;
    say("Measuring in the browser");
    run(cargo()
        .args(["run", "--release", "--package", "inspector-tests", "--features", "live", "--bin", "bench-browser"])
        .envs(environment)
        .env("INSPECTOR_DECODER", decoder))
}

/// Builds the event-stream decoder alone, in the same way as the page; returns the folder of its module.
fn decoder() -> Outcome<PathBuf> {
    say("Building the decoder as WebAssembly");
    run(cargo().args(["build", "--release", "--package", "inspector-decode-wasm", "--target", tools::WASM_TARGET]))?;
    let target = target_folder();
    let built = target.join(tools::WASM_TARGET).join("release/inspector_decode_wasm.wasm");
    let folder = target.join("decoder");
    run(tools::wasm_bindgen()?.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder).arg(built))?;
    let module = folder.join("inspector_decode_wasm_bg.wasm");
    wasm_opt::optimise(&module, &module)?;
    Ok(folder)
}
