//! What holds for any recording: no panic, nothing changes its length, twice is as good as once, and what is written reads back.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its input should stop")]

use inspector_core::http::{Headers, Method, Mode, Request, ResponseHead, SecretSlot, Sight, Url};
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::mcp::Ask;
use inspector_core::share::{Level, More, Secrets, View, file, keep_bodies, link, open_file, open_link, redact};
use inspector_core::time::{Micros, Wall};
use inspector_core::trace::notation::write;
use inspector_core::trace::{
    About, Answer, Command, End, Lack, Lacks, Permission, Purpose, Record, TokenFacts, Trace, What, Why,
};
use proptest::prelude::*;

/// Pieces of what goes over the wire, and of what should not.
const PIECES: &[&str] = &[
    "{\"jsonrpc\":\"2.0\",\"id\":1,",
    "\"method\":\"tools/call\",",
    "\"params\":{\"name\":\"send\",\"arguments\":{",
    "\"result\":{",
    "\"content\":[",
    "{\"type\":\"text\",\"text\":\"",
    "\"error\":{\"code\":-32602,\"message\":\"",
    "\"}]}}",
    "\"}}",
    "}",
    "]",
    "\"isError\":true,",
    "\"nextCursor\":\"",
    "\"password\":\"hunter2\",",
    "\"n\":9182736455,",
    "\"n\":-1.5e9,",
    "true",
    "null",
    ",",
    ":",
    "\"",
    "\\\"",
    "\\u0041",
    "\\q",
    "\\",
    "data: ",
    "event: endpoint\n",
    "event: message\r\n",
    "id: 7f9c24e83b12\n",
    "retry: 300\n",
    ": keep-alive\n",
    "\n\n",
    "\r\n\r\n",
    "\r",
    "\n",
    "<!DOCTYPE html><title>",
    "<script>",
    "</script>",
    "<a href=\"",
    "<!-- ",
    "-->",
    "a=b&c=",
    "https://u:p@",
    "mcp.example.com/s/",
    "?key=",
    "#",
    "%41",
    "ebe1a03adbf64ff8a78ec158029f160b",
    "session-A",
    "session-A***",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2ln",
    "jwt(alg=RS256,iss=x)**",
    "jwt(",
    "Invalid token",
    "password: ",
    "4111 1111 1111 1111",
    "jane@example.com",
    "*",
    "*1**",
    "0e000",
    "x1xxx",
    "é",
    "\u{7f}",
    "\u{feff}",
    "語",
    " ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,8}"];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![6 => text().prop_map(String::into_bytes), 1 => proptest::collection::vec(any::<u8>(), 0..40)]
}

/// A text that headers can have: in a recording they stand on one line.
fn line() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(['\r', '\n'], " "))
}

fn headers() -> impl Strategy<Value = Headers> {
    let name = prop_oneof![
        proptest::sample::select(
            &["Content-Type", "Authorization", "mcp-session-id", "Cookie", "X-Api-Key", "Location", "Last-Event-ID"][..]
        )
        .prop_map(str::to_owned),
        "[A-Za-z0-9-]{1,30}",
    ];
    let media = proptest::sample::select(
        &["application/json", "text/event-stream", "text/html", "application/x-www-form-urlencoded"][..],
    );
    let value = prop_oneof![2 => media.prop_map(str::to_owned), 3 => line()];
    let slot = proptest::option::weighted(0.1, proptest::sample::select(&[SecretSlot::Token, SecretSlot::Extra(3)][..]));
    proptest::collection::vec((name, value, slot), 0..5).prop_map(|fields| {
        let mut headers = Headers::new();
        for (name, value, slot) in fields {
            match slot {
                Some(slot) => headers.push_secret(&name, slot),
                None => headers.push(&name, value),
            }
        }
        headers
    })
}

fn url() -> impl Strategy<Value = Url> {
    let target = "(/[a-zA-Z0-9%._~-]{0,24}){0,3}(\\?[a-z_]{1,10}=[a-zA-Z0-9%*]{0,20}(&session_id=[a-f0-9]{0,16})?)?";
    ("[a-z0-9-]{1,20}", target).prop_map(|(host, target)| Url::parse(&format!("https://{host}.example.com{target}")).unwrap())
}

/// What happens in one exchange.
fn exchange() -> impl Strategy<Value = Vec<What>> {
    let id = ExchangeId(0);
    const PURPOSES: &[Purpose] =
        &[Purpose::Initialize, Purpose::ListTools, Purpose::Call, Purpose::Endpoint, Purpose::Reach, Purpose::Other];
    let mode = proptest::sample::select(&[Mode::Cors, Mode::Opaque, Mode::Events][..]);
    let request = (proptest::sample::select(PURPOSES), url(), headers(), text(), mode).prop_map(
        move |(purpose, url, headers, body, mode)| {
            let request = Request { method: Method::Post, url, headers, body, secret_field: None, mode };
            What::Request(id, purpose, request)
        },
    );
    let sight = proptest::sample::select(
        &[Sight::Full, Sight::CorsFiltered, Sight::Opaque, Sight::Listed, Sight::Messages, Sight::Events][..],
    );
    let response = (100_u16..600, proptest::option::of(line()), headers(), sight).prop_map(
        move |(status, redirected_to, headers, sight)| What::Response(id, ResponseHead { status, redirected_to, headers, sight }),
    );
    let chunk = prop_oneof![12 => bytes().prop_filter_map("nothing came", move |bytes| (!bytes.is_empty()).then_some(What::Chunk(id, bytes))), 1 => (1_u64..1_000).prop_map(move |n| What::Dropped(id, n))];
    let end = prop_oneof![
        Just(What::End(id, End::Complete)),
        line().prop_map(move |text| What::End(id, End::Cut(text))),
        line().prop_map(move |text| What::End(id, End::Failed(text))),
        Just(What::Abort(id, Why::TimedOut)),
    ];
    (request, proptest::option::weighted(0.9, response), proptest::collection::vec(chunk, 0..4), proptest::option::of(end))
        .prop_map(|(request, response, chunks, end)| [request].into_iter().chain(response).chain(chunks).chain(end).collect())
}

fn command() -> impl Strategy<Value = What> {
    let call = (text(), text()).prop_map(|(method, params)| Command::Call { method, params });
    let answer = (text(), text()).prop_map(|(key, raw)| Command::Answer {
        to: EventRef::item(ExchangeId(1), 0),
        key,
        answer: Answer::Result(raw),
    });
    let error = (any::<i64>(), text()).prop_map(|(code, message)| Command::Answer {
        to: EventRef::end(ExchangeId(2)),
        key: String::new(),
        answer: Answer::Error { code, message },
    });
    prop_oneof![Just(Command::Run), Just(Command::Stop), call, answer, error].prop_map(What::Command)
}

prop_compose! {
    fn trace()(
        server in url(),
        token in prop_oneof![Just(TokenFacts::None), (0_usize..5_000).prop_map(|chars| TokenFacts::Opaque { chars })],
        began in proptest::option::of(0_i64..4_000_000_000_000),
        page in proptest::option::of(line()),
        local_network in proptest::sample::select(&[Permission::Unknown, Permission::Denied][..]),
        lacks in proptest::collection::vec(proptest::sample::select(&[Lack::Address, Lack::Http, Lack::Requests, Lack::Times][..]), 0..3),
        parts in proptest::collection::vec(prop_oneof![4 => exchange(), 1 => command().prop_map(|command| vec![command]), 1 => Just(vec![What::Tick])], 1..6),
        times in proptest::collection::vec(0_u64..10_000_000_000, 40),
    ) -> Trace {
        let about = About {
            server, began: began.map(Wall), page, ask: Ask::Auto, timeout: Micros(30_000_000), token,
            token_flaws: Vec::new(), extra_headers: vec!["X-Api-Key".to_owned()], local_network,
            lacks: Lacks::of(lacks),
        };
        let mut exchanges = 0;
        let records = parts.into_iter().flat_map(|part| {
            exchanges += u32::from(matches!(part.first(), Some(What::Request(..))));
            part.into_iter().map(move |what| numbered(what, ExchangeId(exchanges)))
        });
        let records: Vec<What> = records.collect();
        Trace::of(about, records.into_iter().zip(times).map(|(what, at)| Record { at: Micros(at), what }))
    }
}

fn numbered(what: What, id: ExchangeId) -> What {
    match what {
        What::Request(_, purpose, request) => What::Request(id, purpose, request),
        What::Response(_, head) => What::Response(id, head),
        What::Chunk(_, bytes) => What::Chunk(id, bytes),
        What::Dropped(_, bytes) => What::Dropped(id, bytes),
        What::End(_, end) => What::End(id, end),
        What::Abort(_, why) => What::Abort(id, why),
        other => other,
    }
}

fn pieces(trace: &Trace) -> Vec<(Micros, usize)> {
    let records = trace.records().into_iter();
    records.map(|record| (record.at, if let What::Chunk(_, bytes) = record.what { bytes.len() } else { 0 })).collect()
}

/// How many recordings are made up; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_changes_its_length(trace in trace()) {
        let redacted = redact(&trace, Level::Everything, &More::default());
        prop_assert_eq!(pieces(redacted.trace()), pieces(&trace));
        prop_assert_eq!(pieces(keep_bodies(&trace, &More::default()).trace()), pieces(&trace));
    }

    #[test]
    fn redacting_twice_changes_nothing_more(trace in trace(), level in proptest::sample::select(&Level::ALL[..])) {
        let once = redact(&trace, level, &More::default());
        let twice = redact(once.trace(), level, &More::default());
        prop_assert_eq!(write(twice.trace()), write(once.trace()));
        prop_assert_eq!(twice.removed(), []);
    }

    #[test]
    fn what_is_written_reads_back(trace in trace(), event in proptest::option::of(0_u32..9), tab in proptest::option::of("[a-z]{1,9}")) {
        let redacted = redact(&trace, Level::Everything, &More::default());
        let view = View { event: event.map(|n| EventRef::item(ExchangeId(1), n)).filter(|_| !redacted.trace().is_empty()), tab };
        // A session id may be a part of what stays: then nothing is made.
        let Ok(text) = file(&redacted, &view, &Secrets::new()) else { return Ok(()) };
        let link = link(&redacted, &view, &Secrets::new()).unwrap();
        for opened in [open_file(&text).unwrap(), open_link(&link.fragment).unwrap()] {
            prop_assert_eq!(opened.trace.records(), redacted.trace().records());
            prop_assert_eq!(&opened.trace.about, &redacted.trace().about);
            prop_assert_eq!(&opened.view, &view);
        }
    }

    #[test]
    fn any_text_is_opened_or_refused(text in text(), head in "(trace=)?(1\\.)?[A-Za-z0-9_-]{0,60}") {
        let _ = open_file(&text);
        let _ = open_link(&text);
        let _ = open_link(&head);
    }
}
