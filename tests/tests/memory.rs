//! What a hostile or broken server may cost: the beginning and the end of a flood are kept, the rest is counted, and memory
//! stays bounded. Peaks are of the whole program, the fault server included. Shapes that no network delivers fast enough are
//! handed to the session directly.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use inspector_core::{
    http::{Headers, ResponseHead, Sight},
    id::ExchangeId,
    limits::{
        ANSWERS, BODY_HEAD_BYTES, BODY_HEAD_CHUNKS, BODY_TAIL_BYTES, BODY_TAIL_CHUNKS, JSON_BODY_BYTES, STREAM_ITEMS_HEAD,
        STREAM_ITEMS_TAIL, TRACE_BYTES,
    },
    session::{Input, Output, Session},
    time::Micros,
    trace::{Command, End, Exchange, ItemKind, Outcome, Purpose, Trace, Why},
};
use lab::{
    drive::{self, Drive},
    fault::{FaultServer, Scenario},
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const MEGABYTE: u64 = 1 << 20;

/// What the inspector may hold, however much a server sends.
const PEAK: u64 = 64 * MEGABYTE;

/// The heap is counted for the whole program: one flood at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Says that this test alone uses the heap, and from where its growth counts.
struct Watch {
    baseline: usize,
    _alone: MutexGuard<'static, ()>,
}

impl Watch {
    fn begin() -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let baseline = HEAP.current_usage();
        HEAP.reset_peak_usage();
        Self { baseline, _alone: alone }
    }

    fn assert_peak_below(&self, limit: u64) {
        let growth = HEAP.peak_usage().saturating_sub(self.baseline) as u64;
        assert!(growth < limit, "the heap grew by {growth} bytes");
    }
}

/// Runs against a scenario while `more` wants it, and checks after everything that happens that the trace holds no more than
/// it may.
fn drive_while(drive: &mut Drive, more: impl Fn(&Drive) -> bool) {
    while more(drive) {
        drive.step(Duration::from_millis(100));
        let held = drive.trace().held_bytes();
        assert!(held <= TRACE_BYTES, "the trace holds {held} bytes");
    }
}

fn begin(server: &FaultServer) -> Drive {
    let mut drive = Drive::start(drive::about(&server.url()), "");
    drive.command(Command::Run);
    drive
}

fn start(scenario: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(scenario).expect("a scenario of this name"))
}

/// A session and its trace without a network.
struct Fed {
    session: Session,
    trace: Trace,
    now: Micros,
}

impl Fed {
    const TOOLS: ExchangeId = ExchangeId(3);

    /// A session whose handshake has gone well, and whose `tools/list` is answered with this type.
    fn asking_for_tools(content_type: &str) -> Self {
        let about = drive::about("https://flood.example.com/mcp");
        let mut fed = Self { session: Session::new(about.clone()), trace: Trace::new(about), now: Micros::ZERO };
        fed.feed(Input::Command(Command::Run));
        fed.answer(ExchangeId(1), 200, "application/json");
        fed.chunk(
            ExchangeId(1),
            br#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}}"#,
        );
        fed.feed(Input::End(ExchangeId(1), End::Complete));
        fed.answer(ExchangeId(2), 202, "application/json");
        fed.feed(Input::End(ExchangeId(2), End::Complete));
        fed.answer(Self::TOOLS, 200, content_type);
        fed
    }

    fn answer(&mut self, id: ExchangeId, status: u16, content_type: &str) {
        let mut headers = Headers::new();
        headers.push("content-type", content_type);
        self.feed(Input::Response(id, ResponseHead { status, redirected_to: None, headers, sight: Sight::Full }));
    }

    fn chunk(&mut self, id: ExchangeId, bytes: &[u8]) {
        self.feed(Input::Chunk(id, bytes.to_vec()));
    }

    fn feed(&mut self, input: Input) {
        self.now = self.now.saturating_add(Micros(1));
        self.session.handle(self.now, input);
        while let Some(output) = self.session.poll_output() {
            if let Output::Record(record) = output {
                self.trace.push(record);
            }
        }
        assert!(self.trace.held_bytes() <= TRACE_BYTES);
    }
}

fn last(trace: &Trace) -> &Exchange {
    trace.exchanges().last().expect("an exchange")
}

/// Everything received is either kept or counted.
fn assert_counted(trace: &Trace) {
    let exchange = last(trace);
    let dropped = trace.body_dropped(exchange.id);
    let head = trace.body_bytes(exchange.id, 0..(BODY_HEAD_BYTES - 64 * 1024) as u64);
    assert!(head.is_some(), "the beginning is kept");
    let tail = exchange.reply.bytes - (BODY_TAIL_BYTES / 2) as u64..exchange.reply.bytes;
    assert!(trace.body_bytes(exchange.id, tail).is_some(), "the end is kept");
    let all: u64 = trace.exchanges().iter().map(|exchange| exchange.reply.bytes).sum();
    assert_eq!(dropped + trace.held_bytes() as u64, all);
}

fn assert_items_are_numbered_around_the_gap(exchange: &Exchange, total: u64) {
    let reply = &exchange.reply;
    assert_eq!(reply.items.len() as u64 + reply.dropped_items, total);
    assert!(reply.items.len() >= STREAM_ITEMS_HEAD + STREAM_ITEMS_TAIL);
    assert!(reply.items[..STREAM_ITEMS_HEAD].iter().zip(0..).all(|(item, n)| item.n == n));
    let tail = &reply.items[STREAM_ITEMS_HEAD..];
    assert!(tail.iter().rev().zip((0..total).rev()).all(|(item, n)| u64::from(item.n) == n));
}

#[test]
fn of_a_stream_of_100_mb_the_two_ends_are_kept_and_the_answer_is_read() {
    let watch = Watch::begin();
    let server = start("big-stream");
    let mut drive = begin(&server);
    drive_while(&mut drive, Drive::is_busy);
    watch.assert_peak_below(PEAK);
    let trace = drive.trace();
    assert_eq!(trace.outcome(), Outcome::Ok);
    let stream = last(trace);
    assert!(matches!(stream.end, Some((_, End::Complete))));
    assert!(stream.reply.bytes > 100 * MEGABYTE);
    assert_counted(trace);
    assert_items_are_numbered_around_the_gap(stream, 100 * 1024 + 1);
    let (answer, _) = stream.received().last().expect("the answer");
    assert!(trace.item_text(answer).is_some_and(|text| text.contains(r#""tools":[]"#)), "the answer can be shown");
}

#[test]
fn an_endless_stream_costs_no_more_the_longer_it_runs_and_ends_with_stop() {
    let watch = Watch::begin();
    let server = start("endless-stream");
    let mut drive = begin(&server);
    drive_while(&mut drive, |drive| last(drive.trace()).reply.dropped_items < STREAM_ITEMS_TAIL as u64);
    assert!(drive.is_busy());
    drive.command(Command::Stop);
    drive_while(&mut drive, Drive::is_busy);
    watch.assert_peak_below(PEAK);
    let trace = drive.trace();
    assert_eq!(trace.outcome(), Outcome::Stopped);
    let stream = last(trace);
    assert!(matches!(stream.aborted, Some((_, Why::Stopped))) && matches!(stream.end, Some((_, End::Aborted))));
    assert_items_are_numbered_around_the_gap(stream, stream.reply.items.len() as u64 + stream.reply.dropped_items);
}

#[test]
fn a_json_body_of_50_mb_is_refused_for_the_size_it_announces() {
    let watch = Watch::begin();
    let server = start("big-json");
    let mut drive = begin(&server);
    drive_while(&mut drive, Drive::is_busy);
    watch.assert_peak_below(PEAK);
    let trace = drive.trace();
    assert_eq!(trace.outcome(), Outcome::Failed);
    let refused = last(trace);
    assert!(matches!(refused.aborted, Some((_, Why::TooLarge))));
    let announced = refused.head().and_then(|head| head.headers.get("content-length")).and_then(|length| length.parse().ok());
    assert!(announced.is_some_and(|length: u64| length > 50 * MEGABYTE));
    assert!(refused.reply.bytes < MEGABYTE, "hardly any of it was read");
}

#[test]
fn of_an_event_of_20_mb_the_size_is_told_and_the_two_ends_are_kept() {
    let watch = Watch::begin();
    let server = start("huge-event");
    let mut drive = begin(&server);
    drive_while(&mut drive, Drive::is_busy);
    watch.assert_peak_below(PEAK);
    let trace = drive.trace();
    assert_eq!(trace.outcome(), Outcome::Failed);
    let [item] = &last(trace).reply.items[..] else { panic!("one item") };
    let ItemKind::Oversize(bytes) = item.what else { panic!("an oversize event: {:?}", item.what) };
    assert!(bytes > 20 * MEGABYTE && bytes < last(trace).reply.bytes);
    assert_counted(trace);
}

#[test]
fn of_a_stream_in_tiny_chunks_no_more_chunks_are_kept_than_allowed() {
    let watch = Watch::begin();
    let mut fed = Fed::asking_for_tools("text/event-stream");
    let chunks = 4 * (BODY_HEAD_CHUNKS + BODY_TAIL_CHUNKS);
    for n in 0..chunks {
        fed.chunk(Fed::TOOLS, if n % 40 == 39 { b"\n" } else { b":" });
    }
    watch.assert_peak_below(8 * MEGABYTE);
    assert_eq!(fed.trace.body_dropped(Fed::TOOLS), (chunks - BODY_HEAD_CHUNKS - BODY_TAIL_CHUNKS) as u64);
}

#[test]
fn an_event_that_holds_as_much_json_as_fits_costs_no_more_than_allowed() {
    let watch = Watch::begin();
    let mut fed = Fed::asking_for_tools("text/event-stream");
    let event = format!("data: [{}1]\n\n", "1,".repeat(2 * MEGABYTE as usize - 64));
    event.as_bytes().chunks(64 * 1024).for_each(|piece| fed.chunk(Fed::TOOLS, piece));
    drop(event);
    watch.assert_peak_below(PEAK);
}

#[test]
fn a_json_body_that_does_not_announce_its_size_is_refused_when_it_has_become_too_large() {
    let watch = Watch::begin();
    let mut fed = Fed::asking_for_tools("application/json");
    let piece = [b'['; 64 * 1024];
    for _ in 0..JSON_BODY_BYTES / piece.len() + 3 {
        fed.chunk(Fed::TOOLS, &piece);
    }
    fed.feed(Input::End(Fed::TOOLS, End::Complete));
    watch.assert_peak_below(PEAK);
    assert_eq!(fed.trace.outcome(), Outcome::Failed);
    let [item] = &last(&fed.trace).reply.items[..] else { panic!("one item") };
    assert_eq!(item.what, ItemKind::Oversize((JSON_BODY_BYTES + 3 * piece.len()) as u64));
}

#[test]
fn of_one_giant_chunk_the_two_ends_are_kept() {
    let _watch = Watch::begin();
    let mut fed = Fed::asking_for_tools("text/event-stream");
    let giant = [b"data: begin\n\n".to_vec(), vec![b':'; 20 * MEGABYTE as usize], b"\ndata: end\n\n".to_vec()].concat();
    let length = giant.len() as u64;
    fed.feed(Input::Chunk(Fed::TOOLS, giant));
    let bytes = |range| fed.trace.body_bytes(Fed::TOOLS, range).map(|bytes| bytes.into_owned());
    assert_eq!(bytes(0..11), Some(b"data: begin".to_vec()));
    assert_eq!(bytes(length - 11..length - 2), Some(b"data: end".to_vec()));
    assert_eq!(bytes(length / 2..length / 2 + 1), None);
}

#[test]
fn a_server_that_asks_without_end_is_not_answered_without_end() {
    let _watch = Watch::begin();
    let mut fed = Fed::asking_for_tools("text/event-stream");
    for n in 0..ANSWERS * 3 {
        fed.chunk(Fed::TOOLS, format!("data: {{\"jsonrpc\":\"2.0\",\"id\":{n},\"method\":\"ping\"}}\n\n").as_bytes());
    }
    let answers = fed.trace.exchanges().iter().filter(|exchange| exchange.purpose == Purpose::Answer);
    assert_eq!(answers.count(), ANSWERS as usize);
}
