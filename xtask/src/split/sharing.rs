//! What the deferred part takes from the first: it imports each thing under a short name, and the first part exports it.

use crate::process::Outcome;
use std::collections::BTreeSet;
use walrus::{ExportItem, FunctionKind, GlobalKind, ImportKind, ImportedFunction, Module};

/// The name under which the deferred part imports the first: `www/boot.js` passes it.
const FIRST: &str = "first";

/// Makes the deferred part import all but its own functions.
pub(super) fn import(deferred: &mut Module, own: &BTreeSet<usize>) {
    for import in deferred.imports.iter_mut() {
        FIRST.clone_into(&mut import.module);
    }
    let local = deferred.funcs.iter().filter(|function| matches!(function.kind, FunctionKind::Local(_)));
    let functions: Vec<_> = local.map(|function| function.id()).filter(|id| !own.contains(&id.index())).collect();
    for id in functions {
        let import = deferred.imports.add(FIRST, "", id);
        let function = deferred.funcs.get_mut(id);
        function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
    }
    let tables: Vec<_> = deferred.tables.iter().map(|table| table.id()).collect();
    for id in tables {
        deferred.tables.get_mut(id).import = Some(deferred.imports.add(FIRST, "", id));
    }
    let memories: Vec<_> = deferred.memories.iter().map(|memory| memory.id()).collect();
    for id in memories {
        deferred.memories.get_mut(id).import = Some(deferred.imports.add(FIRST, "", id));
    }
    let globals: Vec<_> = deferred.globals.iter().map(|global| global.id()).collect();
    for id in globals {
        deferred.globals.get_mut(id).kind = GlobalKind::Import(deferred.imports.add(FIRST, "", id));
    }
}

/// Makes the first part export what is left of these imports, and gives both the same name.
///
/// # Errors
/// When the two are not parts of one module.
pub(super) fn export(first: &mut Module, deferred: &mut Module) -> Outcome {
    let taken: BTreeSet<String> = first.exports.iter().map(|export| export.name.clone()).collect();
    let mut free = (0..).map(short).filter(|name| !taken.contains(name));
    for import in deferred.imports.iter_mut() {
        let (item, known) = same_in(first, &import.kind).ok_or("the two parts are not of one module")?;
        if let Some(name) = known {
            import.name = name;
        } else {
            import.name = free.next().unwrap_or_default();
            first.exports.add(&import.name, item);
        }
    }
    Ok(())
}

/// What an import of the deferred part is in the first part, where it stands at the same place, and how it is exported there.
fn same_in(first: &Module, kind: &ImportKind) -> Option<(ExportItem, Option<String>)> {
    let exports = &first.exports;
    let (item, export): (ExportItem, _) = match kind {
        ImportKind::Function(id) => {
            let id = first.funcs.iter().find(|it| it.id().index() == id.index())?.id();
            (id.into(), exports.get_exported_func(id))
        }
        ImportKind::Table(id) => {
            let id = first.tables.iter().find(|it| it.id().index() == id.index())?.id();
            (id.into(), exports.get_exported_table(id))
        }
        ImportKind::Memory(id) => {
            let id = first.memories.iter().find(|it| it.id().index() == id.index())?.id();
            (id.into(), exports.get_exported_memory(id))
        }
        ImportKind::Global(id) => {
            let id = first.globals.iter().find(|it| it.id().index() == id.index())?.id();
            (id.into(), exports.get_exported_global(id))
        }
        ImportKind::Tag(_) => return None,
    };
    Some((item, export.map(|export| export.name.clone())))
}

/// The shortest names, in a row: a, b, …, z, aa, ba, …
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::short;
    use std::collections::BTreeSet;

    #[test]
    fn short_names_are_all_different_and_short() {
        let names: BTreeSet<String> = (0..702).map(short).collect();
        assert_eq!(names.len(), 702);
        assert!(names.iter().all(|name| name.len() <= 2));
        assert_eq!((short(0), short(25), short(26), short(702)), ("a".into(), "z".into(), "aa".into(), "aaa".into()));
    }
}
