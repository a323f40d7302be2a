//! What diagnosis promises: every cause is complete, every fixture is explained as it says, and the wording keeps its rules.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use inspector_core::diagnose::{Finding, Kind, Report, cause, causes, diagnose, report};
use inspector_core::trace::notation::{Recording, read};
use inspector_core::trace::{Exchange, Outcome, Purpose, Trace};

fn core_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn stems(dir: &str, extension: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(core_dir().join(dir)).unwrap().map(|entry| entry.unwrap().path());
    let wanted = files.filter(|path| path.extension().is_some_and(|found| found == extension));
    wanted.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn fixture_path(name: &str) -> PathBuf {
    core_dir().join(format!("fixtures/causes/{name}.trace"))
}

fn fixture(name: &str) -> Recording {
    let text = std::fs::read_to_string(fixture_path(name)).unwrap_or_else(|_| panic!("no fixture {name}"));
    read(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn fixtures() -> impl Iterator<Item = (String, Recording)> {
    stems("fixtures/causes", "trace").into_iter().map(|name| {
        let recording = fixture(&name);
        (name, recording)
    })
}

fn slugs(trace: &Trace) -> Vec<&'static str> {
    diagnose(trace).iter().map(|finding| finding.cause.slug).collect()
}

#[test]
fn every_cause_is_one_file_registered_once() {
    let registered: Vec<String> = causes().iter().map(|cause| cause.slug.replace('-', "_")).collect();
    let unique: BTreeSet<String> = registered.iter().cloned().collect();
    assert_eq!(registered.len(), unique.len());
    let mut files = stems("src/diagnose/causes", "rs");
    files.remove("mod");
    assert_eq!(unique, files);
}

#[test]
fn slugs_are_kebab_case_and_lead_back_to_their_cause() {
    for known in causes() {
        let words = known.slug.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()));
        assert!(words, "{}", known.slug);
        assert_eq!(cause(known.slug), Some(*known));
    }
    assert_eq!(cause("no-such-cause"), None);
}

#[test]
fn every_cause_has_a_fixture_in_which_it_is_the_first_finding() {
    for cause in causes() {
        assert_eq!(slugs(&fixture(cause.slug).trace).first(), Some(&cause.slug));
    }
}

#[test]
fn every_cause_stays_quiet_in_the_trace_that_looks_most_like_it() {
    for cause in causes() {
        let found = slugs(&fixture(&format!("{}.quiet", cause.slug)).trace);
        assert!(!found.contains(&cause.slug), "{}: {found:?}", cause.slug);
    }
}

#[test]
fn every_fixture_belongs_to_a_cause() {
    for name in stems("fixtures/causes", "trace") {
        let slug = name.split('.').next().unwrap();
        assert!(cause(slug).is_some(), "{name}");
    }
}

#[test]
fn every_fixture_is_explained_as_it_says() {
    let mut wrong = Vec::new();
    for (name, Recording { trace, expect }) in fixtures() {
        let found = diagnose(&trace);
        let found: Vec<(String, String)> =
            found.iter().map(|finding| (finding.cause.slug.into(), finding.certainty.as_str().into())).collect();
        if found != expect {
            wrong.push(format!("{name}: {found:?}, not {expect:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_trace_that_failed_has_a_problem_and_one_that_did_not_has_none() {
    for (name, Recording { trace, .. }) in fixtures() {
        let problems = diagnose(&trace).iter().filter(|finding| finding.kind == Kind::Problem).count();
        assert_eq!(problems > 0, trace.outcome() == Outcome::Failed, "{name}");
    }
}

#[test]
fn evidence_is_there_and_each_piece_says_something() {
    for (name, Recording { trace, .. }) in fixtures() {
        for finding in diagnose(&trace) {
            assert!(!finding.evidence.is_empty(), "{name}");
            for proof in report(&finding, &trace).proof {
                assert!(trace.exchange(proof.at.exchange).is_some(), "{name}: {}", proof.at);
                assert!(proof.text.ends_with(['.', '…']), "{name}: {}", proof.text);
            }
        }
    }
}

#[test]
fn the_first_problem_is_the_root_and_follows_nothing() {
    for (name, Recording { trace, .. }) in fixtures() {
        let found = diagnose(&trace);
        assert!(found.first().is_none_or(|root| root.follows.is_none()), "{name}");
        for finding in &found {
            let root = finding.follows.and_then(|slug| found.iter().find(|root| root.cause.slug == slug));
            assert!(finding.follows.is_none() || root.is_some_and(|root| root.follows.is_none()), "{name}");
        }
    }
}

#[test]
fn the_same_trace_gives_the_same_findings() {
    for (name, Recording { trace, .. }) in fixtures() {
        let again = Trace::of(trace.about.clone(), trace.records());
        assert_eq!(diagnose(&trace), diagnose(&trace), "{name}");
        assert_eq!(diagnose(&again), diagnose(&trace), "{name}");
    }
}

#[test]
fn findings_settle_when_the_exchange_that_failed_is_over() {
    // While a trace grows, nothing is found that is taken back later.
    for (name, Recording { trace, .. }) in fixtures() {
        let last = slugs(&trace);
        let mut growing = Trace::new(trace.about.clone());
        for record in trace.records() {
            growing.push(record);
            for finding in diagnose(&growing).iter().filter(|finding| finding.kind == Kind::Problem) {
                // An opaque failure is judged again once the probe that follows it has come back, and a 404 likewise.
                let reopened = ["server-unreachable", "session-stale", "local-network-blocked", "mixed-content"]
                    .contains(&finding.cause.slug);
                // So is a stream that ended early, once it was asked for again, and a way in, once another one was tried.
                let again = |purpose| trace.exchanges().iter().any(|exchange| exchange.purpose == purpose);
                let resumed = finding.cause.slug.starts_with("stream-") && again(Purpose::Resume);
                let another = |way: &Exchange| way.fallback || way.names_endpoint() || trace.is_superseded(way);
                let tried = trace.exchanges().iter().any(another);
                // And a refused token, once the server has said for whom tokens have to be made out.
                let told = trace.exchanges().iter().any(|exchange| exchange.request.url.path().starts_with("/.well-known/"));
                let reopened = reopened || (told && finding.cause.slug == "token-rejected");
                // And the token that was refused for the end of the handshake alone, once it passes again.
                let passes = last.contains(&"initialized-refused") && finding.cause.slug == "token-rejected";
                // And what nobody could explain, once a new session was tried.
                let passes = passes || (again(Purpose::StartOver) && finding.cause.slug == "request-refused");
                // And whatever the person tried a probe about.
                let reopened = reopened || passes || !trace.probes().is_empty();
                assert!(reopened || resumed || tried || last.contains(&finding.cause.slug), "{name}: {}", finding.cause.slug);
            }
        }
    }
}

#[test]
fn a_call_that_is_refused_in_a_session_that_works_is_told_as_that() {
    let headline = |name| {
        let trace = fixture(name).trace;
        report(&diagnose(&trace)[0], &trace).headline
    };
    let called = headline("invalid-params.call");
    assert_eq!(called, "The session works, but orders.example.com does not accept the parameters of tools/call.");
    assert!(!headline("invalid-params").starts_with("The session works"));
}

#[test]
fn headlines_are_calm_short_sentences() {
    for (name, Recording { trace, .. }) in fixtures() {
        for finding in diagnose(&trace) {
            let Report { headline, summary, missing, .. } = report(&finding, &trace);
            assert!(headline.ends_with('.') && headline.chars().count() < 140, "{name}: {headline}");
            assert!(!headline.is_empty() && summary.ends_with('.'), "{name}: {summary}");
            for text in [&headline, &summary, &missing.clone().unwrap_or_default()] {
                assert!(!outside_quotes(text).contains('!'), "{name}: {text}");
                assert!(!text.contains("  "), "{name}: {text}");
                assert!(!text.contains(".”."), "{name}: two stops: {text}");
            }
        }
    }
}

#[test]
fn what_is_not_proven_says_what_would_prove_it() {
    for (name, Recording { trace, .. }) in fixtures() {
        for finding in diagnose(&trace).iter().filter(|finding| finding.kind == Kind::Problem) {
            let proven = finding.certainty.as_str() == "proven";
            assert_eq!(report(finding, &trace).missing.is_none(), proven, "{name}: {}", finding.cause.slug);
        }
    }
}

#[test]
fn the_reports_read_well() {
    for cause in causes() {
        let trace = fixture(cause.slug).trace;
        let findings = diagnose(&trace);
        let text = findings.iter().map(|finding| print(finding, &trace)).collect::<Vec<_>>().join("\n========\n\n");
        insta::assert_snapshot!(cause.slug, text);
    }
}

/// The text without what others said.
fn outside_quotes(text: &str) -> String {
    let mut depth = 0;
    let keep = |c: &char| {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(keep).collect()
}

fn print(finding: &Finding, trace: &Trace) -> String {
    let report = report(finding, trace);
    let mut out = String::new();
    let follows = finding.follows.map(|slug| format!(", follows {slug}")).unwrap_or_default();
    writeln!(out, "{} ({}, {:?}{follows})\n", finding.cause.slug, finding.certainty.as_str(), finding.kind).unwrap();
    writeln!(out, "{}\n{}", report.headline, report.summary).unwrap();
    if let Some(missing) = &report.missing {
        writeln!(out, "Missing: {missing}").unwrap();
    }
    writeln!(out).unwrap();
    for proof in &report.proof {
        writeln!(out, "[{}] {}", proof.at, proof.text).unwrap();
    }
    out
}
