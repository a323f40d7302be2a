//! Every fault server is explained by the fault it has: the session of the page is run against it, and the trace diagnosed.

use std::thread;

use inspector_core::{
    diagnose::{Kind, cause, diagnose},
    mcp::Ask,
    time::{Micros, Wall},
    trace::{About, Command, Outcome, TokenFacts, Trace},
};
use lab::{
    docs,
    drive::{self, Drive},
    fault::{FaultServer, Named, Scenario, confusion},
    jwt,
};

#[test]
fn every_fault_is_found_first() {
    let runs = runs(|scenario| scenario.cause.is_some());
    assert!(runs.len() > 100);
    let mut all = Vec::new();
    for (scenario, trace) in runs {
        let name = scenario.name;
        let slug = scenario.cause.expect("a cause");
        assert!(cause(slug).is_some(), "{name}: nobody knows {slug}");
        let found = diagnose(&trace);
        let said: Vec<_> = found.iter().map(|finding| (finding.cause.slug, finding.certainty.as_str())).collect();
        assert_eq!(said.first().copied(), Some((slug, scenario.certainty)), "{name}: {said:?}");
        let kind = if scenario.works { Kind::Note } else { Kind::Problem };
        assert_eq!((found[0].kind, trace.outcome() == Outcome::Ok), (kind, scenario.works), "{name}");
        all.push(Named { scenario, cause: slug.to_owned(), certainty: scenario.certainty.to_owned() });
    }
    let right = all.iter().filter(|named| named.is_right()).count();
    assert!(right * 100 >= all.len() * 95, "{right} of {}", all.len());
    docs::hold("fault-lab.md", &confusion(&all));
}

#[test]
fn cors_is_named_where_it_is_the_cause_and_nowhere_else() {
    for (scenario, trace) in runs(|_| true) {
        let named = diagnose(&trace).iter().any(|finding| finding.cause.slug == "cors-blocked");
        assert_eq!(named, scenario.cause == Some("cors-blocked"), "{}", scenario.name);
    }
}

#[test]
fn what_a_fault_brings_with_it_is_not_found_as_another_one() {
    for (scenario, trace) in runs(|scenario| scenario.cause.is_some()) {
        let loose =
            diagnose(&trace).into_iter().skip(1).filter(|finding| finding.kind == Kind::Problem && finding.follows.is_none());
        let loose: Vec<_> = loose.map(|finding| finding.cause.slug).collect();
        assert_eq!(loose, [""; 0], "{}", scenario.name);
    }
}

#[test]
fn nothing_is_found_in_a_server_that_works() {
    let sound = |scenario: &Scenario| ["ok", "working-"].iter().any(|start| scenario.name.starts_with(start));
    let sound = |scenario: &Scenario| sound(scenario) || scenario.name == "legacy-sse-chosen";
    let runs = runs(sound);
    assert!(runs.len() > 5);
    for (scenario, trace) in runs {
        assert_eq!((diagnose(&trace), trace.outcome()), (Vec::new(), Outcome::Ok), "{}", scenario.name);
        assert!(!trace.tools().is_empty(), "{}", scenario.name);
    }
}

/// Runs the session against scenarios, all at once.
fn runs(wanted: impl Fn(&Scenario) -> bool) -> Vec<(Scenario, Trace)> {
    let runs: Vec<_> = Scenario::all()
        .filter(|scenario| wanted(scenario))
        .map(|scenario| (scenario, thread::spawn(move || run(scenario))))
        .collect();
    runs.into_iter().map(|(scenario, run)| (scenario, run.join().expect("a run"))).collect()
}

fn run(scenario: Scenario) -> Trace {
    let server = FaultServer::start(scenario);
    if let Some(recorded) = scenario.recorded(&server) {
        return recorded;
    }
    let token = scenario.token();
    let timeout = if scenario.waits { Micros::from_secs(2) } else { Micros::from_secs(20) };
    let ask = Ask::parse(scenario.protocol).expect("a protocol");
    let began = Some(Wall::from_secs(jwt::now()));
    let about = drive::about(&server.named_url());
    let local_network = scenario.from_the_web.unwrap_or(about.local_network);
    let about = About { token: TokenFacts::of(&token), timeout, ask, began, local_network, ..about };
    let mut drive = Drive::start(about, &token);
    drive.command(Command::Run);
    drive.wait_until_idle();
    drive.into_trace()
}
