//! Cuts a module in two that share memory, table and stack: the first runs alone until the deferred part is asked for.
//!
//! Where the first part calls a function of the deferred part it calls a stub, which calls through the function table. The
//! deferred part puts its functions there when it is instantiated.

use super::choice::Choice;
use super::slots::{Slots, table};
use super::{data, sharing};
use crate::process::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// The two modules.
pub(super) struct Parts {
    /// What the page starts with.
    pub(super) first: Vec<u8>,
    /// What is loaded when it is asked for.
    pub(super) deferred: Vec<u8>,
}

/// Cuts a module. It is given twice, because each part is the whole without the other.
///
/// # Errors
/// When the module has not one memory and one plain function table, as rustc makes them.
pub(super) fn cut(mut first: Module, mut deferred: Module, choice: &Choice) -> Outcome<Parts> {
    let slots = Slots::read(&first, &choice.entries)?;
    let memory = deferred.memories.iter().next().ok_or("the module has no memory")?.id();
    let moved = data::take(&mut first, &choice.data);

    data::replace(&mut deferred, memory, moved);
    let own = ids(&deferred, &choice.functions);
    slots.fill(&mut deferred, &own)?;
    let exports: Vec<_> = deferred.exports.iter().map(|export| export.id()).collect();
    exports.into_iter().for_each(|export| deferred.exports.delete(export));
    deferred.start = None;
    sharing::import(&mut deferred, &choice.functions);
    walrus::passes::gc::run(&mut deferred);

    let own = ids(&first, &choice.first);
    slots.fill(&mut first, &own)?;
    for (index, id) in ids(&first, &choice.entries) {
        let slot = slots.of(index).ok_or("a split point has no place in the table")?;
        let stub = stub(&mut first, id, slot)?;
        first.funcs.get_mut(id).kind = stub;
    }
    sharing::export(&mut first, &mut deferred)?;
    walrus::passes::gc::run(&mut first);
    Ok(Parts { first: first.emit_wasm(), deferred: deferred.emit_wasm() })
}

/// A body that calls whatever will be at a place of the table.
fn stub(module: &mut Module, function: FunctionId, slot: u32) -> Outcome<FunctionKind> {
    let table = table(module)?;
    let ty = module.funcs.get(function).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let args: Vec<_> = params.iter().map(|param| module.locals.add(*param)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    args.iter().for_each(|arg| {
        body.local_get(*arg);
    });
    body.i32_const(slot.cast_signed()).call_indirect(ty, table);
    Ok(FunctionKind::Local(builder.local_func(args)))
}

/// The functions of a module that have these indices.
fn ids(module: &Module, indices: &BTreeSet<usize>) -> BTreeMap<usize, FunctionId> {
    let all = module.funcs.iter().map(|function| (function.id().index(), function.id()));
    all.filter(|(index, _)| indices.contains(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{choice::choose, parse, sample};
    use super::*;
    use walrus::ir::{Const, Instr, Value};
    use walrus::{ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, ImportKind};

    /// The two parts of the sample, read back: so both are valid.
    fn parts() -> (Module, Module) {
        let choice = choose(&sample::program(), &sample::references()).unwrap();
        let Parts { first, deferred } = cut(sample::program(), sample::program(), &choice).unwrap();
        (parse(&first).unwrap(), parse(&deferred).unwrap())
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// Which places of the table a module fills with what.
    fn filled(module: &Module) -> Vec<(i32, Vec<String>)> {
        let filled = module.elements.iter().map(|segment| {
            let ElementKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = segment.kind else {
                panic!("{segment:?}")
            };
            let ElementItems::Functions(functions) = &segment.items else { panic!("{segment:?}") };
            (start, functions.iter().map(|id| module.funcs.get(*id).name.clone().unwrap()).collect())
        });
        filled.collect()
    }

    fn data(module: &Module) -> Vec<(i32, &[u8])> {
        let data = module.data.iter().map(|data| {
            let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else { panic!("{data:?}") };
            (start, data.value.as_slice())
        });
        data.collect()
    }

    #[test]
    fn each_part_has_its_own_functions_and_no_others() {
        let (first, deferred) = parts();
        assert_eq!(sample::defined(&first), set(&["start", "shared", "handler", "unknown", "app::split_points::show"]));
        assert_eq!(sample::defined(&deferred), set(&["app::split_points::show", "diagnose", "view"]));
    }

    #[test]
    fn the_first_part_calls_through_the_table_what_it_does_not_have() {
        let (first, _) = parts();
        let stub = first.funcs.get(first.funcs.by_name("app::split_points::show").unwrap()).kind.unwrap_local();
        let instructions: Vec<_> = stub.block(stub.entry_block()).instrs.iter().map(|(instruction, _)| instruction).collect();
        assert!(
            matches!(
                instructions[..],
                [Instr::LocalGet(_), Instr::LocalGet(_), Instr::Const(Const { value: Value::I32(4) }), Instr::CallIndirect(_)]
            ),
            "{instructions:?}"
        );
    }

    #[test]
    fn each_part_fills_the_places_of_its_own_functions_in_one_table() {
        let (first, deferred) = parts();
        let name = |name: &str| vec![name.to_owned()];
        assert_eq!(filled(&first), [(1, name("handler")), (3, name("unknown"))]);
        assert_eq!(filled(&deferred), [(2, name("view")), (4, name("app::split_points::show"))]);
        for module in [&first, &deferred] {
            assert_eq!(module.tables.iter().map(|table| table.initial).collect::<Vec<_>>(), [5]);
        }
    }

    #[test]
    fn the_deferred_part_takes_everything_it_shares_from_the_first() {
        let (first, deferred) = parts();
        assert!(deferred.exports.iter().next().is_none());
        for import in deferred.imports.iter() {
            let export = first.exports.iter().find(|export| export.name == import.name);
            let export = export.unwrap_or_else(|| panic!("{} is not exported", import.name));
            assert_eq!(import.module, "first");
            match (import.kind.clone(), export.item) {
                (ImportKind::Function(taken), ExportItem::Function(given)) => {
                    assert_eq!(deferred.funcs.get(taken).name, first.funcs.get(given).name);
                }
                (ImportKind::Global(taken), ExportItem::Global(given)) => {
                    assert!(deferred.globals.get(taken).mutable && first.globals.get(given).mutable);
                }
                (ImportKind::Table(_), ExportItem::Table(_)) | (ImportKind::Memory(_), ExportItem::Memory(_)) => {}
                (taken, given) => panic!("{taken:?} is {given:?}"),
            }
        }
    }

    #[test]
    fn what_is_exported_already_keeps_its_name() {
        let (first, deferred) = parts();
        let exported: BTreeSet<String> = first.exports.iter().map(|export| export.name.clone()).collect();
        assert_eq!(exported, set(&["memory", "start", "a", "b", "c", "d"]));
        assert!(deferred.imports.find("first", "memory").is_some());
    }

    #[test]
    fn data_moves_without_leaving_its_place_in_memory() {
        let (first, deferred) = parts();
        assert_eq!(data(&first), [(16, b"in both parts...\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".as_slice())]);
        assert_eq!(data(&deferred), [(32, b"for views alone.".as_slice())]);
    }
}
