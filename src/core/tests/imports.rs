//! Recordings of other programs: each form opens, what it lacks is unknown, and what was left out is said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod recordings;

use std::fmt::Write as _;

use inspector_core::diagnose::{diagnose, report};
use inspector_core::explain::spec_notes;
use inspector_core::import::{ImportError, Imported, import};
use inspector_core::share::{Format, Level, More, Secrets, export, redact};
use inspector_core::trace::{Lack, TokenFacts, notation};
use proptest::prelude::*;

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
        ("hello", "This is not a recording: it begins with “hello”."),
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

#[test]
fn logs_of_messages_open_as_a_conversation() {
    for name in ["inspector-protocol.json", "mcpjam.json", "mcp-tape.jsonl", "messages.log"] {
        insta::assert_snapshot!(name, told(&opened(name)));
    }
}

#[test]
fn the_body_of_an_event_stream_opens_without_a_head() {
    insta::assert_snapshot!("events.txt", told(&opened("events.txt")));
}

#[test]
fn logs_of_servers_and_clients_open_with_what_they_hold() {
    for name in ["uvicorn.log", "httpx.log", "structured.log"] {
        insta::assert_snapshot!(name, told(&opened(name)));
    }
}

#[test]
fn no_rule_is_quoted_for_what_a_log_does_not_hold() {
    let trace = &opened("uvicorn.log").traces[0];
    assert!(spec_notes(trace, "1.response".parse().unwrap()).is_empty());
    let trace = &opened("messages.log").traces[0];
    assert!(!spec_notes(trace, "1.item.0".parse().unwrap()).is_empty(), "what the message is about has its rules");
}

#[test]
fn what_a_client_shows_is_no_recording_and_is_sent_to_its_own_box() {
    for text in [
        "mcp.shared.exceptions.McpError: Session terminated",
        "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nConnectionError: refused",
        "[❌] Error calling tool: Session terminated\n{'error': 'Tool execution error: Session terminated'}",
        "    at StreamableHTTPClientTransport.send (streamableHttp.js:1:2)",
    ] {
        let error = import(text).unwrap_err();
        assert_eq!(error, ImportError::ShownByAClient, "{text}");
        assert!(error.to_string().contains("“What your client shows”"));
    }
}

#[test]
fn a_message_alone_says_who_said_it() {
    let told = |text: &str| {
        let imported = import(text).unwrap();
        let trace = &imported.traces[0];
        let asked = trace.exchanges().iter().filter_map(|exchange| exchange.method().map(String::from)).collect::<Vec<_>>();
        (asked.join(" "), causes(&imported))
    };
    let answer = r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"Method not found"}}"#;
    assert_eq!(told(answer), (String::new(), vec!["method-not-found"]));
    let both = format!("--> {{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}}\n<-- {answer}");
    assert_eq!(told(&both), ("tools/list".to_owned(), vec!["method-not-found"]));
    // The server asks, and the client answers.
    let asked = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}
{"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":{}}
{"jsonrpc":"2.0","id":1,"result":{"action":"accept"}}"#;
    let imported = import(asked).unwrap();
    let exchanges = imported.traces[0].exchanges();
    assert_eq!((exchanges.len(), exchanges[0].reply.items.len()), (2, 1));
    assert!(!exchanges[0].succeeded(), "the client answered the server here, and not the server the client");
}

#[test]
fn a_token_in_a_log_is_taken_out_while_it_is_read() {
    let token = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmF0dXJl";
    for text in [
        format!(
            r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"headers":{{"Authorization":"Bearer {token}"}}}}}}"#
        ),
        format!("data: {{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{{\"code\":1,\"message\":\"Bearer {token} is bad\"}}}}\n\n"),
        format!("POST /mcp HTTP/1.1\" 401\nmethod=POST path=/mcp authorization=\"Bearer {token}\" status=401"),
    ] {
        let imported = import(&text).unwrap();
        for trace in &imported.traces {
            assert!(!notation::write(trace).contains("c2lnbmF0dXJl"), "{text}");
        }
    }
}

#[test]
fn the_incidents_open_and_name_their_cause_or_what_they_cannot_know() {
    // What their authors pasted: a trace of the stack, what curl brought, a line of a log, the fields of another.
    for stack in [
        "mcp.shared.exceptions.McpError: Session terminated",
        "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)\n  File \"tools.py\", line 481, in load_mcp_tools\n    await tool_session.initialize()",
        "ResourceWarning: Unclosed <MemoryObjectReceiveStream at 0x7f>",
    ] {
        assert_eq!(import(stack).unwrap_err(), ImportError::ShownByAClient);
    }
    let said = |text: &str| {
        let imported = import(text).unwrap();
        let trace = &imported.traces[0];
        let first = diagnose(trace).into_iter().next().map(|finding| {
            let said = report(&finding, trace);
            (finding.cause.slug, finding.certainty.as_str(), said.headline, said.summary)
        });
        first.unwrap()
    };
    let (cause, certainty, headline, _) =
        said("```json\n{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32001,\"message\":\"Invalid Bearer token\"}}\n```");
    assert_eq!((cause, certainty), ("token-rejected", "likely"));
    assert_eq!(headline, "The server does not accept this token.");
    let (cause, certainty, headline, summary) = said("POST /mcp HTTP/1.1\" 400 Bad Request");
    assert_eq!((cause, certainty), ("request-refused", "possible"));
    assert_eq!(headline, "The server refused the request with 400 Bad Request.");
    assert!(summary.starts_with("What it said is not in this recording. 400 mostly means a session id"), "{summary}");
    let (cause, certainty, headline, _) = said(
        "POST /mcp HTTP/1.1\" 400 Bad Request\naccept: \"application/json, text/event-stream\"\nmcp_session_id: \"ebe1a03adbf64ff8a78ec158029f160b\"",
    );
    assert_eq!((cause, certainty), ("request-refused", "possible"));
    assert!(headline.contains("400"));
    let (cause, certainty, headline, _) = said(&fixture("structured.log"));
    assert_eq!((cause, certainty), ("session-stale", "possible"));
    assert_eq!(headline, "The server may no longer know session A.");
}

#[test]
fn what_is_not_known_is_said_in_the_ladder_and_in_every_export() {
    for name in ["messages.log", "events.txt", "uvicorn.log", "structured.log", "mcpjam.json"] {
        for trace in opened(name).traces {
            let redacted = redact(&trace, Level::Everything, &More::default());
            for format in [Format::Ladder, Format::Ticket, Format::Mermaid] {
                let text = export(&redacted, format, None, &Secrets::new()).unwrap();
                assert!(!text.contains(".invalid"), "{name}: {text}");
                let lacks = |lack| trace.about.lacks.has(lack);
                assert!(!(lacks(Lack::Spans) && text.contains("after 0 ms")), "{name}: {text}");
                assert!(!(lacks(Lack::Times) && text.contains("+0 ms")), "{name}: {text}");
                assert!(!text.contains("no Content-Type"), "{name}: {text}");
            }
        }
    }
}

/// Pieces of what is read here, in any order and broken anywhere.
const PIECES: [&str; 24] = [
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}",
    "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-1,\"message\":\"Session not found\"}}",
    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}",
    "[{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}]",
    "{\"v\":1,\"type\":\"meta\",\"startedAt\":\"\"}",
    "{\"t\":\"2026-11-21T17:07:12Z\",\"dir\":\"in\",\"raw\":",
    "[{\"direction\":\"request\",\"timestamp\":1,\"message\":",
    "[{\"direction\":\"SEND\",\"serverId\":\"ä\",\"payload\":",
    "\"POST /mcp HTTP/1.1\" 404",
    "POST http://a/mcp \"HTTP/1.1 200 OK\"",
    "OPTIONS /mcp HTTP/1.1\" 200",
    "mcp_session_id=\"a b",
    "status=404 duration_ms=-1",
    "accept=a, b",
    "event: endpoint\ndata: /m?sessionId=1\n\n",
    "data: {}\n\n",
    ": ping\n\n",
    "> POST /mcp HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 200 OK\n<\n",
    "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
    "2026-11-21 17:07:12,004 ",
    "Traceback (most recent call last):",
    "\n",
    "ü\u{feff}{[\"=",
];

/// A text of such pieces, each cut somewhere.
fn text() -> impl Strategy<Value = String> {
    let piece = (proptest::sample::select(&PIECES[..]), 0.0_f64..1.4)
        .prop_map(|(piece, part)| piece.chars().take((piece.chars().count() as f64 * part) as usize).collect::<String>());
    let pieces = proptest::collection::vec(prop_oneof![6 => piece, 2 => Just("\n".to_owned()), 1 => any::<String>()], 0..12);
    pieces.prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_what_was_read_can_be_told_and_shared(text in text()) {
        let Ok(imported) = import(&text) else { return Ok(()) };
        for trace in &imported.traces {
            prop_assert!(!trace.is_empty());
            for finding in diagnose(trace) {
                prop_assert!(!report(&finding, trace).headline.is_empty());
            }
            let redacted = redact(trace, Level::Everything, &More::default());
            prop_assert!(export(&redacted, Format::Ticket, None, &Secrets::new()).is_ok());
            let of_curl = imported.source == "output of curl";
            prop_assert!(of_curl || !notation::write(trace).contains("c2ln"));
        }
    }
}
