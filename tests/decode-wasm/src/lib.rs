//! The event-stream decoder alone, as WebAssembly: what `bench-browser` measures beside a decoder in JavaScript.

use core::hint::black_box;

use inspector_core::sse::{Decoder, Item};
use wasm_bindgen::prelude::wasm_bindgen;

/// A decoder that counts the events it finds.
#[wasm_bindgen]
#[derive(Default)]
pub struct Counter {
    decoder: Decoder,
    events: u32,
}

#[wasm_bindgen]
impl Counter {
    /// A decoder at the start of a stream.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes, and tells how many events there were so far.
    pub fn feed(&mut self, bytes: &[u8]) -> u32 {
        let Self { decoder, events } = self;
        decoder.feed(bytes, &mut |item| {
            // The event is made, though nobody reads it.
            if let Item::Event(event) = black_box(item) {
                black_box(event.data);
                *events += 1;
            }
        });
        *events
    }
}
