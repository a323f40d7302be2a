//! The recordings of the gallery are explained by the cause that was behind the incident.

use std::{fs, path::Path};

use inspector_core::{
    diagnose::{diagnose, report},
    trace::{Trace, notation},
};

fn open(name: &str) -> Trace {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/incidents/{name}.trace"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    notation::read(&text).unwrap_or_else(|error| panic!("{name}: {error}")).trace
}

#[test]
fn every_incident_is_proven_and_told_in_one_sentence() {
    for (name, slug, headline) in [
        ("session-terminated", "token-rejected", "gateway.example.com does not accept this token"),
        ("could-not-find-session", "sse-session-lost", "no longer has the event stream that"),
        ("redeployed", "session-stale", "no longer knows session A, which it issued 23 min earlier."),
        ("closed-before-answer", "stream-without-response", "closed the event stream before it answered tools/list."),
        (
            "session-storm",
            "session-storm",
            "12 sessions were opened for 12 tool calls and none was ended, until search.example.com refused the next.",
        ),
    ] {
        let trace = open(name);
        let findings = diagnose(&trace);
        let root = findings.first().unwrap_or_else(|| panic!("{name}: nothing found"));
        assert_eq!((root.cause.slug, root.certainty.as_str()), (slug, "proven"), "{name}");
        let said = report(root, &trace).headline;
        assert!(said.contains(headline), "{name}: {said}");
        assert!(findings[1..].iter().all(|other| other.follows == Some(slug)), "{name}");
    }
}
