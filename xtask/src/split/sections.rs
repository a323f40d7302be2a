//! The sections of a linked module that say which of its bytes are addresses: symbols and relocations (WebAssembly tool
//! conventions, `Linking.md`), and where code and data are.

use super::names::readable;
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{
    BinaryReaderError, CustomSectionReader, Data, DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload,
    RelocationEntry, SymbolInfo, TypeRef,
};

/// What the splitter needs of a linked module.
#[derive(Default)]
pub(super) struct Sections {
    /// How many functions come before those with a body.
    pub(super) imported_functions: u32,
    /// The readable name of each function.
    pub(super) names: BTreeMap<u32, String>,
    /// What relocations speak of, in its order.
    pub(super) symbols: Vec<Symbol>,
    /// Relocations, each with the number of the section that it is about.
    pub(super) relocations: Vec<(u32, RelocationEntry)>,
    /// Where each function is in the file.
    pub(super) bodies: Vec<Range<usize>>,
    /// Where each segment of data is in the file, and where it begins in memory.
    pub(super) segments: Vec<(Range<usize>, u32)>,
    /// Where the content of each section begins in the file.
    pub(super) starts: Vec<usize>,
}

/// Something that has an address.
pub(super) enum Symbol {
    /// A function, by its index.
    Function(u32),
    /// Some bytes of a segment of data.
    Data {
        /// The number of the segment.
        segment: u32,
        /// Where they begin in it.
        offset: u32,
        /// How many they are.
        size: u32,
    },
    /// What cannot be split.
    Other,
}

impl Sections {
    /// Reads them.
    ///
    /// # Errors
    /// When this is no module, or broken.
    pub(super) fn read(module: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut sections = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                sections.starts.push(range.start);
            }
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        sections.imported_functions += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => sections.bodies.push(body.range()),
                Payload::DataSection(segments) => {
                    for segment in segments {
                        sections.take_segment(&segment?)?;
                    }
                }
                Payload::CustomSection(custom) => sections.take_custom(&custom)?,
                _ => {}
            }
        }
        Ok(sections)
    }

    fn take_segment(&mut self, segment: &Data) -> Result<(), BinaryReaderError> {
        let end = segment.range.end;
        self.segments.push((end - segment.data.len()..end, address(&segment.kind)?));
        Ok(())
    }

    fn take_custom(&mut self, section: &CustomSectionReader) -> Result<(), BinaryReaderError> {
        match section.as_known() {
            KnownCustom::Name(names) => {
                for name in names {
                    let Name::Function(functions) = name? else { continue };
                    for function in functions {
                        let function = function?;
                        self.names.insert(function.index, readable(function.name));
                    }
                }
            }
            KnownCustom::Linking(parts) => {
                for part in parts {
                    let Linking::SymbolTable(symbols) = part? else { continue };
                    for symbol in symbols {
                        self.symbols.push(Symbol::from(symbol?));
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                for relocation in relocations.entries() {
                    self.relocations.push((relocations.section_index(), relocation?));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl From<SymbolInfo<'_>> for Symbol {
    fn from(symbol: SymbolInfo) -> Self {
        match symbol {
            SymbolInfo::Func { index, .. } => Self::Function(index),
            SymbolInfo::Data { symbol: Some(at), .. } => Self::Data { segment: at.index, offset: at.offset, size: at.size },
            _ => Self::Other,
        }
    }
}

/// Where an active segment begins in memory; a passive one has no place before the program runs.
fn address(kind: &DataKind) -> Result<u32, BinaryReaderError> {
    let DataKind::Active { offset_expr, .. } = kind else { return Ok(0) };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Ok(0),
    }
}
