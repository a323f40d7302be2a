//! Whatever was ever shared stays openable: files and links as each version wrote them, and every word that they may hold.
//!
//! The fixtures are never written again. A change that makes one of them open differently needs a new version instead.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use std::path::{Path, PathBuf};

use inspector_core::share::{Opened, open_file, open_link};
use inspector_core::trace::notation;

fn fixtures(version: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/shared").join(version);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn open(path: &Path) -> Opened {
    let text = std::fs::read_to_string(path).unwrap();
    let opened = if path.extension().is_some_and(|kind| kind == "link") { open_link(&text) } else { open_file(&text) };
    opened.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of version 1 with every kind of record in it.
fn every_record() -> String {
    let file = fixtures("v1").into_iter().find(|path| path.ends_with("every-record.json")).unwrap();
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn what_version_1_wrote_opens_as_it_did() {
    for path in fixtures("v1") {
        let opened = open(&path);
        let view = opened.view.event.map(|event| event.to_string()).unwrap_or_default();
        let tab = opened.view.tab.as_deref().unwrap_or_default();
        let text = format!("{} {view} {tab}\n\n{}", opened.shared.as_str(), notation::write(&opened.trace));
        insta::assert_snapshot!(format!("v1-{}", path.file_name().unwrap().to_string_lossy()), text);
    }
}

#[test]
fn every_word_of_version_1_is_known() {
    let file = every_record();
    for (written, others) in [
        (r#""level":"everything""#, &["failure", "names", "bodies"][..]),
        (r#""ask":"auto""#, &["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"]),
        (r#""local-network":"denied""#, &["unknown", "granted", "unasked"]),
    ] {
        for other in others {
            let (name, _) = written.split_once(':').unwrap();
            let changed = file.replacen(written, &format!("{name}:\"{other}\""), 1);
            assert_ne!(changed, file, "{written}");
            assert!(open_file(&changed).is_ok(), "{name}: {other}");
        }
    }
    let start = file.find(r#""token":{"#).unwrap();
    let end = start + file[start..].find(r#","flaws""#).unwrap();
    for token in [r#""none""#, r#""unknown""#, r#"{"chars":40}"#] {
        assert!(open_file(&[&file[..start], "\"token\":", token, &file[end..]].concat()).is_ok(), "{token}");
    }
}

#[test]
fn members_that_nobody_knows_yet_are_left_out() {
    let file = every_record();
    let with = file.replacen("\"format\"", "\"made-by\":{\"name\":\"x\"},\"format\"", 1).replacen(
        "\"type\":\"run\"",
        "\"colour\":[1],\"type\":\"run\"",
        1,
    );
    assert_eq!(open_file(&with).unwrap().trace.records(), open_file(&file).unwrap().trace.records());
}
