//! A recording is a test of the session that made it: run again over the same inputs, it does the same; written down and
//! read back, it is the same recording.

use std::sync::mpsc::channel;
use std::thread;

use inspector_core::{
    http::{Headers, Url},
    mcp::Ask,
    session,
    time::Micros,
    trace::{About, Record, Trace, What, notation},
};
use lab::{
    drive,
    fault::{FaultServer, Nobody, Scenario},
};

/// Too slow or too big for these tests; of the big ones only the ends are kept, which no session can run again.
const LEFT_OUT: [&str; 4] = ["slow-stream", "endless-stream", "big-stream", "huge-event"];

/// Drives every scenario, all at once, and hands each recording to `check`.
fn each_recording(check: impl Fn(&str, &Trace)) {
    let (tell, recorded) = channel();
    for scenario in Scenario::all().filter(|scenario| !LEFT_OUT.contains(&scenario.name)) {
        let tell = tell.clone();
        thread::spawn(move || {
            let server = FaultServer::start(scenario);
            let ask = Ask::parse(scenario.protocol).expect("a protocol");
            let about = About { timeout: Micros::from_millis(800), ask, ..drive::about(&server.url()) };
            tell.send((scenario.name, drive::run(about))).expect("the test listens");
        });
    }
    drop(tell);
    let mut count = 0;
    for (name, trace) in recorded {
        assert!(!trace.is_empty(), "{name}: nothing was sent");
        check(name, &trace);
        count += 1;
    }
    assert_eq!(count, Scenario::all().count() - LEFT_OUT.len(), "a drive failed");
}

#[test]
fn a_session_records_the_same_when_it_is_run_again() {
    each_recording(|name, trace| {
        let records = trace.records();
        assert_same(name, &session::replay(trace.about.clone(), &records), &records);
    });
}

#[test]
fn a_written_recording_reads_back_with_the_same_records() {
    each_recording(|name, trace| {
        let read = notation::read(&notation::write(trace)).unwrap_or_else(|error| panic!("{name}: {error}")).trace;
        assert_eq!(read.about, trace.about, "{name}");
        assert_same(name, &read.records(), &with_letters(trace));
    });
}

#[test]
fn a_server_that_is_not_there_is_recorded_as_an_opaque_failure_and_replays() {
    let trace = drive::run(drive::about(&Nobody::find().url()));
    let records = trace.records();
    assert_same("refused", &session::replay(trace.about.clone(), &records), &records);
    let seen: Vec<_> =
        trace.exchanges().iter().map(|exchange| (exchange.purpose.as_str(), exchange.response.is_some())).collect();
    assert_eq!(seen, [("initialize", false), ("reach", false), ("reach", false)]);
}

/// Says which record differs, instead of printing two recordings.
fn assert_same(name: &str, left: &[Record], right: &[Record]) {
    for (n, (left, right)) in left.iter().zip(right).enumerate() {
        assert_eq!(left, right, "{name}: record {n}");
    }
    assert_eq!(left.len(), right.len(), "{name}");
}

/// The records with each session id as the notation writes it, wherever it stands: in a header, an address or a body.
fn with_letters(trace: &Trace) -> Vec<Record> {
    let hide = |text: &str| {
        let lines = trace.sessions().iter().enumerate();
        lines.fold(text.to_owned(), |text, (n, line)| text.replace(&line.id, &line.alias(n)))
    };
    let hide_headers = |headers: &mut Headers| {
        if let Some(id) = headers.get("mcp-session-id").map(hide) {
            headers.replace("mcp-session-id", &id);
        }
    };
    let mut records = trace.records();
    for record in &mut records {
        match &mut record.what {
            What::Request(_, _, request) => {
                hide_headers(&mut request.headers);
                request.url = Url::parse(&hide(&request.url.to_string())).expect("an address stays one");
            }
            What::Response(_, head) => hide_headers(&mut head.headers),
            // Other bodies may not be text, and hold no ids.
            What::Chunk(_, bytes) if bytes.starts_with(b"event: endpoint") => {
                *bytes = hide(&String::from_utf8_lossy(bytes)).into_bytes();
            }
            _ => {}
        }
    }
    records
}
