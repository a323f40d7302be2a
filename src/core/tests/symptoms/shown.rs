//! What each client shows for the recordings of the causes.

use std::fmt::Write as _;

use inspector_core::import::import;
use inspector_core::symptoms::{Outcome, Shown, is_hidden, not_known, shown};

use super::{cause_fixtures, table};

/// Versions of each client that stand for those that differ.
fn versions(client: &str) -> &'static [&'static str] {
    match client {
        "python-1" => &["1.6.0", "1.9.4", "1.12.4", "1.25.0", "1.30.0"],
        "typescript-1" => &["1.10.2", "1.20.0", "1.25.0", "1.32.2"],
        _ => &["9"],
    }
}

#[test]
fn one_version_of_a_client_does_one_thing() {
    let table = table();
    for (name, recording) in cause_fixtures() {
        for Shown { client, lines } in shown(table, &recording.trace) {
            for version in versions(&client.id) {
                let does = |at| {
                    let here = lines.iter().filter(|line| line.at == at && line.sure && line.versions.contains(version));
                    here.filter(|line| line.symptom.outcome.is_main()).map(|line| line.symptom.slug.as_str()).collect::<Vec<_>>()
                };
                for line in &lines {
                    assert!(does(line.at).len() <= 1, "{name}: {} {version}: {:?}", client.id, does(line.at));
                }
            }
        }
    }
}

#[test]
fn what_is_shown_last_is_where_it_stops() {
    let table = table();
    for (name, recording) in cause_fixtures() {
        for Shown { client, lines } in shown(table, &recording.trace) {
            let Some(last) = lines.last() else { continue };
            let earlier = lines.iter().filter(|line| line.at != last.at && line.symptom.outcome.is_main());
            for line in earlier {
                assert_eq!(line.symptom.outcome, Outcome::Works, "{name}: {} goes on after {}", client.id, line.symptom.slug);
            }
        }
    }
}

#[test]
fn where_a_preflight_names_no_header_other_clients_are_answered() {
    let (_, recording) = cause_fixtures().into_iter().find(|(name, _)| name == "cors-blocked.headers").unwrap();
    let all = shown(table(), &recording.trace);
    let python = all.iter().find(|shown| shown.client.id == "python-1").unwrap();
    assert_eq!(python.lines[0].symptom.slug, "page-only");
    assert!(!is_hidden(&recording.trace));
}

#[test]
fn of_an_answer_that_the_browser_hid_nobody_knows_what_others_show() {
    for name in ["cors-blocked", "cors-blocked.error-reply"] {
        let (_, recording) = cause_fixtures().into_iter().find(|(known, _)| known == name).unwrap();
        let all = shown(table(), &recording.trace);
        assert!(all.iter().all(|shown| shown.client.id != "python-1"), "{name}");
        assert!(all.iter().any(|shown| shown.client.id == "chromium"), "{name}");
        assert!(not_known(table(), &recording.trace).iter().any(|client| client.id == "python-1"), "{name}");
        assert!(is_hidden(&recording.trace), "{name}");
    }
}

#[test]
fn where_the_status_is_not_in_the_recording_what_a_client_shows_is_one_of_several() {
    let log = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}
{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"Session not found"}}"#;
    let imported = import(log).unwrap();
    let all = shown(table(), &imported.traces[0]);
    let python = all.iter().find(|shown| shown.client.id == "python-1").unwrap();
    // Under 200 it shows the words, under 404 what it makes of the status.
    assert!(python.lines.len() > 1 && python.lines.iter().all(|line| !line.sure), "{:?}", python.lines);
}

#[test]
fn clients_of_which_nothing_is_known_are_named() {
    let (_, recording) = cause_fixtures().into_iter().find(|(name, _)| name == "session-stale").unwrap();
    let known: Vec<&str> = shown(table(), &recording.trace).iter().map(|shown| shown.client.id.as_str()).collect();
    for client in not_known(table(), &recording.trace) {
        assert!(!known.contains(&client.id.as_str()), "{}", client.id);
    }
}

#[test]
fn the_predictions_read_well() {
    let table = table();
    for name in ["session-stale", "token-rejected.gateway-404", "endpoint-not-found", "server-unreachable", "cors-blocked"] {
        let (_, recording) = cause_fixtures().into_iter().find(|(known, _)| known == name).unwrap();
        let mut out = String::new();
        for Shown { client, lines } in shown(table, &recording.trace) {
            writeln!(out, "{}", client.name).unwrap();
            for line in lines {
                let (outcome, basis) = (line.symptom.outcome.as_str(), line.basis.as_str());
                let doubt = if line.sure { "" } else { ", or another" };
                writeln!(out, "  {outcome}{doubt}: {} [{basis} {}]", line.text.unwrap_or_default(), line.versions).unwrap();
            }
        }
        insta::assert_snapshot!(name, out);
    }
}
