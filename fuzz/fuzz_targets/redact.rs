//! Any bytes as a body of any type, in two pieces: lengths stay, and redacting twice changes nothing more.
#![no_main]

use inspector_core::http::{Headers, Method, Mode, Request, ResponseHead, Sight, Url};
use inspector_core::id::ExchangeId;
use inspector_core::mcp::Ask;
use inspector_core::share::{Level, More, keep_bodies, redact};
use inspector_core::time::Micros;
use inspector_core::trace::{About, End, Permission, Purpose, Record, TokenFacts, Trace, What};
use libfuzzer_sys::fuzz_target;

const TYPES: [&str; 4] = ["application/json", "text/event-stream", "text/html", "application/x-www-form-urlencoded"];

fuzz_target!(|data: (u8, u8, &[u8])| {
    let (kind, cut, body) = data;
    let Ok(server) = Url::parse("https://mcp.example.com/mcp") else { return };
    let media_type = TYPES[usize::from(kind) % TYPES.len()];
    let mut headers = Headers::new();
    headers.push("content-type", media_type);
    headers.push("mcp-session-id", "ebe1a03adbf64ff8");
    let text = String::from_utf8_lossy(body).into_owned();
    let (first, second) = body.split_at(usize::from(cut).min(body.len()));
    let id = ExchangeId(1);
    let request =
        Request { method: Method::Post, url: server.clone(), headers: headers.clone(), body: text, secret_field: None, mode: Mode::Cors };
    let head = ResponseHead { status: 200, redirected_to: None, headers, sight: Sight::Full };
    let mut happened = vec![What::Request(id, Purpose::Call, request), What::Response(id, head)];
    happened.extend([first, second].into_iter().filter(|piece| !piece.is_empty()).map(|piece| What::Chunk(id, piece.to_vec())));
    happened.push(What::End(id, End::Complete));
    let about = About {
        server,
        began: None,
        page: None,
        ask: Ask::Auto,
        timeout: Micros(1),
        token: TokenFacts::None,
        token_flaws: Vec::new(),
        extra_headers: Vec::new(),
        local_network: Permission::Unknown,
    };
    let trace = Trace::of(about, happened.into_iter().map(|what| Record { at: Micros(0), what }));
    let once = redact(&trace, Level::Everything, &More::default());
    assert_eq!(lengths(once.trace()), lengths(&trace));
    let twice = redact(once.trace(), Level::Everything, &More::default());
    assert_eq!(twice.trace().records(), once.trace().records());
    let names = redact(&trace, Level::Names, &More::default());
    let names_twice = redact(names.trace(), Level::Names, &More::default());
    assert_eq!(names_twice.trace().records(), names.trace().records());
    assert_eq!(lengths(keep_bodies(&trace, &More::default()).trace()), lengths(&trace));
});

fn lengths(trace: &Trace) -> Vec<usize> {
    let length = |record: &Record| match &record.what {
        What::Chunk(_, bytes) => bytes.len(),
        What::Request(_, _, request) => request.body.len(),
        _ => 0,
    };
    trace.records().iter().map(length).collect()
}
