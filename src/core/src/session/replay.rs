//! Running a session again over a recording: the same records come out, so a recording is a test of the session that made it.

use alloc::vec::Vec;

use super::{Input, Output, Session};
use crate::trace::{About, Record, What};

/// Runs a session again over the inputs of a recording, and returns what it would have recorded.
///
/// The same records come out, so a recording is a test of the session that made it.
pub fn replay(about: About, records: &[Record]) -> Vec<Record> {
    let mut session = Session::new(about);
    let mut again = Vec::new();
    for Record { at, what } in records {
        let input = match what.clone() {
            What::Command(command) => Input::Command(command),
            What::Response(exchange, head) => Input::Response(exchange, head),
            What::Chunk(exchange, bytes) => Input::Chunk(exchange, bytes),
            What::End(exchange, end) => Input::End(exchange, end),
            What::Tick => Input::Tick,
            What::Request(..) | What::Abort(..) | What::Dropped(..) | What::Probe(..) => continue,
        };
        session.handle(*at, input);
        while let Some(output) = session.poll_output() {
            if let Output::Record(record) = output {
                again.push(record);
            }
        }
    }
    again
}
