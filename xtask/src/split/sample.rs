//! A small program for the tests of the splitter, and what a linker would know of it.

use super::names::readable;
use super::references::{Item, References};
use std::collections::{BTreeMap, BTreeSet};
use walrus::Module;

/// `start` calls `shared` and, through the split point `show`, `diagnose`. In the table are `handler` and `unknown` for the first
/// part, and `view`, of which only data that `diagnose` reads holds the address.
const PROGRAM: &str = r#"(module
    (import "glue" "log" (func $log (param i32)))
    (import "glue" "draw" (func $draw))
    (memory (export "memory") 1)
    (global $stack (mut i32) (i32.const 1024))
    (table 4 funcref)
    (elem (i32.const 1) $handler $view $unknown)
    (data (i32.const 16) "in both parts...for views alone.")
    (func $start (export "start")
        (call $shared)
        (drop (call $app::split_points::show (i32.const 7) (i64.const 8))))
    (func $shared (call $log (i32.const 16)))
    (func $handler (call $shared))
    (func $unknown)
    (func $app::split_points::show (param i32 i64) (result i32)
        (call $shared)
        (call $diagnose)
        (local.get 0))
    (func $diagnose
        (global.set $stack (i32.sub (global.get $stack) (i32.load (i32.const 32))))
        (call $draw))
    (func $view (call $diagnose))
    (func $dead (call $draw)))"#;

/// The program as wasm-bindgen would hand it over.
pub(super) fn program() -> Module {
    parse(PROGRAM)
}

/// A module from its text.
pub(super) fn parse(text: &str) -> Module {
    super::parse(&wat::parse_str(text).unwrap()).unwrap()
}

/// What the linker would know of the program.
pub(super) fn references() -> References {
    let function = |name: &str| Item::Function(name.to_owned());
    let held = [
        (function("start"), function("handler")),
        (function("shared"), Item::Data(16)),
        (function("diagnose"), Item::Data(32)),
        (Item::Data(32), function("view")),
    ];
    let held: BTreeMap<_, _> = held.into_iter().map(|(holder, held)| (holder, BTreeSet::from([held]))).collect();
    let program = program();
    let names = program.funcs.iter().filter_map(|function| function.name.as_deref()).map(readable);
    References { held, functions: names.collect(), data: BTreeMap::from([(16, 32), (32, 48)]), ..References::default() }
}

/// The names of the functions that a module defines itself.
pub(super) fn defined(module: &Module) -> BTreeSet<String> {
    module.funcs.iter_local().filter_map(|(id, _)| module.funcs.get(id).name.clone()).collect()
}
