//! Any bytes as an event stream, cut anywhere: the same items as in one piece, and never a panic.
#![no_main]

use inspector_core::sse::{Decoder, Item};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (u8, u8, &[u8])| {
    let (first, second, stream) = data;
    let (a, rest) = stream.split_at(usize::from(first).min(stream.len()));
    let (b, c) = rest.split_at(usize::from(second).min(rest.len()));
    assert_eq!(items(&[a, b, c]), items(&[stream]));
});

fn items(pieces: &[&[u8]]) -> Vec<String> {
    let mut found = Vec::new();
    let mut sink = |item: Item<'_>| found.push(format!("{item:?}"));
    let mut decoder = Decoder::new();
    pieces.iter().for_each(|piece| decoder.feed(piece, &mut sink));
    decoder.finish(&mut sink);
    found
}
