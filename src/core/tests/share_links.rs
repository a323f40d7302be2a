//! Links and files: how long they are, that they open as what was shared, and that anything else ends in a message.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod recordings;

use std::fmt::Write as _;

use base64ct::{Base64UrlUnpadded, Encoding};
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::limits::{LINK_CHARS, LINK_EXCHANGES, RECORDING_EXCHANGES};
use inspector_core::share::{
    Level, Link, More, NoLink, OpenError, Opened, Secret, Secrets, Shared, View, file, first_choice, keep_bodies, link, offers,
    open_file, open_link, redact,
};
use inspector_core::trace::notation::{self, read};
use inspector_core::trace::{Outcome, Trace};

const INCIDENTS: [&str; 5] =
    ["session-terminated", "could-not-find-session", "redeployed", "closed-before-answer", "session-storm"];

fn linked(trace: &Trace, level: Level) -> Link {
    link(&redact(trace, level, &More::default()), &View::default(), &Secrets::new()).unwrap()
}

fn written(trace: &Trace, level: Level) -> String {
    file(&redact(trace, level, &More::default()), &View::default(), &Secrets::new()).unwrap()
}

/// The link for a text that was not made by us.
fn forged(text: &[u8]) -> String {
    let (mut sum, mut sums) = (0_u32, 0_u32);
    for byte in text {
        sum = (sum + u32::from(*byte)) % 255;
        sums = (sums + sum) % 255;
    }
    let mut bytes = vec![u8::try_from(sum).unwrap(), u8::try_from(sums).unwrap()];
    bytes.extend(miniz_oxide::deflate::compress_to_vec(text, 10));
    format!("#trace=1.{}", Base64UrlUnpadded::encode_string(&bytes))
}

fn refused(opened: Result<Opened, OpenError>) -> String {
    opened.map(|opened| notation::write(&opened.trace)).unwrap_err().to_string()
}

#[test]
fn a_failed_handshake_fits_into_a_message() {
    let mut table = format!("{:<26}{:>9}{:>9}{:>12}  first choice\n", "incident", "failure", "names", "everything");
    for name in INCIDENTS {
        let trace = recordings::incident(name);
        let [failure, names, everything] = Level::ALL.map(|level| linked(&trace, level).chars());
        let offers = offers(&trace, &More::default(), &View::default(), &Secrets::new());
        let first = first_choice(&offers).unwrap();
        let level = first.redacted.level().as_str();
        writeln!(table, "{name:<26}{failure:>9}{names:>9}{everything:>12}  {level}").unwrap();
        assert!(first.redacted.keeps_findings(), "{name}");
        // The storm is no handshake but dozens of them.
        assert!(first.link.as_ref().unwrap().chars() <= 750 || name == "session-storm", "{name}");
    }
    insta::assert_snapshot!(table);
}

#[test]
fn so_does_every_other_failure_of_a_server_that_nobody_knows() {
    let foreign = |trace: &Trace| {
        let text = notation::write(trace).replace(trace.about.server.host(), "mcp-gateway.nordlicht-logistik.de");
        read(&text).unwrap().trace
    };
    let view = View { event: Some(EventRef::response(ExchangeId(3))), tab: Some("findings".into()) };
    let failed = recordings::all().into_iter().filter(|(_, trace)| trace.outcome() == Outcome::Failed);
    // Dozens of sessions are no handshake.
    let failed = failed.filter(|(_, trace)| trace.exchanges().len() <= 20);
    let mut lengths: Vec<(usize, String)> = failed
        .map(|(name, trace)| {
            let redacted = redact(&foreign(&trace), Level::Names, &More::default());
            (link(&redacted, &view, &Secrets::new()).unwrap().chars(), name)
        })
        .collect();
    lengths.sort();
    let (longest, name) = lengths.last().unwrap();
    assert!(*longest <= 750, "{name}: {longest}");
    let median = lengths[lengths.len() / 2].0;
    assert!(lengths.len() >= 200 && median <= 250, "{median} in the middle of {}", lengths.len());
}

#[test]
fn every_recording_opens_as_what_was_shared_from_link_and_file_alike() {
    for (name, trace) in recordings::all() {
        let redacted = redact(&trace, Level::Everything, &More::default());
        let link = link(&redacted, &View::default(), &Secrets::new()).unwrap();
        let file = file(&redacted, &View::default(), &Secrets::new()).unwrap();
        for opened in [open_link(&link.fragment).unwrap(), open_file(&file).unwrap()] {
            assert_eq!(opened.trace.records(), redacted.trace().records(), "{name}");
            assert_eq!(opened.trace.about, redacted.trace().about, "{name}");
            assert_eq!(opened.shared, Shared::Redacted(Level::Everything));
        }
    }
}

#[test]
fn a_link_leads_to_where_somebody_was_looking() {
    let trace = recordings::incident("redeployed");
    let redacted = redact(&trace, Level::Names, &More::default());
    let view = View { event: Some(EventRef::item(ExchangeId(3), 0)), tab: Some("wire".into()) };
    let link = link(&redacted, &view, &Secrets::new()).unwrap();
    for address in
        [link.fragment.clone(), format!("#{}", link.fragment), format!(" https://inspector.example/#{}\n", link.fragment)]
    {
        assert_eq!(open_link(&address).unwrap().view, view);
    }
    let text = file(&redacted, &view, &Secrets::new()).unwrap();
    assert_eq!(open_file(&text.replace("3.item.0", "9.item.0")).unwrap().view.event, None);
    assert_eq!(open_file(&text.replace("\"wire\"", "\"<b>\"")).unwrap().view.tab, None);
}

#[test]
fn a_level_that_leaves_nothing_out_is_not_offered() {
    let levels = |name: &str| -> Vec<Level> {
        let offers = offers(&recordings::incident(name), &More::default(), &View::default(), &Secrets::new());
        offers.iter().map(|offer| offer.redacted.level()).collect()
    };
    assert_eq!(levels("session-terminated"), [Level::Names, Level::Everything]);
    assert_eq!(levels("redeployed"), Level::ALL);
}

#[test]
fn a_recording_with_a_secret_in_it_is_not_made_into_anything() {
    let trace = recordings::incident("redeployed");
    let redacted = redact(&trace, Level::Names, &More::default());
    // The name of the server is no secret, but somebody uses it as one.
    let secrets = Secrets::new().and(Secret::Token, "orders.example.com");
    let taint = file(&redacted, &View::default(), &secrets).unwrap_err();
    assert_eq!(taint.to_string(), "Nothing was made: a part of your token is in it, at byte 68.");
    assert_eq!(link(&redacted, &View::default(), &secrets), Err(NoLink::Tainted(taint)));
    let secrets = Secrets::new().and(Secret::Header(0), "No valid session ID");
    let taint = file(&redacted, &View::default(), &secrets).unwrap_err();
    assert_eq!(taint.at, Some(EventRef::response(ExchangeId(3))));
}

#[test]
fn who_opens_a_recording_is_told_what_it_is_and_that_nothing_was_sent() {
    let opened = open_link(&linked(&recordings::incident("redeployed"), Level::Failure).fragment).unwrap();
    assert_eq!(opened.summary(), "A recording of 3 exchanges with https://orders.example.com/mcp. Nothing has been sent.");
}

#[test]
fn a_file_that_keeps_bodies_says_so() {
    let trace = recordings::incident("redeployed");
    let kept = keep_bodies(&trace, &More::default());
    let text = inspector_core::share::file_with_bodies(&kept, &View::default(), &Secrets::new()).unwrap();
    assert_eq!(open_file(&text).unwrap().shared, Shared::WithBodies);
}

#[test]
fn an_older_download_opens_too() {
    let trace = recordings::incident("redeployed");
    let opened = open_file(&notation::write(&trace)).unwrap();
    assert_eq!((opened.trace.records(), opened.shared), (trace.records(), Shared::Unknown));
    assert_eq!(refused(open_file("mcp-trace 1\nserver nowhere")), "Line 2 cannot be read: the server is not an http(s) address.");
}

#[test]
fn a_recording_too_large_for_a_link_is_a_file() {
    // Names that no dictionary shortens.
    let mut dice = 1_u64;
    let mut name = |_| {
        let mut letter = || {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + u8::try_from((dice >> 33) % 26).unwrap())
        };
        let mut part = || (0..3).map(|_| letter()).collect::<String>();
        [part(), part(), part(), part()].join("_")
    };
    let tools: Vec<String> = (0..6_000).map(|n| format!(r#"{{"name":"{}"}}"#, name(n))).collect();
    let body = format!(r#"{{"jsonrpc":"2.0","id":1,"result":{{"tools":[{}]}}}}"#, tools.join(","));
    let trace = read(&format!(
        "mcp-trace 1\nserver https://a.example/mcp\n> tools/list id=1\n< 200 application/json\n  body {body}\n  end"
    ))
    .unwrap()
    .trace;
    let redacted = redact(&trace, Level::Everything, &More::default());
    let Err(NoLink::TooLong(Some(chars))) = link(&redacted, &View::default(), &Secrets::new()) else { panic!() };
    assert!(chars > LINK_CHARS);
    assert!(open_file(&written(&trace, Level::Everything)).is_ok());
}

#[test]
fn what_is_no_link_says_why() {
    let good = linked(&recordings::incident("redeployed"), Level::Names).fragment;
    let (start, payload) = good.split_once('.').unwrap();
    assert_eq!(start, "trace=1");
    for (link, message) in [
        (String::new(), "This is not a recording: it begins with “”."),
        ("#server=https://a.example".into(), "This is not a recording: it begins with “server=https://a.example”."),
        ("#trace=".into(), "There is nothing here."),
        ("#trace=1".into(), "The end of this link is missing. Ask for it again, or for the recording as a file."),
        (
            "#trace=2.AAAA".into(),
            "This recording was made by a newer version of the inspector (format 2). Reload the page and try again.",
        ),
        ("#trace=one.AAAA".into(), "This link was changed on its way here. Ask for it again, or for the recording as a file."),
        ("#trace=1.!!!!".into(), "This link was changed on its way here. Ask for it again, or for the recording as a file."),
        (
            "#trace=1.".to_owned() + &"A".repeat(4_000_000),
            "This link is 4000009 characters long; this page opens up to 65536. Ask for the recording as a file.",
        ),
    ] {
        assert_eq!(refused(open_link(&link)), message);
    }
    for cut in 1..payload.len() {
        let message = refused(open_link(&good[..good.len() - cut]));
        assert!(message.starts_with("The end of this link is missing"), "{cut}: {message}");
    }
}

#[test]
fn a_link_that_lost_or_changed_a_character_shows_nothing() {
    let good = linked(&recordings::incident("redeployed"), Level::Names).fragment;
    for at in "trace=1.".len()..good.len() {
        let lost = [&good[..at], &good[at + 1..]].concat();
        assert!(open_link(&lost).is_err(), "{at}");
        let other = if good.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = [&good[..at], other, &good[at + 1..]].concat();
        assert!(open_link(&changed).is_err(), "{at}");
    }
}

#[test]
fn bombs_end_at_the_limit() {
    // 60 MB of spaces in 60 KB: more than a link may unpack to.
    let bomb = forged(&[b' '; 45_000_000]);
    assert!(bomb.len() < 65_536, "{}", bomb.len());
    assert_eq!(refused(open_link(&bomb)), "This link unpacks to more than 4 MB, which this page does not open.");
    let head = r#"{"format":"mcp-trace","version":1,"level":"names","server":"https://a.example/","ask":"auto","timeout":1,"token":"none","records":["#;
    let request = |n: usize| format!(r#"{{"type":"request","exchange":{n},"purpose":"other"}}"#);
    let many: Vec<String> = (1..=RECORDING_EXCHANGES + 1).map(request).collect();
    let many = format!("{head}{}]}}", many.join(","));
    assert_eq!(refused(open_file(&many)), "This recording has more than 4000 exchanges, which this page does not open.");
    let ticks = format!("{head}{}{{}}]}}", r#"{"type":"tick"},"#.repeat(20_001));
    assert_eq!(
        refused(open_link(&forged(ticks.as_bytes()))),
        "This recording has more than 20000 records, which this page does not open."
    );
    let many = many.replacen(&request(LINK_EXCHANGES + 2), &format!("{}]}}", request(LINK_EXCHANGES + 2)), 1);
    let (many, _) = many.split_at(many.find("]}").unwrap() + 2);
    assert_eq!(
        refused(open_link(&forged(many.as_bytes()))),
        "This recording has more than 1000 exchanges, which this page does not open."
    );
    // 4 KB that stand for 1.4 GB.
    let runs = r#",{"type":"body","exchange":1,"body":[[255,70000]]}"#.repeat(20_000);
    assert_eq!(
        refused(open_link(&forged(format!("{head}{}{runs}]}}", request(1)).as_bytes()))),
        "This recording has more than 4194304 bytes of bodies, which this page does not open."
    );
    let run = format!(r#"{head}{},{{"type":"body","exchange":1,"body":[[65,9000000000]]}}]}}"#, request(1));
    assert_eq!(refused(open_file(&run)), "Record 2 cannot be read: it has no body that can be read.");
}

#[test]
fn deep_nesting_is_refused_or_read_without_harm() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let file = |value: &str| {
        format!(
            r#"{{"format":"mcp-trace","version":1,"level":"names","server":"https://a.example/","ask":"auto","timeout":1,"token":"none","x":{value},"records":[]}}"#
        )
    };
    assert!(open_file(&file(&deep(100))).is_ok());
    assert_eq!(refused(open_file(&file(&deep(1_000_000)))), "This recording cannot be read: a member of it is not JSON.");
    assert_eq!(
        refused(open_file(&"[".repeat(1_000_000))),
        "This is not a recording: it begins with “[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[”, and a recording begins with “mcp-trace 1”."
    );
    assert_eq!(refused(open_file(&"{".repeat(1_000_000))), "This recording is not JSON: it goes wrong at byte 1.");
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_place() {
    let head = r#"{"format":"mcp-trace","version":1,"level":"names","server":"https://a.example/","ask":"auto","timeout":1,"token":"none","records":["#;
    let with = |record: &str| format!("{head}{record}]}}");
    for (text, message) in [
        ("{}".into(), "This is not a recording: it begins with “{}”."),
        (r#"{"log":{"version":"1.2"}}"#.into(), "This is not a recording: it begins with “{\"log\":{\"version\":\"1.2\"}}”."),
        (
            head.replace("\"version\":1", "\"version\":7") + "]}",
            "This recording was made by a newer version of the inspector (format 7). Reload the page and try again.",
        ),
        (
            head.replace("\"version\":1", "\"version\":\"1\"") + "]}",
            "This recording cannot be read: “version” is not a number that this page knows.",
        ),
        (
            head.replace("https://a.example/", "ftp://a") + "]}",
            "This recording cannot be read: “server” is not an http(s) address.",
        ),
        (head.replace("names", "secrets") + "]}", "This recording cannot be read: “level” is not one that this page knows."),
        (with("{\"type\":\"dance\"}"), "Record 1 cannot be read: this version does not know its “type”."),
        (with("{\"type\":\"run\"},7"), "Record 2 cannot be read: it is not an object."),
        (with("{\"type\":\"run\",}"), "Record 1 cannot be read: it is not JSON."),
        (with("{\"type\":\"body\",\"exchange\":1}"), "Record 1 cannot be read: it has no body that can be read."),
        (with("{\"type\":\"run\",\"after\":-5}"), "Record 1 cannot be read: it happened before the recording began."),
        (
            with("{\"type\":\"request\",\"exchange\":1,\"purpose\":\"x\"}"),
            "Record 1 cannot be read: this version does not know its “purpose”.",
        ),
        (head.to_owned(), "This recording is not JSON: it goes wrong at byte 130."),
        ("x".repeat(68_000_000), "This file is 68 MB long; this page opens up to 67 MB."),
        (" ".into(), "There is nothing here."),
    ] {
        assert_eq!(refused(open_file(&text)), message);
    }
}

#[test]
fn a_script_in_every_field_is_a_text_like_any_other() {
    const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)";
    let quoted = inspector_core::json::quote(SCRIPT);
    let text = format!(
        concat!(
            r#"{{"format":"mcp-trace","version":1,"level":"names","view":{{"event":{0},"tab":{0}}},"server":"https://a.example/","page":{0},"ask":"auto","#,
            r#""timeout":1,"token":{{"alg":{0},"iss":{0},"aud":[{0}],"scope":[{0}]}},"extra":[{0}],"records":["#,
            r#"{{"type":"call","method":{0},"params":{0}}},{{"type":"request","exchange":1,"purpose":"other","headers":[[{0},{0}]],"body":{0}}},"#,
            r#"{{"type":"response","exchange":1,"status":200,"sight":"full","to":{0},"headers":[["content-type",{0}]]}},{{"type":"body","exchange":1,"body":{0}}},"#,
            r#"{{"type":"end","exchange":1,"how":"failed","said":{0}}}]}}"#
        ),
        quoted
    );
    let opened = open_file(&text).unwrap();
    assert_eq!(opened.view, View::default());
    let exchange = &opened.trace.exchanges()[0];
    assert_eq!(exchange.request.headers.get(SCRIPT), Some(SCRIPT));
    assert_eq!(exchange.head().unwrap().redirected_to.as_deref(), Some(SCRIPT));
    assert_eq!(opened.trace.body_start(ExchangeId(1), 1_000), SCRIPT);
}
