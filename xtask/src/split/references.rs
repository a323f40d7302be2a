//! Who holds whose address, as the linker knows it: what the instructions of a finished module no longer show.
//!
//! In a finished module the address of a function is a number like any other, in code and in tables of methods alike. The
//! relocations that the linker leaves behind with `--emit-relocs` say which numbers are addresses, and of what (WebAssembly
//! tool conventions, `Linking.md`).

use super::sections::{Sections, Symbol};
use crate::process::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{RelocationEntry, RelocationType};

/// A function, or a piece of data that is there as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    /// A function, by its readable name.
    Function(String),
    /// Data, by where it begins in memory.
    Data(u32),
}

/// What the linker knows of a module.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct References {
    /// What each item holds the address of.
    pub(super) held: BTreeMap<Item, BTreeSet<Item>>,
    /// What something holds the address of that is no item here.
    pub(super) held_elsewhere: BTreeSet<Item>,
    /// The names of all functions.
    pub(super) functions: BTreeSet<String>,
    /// The pieces of data: where each begins and ends in memory.
    pub(super) data: BTreeMap<u32, u32>,
}

impl References {
    /// Reads them from a module that was linked with `--emit-relocs`.
    ///
    /// # Errors
    /// When it was not, or is no module.
    pub(super) fn read(linked: &[u8]) -> Outcome<Self> {
        let sections = Sections::read(linked).map_err(|error| format!("the linked module cannot be read: {error}"))?;
        if sections.symbols.is_empty() || sections.relocations.is_empty() {
            return Err("the linked module has no relocations: it must be linked with --emit-relocs".into());
        }
        let data = pieces(&sections);
        let mut references = Self { functions: sections.names.values().cloned().collect(), ..Self::default() };
        for (section, relocation) in sections.relocations.iter().filter(|(_, relocation)| is_address(relocation.ty)) {
            let Some(target) = target(&sections, &data, relocation) else { continue };
            match holder(&sections, &data, *section, relocation) {
                Some(holder) => references.held.entry(holder).or_default().insert(target),
                None => references.held_elsewhere.insert(target),
            };
        }
        Ok(Self { data, ..references })
    }
}

/// The pieces of data: symbols that share bytes are one.
fn pieces(sections: &Sections) -> BTreeMap<u32, u32> {
    let mut symbols: Vec<(u32, u32)> = sections.symbols.iter().filter_map(|symbol| place(sections, symbol)).collect();
    symbols.sort_unstable();
    let mut pieces: Vec<(u32, u32)> = Vec::new();
    for (start, end) in symbols {
        match pieces.last_mut() {
            Some(last) if start < last.1 || start == last.0 => last.1 = last.1.max(end),
            _ => pieces.push((start, end)),
        }
    }
    pieces.into_iter().collect()
}

/// Where the data of a symbol begins and ends in memory; nothing for data that is not in the file.
fn place(sections: &Sections, symbol: &Symbol) -> Option<(u32, u32)> {
    let Symbol::Data { segment, offset, size } = symbol else { return None };
    let start = sections.segments.get(*segment as usize)?.1 + offset;
    Some((start, start + size))
}

/// The piece of data that an address lies in.
fn piece(data: &BTreeMap<u32, u32>, address: u32) -> Option<Item> {
    let (start, end) = data.range(..=address).next_back()?;
    (address == *start || address < *end).then_some(Item::Data(*start))
}

/// What a relocation is the address of.
fn target(sections: &Sections, data: &BTreeMap<u32, u32>, relocation: &RelocationEntry) -> Option<Item> {
    match sections.symbols.get(relocation.index as usize)? {
        Symbol::Function(index) => sections.names.get(index).cloned().map(Item::Function),
        symbol => piece(data, place(sections, symbol)?.0),
    }
}

/// What the bytes of a relocation belong to.
fn holder(sections: &Sections, data: &BTreeMap<u32, u32>, section: u32, relocation: &RelocationEntry) -> Option<Item> {
    let at = sections.starts.get(section as usize)? + relocation.offset as usize;
    let body = sections.bodies.partition_point(|body| body.end <= at);
    if sections.bodies.get(body).is_some_and(|body| body.contains(&at)) {
        let index = sections.imported_functions + u32::try_from(body).ok()?;
        return sections.names.get(&index).cloned().map(Item::Function);
    }
    let (bytes, start) = sections.segments.iter().find(|(bytes, _)| bytes.contains(&at))?;
    piece(data, start + u32::try_from(at - bytes.start).ok()?)
}

/// Whether a relocation is the address of a function or of data. The target is 32 bits wide and not relocatable itself.
const fn is_address(kind: RelocationType) -> bool {
    use RelocationType as Kind;
    matches!(kind, Kind::TableIndexSleb | Kind::TableIndexI32 | Kind::MemoryAddrLeb | Kind::MemoryAddrSleb | Kind::MemoryAddrI32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two functions, two pieces of data of 4 bytes, and 4 bytes that have no symbol. The addresses in them are 0 here; the relocations say what they are.
    const PROGRAM: &str = r#"(module
        (import "env" "imported" (func $imported))
        (memory 1)
        (func $holder (drop (i32.const 0)) (drop (i32.const 0)) (call $held))
        (func $held)
        (data (i32.const 256) "\00\00\00\00\00\00\00\00\00\00\00\00"))"#;

    /// The code and the data of it, as sections are counted.
    const CODE: u8 = 4;
    const DATA: u8 = 5;

    /// A list of symbols: kind, flags, then index and name of a function, or name, segment, offset and size of data.
    const SYMBOLS: [&[u8]; 4] = [b"\0\0\x01\x06holder", b"\0\0\x02\x04held", b"\x01\0\x01a\0\0\x04", b"\x01\0\x01b\0\x04\x04"];
    const HELD: u8 = 1;
    const A: u8 = 2;

    /// Kind, place in the section, symbol, and for memory what is added to the address.
    const IN_CODE: [&[u8]; 3] = [&[1, 4, HELD], &[4, 7, A, 0], &[0, 10, HELD]];
    const IN_DATA: [&[u8]; 3] = [&[2, 7, HELD], &[5, 11, A, 3], &[2, 15, HELD]];

    /// Bytes with their number in front.
    fn counted(bytes: &[u8]) -> Vec<u8> {
        [&[u8::try_from(bytes.len()).unwrap()], bytes].concat()
    }

    /// A section of some name with a list at its end.
    fn section(name: &str, start: &[u8], list: &[&[u8]]) -> Vec<u8> {
        let list = [&[u8::try_from(list.len()).unwrap()], list.concat().as_slice()].concat();
        // The symbols are a part of their section, which says its length.
        let list = if name == "linking" { counted(&list) } else { list };
        [vec![0], counted(&[&counted(name.as_bytes()), start, &list].concat())].concat()
    }

    fn linked() -> Vec<u8> {
        let program = wat::parse_str(PROGRAM).unwrap();
        // Version 2; part 8 holds the symbols.
        let symbols = section("linking", &[2, 8], &SYMBOLS);
        [program, symbols, section("reloc.CODE", &[CODE], &IN_CODE), section("reloc.DATA", &[DATA], &IN_DATA)].concat()
    }

    #[test]
    fn relocations_say_who_holds_the_address_of_what() {
        let references = References::read(&linked()).unwrap();
        let function = |name: &str| Item::Function(name.to_owned());
        let expected = [
            (function("holder"), BTreeSet::from([function("held"), Item::Data(256)])),
            (Item::Data(256), BTreeSet::from([function("held")])),
            (Item::Data(260), BTreeSet::from([Item::Data(256)])),
        ];
        assert_eq!(references.held, BTreeMap::from(expected));
    }

    #[test]
    fn an_address_in_bytes_that_have_no_symbol_is_held_elsewhere() {
        let references = References::read(&linked()).unwrap();
        assert_eq!(references.held_elsewhere, BTreeSet::from([Item::Function("held".into())]));
    }

    #[test]
    fn each_symbol_of_data_is_a_piece() {
        assert_eq!(References::read(&linked()).unwrap().data, BTreeMap::from([(256, 260), (260, 264)]));
    }

    #[test]
    fn symbols_that_share_bytes_are_one_piece() {
        let symbols = [(0, 8), (4, 4), (8, 0), (8, 4), (16, 4)];
        let symbols = symbols.map(|(offset, size)| Symbol::Data { segment: 0, offset, size }).into();
        let sections = Sections { symbols, segments: vec![(0..64, 1_000)], ..Sections::default() };
        assert_eq!(pieces(&sections), BTreeMap::from([(1_000, 1_008), (1_008, 1_012), (1_016, 1_020)]));
    }

    #[test]
    fn a_program_without_relocations_is_refused() {
        let refused = References::read(&wat::parse_str(PROGRAM).unwrap()).unwrap_err();
        assert!(refused.contains("--emit-relocs"), "{refused}");
    }

    #[test]
    fn what_is_no_program_is_refused() {
        assert!(References::read(b"<!doctype html>").unwrap_err().starts_with("the linked module cannot be read"));
    }
}
