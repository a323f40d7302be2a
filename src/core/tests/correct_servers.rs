//! A correct server is never called broken: real servers answer as they were measured to, and whatever way the session takes
//! to them, nothing is wrong with it. Where the person chose a way that a server does not have, just that is said.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its input should stop")]

mod answers;

use answers::Visit;
use inspector_core::diagnose::{Kind, diagnose};
use inspector_core::mcp::{Ask, Revision};
use inspector_core::trace::{Command, Outcome, Purpose};

/// The servers, by the names of their files, and what is said when a way is chosen that they do not have: 2024-11-05,
/// 2025-03-26 to 2025-11-25, 2026-07-28. Nothing for the ways they have.
const SERVERS: [(&str, [&str; 3]); 8] = [
    ("python-1.30", ["streamable-only-server", "", "era-mismatch"]),
    ("python-2.3", ["streamable-only-server", "", ""]),
    ("fastmcp-4", ["streamable-only-server", "", ""]),
    ("typescript-2", ["streamable-only-server", "", ""]),
    ("typescript-2-modern-only", ["streamable-only-server", "era-mismatch", ""]),
    ("everything-streamable", ["streamable-only-server", "", "era-mismatch"]),
    ("everything-sse", ["", "legacy-sse-server", "legacy-sse-server"]),
    ("python-sse", ["", "legacy-sse-server", "legacy-sse-server"]),
];

/// What is found to be wrong.
fn problems(visit: &Visit) -> Vec<&'static str> {
    found(visit, Kind::Problem)
}

fn found(visit: &Visit, kind: Kind) -> Vec<&'static str> {
    diagnose(&visit.trace).iter().filter(|finding| finding.kind == kind).map(|finding| finding.cause.slug).collect()
}

/// Every choice of the form, with what it is among the ways of a server.
fn choices() -> impl Iterator<Item = (Ask, usize)> {
    let way = |revision| match revision {
        Revision::V2024_11_05 => 0,
        Revision::V2026_07_28 => 2,
        _ => 1,
    };
    Revision::ALL.into_iter().map(move |revision| (Ask::Only(revision), way(revision)))
}

#[test]
fn auto_finds_the_way_into_each_and_nothing_is_wrong() {
    for (name, _) in SERVERS {
        let visit = Visit::run(name, Ask::Auto);
        assert_eq!((problems(&visit), visit.trace.outcome()), (vec![], Outcome::Ok), "{name}");
        assert!(visit.trace.tools_complete() && !visit.trace.tools().is_empty(), "{name}");
    }
}

#[test]
fn only_the_older_transport_is_worth_a_note() {
    for (name, _) in SERVERS {
        let notes = found(&Visit::run(name, Ask::Auto), Kind::Note);
        let expected: &[&str] = if name.ends_with("sse") { &["legacy-sse-server"] } else { &[] };
        assert_eq!(notes, expected, "{name}");
    }
}

#[test]
fn a_way_that_a_server_has_works_when_it_is_chosen() {
    for (name, ways) in SERVERS {
        for (ask, _) in choices().filter(|(_, way)| ways[*way].is_empty()) {
            let visit = Visit::run(name, ask);
            assert_eq!((found(&visit, Kind::Note), problems(&visit)), (vec![], vec![]), "{name} {}", ask.as_str());
            assert_eq!(visit.trace.outcome(), Outcome::Ok, "{name} {}", ask.as_str());
        }
    }
}

#[test]
fn a_way_that_a_server_does_not_have_is_named_and_nothing_else() {
    for (name, ways) in SERVERS {
        for (ask, way) in choices().filter(|(_, way)| !ways[*way].is_empty()) {
            let visit = Visit::run(name, ask);
            assert_eq!(problems(&visit), [ways[way]], "{name} {}", ask.as_str());
        }
    }
}

#[test]
fn what_the_person_does_in_a_good_session_is_no_problem() {
    for (name, ways) in SERVERS {
        let chosen = choices().filter(|(_, way)| ways[*way].is_empty()).map(|(ask, _)| ask);
        for ask in chosen.chain([Ask::Auto]) {
            let mut visit = Visit::run(name, ask);
            visit.command(Command::Listen);
            visit.call("tools/call", r#"{"name":"forecast","arguments":{"city":"Oslo"}}"#);
            visit.call("tools/call", r#"{"name":"evacuate","arguments":{"city":"Oslo"}}"#);
            visit.call("prompts/list", "");
            assert_eq!((problems(&visit), visit.trace.prompts().len()), (vec![], 1), "{name} {}", ask.as_str());
            visit.command(Command::EndSession);
            assert_eq!((problems(&visit), visit.trace.outcome()), (vec![], Outcome::Ok), "{name} {}", ask.as_str());
        }
    }
}

#[test]
fn an_unknown_tool_is_never_blamed_on_the_session() {
    for (name, _) in SERVERS {
        let mut visit = Visit::run(name, Ask::Auto);
        visit.call("tools/call", r#"{"name":"nosuchtool"}"#);
        // TypeScript 2 answers with an error, the others with a result that says so.
        let expected: &[&str] = if name.starts_with("typescript") { &["invalid-params"] } else { &[] };
        assert_eq!(problems(&visit), expected, "{name}");
        assert!(visit.trace.exchanges().iter().all(|exchange| exchange.purpose != Purpose::StartOver), "{name}");
    }
}

#[test]
fn a_call_that_waits_for_the_person_and_is_given_up_is_no_problem() {
    for name in ["python-2.3", "fastmcp-4", "typescript-2", "typescript-2-modern-only"] {
        let mut visit = Visit::run(name, Ask::Only(Revision::V2026_07_28));
        visit.call("tools/call", r#"{"name":"book","arguments":{"city":"Oslo"}}"#);
        assert_eq!(visit.trace.questions().len(), 1, "{name}");
        let call = visit.trace.exchanges().last().unwrap().id;
        visit.command(Command::Cancel(call));
        assert_eq!((problems(&visit), visit.trace.outcome()), (vec![], Outcome::Ok), "{name}");
    }
}
