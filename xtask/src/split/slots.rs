//! The function table: which place belongs to which function. Each part fills the places of its own functions.

use crate::process::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::Value;
use walrus::{ConstExpr, ElementItems, ElementKind, FunctionId, Module, TableId};

/// The places of the table. Functions are known by their index in the module.
pub(super) struct Slots {
    functions: BTreeMap<u32, usize>,
}

impl Slots {
    /// Reads the table, and adds a place for each of these functions that has none.
    ///
    /// # Errors
    /// When the table is not filled by plain lists of functions, as rustc and wasm-bindgen do.
    pub(super) fn read(module: &Module, needed: &BTreeSet<usize>) -> Outcome<Self> {
        let mut functions = BTreeMap::new();
        for segment in module.elements.iter() {
            let (ElementKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. }, ElementItems::Functions(listed)) =
                (&segment.kind, &segment.items)
            else {
                return Err("the function table is filled in a way that is not known here".into());
            };
            functions.extend((start.cast_unsigned()..).zip(listed.iter().map(|function| function.index())));
        }
        let placed: BTreeSet<usize> = functions.values().copied().collect();
        let size = u32::try_from(module.tables.get(table(module)?).initial).map_err(|_| "the function table is too large")?;
        functions.extend((size..).zip(needed.difference(&placed).copied()));
        Ok(Self { functions })
    }

    /// The place of a function.
    pub(super) fn of(&self, function: usize) -> Option<u32> {
        self.functions.iter().find_map(|(slot, placed)| (*placed == function).then_some(*slot))
    }

    /// Makes the table of a module large enough for both parts, and fills the places of its own functions.
    ///
    /// # Errors
    /// When the module has no function table.
    pub(super) fn fill(&self, module: &mut Module, own: &BTreeMap<usize, FunctionId>) -> Outcome {
        let id = table(module)?;
        let segments: Vec<_> = module.elements.iter().map(|segment| segment.id()).collect();
        segments.into_iter().for_each(|segment| module.elements.delete(segment));
        let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
        let mut next = None;
        for (slot, function) in &self.functions {
            let Some(function) = own.get(function) else { continue };
            match runs.last_mut() {
                Some((_, run)) if next == Some(*slot) => run.push(*function),
                _ => runs.push((*slot, vec![*function])),
            }
            next = Some(slot + 1);
        }
        let filled = runs.into_iter().map(|(start, run)| {
            let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
            module.elements.add(ElementKind::Active { table: id, offset }, ElementItems::Functions(run))
        });
        let filled = filled.collect();
        let table = module.tables.get_mut(id);
        let end = self.functions.keys().next_back().map_or(0, |last| u64::from(*last) + 1);
        table.initial = table.initial.max(end);
        table.maximum = table.maximum.map(|maximum| maximum.max(end));
        table.elem_segments = filled;
        Ok(())
    }
}

/// The table that functions are called through.
pub(super) fn table(module: &Module) -> Outcome<TableId> {
    let found = module.tables.main_function_table().map_err(|error| error.to_string())?;
    found.ok_or_else(|| "the module has no function table".into())
}
