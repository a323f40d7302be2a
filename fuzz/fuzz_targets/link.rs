//! Any text as a link, any bytes as what is packed in one, and any text packed as it should be: opened or refused, never a panic.
#![no_main]

use base64ct::{Base64UrlUnpadded, Encoding};
use inspector_core::share::open_link;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = core::str::from_utf8(data) {
        let _ = open_link(text);
    }
    open([0, 0], data);
    open(check(data), &miniz_oxide::deflate::compress_to_vec(data, 1));
});

fn open(check: [u8; 2], packed: &[u8]) {
    let bytes = [&check, packed].concat();
    let _ = open_link(&format!("trace=1.{}", Base64UrlUnpadded::encode_string(&bytes)));
}

/// Fletcher's checksum, as links have it.
fn check(bytes: &[u8]) -> [u8; 2] {
    let mut sums = (0_u32, 0_u32);
    for byte in bytes {
        sums.0 = (sums.0 + u32::from(*byte)) % 255;
        sums.1 = (sums.1 + sums.0) % 255;
    }
    [sums.0 as u8, sums.1 as u8]
}
