//! Whatever a server answers, a checkup stays what the person agreed to: so many requests, to that server, and no tool is called.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own texts must fail")]

mod talk;

use inspector_core::id::ExchangeId;
use inspector_core::limits::{CHECKUP_REQUESTS, PROBE_REQUESTS};
use inspector_core::mcp::{Ask, Revision};
use inspector_core::probe;
use inspector_core::time::Micros;
use inspector_core::trace::{Command, End};
use proptest::prelude::*;
use talk::Talk;

const STATUSES: [u16; 14] = [200, 200, 200, 200, 202, 204, 301, 400, 401, 404, 405, 406, 429, 500];

/// What bodies hold; `ID` becomes the id of the request.
const BODIES: [&str; 14] = [
    "",
    r#"{"jsonrpc":"2.0","id":ID,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"a","version":"1"}}}"#,
    r#"{"jsonrpc":"2.0","id":ID,"result":{"protocolVersion":"2024-11-05","capabilities":{}}}"#,
    r#"{"jsonrpc":"2.0","id":ID,"result":{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}}"#,
    r#"{"jsonrpc":"2.0","id":ID,"result":{}}"#,
    r#"{"jsonrpc":"2.0","id":ID,"result":{"tools":[],"nextCursor":"more"}}"#,
    r#"{"jsonrpc":"2.0","id":ID,"error":{"code":-32601,"message":"Method not found"}}"#,
    r#"{"jsonrpc":"2.0","id":ID,"error":{"code":-32022,"message":"no","data":{"supported":["2026-07-28"]}}}"#,
    r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Session not found"}}"#,
    r#"{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":{}}}"#,
    r#"{"jsonrpc":"2.0","id":99,"method":"ping"}"#,
    r#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#,
    "<html><title>Sign in</title></html>",
    "Session not found",
];

/// How one request is answered.
#[derive(Clone, Debug)]
struct Reply {
    status: u16,
    body: usize,
    session: bool,
    /// As an event stream, with ids, so that it could be resumed.
    stream: bool,
    /// An `endpoint` event comes first.
    endpoint: bool,
    end: usize,
}

fn replies() -> impl Strategy<Value = Vec<Reply>> {
    let reply = (0..STATUSES.len(), 0..BODIES.len(), any::<bool>(), any::<bool>(), 0..4_usize, 0..6_usize).prop_map(
        |(status, body, session, stream, endpoint, end)| Reply {
            status: STATUSES[status],
            body,
            session,
            stream,
            endpoint: endpoint == 0,
            end,
        },
    );
    prop::collection::vec(reply, 40)
}

fn asks() -> impl Strategy<Value = Ask> {
    prop::sample::select(vec![
        Ask::Auto,
        Ask::Only(Revision::V2026_07_28),
        Ask::Only(Revision::V2025_03_26),
        Ask::Only(Revision::V2024_11_05),
    ])
}

/// Answers everything that is sent, until nothing more is; what is not answered runs out of time.
fn play(talk: &mut Talk, replies: &[Reply]) {
    let mut answered = 0;
    for _ in 0..200 {
        let Some(id) = talk.next_sent() else {
            if !talk.session.is_running() {
                return;
            }
            talk.wait(Micros::from_secs(31));
            continue;
        };
        let reply = replies[answered % replies.len()].clone();
        answered += 1;
        answer(talk, id, &reply, answered);
    }
    assert!(!talk.session.is_running(), "it never ends");
}

fn answer(talk: &mut Talk, to: ExchangeId, reply: &Reply, n: usize) {
    let exchange = talk.trace.exchange(to).unwrap();
    let id = exchange.call().and_then(|call| call.asks()).map_or_else(|| "1".to_owned(), ToString::to_string);
    let body = BODIES[reply.body].replace("ID", &id);
    if reply.end == 0 {
        return talk.end(to, End::Failed("Failed to fetch".to_owned()));
    }
    let session = format!("s{n}");
    let media = if reply.stream { "text/event-stream" } else { "application/json" };
    let mut headers = vec![("content-type", media)];
    if reply.session {
        headers.push(("mcp-session-id", session.as_str()));
    }
    talk.head(to, reply.status, &headers);
    if reply.stream {
        if reply.endpoint {
            talk.push(to, "event: endpoint\ndata: /messages?session_id=1");
        }
        talk.push(to, &format!("id: {n}\ndata: {body}"));
    } else if !body.is_empty() {
        talk.push(to, &body);
    }
    match reply.end {
        1 => {}
        2 => talk.end(to, End::Cut("network error".to_owned())),
        _ => talk.end(to, End::Complete),
    }
}

/// What left since a moment: how many requests, and whether each is one that was agreed to.
fn check(talk: &Talk, from: usize, limit: u32) -> Result<(), TestCaseError> {
    let sent = &talk.trace.exchanges()[from..];
    let purposes = || sent.iter().map(|exchange| exchange.purpose.as_str()).collect::<Vec<_>>().join(" ");
    prop_assert!(sent.len() <= limit as usize, "{} requests: {}", sent.len(), purposes());
    for exchange in sent {
        prop_assert_ne!(exchange.method(), Some("tools/call"));
        prop_assert_eq!(exchange.request.url.origin(), talk.trace.about.server.origin());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_checkup_never_sends_more_than_its_limit(ask in asks(), replies in replies()) {
        let mut talk = Talk::begin(ask);
        talk.command(Command::Checkup);
        play(&mut talk, &replies);
        check(&talk, 0, CHECKUP_REQUESTS)?;
        prop_assert_eq!(talk.trace.probes().len(), probe::all().len());
    }

    #[test]
    fn in_a_conversation_that_is_open_it_does_not_either(ask in asks(), replies in replies(), more in replies()) {
        let mut talk = Talk::run(ask);
        play(&mut talk, &replies);
        talk.wait(Micros::from_secs(10));
        let before = talk.trace.exchanges().len();
        talk.command(Command::Checkup);
        play(&mut talk, &more);
        check(&talk, before, CHECKUP_REQUESTS)?;
    }

    #[test]
    fn one_probe_stays_below_its_own(ask in asks(), n in 0..probe::all().len(), replies in replies()) {
        let mut talk = Talk::begin(ask);
        talk.command(Command::Probe(probe::all()[n].slug.to_owned()));
        play(&mut talk, &replies);
        check(&talk, 0, PROBE_REQUESTS)?;
    }

    #[test]
    fn stopped_anywhere_only_sessions_are_ended(ask in asks(), replies in replies(), after in 0..30_usize) {
        let mut talk = Talk::begin(ask);
        talk.command(Command::Checkup);
        for reply in replies.iter().take(after) {
            match talk.next_sent() {
                Some(id) => answer(&mut talk, id, reply, id.0 as usize),
                None => talk.wait(Micros::from_secs(6)),
            }
        }
        let before = talk.trace.exchanges().len();
        talk.command(Command::Stop);
        talk.wait(Micros::from_secs(60));
        let ends = |exchange: &inspector_core::trace::Exchange| exchange.request.method == inspector_core::http::Method::Delete;
        prop_assert!(talk.trace.exchanges()[before..].iter().all(ends));
        prop_assert!(!talk.session.is_running());
        check(&talk, 0, CHECKUP_REQUESTS)?;
    }
}
