//! Checkups and watches against whole servers: the demo server in virtual time, and every fault server over a socket.

use std::{sync::mpsc::channel, thread, time::Duration};

use inspector_core::{
    diagnose::{Certainty, diagnose},
    http::Method,
    limits::CHECKUP_REQUESTS,
    mcp::Ask,
    probe::{self, Verdict},
    session,
    time::Micros,
    trace::{About, Command, TokenFacts, Trace, notation},
    watch::{Change, watched},
};
use lab::{
    demo::{self, Demo},
    drive::{self, Drive},
    fault::{FaultServer, Scenario},
};

/// Too slow or too big for these tests.
const LEFT_OUT: [&str; 4] = ["slow-stream", "endless-stream", "big-stream", "huge-event"];

/// What is said of one probe: its verdict, and the sentence.
fn said(trace: &Trace, slug: &str) -> (Verdict, String) {
    let matrix = probe::matrix(trace);
    let entry = matrix.iter().find(|entry| entry.probe.slug == slug).expect("a probe");
    let (_, judged) = entry.tried.as_ref().unwrap_or_else(|| panic!("{slug} was not tried"));
    (judged.verdict, judged.says.clone())
}

/// The slugs of the probes with a verdict.
fn with(trace: &Trace, verdict: Verdict) -> Vec<&'static str> {
    probe::matrix(trace).iter().filter(|entry| entry.verdict() == verdict).map(|entry| entry.probe.slug).collect()
}

fn check_up_demo(url: &str, ask: &str) -> Trace {
    let mut demo = Demo::start(About { ask: Ask::parse(ask).expect("a protocol"), ..demo::about(url) });
    demo.command(Command::Checkup);
    demo.wait_until_idle();
    demo.into_trace()
}

fn start(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

/// A checkup of a fault server, with a token.
fn check_up(scenario: Scenario) -> Trace {
    let server = FaultServer::start(scenario);
    let ask = Ask::parse(scenario.protocol).expect("a protocol");
    let about =
        About { timeout: Micros::from_millis(800), token: TokenFacts::Opaque { chars: 40 }, ask, ..drive::about(&server.url()) };
    let mut drive = Drive::start(about, "2f6c1d0e9b7a4853a1c60f4be29d7c58e3b1946a");
    drive.command(Command::Checkup);
    drive.wait_until_idle();
    drive.into_trace()
}

#[test]
fn a_correct_server_differs_in_nothing_whatever_is_spoken() {
    for (url, ask) in [
        (demo::URL, "auto"),
        (demo::URL, "2025-06-18"),
        (demo::URL, "2025-03-26"),
        (demo::URL, "2026-07-28"),
        (demo::SSE_URL, "auto"),
    ] {
        let trace = check_up_demo(url, ask);
        assert_eq!(with(&trace, Verdict::Differs), Vec::<&str>::new(), "{url} {ask}");
        assert!(with(&trace, Verdict::AsExpected).len() >= 3, "{url} {ask}");
        assert_eq!(diagnose(&trace).iter().map(|finding| finding.cause.slug).find(|slug| *slug != "legacy-sse-server"), None);
    }
}

#[test]
fn every_probe_is_tried_or_left_out_with_a_reason() {
    for (url, ask) in [(demo::URL, "auto"), (demo::URL, "2026-07-28"), (demo::SSE_URL, "auto")] {
        let trace = check_up_demo(url, ask);
        assert_eq!(trace.probes().len(), probe::all().len());
        for run in trace.probes() {
            assert_eq!(run.left_out.is_some(), run.steps.is_empty(), "{}", run.slug);
        }
    }
}

#[test]
fn a_checkup_records_the_same_when_it_is_run_again_and_reads_back_as_it_was_written() {
    for (url, ask) in [(demo::URL, "auto"), (demo::URL, "2026-07-28"), (demo::SSE_URL, "auto")] {
        let trace = check_up_demo(url, ask);
        assert_eq!(session::replay(trace.about.clone(), &trace.records()), trace.records());
        let read = notation::read(&notation::write(&trace)).expect("a recording").trace;
        assert_eq!(probe::tally(&probe::matrix(&read)), probe::tally(&probe::matrix(&trace)));
        assert_eq!(read.probes().len(), trace.probes().len());
    }
}

#[test]
fn the_sessions_that_probes_opened_are_ended_on_the_server() {
    let trace = check_up_demo(demo::URL, "auto");
    let (own, probed): (Vec<_>, Vec<_>) = trace.sessions().iter().partition(|line| {
        let by = line.issued.and_then(|at| trace.exchange(at.exchange));
        by.is_some_and(|by| !by.purpose.is_probe())
    });
    assert_eq!((own.len(), probed.len()), (1, 3));
    assert!(own[0].ended.is_none() && probed.iter().all(|line| line.ended.is_some()));
}

#[test]
fn no_server_gets_more_than_was_agreed_to_and_no_tool_is_called() {
    let (tell, recorded) = channel();
    let scenarios: Vec<_> = Scenario::all().filter(|scenario| !LEFT_OUT.contains(&scenario.name)).collect();
    // In lots: each of them waits for seconds, and for nothing else.
    for lot in scenarios.chunks(80) {
        let threads: Vec<_> = lot
            .iter()
            .map(|scenario| {
                let (tell, scenario) = (tell.clone(), *scenario);
                thread::spawn(move || tell.send((scenario.name, check_up(scenario))).expect("the test listens"))
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().expect("a checkup"));
    }
    drop(tell);
    let mut count = 0;
    for (name, trace) in recorded {
        assert!(trace.exchanges().len() <= CHECKUP_REQUESTS as usize, "{name}: {}", trace.exchanges().len());
        for exchange in trace.exchanges() {
            assert_ne!(exchange.method(), Some("tools/call"), "{name}");
            assert_eq!(exchange.request.url.origin(), trace.about.server.origin(), "{name}");
        }
        assert_eq!(trace.probes().len(), probe::all().len(), "{name}");
        assert_eq!(session::replay(trace.about.clone(), &trace.records()), trace.records(), "{name}");
        count += 1;
    }
    assert_eq!(count, scenarios.len());
}

#[test]
fn what_a_fault_server_does_wrong_is_said_where_it_shows() {
    for (scenario, slug, starts) in [
        ("session-stale-400-python", "forged-id", "It is refused with 400 instead of 404"),
        ("session-stale-401-rmcp", "forged-id", "404 is due, and what came makes clients ask for another token"),
        ("token-rejected", "other-era", "What opens the stateless era (2026-07-28) is refused before that matters"),
        ("ok", "version-header", "Without it the request is answered. An unknown revision is taken"),
    ] {
        let trace = check_up(Scenario::by_name(scenario).expect("a scenario of this name"));
        let (_, says) = said(&trace, slug);
        assert!(says.starts_with(starts), "{scenario}: {says}");
    }
}

#[test]
fn what_cors_hides_is_never_called_a_difference() {
    for scenario in Scenario::all().filter(|scenario| scenario.name.starts_with("cors-")) {
        let trace = check_up(scenario);
        let hidden = with(&trace, Verdict::Unseen).len() + with(&trace, Verdict::NotTried).len();
        assert!(hidden > 0, "{}", scenario.name);
        for slug in with(&trace, Verdict::Differs) {
            let run = trace.probes().iter().rfind(|run| run.slug == slug).expect("a run");
            let seen = |id| trace.exchange(id).is_some_and(|exchange| exchange.response.is_some());
            assert!(run.steps.iter().all(|id| seen(*id)), "{}: {slug}", scenario.name);
        }
    }
}

#[test]
fn a_redeployment_is_caught_while_it_is_watched() {
    let server = start("restarts-while-watched");
    let mut drive = Drive::start(About { ..drive::about(&server.url()) }, "");
    drive.command(Command::Watch(Micros::from_secs(1)));
    drive.wait_until_idle();
    while drive.is_watching() {
        drive.wait(Duration::from_millis(100));
    }
    // The watch is over, and whether a new session is accepted is still being asked.
    drive.wait_until_idle();
    let trace = drive.into_trace();
    let seen = watched(&trace).expect("a watch");
    assert_eq!(seen.moments.iter().map(|moment| moment.change).collect::<Vec<_>>(), [Change::SessionLost]);
    assert!(seen.answered >= 2 && seen.rounds == seen.answered + 1, "{seen:?}");
    let found = &diagnose(&trace)[0];
    assert_eq!((found.cause.slug, found.certainty), ("session-stale", Certainty::Proven));
    assert!(trace.exchanges().iter().all(|exchange| exchange.request.method != Method::Delete));
    assert_eq!(session::replay(trace.about.clone(), &trace.records()), trace.records());
}
