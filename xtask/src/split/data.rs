//! Moves data from one part to the other. It keeps its place in memory, which both share.

use std::ops::Range;
use walrus::ir::Value;
use walrus::{ConstExpr, Data, DataId, DataKind, MemoryId, Module};

/// Bytes and where they begin in memory.
pub(super) type Piece = (u32, Vec<u8>);

/// Takes ranges of memory out of the data of a module. Zeros stay in their place: wasm-opt leaves them out, brotli packs them.
pub(super) fn take(module: &mut Module, ranges: &[Range<u32>]) -> Vec<Piece> {
    let mut taken = Vec::new();
    for id in ids(module) {
        let data = module.data.get_mut(id);
        let Some(start) = start(data) else { continue };
        for range in ranges {
            let from = range.start.checked_sub(start).map(|from| from as usize);
            let to = range.end.checked_sub(start).map(|to| to as usize);
            // What is zero at the beginning is in no segment.
            if let Some(bytes) = from.zip(to).and_then(|(from, to)| data.value.get_mut(from..to)) {
                taken.push((range.start, bytes.to_vec()));
                bytes.fill(0);
            }
        }
    }
    taken
}

/// Gives a module these pieces for all of its data.
pub(super) fn replace(module: &mut Module, memory: MemoryId, pieces: Vec<Piece>) {
    for id in ids(module) {
        module.data.delete(id);
    }
    module.memories.get_mut(memory).data_segments.clear();
    for (start, bytes) in pieces {
        let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
        let id = module.data.add(DataKind::Active { memory, offset }, bytes);
        module.memories.get_mut(memory).data_segments.insert(id);
    }
}

fn ids(module: &Module) -> Vec<DataId> {
    module.data.iter().map(Data::id).collect()
}

/// Where a segment begins in memory.
const fn start(data: &Data) -> Option<u32> {
    match data.kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } => Some(start.cast_unsigned()),
        _ => None,
    }
}
