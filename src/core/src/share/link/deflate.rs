//! Raw DEFLATE (RFC 1951) with a preset dictionary: what every recording contains is named by its distance, not repeated.

use alloc::vec::Vec;

use miniz_oxide::DataFormat;
use miniz_oxide::deflate::core::{CompressionStrategy, CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// The highest level of the compressor: a recording is compressed once and sent as a link.
const LEVEL: u8 = 10;

/// Why bytes could not be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The end is missing.
    CutOff,
    /// It is not DEFLATE, or something follows its end.
    Damaged,
    /// It unpacks to more than is wanted.
    TooLarge,
}

/// Packs bytes: with codes made for them or with the fixed ones, whichever is shorter. The same bytes every time.
pub(super) fn pack(bytes: &[u8], dictionary: &[u8]) -> Vec<u8> {
    let made = pack_with(bytes, dictionary, CompressionStrategy::Default);
    let fixed = pack_with(bytes, dictionary, CompressionStrategy::Fixed);
    if fixed.len() < made.len() { fixed } else { made }
}

fn pack_with(bytes: &[u8], dictionary: &[u8], strategy: CompressionStrategy) -> Vec<u8> {
    let mut compressor = CompressorOxide::with_params(DataFormat::Raw, LEVEL, strategy, 15);
    // The compressor has no call for a dictionary. Packed first and flushed to a whole byte, it is what comes before; what it
    // was packed to is left out, as whoever unpacks has it already.
    compress_to_output(&mut compressor, dictionary, TDEFLFlush::Sync, |_| true);
    let mut packed = Vec::new();
    let mut rest = bytes;
    loop {
        let (status, used) = compress_to_output(&mut compressor, rest, TDEFLFlush::Finish, |piece| {
            packed.extend_from_slice(piece);
            true
        });
        rest = rest.get(used..).unwrap_or_default();
        if status != TDEFLStatus::Okay {
            return packed;
        }
    }
}

/// Unpacks to at most `most` bytes.
pub(super) fn unpack(packed: &[u8], dictionary: &[u8], most: usize) -> Result<Vec<u8>, Broken> {
    let mut unpacker = DecompressorOxide::new();
    let mut bytes = dictionary.to_vec();
    let (mut read, mut at) = (0, bytes.len());
    let end = bytes.len() + most;
    loop {
        if at == bytes.len() {
            // Twice as much each time, and never more than is wanted: a bomb costs no more than that.
            let length = (bytes.len() * 2).max(64 * 1024).min(end);
            bytes.resize(length, 0);
        }
        let input = packed.get(read..).unwrap_or_default();
        let (status, used, written) = decompress(&mut unpacker, input, &mut bytes, at, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
        read += used;
        at += written;
        match status {
            TINFLStatus::Done if read == packed.len() => {
                bytes.truncate(at);
                return Ok(bytes.split_off(dictionary.len()));
            }
            TINFLStatus::HasMoreOutput if at < end => {}
            TINFLStatus::HasMoreOutput => return Err(Broken::TooLarge),
            TINFLStatus::NeedsMoreInput | TINFLStatus::FailedCannotMakeProgress => return Err(Broken::CutOff),
            _ => return Err(Broken::Damaged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    const DICTIONARY: &[u8] = b"the quick brown fox jumps over the lazy dog";

    #[test]
    fn what_was_packed_unpacks_to_the_same() {
        let noise: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for bytes in [b"".as_slice(), b"x", b"a quick brown fox", &[b'*'; 500_000], &noise] {
            assert_eq!(unpack(&pack(bytes, DICTIONARY), DICTIONARY, 1_000_000).as_deref(), Ok(bytes));
        }
    }

    #[test]
    fn what_the_dictionary_has_costs_almost_nothing() {
        assert!(pack(DICTIONARY, DICTIONARY).len() <= 6);
        assert!(pack(DICTIONARY, b"").len() > 35);
    }

    #[test]
    fn a_bomb_ends_at_the_limit_and_other_damage_is_told() {
        let bomb = pack(&vec![0; 4_000_000], DICTIONARY);
        assert!(bomb.len() < 10_000);
        assert_eq!(unpack(&bomb, DICTIONARY, 3_999_999), Err(Broken::TooLarge));
        assert_eq!(unpack(&bomb[..bomb.len() - 1], DICTIONARY, 4_000_000), Err(Broken::CutOff));
        assert_eq!(unpack(&[&bomb[..], &[0]].concat(), DICTIONARY, 4_000_000), Err(Broken::Damaged));
        assert_eq!(unpack(&[0xFF; 20], DICTIONARY, 100), Err(Broken::Damaged));
        assert_eq!(unpack(&[], DICTIONARY, 100), Err(Broken::CutOff));
    }
}
