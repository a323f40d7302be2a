//! Splits the program of the page in two: a first part, which a first visit loads, and a deferred part, loaded when asked for.
//!
//! The source says where: functions in modules named `split_points` are how the first part calls the deferred part. Whatever
//! can be reached in no other way is deferred. So nothing that the first part uses can be missing, whoever adds what.

mod choice;
mod cut;
mod data;
mod graph;
mod names;
mod references;
#[cfg(test)]
mod sample;
mod sections;
mod sharing;
mod slots;
mod weight;

use crate::process::{Outcome, read, target_folder, write};
use crate::tools::WASM_TARGET;
use crate::wasm_opt::wasm_names;
use cut::Parts;
use references::References;
use std::path::Path;
use walrus::{Module, ModuleConfig};

/// What the linker is told when the page is built: to leave behind which numbers in the program are addresses.
pub(crate) const LINKER_FLAGS: &str = "-Clink-arg=--emit-relocs";

/// The file of the deferred part, until its content gives it a name.
const DEFERRED: &str = "inspector-deferred.wasm";

/// Splits the program of the page that Trunk has just built, and tells the page where the deferred part is.
///
/// # Errors
/// When the program is not made as expected, or has nothing to defer.
pub(crate) fn split(dist: &Path) -> Outcome {
    let page = dist.join("index.html");
    let html = read(&page)?;
    let [name] = wasm_names(&html)[..] else { return Err("index.html must name one wasm file".into()) };
    let linked = bytes(&target_folder().join(WASM_TARGET).join("release/inspector-app.wasm"))?;
    let parts = divide(&linked, &bytes(&dist.join(name))?)?;
    write(&dist.join(name), parts.first)?;
    write(&dist.join(DEFERRED), parts.deferred)?;
    // Not a link: the browser would load it.
    write(&page, html.replace("</head>", &format!("<meta name=\"deferred\" content=\"./{DEFERRED}\">\n</head>")))
}

/// Divides a program, given as the linker made it and as wasm-bindgen finished it.
fn divide(linked: &[u8], finished: &[u8]) -> Outcome<Parts> {
    let references = References::read(linked)?;
    let whole = parse(finished)?;
    let choice = choice::choose(&whole, &references)?;
    weight::report(&choice.weights)?;
    cut::cut(whole, parse(finished)?, &choice)
}

fn bytes(file: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))
}

/// A module without what the linker and others left in it for tools.
fn parse(wasm: &[u8]) -> Outcome<Module> {
    let mut config = ModuleConfig::new();
    config.generate_producers_section(false);
    let mut module = config.parse(wasm).map_err(|error| format!("the program cannot be read: {error:#}"))?;
    let customs: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    customs.into_iter().for_each(|id| drop(module.customs.delete(id)));
    Ok(module)
}
