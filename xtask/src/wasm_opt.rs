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

/// Replaces both parts of the page's program by smaller ones, under names of their content, so that they can be cached for ever.
///
/// # Errors
/// When wasm-opt cannot be installed or fails.
pub(crate) fn shrink(dist: &Path) -> Outcome {
    let optimises = node::is_available();
    if !optimises {
        say("Skipping wasm-opt, which makes the page smaller: it needs Node (https://nodejs.org)");
    }
    let page = dist.join("index.html");
    let mut html = read(&page)?;
    for name in wasm_names(&html.clone()) {
        let file = dist.join(name);
        if optimises {
            optimise(&file, &file)?;
        }
        let failed = |error| format!("{} cannot be renamed: {error}", file.display());
        let new_name = format!("{}-{}.wasm", stem(name), content_hash(std::fs::read(&file).map_err(failed)?));
        std::fs::rename(&file, dist.join(&new_name)).map_err(failed)?;
        html = html.replace(name, &new_name);
    }
    write(&page, html)
}

/// Optimises one file as the page's is.
///
/// # Errors
/// When wasm-opt cannot be installed or fails.
pub(crate) fn optimise(wasm: &Path, to: &Path) -> Outcome {
    run(node::wasm_opt()?.args(FLAGS).arg(wasm).arg("-o").arg(to))
}

/// The wasm files that the page names.
pub(crate) fn wasm_names(html: &str) -> Vec<&str> {
    html.split('"').filter(|value| value.ends_with(".wasm")).map(|address| address.trim_start_matches("./")).collect()
}

/// What the name of a part begins with.
fn stem(name: &str) -> &str {
    name.strip_suffix(".wasm").filter(|stem| !stem.ends_with("_bg")).unwrap_or("inspector")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_files_are_those_the_page_names() {
        let html = r#"<script src="./boot.js"></script><link rel="preload" href="./app-1_bg.wasm" as="fetch">
            <meta name="deferred" content="./inspector-deferred.wasm">"#;
        assert_eq!(wasm_names(html), ["app-1_bg.wasm", "inspector-deferred.wasm"]);
        assert!(wasm_names("<body></body>").is_empty());
    }

    #[test]
    fn the_first_part_is_named_after_the_page() {
        assert_eq!(stem("inspector-app-1_bg.wasm"), "inspector");
        assert_eq!(stem("inspector-deferred.wasm"), "inspector-deferred");
    }
}
