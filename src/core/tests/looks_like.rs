//! What servers look like: real ones are told by their answers, and no server is taken for one that it is not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod answers;

use answers::Visit;
use inspector_core::fingerprint::looks_like;
use inspector_core::mcp::{Ask, Revision};
use inspector_core::trace::notation;
use inspector_core::trace::{Command, Trace};

fn words(trace: &Trace) -> String {
    looks_like(trace).map(|like| like.words()).unwrap_or_default()
}

#[test]
fn real_servers_are_told_by_a_handshake_that_works() {
    for (name, expected) in [
        ("python-1.30", "probably Python SDK 1"),
        ("python-2.3", ""),
        ("fastmcp-4", ""),
        ("typescript-2", "probably TypeScript SDK"),
        ("everything-streamable", "probably TypeScript SDK"),
        ("everything-sse", "probably TypeScript SDK"),
        ("python-sse", "probably Python SDK 1"),
    ] {
        assert_eq!(words(&Visit::run(name, Ask::Auto).trace), expected, "{name}");
    }
}

#[test]
fn real_servers_are_told_by_what_they_refuse() {
    for (name, expected) in [
        ("python-1.30", "Python SDK 1"),
        ("python-2.3", "probably Python SDK 2 or later"),
        ("fastmcp-4", "probably Python SDK 2 or later"),
        ("typescript-2", "probably TypeScript SDK"),
        ("typescript-2-modern-only", "probably TypeScript SDK"),
        ("everything-streamable", "probably TypeScript SDK"),
    ] {
        assert_eq!(words(&Visit::run(name, Ask::Only(Revision::V2026_07_28)).trace), expected, "{name}");
    }
}

#[test]
fn what_a_tool_says_of_itself_does_not_change_the_guess() {
    let mut visit = Visit::run("fastmcp-4", Ask::Only(Revision::V2026_07_28));
    let before = words(&visit.trace);
    visit.call("tools/call", r#"{"name":"evacuate","arguments":{"city":"Oslo"}}"#);
    visit.command(Command::EndSession);
    assert_eq!(words(&visit.trace), before);
}

#[test]
fn a_tool_that_quotes_an_sdk_is_no_sign_of_it() {
    let recording = "mcp-trace 1\nserver https://a.example/mcp\n\n! run\n> tools/call id=1\n< 200 application/json\n  \
        body {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"session not found, id:server-error, \
        is invalid during session initialization\"}]}}\n  end\n";
    assert_eq!(words(&notation::read(recording).unwrap().trace), "");
}

#[test]
fn what_another_host_answers_is_not_the_servers() {
    let recording = "mcp-trace 1\nserver https://a.example/mcp\n\n! run\n> GET https://b.example/x purpose=endpoint\n< 404 text/plain\n  \
        body session not found\n  end\n";
    assert_eq!(words(&notation::read(recording).unwrap().trace), "");
}

#[test]
fn no_recording_of_a_cause_looks_like_another_sdk_than_its_heading_names() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/causes");
    let named =
        [("Python", "Python"), ("FastMCP", "Python"), ("TypeScript", "TypeScript"), ("Express", "TypeScript"), ("Go", "Go")];
    let named = named.into_iter().chain([("rmcp", "Rust"), ("C#", "C#"), ("Java", "Java"), ("Spring", "Java"), ("mcp-go", "Go")]);
    let mut seen = 0;
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        let heading = text.lines().next().unwrap();
        let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '-').collect();
        let mut stacks: Vec<&str> = named.clone().filter(|(word, _)| words.contains(word)).map(|(_, stack)| stack).collect();
        stacks.dedup();
        let (&[stack], Some(like)) = (stacks.as_slice(), looks_like(&notation::read(&text).unwrap().trace)) else { continue };
        seen += 1;
        assert!(like.stack.is_meant_by(stack), "{}: {heading} {}", path.display(), like.words());
    }
    assert!(seen > 15, "{seen}");
}
