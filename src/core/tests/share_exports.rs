//! Exports: what each looks like, that other programs can read it, and that nothing a server says breaks out of its place.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod recordings;

use inspector_core::share::{Format, Level, More, Redacted, Secret, Secrets, export, har_with_bodies, keep_bodies, redact};
use inspector_core::trace::Trace;
use inspector_core::trace::notation::read;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use serde_json::Value;

fn shared(trace: &Trace) -> Redacted {
    redact(trace, Level::Everything, &More::default())
}

fn made(trace: &Trace, format: Format) -> String {
    export(&shared(trace), format, Some("https://inspector.example/#trace=1.AAAA"), &Secrets::new()).unwrap()
}

fn har(trace: &Trace) -> Value {
    serde_json::from_str(&made(trace, Format::Har)).unwrap()
}

/// A recording in which the server says this wherever it says something.
fn saying(text: &str) -> Trace {
    let quoted = inspector_core::json::quote(text);
    let line = inspector_core::json::quote(&text.replace(['\r', '\n'], " "));
    let body =
        inspector_core::json::quote(&format!(r#"{{"jsonrpc":"2.0","id":1,"error":{{"code":-32000,"message":{quoted}}}}}"#));
    let text = format!(
        "mcp-trace 1\nserver https://a.example/mcp\n! run\n> initialize id=1\n<1 404 \n  content-type: application/json\n  x-note: {}\n  bytes {body}\n  end failed {line}",
        text.replace(['\r', '\n'], " ")
    );
    read(&text).unwrap_or_else(|error| panic!("{error}\n{text}")).trace
}

#[test]
fn a_ticket_says_what_is_wrong_with_proof_and_where() {
    insta::assert_snapshot!(made(&recordings::incident("redeployed"), Format::Ticket));
}

#[test]
fn a_ticket_of_a_run_without_problems_says_so() {
    let trace = recordings::all().into_iter().find(|(name, _)| name == "success-stream").unwrap().1;
    let ticket = made(&trace, Format::Ticket);
    assert!(ticket.starts_with("## Nothing was found to be wrong\n"), "{ticket}");
    assert!(!ticket.contains("```sh"), "{ticket}");
}

/// What an issue tracker makes of a ticket: its code blocks by language, the rows of its tables, its links, and what it takes
/// for HTML.
#[derive(Default)]
struct Rendered {
    code: Vec<(String, String)>,
    rows: usize,
    links: Vec<String>,
    html: Vec<String>,
}

fn rendered(ticket: &str) -> Rendered {
    let mut rendered = Rendered::default();
    let mut in_code = false;
    for event in Parser::new_ext(ticket, Options::ENABLE_GFM | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                rendered.code.push((language.to_string(), String::new()));
                in_code = true;
            }
            Event::Text(text) if in_code => rendered.code.last_mut().unwrap().1 += &text,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::TableRow) => rendered.rows += 1,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => rendered.links.push(dest_url.to_string()),
            // What keeps a tracker from taking `#1` for one of its issues.
            Event::InlineHtml(html) if &*html == "<!-- -->" => {}
            Event::Html(html) | Event::InlineHtml(html) => rendered.html.push(html.to_string()),
            _ => {}
        }
    }
    rendered
}

#[test]
fn an_issue_tracker_reads_of_a_ticket_its_tables_its_diagram_and_no_html() {
    for (name, trace) in recordings::all() {
        let ticket = made(&trace, Format::Ticket);
        let rendered = rendered(&ticket);
        assert_eq!(
            (rendered.links.as_slice(), rendered.html.as_slice()),
            (["https://inspector.example/#trace=1.AAAA".to_owned()].as_slice(), [].as_slice()),
            "{name}: {ticket}"
        );
        let diagram = rendered.code.iter().find(|(language, _)| language == "mermaid").map(|(_, text)| text.as_str());
        assert_eq!(diagram, Some(made(&trace, Format::Mermaid).as_str()), "{name}: {ticket}");
        assert!(rendered.rows > trace.exchanges().len().min(20), "{name}: {ticket}");
    }
}

#[test]
fn a_diagram_in_mermaid_has_the_lanes_arrows_and_findings_of_the_ladder() {
    insta::assert_snapshot!(made(&recordings::incident("redeployed"), Format::Mermaid));
}

#[test]
fn a_picture_draws_what_the_page_draws() {
    insta::assert_snapshot!(made(&recordings::incident("redeployed"), Format::Picture));
}

#[test]
fn a_picture_is_xml_that_loads_and_runs_nothing() {
    for (name, trace) in recordings::all() {
        let text = made(&trace, Format::Picture);
        let tags: Vec<&str> = text.split('<').skip(1).map(|tag| tag.split([' ', '>', '/']).next().unwrap()).collect();
        let known = ["svg", "rect", "line", "text", "path", "circle", ""];
        assert!(tags.iter().all(|tag| known.contains(tag)), "{name}: {tags:?}");
    }
}

#[test]
fn a_text_has_what_was_found_and_the_ladder() {
    insta::assert_snapshot!(made(&recordings::incident("redeployed"), Format::Ladder));
}

#[test]
fn a_har_has_every_exchange_with_what_was_covered() {
    insta::assert_snapshot!(made(&recordings::incident("redeployed"), Format::Har));
}

#[test]
fn a_har_has_what_the_format_asks_for_in_every_recording() {
    for (name, trace) in recordings::all() {
        let har = har(&trace);
        assert_eq!(har["log"]["version"], "1.2", "{name}");
        let entries = har["log"]["entries"].as_array().unwrap();
        assert_eq!(entries.len(), trace.exchanges().len(), "{name}");
        for entry in entries {
            let has = |pointer: &str, is: fn(&Value) -> bool| {
                let found = entry.pointer(pointer);
                assert!(found.is_some_and(is), "{name}: {pointer} is {found:?}");
            };
            let times = |value: &Value| value.as_f64().is_some_and(|time| time >= 0.0);
            for text in [
                "/startedDateTime",
                "/request/method",
                "/request/url",
                "/request/httpVersion",
                "/response/statusText",
                "/response/httpVersion",
                "/response/redirectURL",
                "/response/content/mimeType",
            ] {
                has(text, Value::is_string);
            }
            for list in ["/request/cookies", "/request/headers", "/request/queryString", "/response/cookies", "/response/headers"]
            {
                has(list, Value::is_array);
            }
            for number in ["/time", "/timings/send", "/timings/wait", "/timings/receive", "/response/content/size"] {
                has(number, times);
            }
            for number in
                ["/request/headersSize", "/request/bodySize", "/response/headersSize", "/response/bodySize", "/response/status"]
            {
                has(number, Value::is_i64);
            }
            has("/cache", Value::is_object);
        }
    }
}

#[test]
fn a_body_that_is_no_text_is_base64_in_a_har() {
    let trace =
        read("mcp-trace 1\nserver https://a.example/mcp\n> initialize id=1\n<1 200 application/json\n  bytes \"ok\\xff\"\n  end");
    let har = har(&trace.unwrap().trace);
    assert_eq!(har.pointer("/log/entries/0/response/content/encoding").and_then(Value::as_str), Some("base64"));
}

#[test]
fn a_secret_keeps_every_export_from_being_made() {
    let redacted = shared(&recordings::incident("redeployed"));
    // The name of the server is no secret, but somebody uses it as one.
    let secrets = Secrets::new().and(Secret::Token, "orders.example.com");
    for format in Format::ALL {
        assert_eq!(export(&redacted, format, None, &secrets).unwrap_err().secret, Secret::Token, "{format:?}");
    }
    let kept = keep_bodies(&recordings::incident("redeployed"), &More::default());
    assert!(har_with_bodies(&kept, &secrets).is_err());
    assert!(har_with_bodies(&kept, &Secrets::new()).is_ok());
}

#[test]
fn what_a_server_says_breaks_out_of_nothing() {
    for said in [
        "```\n## Heading\n```sh\nrm -rf /",
        "| a | b |\n|---|---|",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "end\n    C->>S: forged; participant X",
        "\u{1b}[2J\u{1b}[31mred\u{202e}txt.exe",
        "@everyone see #1",
    ] {
        let trace = saying(said);
        let picture = made(&trace, Format::Picture);
        assert!(!picture.contains("<img") && !picture.contains(['\u{1b}', '\u{202e}']), "{picture}");
        let mermaid = made(&trace, Format::Mermaid);
        for line in mermaid.lines().skip(1) {
            let known = ["participant ", "C->>S: ", "C-xS: ", "S-->>C: ", "S--xC: ", "S-)C: ", "Note over C,S: "];
            assert!(known.iter().any(|start| line.trim_start().starts_with(start)), "{line}");
            let (_, text) = line.split_once(": ").unwrap_or_default();
            assert!(!text.contains(['<', '>']), "{line}");
        }
        let ticket = made(&trace, Format::Ticket);
        let headings: Vec<&str> = ticket.lines().filter(|line| line.starts_with('#')).collect();
        assert!(headings.iter().all(|heading| !heading.contains("Heading")), "{headings:?}");
        let rendered = rendered(&ticket);
        assert_eq!((rendered.html, rendered.links.len(), rendered.code.len()), (vec![], 1, 2), "{ticket}");
        for text in [mermaid, ticket, made(&trace, Format::Ladder)] {
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
        }
    }
}

#[test]
fn a_long_recording_makes_a_diagram_that_mermaid_takes() {
    let calls: String = (1..800).map(|n| format!("> tools/list id={n}\n< 200 application/json\n  body {{}}\n  end\n")).collect();
    let trace = read(&format!("mcp-trace 1\nserver https://a.example/mcp\n{calls}")).unwrap().trace;
    let text = made(&trace, Format::Mermaid);
    assert!(text.len() < 50_000);
    assert!(text.ends_with("more lines are left out\n"));
}
