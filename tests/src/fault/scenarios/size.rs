//! Answers of a size that a page must survive. They are made on the fly and never held.

use std::time::Duration;

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, FOREVER, Reply, Step, event},
    sound::tool,
};

const MEGABYTE: u64 = 1 << 20;

/// Bytes of one generated piece.
const PIECE: usize = 1024;

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("endless-stream", "tools/list streams 10,000 log messages a second until the client leaves").fault(
        |call, _| {
            call.asks("tools/list").then(|| {
                let pause = Duration::from_millis(10);
                Reply::ok().stream([Step::Generate { piece: hundred_logs, count: FOREVER, pause }]).into()
            })
        },
    ),
    Scenario::new("big-stream", "tools/list streams 100 MB of log messages before its answer").fault(|call, _| {
        call.asks("tools/list").then(|| {
            let logs = Step::Generate { piece: log, count: 100 * MEGABYTE / PIECE as u64, pause: Duration::ZERO };
            Reply::ok().stream([logs, event(&empty_list(call))]).into()
        })
    }),
    Scenario::new("big-json", "tools/list answers 50 MB of JSON")
        .fault(|call, _| padded_tools(call, numbered_tool_of_a_piece, 50 * MEGABYTE / PIECE as u64)),
    Scenario::new("many-tools", "tools/list answers 10,000 tools").fault(|call, _| padded_tools(call, numbered_tool, 10_000)),
    Scenario::new("huge-event", "tools/list answers one event of 20 MB").fault(|call, _| {
        call.asks("tools/list").then(|| {
            let start = format!(
                "event: message\r\ndata: {{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":{{\"tools\":[],\"_meta\":{{\"padding\":\"",
                call.id()
            );
            let padding =
                Step::Generate { piece: |_| vec![b'x'; PIECE], count: 20 * MEGABYTE / PIECE as u64, pause: Duration::ZERO };
            Reply::ok().stream([Step::Write(start.into_bytes()), padding, Step::Write(b"\"}}}\r\n\r\n".to_vec())]).into()
        })
    }),
    Scenario::new("deep-json", "tools/list answers JSON nested 100,000 deep").fault(|call, _| {
        call.asks("tools/list").then(|| {
            let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
            Reply::ok().json(format!(r#"{{"jsonrpc":"2.0","id":{},"result":{{"tools":{open}{close}}}}}"#, call.id())).into()
        })
    }),
];

fn empty_list(call: &Call) -> String {
    crate::fault::sound::response(&call.id(), r#"{"tools":[]}"#)
}

/// A `tools/list` answer with `count` generated tools.
fn padded_tools(call: &Call, piece: fn(u64) -> Vec<u8>, count: u64) -> Option<Answer> {
    call.asks("tools/list").then(|| {
        let mut reply = Reply::ok().json(format!(r#"{{"jsonrpc":"2.0","id":{},"result":{{"tools":["#, call.id()));
        reply.steps.push(Step::Generate { piece, count, pause: Duration::ZERO });
        // The last of the generated tools ends with a comma as well; one more closes the list.
        reply.body(format!("{}]}}}}", tool("last", "The end of the list"))).into()
    })
}

fn numbered_tool(number: u64) -> Vec<u8> {
    format!("{},", tool(&format!("tool_{number:06}"), "One of many")).into_bytes()
}

/// A tool whose description fills it up to [`PIECE`] bytes.
fn numbered_tool_of_a_piece(number: u64) -> Vec<u8> {
    let name = format!("tool_{number:06}");
    let padding = PIECE - tool(&name, "").len() - 1;
    format!("{},", tool(&name, &"x".repeat(padding))).into_bytes()
}

/// One log message in an event of [`PIECE`] bytes.
fn log(number: u64) -> Vec<u8> {
    let start =
        format!(r#"data: {{"jsonrpc":"2.0","method":"notifications/message","params":{{"level":"debug","data":"{number:012} "#);
    let end = "\"}}\n\n";
    format!("{start}{}{end}", "x".repeat(PIECE - start.len() - end.len())).into_bytes()
}

fn hundred_logs(batch: u64) -> Vec<u8> {
    let log = |number: u64| {
        format!(
            "data: {{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{{\"level\":\"debug\",\"data\":\"{number:012}\"}}}}\n\n"
        )
    };
    (0..100).map(|number| log(batch * 100 + number)).collect::<String>().into_bytes()
}
