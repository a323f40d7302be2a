//! Shrinks the wasm of the release page with binaryen's wasm-opt, when Node is there to run it.

use crate::cache::content_hash;
use crate::node;
use crate::process::{Outcome, read, run, say, write};
use std::path::Path;

/// Optimise for size, with the WebAssembly features that rustc and wasm-bindgen use. Large functions are not inlined even
/// where there is one caller only: brotli finds more in common between small ones.
const FLAGS: [&str; 8] = [
    "-Oz",
    "--one-caller-inline-max-function-size=20",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Replaces the page's wasm by a smaller one, under a name of its new content, so that it can be cached for ever.
///
/// # Errors
/// When wasm-opt cannot be installed or fails.
pub(crate) fn shrink(dist: &Path) -> Outcome {
    if !node::is_available() {
        say("Skipping wasm-opt, which makes the page smaller: it needs Node (https://nodejs.org)");
        return Ok(());
    }
    let page = dist.join("index.html");
    let html = read(&page)?;
    let name = wasm_name(&html).ok_or("index.html does not name its wasm file")?;
    let original = dist.join(name);
    let shrunk = dist.join("shrunk.wasm");
    optimise(&original, &shrunk)?;

    let failed = |error| format!("{} cannot be replaced: {error}", original.display());
    let content = std::fs::read(&shrunk).map_err(failed)?;
    let new_name = format!("inspector-{}.wasm", content_hash(content));
    std::fs::rename(&shrunk, dist.join(&new_name)).map_err(failed)?;
    std::fs::remove_file(&original).map_err(failed)?;
    write(&page, html.replace(name, &new_name))
}

/// Optimises one file as the page's is.
///
/// # Errors
/// When wasm-opt cannot be installed or fails.
pub(crate) fn optimise(wasm: &Path, to: &Path) -> Outcome {
    run(node::wasm_opt()?.args(FLAGS).arg(wasm).arg("-o").arg(to))
}

/// The wasm file that the page preloads.
fn wasm_name(html: &str) -> Option<&str> {
    html.split('"').find(|value| value.ends_with(".wasm")).map(|address| address.trim_start_matches("./"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_file_is_the_one_the_page_preloads() {
        let html = r#"<script src="./boot.js"></script><link rel="preload" href="./app-1_bg.wasm" as="fetch">"#;
        assert_eq!(wasm_name(html), Some("app-1_bg.wasm"));
        assert_eq!(wasm_name("<body></body>"), None);
    }
}
