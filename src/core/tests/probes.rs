//! Probes, told as conversations: what is sent when one is tried, what is said of what came, and what is never sent.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own texts must fail")]

mod talk;

use inspector_core::diagnose::{Certainty, diagnose, report};
use inspector_core::http::HeaderValue;
use inspector_core::http::SecretSlot;
use inspector_core::id::ExchangeId;
use inspector_core::limits::{CHECKUP_REQUESTS, HANDSHAKE_REQUESTS, PROBE_REQUESTS};
use inspector_core::mcp::{Ask, Revision};
use inspector_core::probe::{self, FORGED_ID, Setting, Tells, Verdict};
use inspector_core::time::Micros;
use inspector_core::trace::{Command, End, LeftOut, Outcome};
use talk::Talk;

const INITIALIZED: &str = r#"{"jsonrpc":"2.0","id":ID,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"a","version":"1"}}}"#;
const TOOLS: &str = r#"{"jsonrpc":"2.0","id":ID,"result":{"tools":[]}}"#;
const PONG: &str = r#"{"jsonrpc":"2.0","id":ID,"result":{}}"#;

fn id(text: &str, id: u32) -> String {
    text.replace("ID", &id.to_string())
}

/// A handshake of 2025-11-25 with session `s1`, up to the tools. Two requests had an id.
fn in_session() -> Talk {
    let mut talk = Talk::run(Ask::Auto);
    let at = talk.expect(&["POST /mcp initialize"]);
    open(&mut talk, at, "s1", 1);
    let at = talk.expect(&["POST /mcp notifications/initialized session=s1 version=2025-11-25"]);
    talk.answer(at, 202, &[], "");
    let at = talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
    talk.json(at, 200, &id(TOOLS, 2));
    talk
}

/// Answers `initialize` with a session.
fn open(talk: &mut Talk, at: ExchangeId, session: &str, n: u32) {
    talk.answer(at, 200, &[("content-type", "application/json"), ("mcp-session-id", session)], &id(INITIALIZED, n));
}

fn try_probe(talk: &mut Talk, slug: &str) {
    talk.command(Command::Probe(slug.to_owned()));
}

/// What is said of the probe that was tried last.
#[track_caller]
fn judged(talk: &Talk) -> (Verdict, String) {
    let run = talk.trace.probes().last().unwrap();
    let judged = probe::judge(probe::by_slug(&run.slug).unwrap(), &talk.trace, run);
    assert!(!talk.session.is_running(), "{:?}", judged);
    (judged.verdict, judged.says)
}

#[test]
fn a_probe_is_its_requests_and_no_more() {
    let mut talk = in_session();
    try_probe(&mut talk, "no-session-id");
    let at = talk.expect(&["POST /mcp ping version=2025-11-25"]);
    assert!(talk.session.is_running() && !talk.session.is_open());
    talk.answer(at, 400, &[], "Bad Request: Missing session ID");
    talk.expect(&[]);
    assert_eq!(judged(&talk), (Verdict::AsExpected, "It is refused with 400, as it should be.".to_owned()));
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
    assert!(talk.session.is_open());
}

#[test]
fn what_a_probe_is_told_changes_nothing_of_what_is_known() {
    let mut talk = in_session();
    try_probe(&mut talk, "other-era");
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 200, r#"{"jsonrpc":"2.0","id":3,"result":{"supportedVersions":["2026-07-28"],"capabilities":{}}}"#);
    assert_eq!(judged(&talk), (Verdict::AsExpected, "The server speaks the stateless era (2026-07-28) as well.".to_owned()));
    assert_eq!(talk.trace.spoken().unwrap().revision, Revision::V2025_11_25);
    talk.call("prompts/list", "");
    talk.expect(&["POST /mcp prompts/list session=s1 version=2025-11-25"]);
}

#[test]
fn what_is_refused_at_the_door_says_nothing_of_what_was_tried() {
    for (slug, request) in [
        ("other-era", "POST /mcp server/discover version=2026-07-28"),
        ("trailing-slash", "POST /mcp/ ping session=s1 version=2025-11-25"),
    ] {
        for status in [401, 403, 429, 503] {
            let mut talk = in_session();
            try_probe(&mut talk, slug);
            let at = talk.expect(&[request]);
            talk.answer(at, status, &[], "Invalid API key");
            let (verdict, says) = judged(&talk);
            assert_eq!((verdict, says.contains("before that matters")), (Verdict::NotTried, true), "{slug} {status}: {says}");
        }
    }
}

#[test]
fn a_server_that_gives_the_same_id_again_is_not_accused_over_an_end_that_was_not_asked_for() {
    let mut talk = in_session();
    try_probe(&mut talk, "ended-id");
    let at = talk.expect(&["POST /mcp initialize"]);
    open(&mut talk, at, "s1", 3);
    talk.expect(&[]);
    let (verdict, says) = judged(&talk);
    assert_eq!((verdict, says.contains("in use already")), (Verdict::NotTried, true), "{says}");
}

#[test]
fn a_checkup_of_a_server_that_opens_nothing_does_not_say_that_everything_is_as_it_should_be() {
    let mut talk = Talk::begin(Ask::Auto);
    talk.command(Command::Checkup);
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 401, &[], "Invalid API key");
    let control = talk.trace.probes().iter().find(|run| run.slug == "control");
    assert_eq!(control.map(|run| run.left_out), Some(Some(LeftOut::NotOpen)));
}

#[test]
fn an_unknown_revision_is_refused_rightly_by_its_code_alone_where_there_is_no_handshake() {
    let other = r#"{"jsonrpc":"2.0","id":ID,"error":{"code":-32600,"message":"no"}}"#;
    let right = r#"{"jsonrpc":"2.0","id":ID,"error":{"code":-32022,"message":"no","data":{"supported":["2026-07-28"]}}}"#;
    for (body, expected) in [(other, Verdict::Differs), (right, Verdict::AsExpected)] {
        let mut talk = Talk::run(Ask::Only(Revision::V2026_07_28));
        let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
        talk.json(at, 200, r#"{"jsonrpc":"2.0","id":1,"result":{"supportedVersions":["2026-07-28"],"capabilities":{}}}"#);
        try_probe(&mut talk, "version-header");
        let at = talk.expect(&["POST /mcp server/discover"]);
        talk.answer(at, 400, &[], "Bad Request");
        let at = talk.expect(&["POST /mcp server/discover version=2099-01-01"]);
        talk.json(at, 400, &id(body, 3));
        assert_eq!(judged(&talk).0, expected, "{body}");
    }
}

#[test]
fn a_spelling_that_is_redirected_is_said_to_be() {
    let mut talk = in_session();
    try_probe(&mut talk, "trailing-slash");
    let at = talk.expect(&["POST /mcp/ ping session=s1 version=2025-11-25"]);
    talk.answer(at, 307, &[("location", "http://127.0.0.1/mcp")], "");
    let (verdict, says) = judged(&talk);
    assert_eq!((verdict, says.starts_with("/mcp/ is redirected with 307")), (Verdict::AsExpected, true), "{says}");
}

#[test]
fn sessions_that_a_probe_opened_are_ended() {
    let mut talk = in_session();
    try_probe(&mut talk, "initialize-without-id");
    let at = talk.expect(&["POST /mcp initialize"]);
    open(&mut talk, at, "s2", 3);
    let at = talk.expect(&["DELETE /mcp session=s2 version=2025-11-25"]);
    talk.answer(at, 200, &[], "");
    assert_eq!(judged(&talk).0, Verdict::AsExpected);
    talk.call("tools/list", "");
    talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
}

#[test]
fn a_session_of_the_other_era_is_not_ended_in_the_words_of_this_one() {
    let mut talk = Talk::run(Ask::Only(Revision::V2026_07_28));
    let at = talk.expect(&["POST /mcp server/discover version=2026-07-28"]);
    talk.json(at, 200, r#"{"jsonrpc":"2.0","id":1,"result":{"supportedVersions":["2026-07-28"],"capabilities":{}}}"#);
    try_probe(&mut talk, "other-era");
    let at = talk.expect(&["POST /mcp initialize"]);
    open(&mut talk, at, "s1", 2);
    let at = talk.expect(&["DELETE /mcp session=s1"]);
    talk.answer(at, 200, &[], "");
    assert_eq!(judged(&talk).0, Verdict::AsExpected);
}

#[test]
fn stopped_a_probe_still_ends_the_sessions_it_opened() {
    let mut talk = in_session();
    try_probe(&mut talk, "several-sessions");
    assert_eq!(talk.sent_in_short(), ["POST /mcp initialize", "POST /mcp initialize"]);
    open(&mut talk, ExchangeId(4), "s2", 3);
    talk.command(Command::Stop);
    talk.expect(&["DELETE /mcp session=s2 version=2025-11-25"]);
    assert_eq!(judged(&talk), (Verdict::NotTried, "It was stopped before it was over.".to_owned()));
}

#[test]
fn steps_that_go_at_once_are_sent_before_any_is_answered() {
    let mut talk = in_session();
    try_probe(&mut talk, "parallel-requests");
    let ping = "POST /mcp ping session=s1 version=2025-11-25";
    let last = talk.expect(&[ping, ping, ping]);
    for n in 0..3 {
        let at = ExchangeId(last.0 - 2 + n);
        if n == 1 {
            talk.answer(at, 404, &[], "Session not found");
        } else {
            talk.json(at, 200, &id(PONG, 3 + n));
        }
    }
    let (verdict, says) = judged(&talk);
    assert_eq!(verdict, Verdict::Differs);
    assert!(says.starts_with("2 of 3 are answered"), "{says}");
}

#[test]
fn a_pause_is_waited_for_and_then_the_session_is_asked() {
    let mut talk = in_session();
    try_probe(&mut talk, "id-after-pause");
    talk.expect(&[]);
    talk.wait(Micros::from_secs(4));
    talk.expect(&[]);
    assert!(talk.session.is_running());
    talk.wait(Micros::from_secs(1));
    let at = talk.expect(&["POST /mcp ping session=s1 version=2025-11-25"]);
    talk.json(at, 200, &id(PONG, 3));
    assert_eq!(judged(&talk), (Verdict::AsExpected, "The session is still known.".to_owned()));
}

#[test]
fn stopped_while_nothing_is_under_way_a_probe_is_stopped_all_the_same() {
    let mut talk = in_session();
    try_probe(&mut talk, "id-after-pause");
    talk.wait(Micros::from_secs(2));
    talk.command(Command::Stop);
    talk.wait(Micros::from_secs(60));
    talk.expect(&[]);
    assert_eq!((talk.trace.outcome(), judged(&talk).0), (Outcome::Stopped, Verdict::NotTried));
    assert!(!probe::ends_in_checkup(&talk.trace));
    talk.command(Command::Checkup);
    talk.command(Command::Stop);
    assert!(probe::ends_in_checkup(&talk.trace) && talk.session.is_open());
}

#[test]
fn a_session_that_a_probe_finds_lost_is_not_asked_again() {
    let mut talk = in_session();
    try_probe(&mut talk, "control");
    let at = talk.expect(&["POST /mcp ping session=s1 version=2025-11-25"]);
    talk.answer(at, 404, &[], "Session not found");
    assert_eq!(judged(&talk).0, Verdict::Differs);
    // What needs a session opens one first.
    try_probe(&mut talk, "forged-id");
    let at = talk.expect(&["POST /mcp initialize"]);
    open(&mut talk, at, "s2", 4);
    let at = talk.expect(&["POST /mcp notifications/initialized session=s2 version=2025-11-25"]);
    talk.answer(at, 202, &[], "");
    let at = talk.expect(&[&format!("POST /mcp ping session={FORGED_ID} version=2025-11-25")]);
    talk.answer(at, 404, &[], "Session not found");
    assert_eq!(judged(&talk).0, Verdict::AsExpected);
    assert_eq!(talk.trace.sessions().len(), 2, "the made-up id is nobody's session");
}

#[test]
fn the_mangled_token_is_a_secret_that_core_only_names() {
    let mut talk = in_session();
    try_probe(&mut talk, "mangled-token");
    let (at, request) = talk.sent();
    let tokens: Vec<_> =
        request.headers.iter().filter(|(name, _)| *name == "Authorization").map(|(_, value)| value.clone()).collect();
    assert_eq!(tokens, [HeaderValue::Secret(SecretSlot::Mangled)]);
    talk.answer(at, 401, &[], "");
    assert_eq!(judged(&talk).0, Verdict::AsExpected);
}

#[test]
fn what_the_browser_hides_is_never_called_a_difference() {
    let mut talk = in_session();
    try_probe(&mut talk, "no-token");
    let (at, request) = talk.sent();
    assert!(!request.headers.has("authorization"));
    talk.end(at, End::Failed("Failed to fetch".to_owned()));
    assert_eq!(judged(&talk).0, Verdict::Unseen);
    assert_eq!(talk.trace.outcome(), Outcome::Ok);
}

#[test]
fn a_stream_that_opens_is_closed_again() {
    let mut talk = in_session();
    try_probe(&mut talk, "get-stream");
    let at = talk.expect(&["GET /mcp session=s1 version=2025-11-25"]);
    talk.open_stream(at);
    assert_eq!(talk.aborted(), [at.0]);
    assert_eq!(judged(&talk), (Verdict::AsExpected, "A stream opens.".to_owned()));
}

#[test]
fn no_answer_in_time_ends_the_step() {
    let mut talk = in_session();
    try_probe(&mut talk, "accept");
    talk.expect(&["POST /mcp ping session=s1 version=2025-11-25"]);
    talk.wait(Micros::from_secs(10));
    let at = talk.expect(&["POST /mcp ping session=s1 version=2025-11-25"]);
    talk.json(at, 200, &id(PONG, 4));
    let (verdict, says) = judged(&talk);
    assert_eq!((verdict, says.contains("no answer within 10 s")), (Verdict::Differs, true), "{says}");
}

#[test]
fn a_likely_stale_session_is_proven_by_initialize_without_the_id() {
    let mut talk = in_session();
    talk.call("tools/list", "");
    let at = talk.expect(&["POST /mcp tools/list session=s1 version=2025-11-25"]);
    talk.answer(at, 404, &[("content-type", "text/html")], "<html><h1>404</h1></html>");
    // The session asks by itself; nobody answers in a way that says anything.
    let at = talk.expect(&["POST /mcp initialize"]);
    talk.answer(at, 502, &[], "Bad Gateway");
    let likely = &diagnose(&talk.trace)[0];
    assert_eq!((likely.cause.slug, likely.certainty), ("session-stale", Certainty::Likely));
    assert_eq!(report(likely, &talk.trace).probe, Some("initialize-without-id"));
    try_probe(&mut talk, "initialize-without-id");
    let at = talk.expect(&["POST /mcp initialize"]);
    open(&mut talk, at, "s2", 5);
    let at = talk.expect(&["DELETE /mcp session=s2 version=2025-11-25"]);
    talk.answer(at, 204, &[], "");
    let proven = &diagnose(&talk.trace)[0];
    assert_eq!((proven.cause.slug, proven.certainty), ("session-stale", Certainty::Proven));
    assert_eq!(report(proven, &talk.trace).probe, None);
}

#[test]
fn every_probe_has_a_name_of_its_own_and_stays_below_its_limit() {
    for probe in probe::all() {
        assert_eq!(probe::all().iter().filter(|other| other.slug == probe.slug).count(), 1, "{probe:?}");
        assert!(probe.title.chars().count() <= 60 && probe.asks.ends_with('.'), "{probe:?}");
        for revision in [None, Some(Revision::V2024_11_05), Some(Revision::V2025_11_25), Some(Revision::V2026_07_28)] {
            for open in [false, true] {
                let setting = Setting { revision, open, session: open, token: true, path: true, ..Setting::default() };
                assert!(probe.requests(&setting) <= PROBE_REQUESTS, "{probe:?} {setting:?}");
            }
        }
    }
}

#[test]
fn a_checkup_is_planned_within_its_limit_and_has_room_for_every_cause() {
    let full = Setting { open: true, session: true, token: true, path: true, ..Setting::default() };
    for revision in [Revision::V2025_03_26, Revision::V2025_11_25, Revision::V2026_07_28] {
        for fresh in [false, true] {
            let setting = Setting { revision: Some(revision), fresh, ..full };
            let plan = probe::plan(&setting);
            let requests: u32 = plan.iter().filter_map(|(_, fits)| fits.ok()).sum();
            let handshake = if fresh { HANDSHAKE_REQUESTS } else { 0 };
            assert!(requests + handshake <= CHECKUP_REQUESTS, "{requests}: {plan:?}");
            for (probe, fits) in plan {
                assert!(probe.tells > Tells::Cause || fits != Err(LeftOut::Limit), "{probe:?} {revision:?}");
            }
        }
    }
}

#[test]
fn what_a_checkup_has_no_room_for_can_be_tried_alone() {
    for probe in probe::all() {
        let mut talk = in_session();
        try_probe(&mut talk, probe.slug);
        assert!(talk.trace.probes().last().unwrap().left_out != Some(LeftOut::Limit), "{probe:?}");
    }
}
