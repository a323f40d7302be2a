//! Every fault server is explained by the fault it has: the session of the page is run against it, and the trace diagnosed.

use std::thread;

use inspector_core::{
    diagnose::{cause, diagnose},
    time::Micros,
    trace::{About, TokenFacts},
};
use lab::{
    drive,
    fault::{FaultServer, Scenario},
};

/// One run of these shows something else than the fault they have.
const LEFT_OUT: [(&str, &str); 2] = [
    ("session-storm", "takes more than one run, and is in the gallery"),
    ("session-missing", "looks to a page like a session whose id CORS hides"),
];

#[test]
fn every_fault_is_found_first() {
    let named = |scenario: &Scenario| scenario.cause.is_some_and(|slug| cause(slug).is_some());
    let left_out = |scenario: &Scenario| LEFT_OUT.iter().any(|(name, _)| *name == scenario.name);
    let runs: Vec<_> = Scenario::all()
        .filter(named)
        .filter(|scenario| !left_out(scenario))
        .map(|scenario| (scenario.name, scenario.cause, thread::spawn(move || found(scenario))))
        .collect();
    assert!(runs.len() > 40);
    for (name, cause, run) in runs {
        let found = run.join().expect("a run");
        assert_eq!(found.first().copied(), cause, "{name}: {found:?}");
    }
}

/// The slugs found after one run.
fn found(scenario: Scenario) -> Vec<&'static str> {
    let server = FaultServer::start(scenario);
    let token = match scenario.name {
        "token-missing" => TokenFacts::None,
        name if name.starts_with("token-") => TokenFacts::Opaque { chars: 43 },
        _ => TokenFacts::None,
    };
    let timeout = if scenario.cause == Some("response-timeout") { Micros::from_millis(800) } else { Micros::from_secs(20) };
    let trace = drive::run(About { token, timeout, ..drive::about(&server.url()) });
    diagnose(&trace).iter().map(|finding| finding.cause.slug).collect()
}
