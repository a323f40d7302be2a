//! Archives that come in pieces: what is read does not depend on where they were cut, and nothing is held that is not wanted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use std::fmt::Write as _;

use inspector_core::import::{ImportError, Imported, Read, Reader, import};
use inspector_core::limits::{RECORDING_BYTES, RECORDING_EXCHANGES};
use inspector_core::trace::notation;
use proptest::prelude::*;

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/fixtures/imports/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Reads bytes in pieces of so many.
fn in_pieces(bytes: &[u8], size: usize) -> Result<Read, ImportError> {
    let mut reader = Reader::default();
    for piece in bytes.chunks(size) {
        reader.feed(piece)?;
    }
    reader.finish()
}

fn archive(bytes: &[u8], size: usize) -> Imported {
    match in_pieces(bytes, size) {
        Ok(Read::Imported(imported)) => imported,
        other => panic!("{other:?}"),
    }
}

fn told(imported: &Imported) -> String {
    let traces: Vec<String> = imported.traces.iter().map(notation::write).collect();
    format!("{}\n{:?}\n{}", imported.source, imported.notes, traces.join("\n"))
}

/// An entry of the protocol whose answer says something.
fn entry(said: &str) -> String {
    format!(
        r#"{{"startedDateTime":"2026-11-21T17:07:02.000Z","time":5,"request":{{"method":"POST","url":"https://a.example/mcp","headers":[],"postData":{{"text":"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}}"}}}},"response":{{"status":200,"headers":[],"content":{{"size":2,"mimeType":"application/json","text":"{said}"}}}},"timings":{{}}}}"#
    )
}

#[test]
fn an_archive_in_pieces_is_the_same_as_the_whole() {
    for name in ["chrome.har", "chrome-sanitized.har", "firefox.har", "http-toolkit.har"] {
        let text = fixture(name);
        let whole = told(&import(&text).unwrap());
        for size in [1, 3, 500, 4_096, text.len()] {
            assert_eq!(told(&archive(text.as_bytes(), size)), whole, "{name} in pieces of {size}");
        }
    }
}

#[test]
fn a_character_may_be_cut_anywhere() {
    let said = "Zürich 東京 𝄞";
    let text = format!("\u{FEFF}{{\"log\":{{\"entries\":[{}]}}}}", entry(said));
    for size in 1..12 {
        assert!(told(&archive(text.as_bytes(), size)).contains(said), "in pieces of {size}");
    }
    let Ok(Read::Text(back)) = in_pieces(said.as_bytes(), 1) else { panic!() };
    assert_eq!(back, said);
}

#[test]
fn bytes_that_are_no_text_do_not_stop_the_reading() {
    let text = format!("{{\"log\":{{\"entries\":[{}]}}}}", entry("before@after"));
    let broken: Vec<u8> = text.bytes().map(|byte| if byte == b'@' { 0xE6 } else { byte }).collect();
    for size in [1, 2, 700] {
        assert!(told(&archive(&broken, size)).contains("before\u{FFFD}after"), "in pieces of {size}");
    }
}

#[test]
fn what_is_no_archive_comes_back_as_the_text_that_it_is() {
    for text in ["", "mcp-trace 1\nserver https://a.example/mcp\n", "{\"format\":\"mcp-trace\"}", "#trace=1.AAAA"] {
        let Ok(Read::Text(back)) = in_pieces(text.as_bytes(), 5) else { panic!("{text}") };
        assert_eq!(back, text);
    }
}

#[test]
fn an_archive_without_its_end_opens_as_far_as_it_goes() {
    let whole = format!("{{\"log\":{{\"entries\":[{},{}", entry("first"), entry("second"));
    let imported = archive(&whole.as_bytes()[..whole.len() - 10], 64);
    assert_eq!(imported.traces[0].exchanges().len(), 1);
    assert_eq!(imported.notes, ["The end of the file is missing: what came last is not known."]);
    let imported = archive(format!("{whole}}}").as_bytes(), 64);
    assert!(imported.notes[0].starts_with("The file goes wrong at byte "), "{:?}", imported.notes);
}

#[test]
fn what_is_beyond_a_recording_is_counted() {
    let mut text = String::from("{\"log\":{\"entries\":[");
    for n in 0..RECORDING_EXCHANGES + 2 {
        write!(text, "{}{}", if n > 0 { "," } else { "" }, entry("{}")).unwrap();
    }
    text.push_str("]}}");
    let imported = archive(text.as_bytes(), 65_536);
    assert_eq!(imported.traces[0].exchanges().len(), RECORDING_EXCHANGES);
    assert_eq!(imported.notes, ["2 exchanges left out: more than this page holds, the later ones."]);
}

#[test]
fn what_is_too_long_and_no_archive_is_refused_while_it_is_read() {
    let piece = vec![b'x'; 1 << 20];
    let mut reader = Reader::default();
    let refused = (0..1 << 10).map(|_| reader.feed(&piece)).find_map(Result::err);
    let Some(refused @ ImportError::TooLong(bytes)) = refused else { panic!() };
    assert!((RECORDING_BYTES..RECORDING_BYTES + (2 << 20)).contains(&bytes));
    assert!(refused.to_string().ends_with("This page opens HAR files of up to 536 MB, and others of up to 67 MB."), "{refused}");
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_are_the_text_of_the_whole(bytes in proptest::collection::vec(any::<u8>(), 0..40), size in 1_usize..6) {
        let Ok(Read::Text(text)) = in_pieces(&bytes, size) else { panic!() };
        prop_assert_eq!(text, String::from_utf8_lossy(&bytes).into_owned());
    }
}
