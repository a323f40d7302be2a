//! What each client shows for the recordings of the causes.

use std::fmt::Write as _;

use inspector_core::symptoms::{Outcome, Shown, shown};
use inspector_core::trace::Outcome as Came;

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
fn a_page_alone_is_bound_by_what_binds_pages() {
    let table = table();
    for (name, recording) in cause_fixtures().into_iter().filter(|(name, _)| name.starts_with("cors-blocked")) {
        if recording.trace.outcome() != Came::Failed || name.ends_with("quiet") {
            continue;
        }
        let all = shown(table, &recording.trace);
        let python = all.iter().find(|shown| shown.client.id == "python-1").unwrap_or_else(|| panic!("{name}"));
        assert_eq!(python.lines[0].symptom.slug, "page-only", "{name}");
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
