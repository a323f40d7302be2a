//! `cargo run --release -p inspector-tests --bin bench-native`: how fast event streams are decoded and recorded, and what a
//! flood costs in memory, in the release profile of the page; and how long a storm of failures takes to explain and to redact.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use inspector_core::{
    diagnose::diagnose,
    share::{Level, More, redact},
    sse::Decoder,
    trace::{Command, Trace, Why, notation},
};
use lab::{
    drive::{self, Drive},
    fault::{FaultServer, Scenario},
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const MEGABYTE: usize = 1 << 20;

/// Measurements of which the median is told.
const ROUNDS: usize = 9;

fn main() {
    println!("decoding event streams, median of {ROUNDS}");
    decoding("1 MB of small events, 64-byte chunks", &small_events(MEGABYTE), 64);
    decoding("1 MB of small events, 64 KB chunks", &small_events(MEGABYTE), 64 * 1024);
    decoding("one event of 1 MB, 64 KB chunks", &one_event(MEGABYTE), 64 * 1024);
    println!("\nfloods over the loopback, each once, with session and trace");
    flood("stream of 100 MB", "big-stream");
    flood("one event of 20 MB", "huge-event");
    flood("JSON of 50 MB", "big-json");
    println!("\nstorms of failures, each once");
    storm(1_000);
    storm(4_000);
}

/// A session that died: every call is refused, and `initialize` without the id works each time.
fn storm(calls: usize) {
    let mut text = String::from("mcp-trace 1\nserver https://mcp.example.com/mcp\ntoken opaque 37\n! run\n");
    for n in 0..calls {
        let id = n + 1;
        text += &format!(
            "> purpose=call session=A\n  body {{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"tools/call\",\"params\":{{\"name\":\"add\"}}}}\n\
             <{id} 404 application/json\n  body {{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":{{\"code\":-32001,\"message\":\"Session not found\"}}}}\n  end\n"
        );
    }
    let trace: Trace = notation::read(&text).expect("a recording").trace;
    let told = |start: Instant| start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    black_box(diagnose(&trace));
    let explained = told(start);
    let start = Instant::now();
    black_box(redact(&trace, Level::Everything, &More::default()));
    println!("  {:<40} {explained:>8.0} ms to explain   {:>6.0} ms to redact", format!("{calls} refused calls"), told(start));
}

fn decoding(name: &str, stream: &[u8], chunk: usize) {
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| time_to_decode(stream, chunk)).collect();
    times.sort();
    let median = times[ROUNDS / 2];
    println!("  {name:<40} {:>8.0} MB/s", stream.len() as f64 / 1e6 / median.as_secs_f64());
}

fn time_to_decode(stream: &[u8], chunk: usize) -> Duration {
    let start = Instant::now();
    let mut decoder = Decoder::new();
    let mut count = 0_usize;
    let mut sink = |item: inspector_core::sse::Item<'_>| {
        black_box(&item);
        count += 1;
    };
    stream.chunks(chunk).for_each(|piece| decoder.feed(piece, &mut sink));
    decoder.finish(&mut sink);
    assert!(count > 0);
    start.elapsed()
}

fn small_events(length: usize) -> Vec<u8> {
    let event =
        |n: usize| format!("id: {n}\nevent: message\ndata: {{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}}\n\n");
    let mut stream = Vec::with_capacity(length + 100);
    for n in 0.. {
        if stream.len() >= length {
            break;
        }
        stream.extend(event(n).into_bytes());
    }
    stream
}

fn one_event(length: usize) -> Vec<u8> {
    format!("data: {}\n\n", "x".repeat(length)).into_bytes()
}

fn flood(name: &str, scenario: &str) {
    let server = FaultServer::start(Scenario::by_name(scenario).expect("a scenario of this name"));
    let baseline = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let start = Instant::now();
    let mut drive = Drive::start(drive::about(&server.url()), "");
    drive.command(Command::Run);
    drive.wait_until_idle();
    let time = start.elapsed();
    let peak = HEAP.peak_usage().saturating_sub(baseline);
    let trace = drive.into_trace();
    let last = trace.exchanges().last().expect("an exchange");
    let end = match last.aborted {
        Some((_, Why::TooLarge)) => "refused",
        _ => "read",
    };
    println!(
        "  {name:<40} {:>8.0} ms   peak heap {:>5.1} MB   {:>4.1} MB held   {end}",
        time.as_secs_f64() * 1e3,
        peak as f64 / 1e6,
        trace.held_bytes() as f64 / 1e6
    );
}
