//! Recordings of other programs: each form opens, what it lacks is unknown, and what was left out is said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod recordings;

use std::fmt::Write as _;

use inspector_core::diagnose::{diagnose, report};
use inspector_core::import::{Imported, import};
use inspector_core::share::{Format, Level, More, Secrets, export, redact};
use inspector_core::trace::{TokenFacts, notation};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/fixtures/imports/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn opened(name: &str) -> Imported {
    import(&fixture(name)).unwrap()
}

/// What was read, in words and in our notation.
fn told(imported: &Imported) -> String {
    let mut out = format!("{}\n", imported.source);
    for note in &imported.notes {
        writeln!(out, "- {note}").unwrap();
    }
    for trace in &imported.traces {
        for finding in diagnose(trace) {
            writeln!(out, "! {} ({}): {}", finding.cause.slug, finding.certainty.as_str(), report(&finding, trace).headline)
                .unwrap();
        }
        writeln!(out, "\n{}", notation::write(trace)).unwrap();
    }
    out
}

fn causes(imported: &Imported) -> Vec<&'static str> {
    diagnose(&imported.traces[0]).iter().map(|finding| finding.cause.slug).collect()
}

#[test]
fn har_files_of_each_program_open_with_what_is_of_the_protocol() {
    for name in ["chrome.har", "chrome-sanitized.har", "firefox.har", "http-toolkit.har"] {
        insta::assert_snapshot!(name, told(&opened(name)));
    }
}

#[test]
fn what_a_sanitised_file_lacks_is_unknown_and_not_absent() {
    assert_eq!(causes(&opened("chrome-sanitized.har")), causes(&opened("chrome.har")));
    let refused = |name: &str| {
        let text = fixture(name).replace("\"status\": 404", "\"status\": 401").replace("Session not found", "Unauthorized");
        let imported = import(&text).unwrap();
        let trace = &imported.traces[0];
        let finding = diagnose(trace).into_iter().find(|finding| finding.cause.slug.starts_with("token-")).unwrap();
        let said = report(&finding, trace);
        (finding.cause.slug, finding.certainty.as_str(), said.headline)
    };
    let (cause, certainty, headline) = refused("chrome-sanitized.har");
    assert_eq!((cause, certainty), ("token-missing", "likely"));
    assert_eq!(headline, "orders.example.com asks for a token. Whether one was sent, this recording does not say.");
    assert_ne!(refused("chrome.har").0, "token-missing");
}

#[test]
fn no_credential_enters_a_trace() {
    let text = fixture("chrome.har").replace(
        r#""name": "accept","#,
        r#""name": "x-api-key", "value": "sk-live-Ab12Cd34Ef56Gh78" }, { "name": "cookie", "value": "sid=Zx81Kq" }, { "name": "accept","#,
    );
    let token = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9";
    assert!(text.contains(token) && text.contains("Zx81Kq"));
    let whole = &text[text.find(token).unwrap()..];
    let whole = &whole[..whole.find('"').unwrap()];
    let echoed = text.replace("Session not found", &format!("Session not found for {whole}"));
    for text in [text, echoed] {
        let imported = import(&text).unwrap();
        let TokenFacts::Jwt(_) = &imported.traces[0].about.token else { panic!() };
        for secret in [token, "sk-live-Ab12", "Zx81Kq"] {
            assert!(!notation::write(&imported.traces[0]).contains(secret), "{secret}");
        }
    }
}

#[test]
fn our_own_har_comes_back_as_the_recording_it_was_made_of() {
    for (name, trace) in recordings::all() {
        let redacted = redact(&trace, Level::Everything, &More::default());
        let har = export(&redacted, Format::Har, None, &Secrets::new()).unwrap();
        let imported = import(&har).unwrap_or_else(|error| panic!("{name}: {error}"));
        let asked = |exchange: &inspector_core::trace::Exchange| {
            // The field that only the transport knows stands in the archive, covered.
            let body = exchange.request.body.trim_end_matches("&client_secret=***").to_owned();
            (exchange.purpose, exchange.request.url.clone(), body, exchange.status())
        };
        let all: Vec<_> = redacted.trace().exchanges().iter().map(asked).collect();
        assert_eq!(imported.traces.iter().map(|trace| trace.exchanges().len()).sum::<usize>(), all.len(), "{name}");
        for exchange in imported.traces.iter().flat_map(|trace| trace.exchanges()) {
            assert!(all.contains(&asked(exchange)), "{name}");
        }
    }
}

#[test]
fn exchanges_are_told_apart_by_their_server_and_a_redirect_is_one() {
    let entry = |url: &str, status: u16, location: &str, second: u32| {
        format!(
            r#"{{"startedDateTime":"2026-11-21T17:07:{second:02}.000Z","time":5,"request":{{"method":"POST","url":"{url}","headers":[],"postData":{{"text":"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}}"}}}},"response":{{"status":{status},"headers":[{{"name":"Location","value":"{location}"}}],"content":{{"size":2,"mimeType":"application/json","text":"{{}}"}}}},"timings":{{}}}}"#
        )
    };
    let entries = [
        entry("https://b.example/mcp", 307, "/mcp/", 3),
        entry("https://a.example/one/mcp", 200, "", 1),
        entry("https://b.example/mcp/", 200, "", 4),
        entry("https://a.example/two/mcp", 200, "", 2),
        entry("https://b.example/mcp/", 200, "", 5),
    ];
    let imported = import(&format!(r#"{{"log":{{"entries":[{}]}}}}"#, entries.join(","))).unwrap();
    let servers: Vec<(String, usize)> =
        imported.traces.iter().map(|trace| (trace.about.server.to_string(), trace.exchanges().len())).collect();
    let expected = [("https://b.example/mcp", 2), ("https://a.example/one/mcp", 1), ("https://a.example/two/mcp", 1)];
    assert_eq!(servers, expected.map(|(server, count)| (server.to_owned(), count)));
    let redirected = imported.traces[0].exchanges()[0].head().unwrap().redirected_to.as_deref();
    assert_eq!(redirected, Some("https://b.example/mcp/"));
}

#[test]
fn what_cannot_be_read_says_why() {
    for (text, message) in [
        ("", "There is nothing here."),
        ("hello", "This is no recording that can be read here: it begins with “hello”."),
        (r#"{"log":{"entries":[{}]}}"#, "None of the 1 request in this file is of the Model Context Protocol."),
        (r#"{"log":{"entries":[{}]}"#, "This file is not JSON: it goes wrong at byte 23."),
    ] {
        assert_eq!(import(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn the_network_log_of_the_official_inspector_opens() {
    insta::assert_snapshot!(told(&opened("inspector-network.json")));
}

#[test]
fn what_curl_prints_opens_with_the_commands_before_it() {
    for name in ["curl-v.txt", "curl-i.txt"] {
        insta::assert_snapshot!(name, told(&opened(name)));
    }
}

#[test]
fn what_curl_prints_without_its_commands_opens_as_far_as_it_says() {
    let without = |name: &str| {
        let text = fixture(name);
        let lines = text.lines().filter(|line| !line.starts_with('$') && !line.starts_with("  -"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let imported = import(&without("curl-v.txt")).unwrap();
    assert_eq!(imported.traces[0].about.server.to_string(), "http://127.0.0.1:8765/mcp");
    assert_eq!(imported.traces[0].exchanges().len(), 2);
    assert_eq!(
        import(&without("curl-i.txt")).unwrap_err().to_string(),
        "The address is not in it. Paste the curl command too, or what it prints with -v."
    );
}
