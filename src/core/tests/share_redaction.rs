//! What redaction promises: the finding stays, twice is as good as once, nothing changes its length, and what is needed is kept.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod recordings;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use inspector_core::diagnose::{Report, diagnose, report};
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::share::{Carrier, Level, More, Redacted, keep_bodies, redact};
use inspector_core::trace::notation::{self, read};
use inspector_core::trace::{Outcome, TokenFacts, Trace, What};

/// Every recording there is, with what is made of it at each level.
static RECORDINGS: LazyLock<Vec<(String, Trace, Vec<Redacted>)>> = LazyLock::new(|| {
    let with_levels = |(name, trace): (String, Trace)| {
        let levels = Level::ALL.iter().map(|level| at(&trace, *level)).collect();
        (name, trace, levels)
    };
    recordings::all().into_iter().map(with_levels).collect()
});

fn at(trace: &Trace, level: Level) -> Redacted {
    redact(trace, level, &More::default())
}

/// A recording in the notation, after its first lines.
fn trace(lines: &str) -> Trace {
    read(&format!("mcp-trace 1\nserver https://orders.example.com/mcp\ntoken opaque 43\n\n! run\n{lines}")).unwrap().trace
}

/// What is left of a text that came as the answer to `tools/list`.
fn answer(body: &str, level: Level) -> String {
    let trace = trace(&format!("> tools/list id=2\n< 200 application/json\n  body {body}\n  end"));
    at(&trace, level).trace().body_start(ExchangeId(1), 10_000)
}

#[test]
fn the_same_is_found_before_and_after_at_every_level() {
    for (name, trace, levels) in RECORDINGS.iter() {
        for redacted in levels {
            assert_eq!(diagnose(redacted.trace()), diagnose(trace), "{name}, {:?}", redacted.level());
            assert!(redacted.keeps_findings(), "{name}, {:?}", redacted.level());
            assert_eq!(redacted.trace().outcome(), trace.outcome(), "{name}, {:?}", redacted.level());
        }
    }
}

#[test]
fn redacting_twice_changes_nothing_more() {
    for (name, _, levels) in RECORDINGS.iter() {
        for once in levels {
            let twice = at(once.trace(), once.level());
            assert_eq!(notation::write(twice.trace()), notation::write(once.trace()), "{name}, {:?}", once.level());
            assert_eq!(twice.removed(), [], "{name}, {:?}", once.level());
        }
    }
}

#[test]
fn what_is_taken_for_a_page_still_is_when_it_was_covered() {
    for page in ["<h0117 x>secret".to_owned(), format!("<!doctype html {}><p>hi", "secret ".repeat(60))] {
        let trace = trace(&format!("> tools/call id=2\n  body {page}\n< 502 text/html\n  body {page}\n  end"));
        let once = at(&trace, Level::Names);
        assert_eq!(at(once.trace(), Level::Names).trace().records(), once.trace().records(), "{page}");
    }
}

#[test]
fn sizes_times_and_pieces_stay() {
    for (name, trace, levels) in RECORDINGS.iter() {
        let shape = |trace: &Trace| -> Vec<_> {
            let length = |what: &What| if let What::Chunk(id, bytes) = what { Some((*id, bytes.len())) } else { None };
            trace.records().iter().map(|record| (record.at, length(&record.what))).collect()
        };
        let everything = levels.last().unwrap().trace();
        assert_eq!(shape(everything), shape(trace), "{name}");
    }
}

#[test]
fn what_is_said_differs_only_where_something_was_covered() {
    let texts = |of: Report| {
        let proof = of.proof.into_iter().map(|proof| proof.text);
        [of.headline, of.summary].into_iter().chain(proof).collect::<Vec<_>>()
    };
    let mut covered = BTreeSet::new();
    for (name, trace, levels) in RECORDINGS.iter() {
        for finding in diagnose(trace) {
            let (before, after) = (texts(report(&finding, trace)), texts(report(&finding, levels[1].trace())));
            for (before, after) in before.iter().zip(&after).filter(|(before, after)| before != after) {
                // What JSON is covered with so that it stays JSON.
                let before = before.replace(":true", ":null").replace(":false", ":null ");
                let differ = before.chars().zip(after.chars()).filter(|(before, after)| before != after);
                let only_covers = differ.clone().all(|(_, after)| after == '*' || after.is_ascii_digit());
                assert!(only_covers && before.chars().count() == after.chars().count(), "{name}\n  {before}\n  {after}");
                covered.insert(name);
            }
        }
    }
    // Most of what is said quotes nothing that has to be covered.
    assert!(covered.len() * 5 < RECORDINGS.len(), "{covered:?}");
}

#[test]
fn the_failure_alone_is_the_exchanges_that_its_finding_stands_on() {
    let exchanges = |name: &str| -> Vec<u32> {
        let redacted = at(&recordings::incident(name), Level::Failure);
        redacted.trace().exchanges().iter().map(|exchange| exchange.id.0).collect()
    };
    assert_eq!(exchanges("session-terminated"), [1]);
    assert_eq!(exchanges("redeployed"), [1, 3, 4]);
    assert_eq!(exchanges("closed-before-answer"), [3]);
}

#[test]
fn nothing_is_left_out_where_nothing_failed() {
    for (name, trace, levels) in RECORDINGS.iter().filter(|(_, trace, _)| trace.outcome() != Outcome::Failed) {
        assert_eq!(levels[0].trace().exchanges().len(), trace.exchanges().len(), "{name}");
    }
}

#[test]
fn names_stay_at_every_level_and_values_at_none_of_the_smaller_two() {
    let tools = r#"{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"get_weather","description":"For a city","inputSchema":{"type":"object","properties":{"city":{"type":"string","enum":["Oslo","Rome"]}},"required":["city"]}}]}}"#;
    assert_eq!(
        answer(tools, Level::Names),
        r#"{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"get_weather","description":"**********","inputSchema":{"type":"object","properties":{"city":{"type":"string","enum":["****","****"]}},"required":["city"]}}]}}"#
    );
    assert_eq!(answer(tools, Level::Everything), tools);
}

#[test]
fn arguments_keep_their_shape_and_published_choices_are_seen_at_the_largest_level() {
    let trace = trace(concat!(
        "> tools/list id=2\n< 200 application/json\n",
        r#"  body {"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"find","inputSchema":{"properties":{"unit":{"enum":["celsius"]}}}}]}}"#,
        "\n  end\n> tools/call id=3\n",
        r#"  body {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"find","arguments":{"unit":"celsius","city":"Oslo","limit":25,"zip":90210,"dry":true,"pin":123,"at":null}}}"#,
        "\n< 200 application/json\n  body {}\n  end",
    ));
    let sent = |level| at(&trace, level).trace().exchanges()[1].request.body.clone();
    let call = r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"find","arguments":"#;
    assert_eq!(
        sent(Level::Everything),
        [call, r#"{"unit":"celsius","city":"****","limit":25,"zip":0e000,"dry":true,"pin":0e0,"at":null}}}"#].concat()
    );
    assert_eq!(
        sent(Level::Names),
        [call, r#"{"unit":"*******","city":"****","limit":-0,"zip":0e000,"dry":null,"pin":0e0,"at":null}}}"#].concat()
    );
}

#[test]
fn an_error_keeps_its_code_and_its_words() {
    let error = r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Unknown customer 9182736455 (key sk-live-Ab12Cd34Ef56) at https://api.example.com/v1?key=abc"}}"#;
    assert_eq!(
        answer(error, Level::Names),
        r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Unknown customer ********** (key ********************) at https://api.example.com/v1?key=*1*"}}"#
    );
}

#[test]
fn what_a_failed_tool_says_is_an_error_message() {
    let failed = r#"{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"No carrier for order 9182736455"}],"isError":true}}"#;
    let done = failed.replace("true", "false");
    assert!(answer(failed, Level::Names).contains(r#""text":"No carrier for order **********""#));
    assert!(answer(&done, Level::Everything).contains(r#""text":"*******************************""#));
}

#[test]
fn a_session_id_becomes_its_letter_in_headers_addresses_and_texts() {
    let trace = trace(concat!(
        "> initialize id=1\n< 200 application/json\n  mcp-session-id: ebe1a03adbf64ff8\n",
        r#"  body {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"}}"#,
        "\n  end\n> POST /messages?session_id=ebe1a03adbf64ff8 tools/list id=2\n  MCP-Session-Id: ebe1a03adbf64ff8\n",
        "< 404 text/plain\n  body Session not found: ebe1a03adbf64ff8\n  end",
    ));
    let redacted = at(&trace, Level::Names);
    let exchanges = redacted.trace().exchanges();
    assert_eq!(exchanges[0].head().unwrap().headers.get("mcp-session-id"), Some("session-A*******"));
    assert_eq!(exchanges[1].session_sent(), Some("session-A*******"));
    assert_eq!(exchanges[1].request.url.target(), "/messages?session_id=session-A*******");
    assert_eq!(redacted.trace().body_start(ExchangeId(2), 100), "Session not found: session-A*******");
    assert_eq!(redacted.trace().sessions().len(), 1);
}

#[test]
fn cursors_are_covered_and_still_told_apart() {
    let page = |next: &str| {
        answer(&format!(r#"{{"jsonrpc":"2.0","id":2,"result":{{"tools":[],"nextCursor":"{next}"}}}}"#), Level::Names)
    };
    assert!(page("eyJvZmZzZXQiOjEwMH0=").contains(r#""nextCursor":"*1******************""#));
    assert!(page("page-2").contains(r#""nextCursor":"page-2""#));
    let trace = trace(
        "> tools/list id=2\n< 200 text/event-stream\n  id f47ac10b58cc4372\n  data {}\n  id a567410b58cc4372\n  data {}\n  id f47ac10b58cc4372\n  data {}\n  end",
    );
    let text = at(&trace, Level::Names).trace().body_start(ExchangeId(1), 1_000);
    let ids: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("id: ")).collect();
    assert_eq!(ids, ["*1**************", "*2**************", "*1**************"]);
}

#[test]
fn of_a_token_what_explains_a_refusal_is_kept_in_words() {
    // {"alg":"RS256","typ":"JWT"} {"iss":"https://idp.example.com/","sub":"jane.doe@example.com","aud":"orders","exp":1763743600}
    let token = concat!(
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lkcC5leGFtcGxlLmNvbS8iLCJzdWIiOiJqYW5lLmRvZUBleGFtcGxlLmNvbSIs",
        "ImF1ZCI6Im9yZGVycyIsImV4cCI6MTc2Mzc0MzYwMH0.TmljZSB0cnksIGJ1dCB0aGVyZSBpcyBubyBzaWduYXR1cmUgaGVyZQ"
    );
    let facts = "jwt(alg=RS256,iss=https://idp.example.com/,aud=orders,exp=1763743600)";
    let trace = trace(&format!(
        "> tools/list id=2\n  Authorization: Bearer {token}\n< 401 text/plain\n  body Token {token} was revoked\n  end"
    ));
    let redacted = at(&trace, Level::Names);
    let sent = redacted.trace().exchanges()[0].request.headers.get("authorization").unwrap().to_owned();
    assert_eq!(sent.trim_end_matches('*'), format!("Bearer {facts}"));
    assert_eq!(sent.len(), "Bearer ".len() + token.len());
    let body = redacted.trace().body_start(ExchangeId(1), 1_000);
    assert!(body.starts_with(&format!("Token {facts}***")) && body.ends_with("*** was revoked"), "{body}");
    let counted: Vec<_> = redacted.removed().iter().map(|removed| (removed.what, removed.count, removed.at.clone())).collect();
    let first = ExchangeId(1);
    assert_eq!(counted, [(Carrier::Jwt, 2, vec![EventRef::request(first), EventRef::item(first, 0)])]);
}

#[test]
fn the_facts_about_the_token_lose_a_key_in_the_path_of_the_audience() {
    let mut trace = trace("> tools/list id=2\n< 401 text/plain\n  end");
    let key = "https://mcp.example.com/s/7f9c24e83b124fde/mcp";
    let TokenFacts::Opaque { .. } = trace.about.token else { panic!() };
    trace.about.token = TokenFacts::Jwt(inspector_core::trace::JwtFacts {
        alg: "RS256".into(),
        issuer: "https://login.example.com/7f9c24e8-3b12-4fde-9a01-5f9a2b7c1d3e/v2.0".into(),
        audience: vec![key.into(), "api://orders".into()],
        scopes: vec!["mcp:tools".into()],
        ..Default::default()
    });
    let TokenFacts::Jwt(facts) = at(&trace, Level::Names).trace().about.token.clone() else { panic!() };
    assert_eq!(facts.issuer, "https://login.example.com/7f9c24e8-3b12-4fde-9a01-5f9a2b7c1d3e/v2.0");
    assert_eq!(facts.audience, ["https://mcp.example.com/s/*1**************/mcp", "api://orders"]);
    assert_eq!(facts.scopes, ["mcp:tools"]);
}

#[test]
fn what_was_removed_is_counted_by_kind_with_its_places() {
    let trace = trace(concat!(
        "> tools/list id=2\n  X-Api-Key: abcdef\n  X-Tenant: acme\n< 200 text/event-stream\n  set-cookie: a=b\n",
        "  : build 7f9c24e8\n  data {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}}\n  end",
    ));
    let removed = at(&trace, Level::Names);
    let told: Vec<String> = removed.removed().iter().map(|removed| removed.what.words(removed.count)).collect();
    assert_eq!(told, ["1 cookie", "2 values of headers", "1 value in a result", "1 comment"]);
    let first = ExchangeId(1);
    let places: Vec<&[EventRef]> = removed.removed().iter().map(|removed| removed.at.as_slice()).collect();
    assert_eq!(
        places,
        [[EventRef::response(first)], [EventRef::request(first)], [EventRef::item(first, 1)], [EventRef::item(first, 0)]]
    );
}

#[test]
fn a_person_can_take_out_more() {
    let trace = trace(concat!(
        "> initialize id=1\n< 200 application/json\n  body {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"serverInfo\":{\"name\":\"Acme Orders\"}}}\n  end\n",
        "> tools/list id=2\n< 404 text/plain\n  body Orders of ACME: not found\n  end",
    ));
    let more = More { texts: vec!["acme".into(), "orders.example.com".into()], exchanges: BTreeSet::new() };
    let redacted = redact(&trace, Level::Names, &more);
    assert_eq!(redacted.trace().about.server.to_string(), "https://xxxxxx.xxxxxxx.xxx/mcp");
    assert!(redacted.trace().body_start(ExchangeId(1), 200).contains(r#""name":"xxxx Orders""#));
    assert_eq!(redacted.trace().body_start(ExchangeId(2), 200), "Orders of xxxx: not found");
    assert!(redacted.keeps_findings());
    let more = More { texts: Vec::new(), exchanges: [ExchangeId(2)].into() };
    let redacted = redact(&trace, Level::Names, &more);
    assert_eq!(redacted.trace().exchanges().len(), 1);
    assert!(!redacted.keeps_findings());
}

#[test]
fn a_file_may_keep_values_but_no_credentials() {
    let trace = trace(concat!(
        "> tools/call id=2\n  Cookie: sid=1\n",
        r#"  body {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"send","arguments":{"to":"jane.doe@example.com","note":"Call me at 9182736455","password":"Dragonfruit","key":"sk-live-Ab12Cd34Ef56Gh78","n":90210}}}"#,
        "\n< 200 application/json\n",
        r#"  body {"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"Sent to jane.doe@example.com with ghp_16C7e42F292c6912E7710c838347Ae178B4a"}]}}"#,
        "\n  end",
    ));
    let kept = keep_bodies(&trace, &More::default());
    let exchange = &kept.trace().exchanges()[0];
    assert_eq!(
        exchange.request.body,
        r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"send","arguments":{"to":"jane.doe@example.com","note":"Call me at 9182736455","password":"***********","key":"************************","n":90210}}}"#
    );
    assert_eq!(exchange.request.headers.get("cookie"), Some("*****"));
    assert!(kept.trace().body_start(ExchangeId(1), 1_000).contains("Sent to jane.doe@example.com with ****"));
}

#[test]
fn in_the_examples_of_the_schema_ids_methods_codes_and_names_stay() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schema-2026-07-28");
    let mut files = vec![folder];
    let mut read = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Ok(message) = serde_json::from_str::<serde_json::Value>(&text) else { continue };
        // The other examples are parts of messages.
        if message.get("jsonrpc").is_none() {
            continue;
        }
        read += 1;
        let line = message.to_string();
        let seen: serde_json::Value = serde_json::from_str(&answer(&line, Level::Names)).unwrap();
        for pointer in [
            "/jsonrpc",
            "/id",
            "/method",
            "/error/code",
            "/error/message",
            "/params/name",
            "/result/resultType",
            "/result/isError",
        ] {
            assert_eq!(seen.pointer(pointer), message.pointer(pointer), "{}: {pointer}", path.display());
        }
    }
    assert!(read >= 20, "{read}");
}
