//! What a server says without being asked: progress, log lines, what changed, what it no longer wants.

use alloc::string::String;

use super::reading::{member, of_message, raw};
use crate::rpc::Id;

/// `notifications/progress` (2025-11-25, progress).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The token of the request it belongs to; this client gives the id.
    pub token: Id,
    /// How far it has come, in thousandths: it may be a fraction.
    pub progress: i64,
    /// Where it ends, in thousandths, if it is said.
    pub total: Option<i64>,
    /// What is being done; empty when it is not said (2025-03-26).
    pub message: String,
}

/// `notifications/message`: a line of the server's log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogLine {
    /// How serious it is, in the words of syslog (RFC 5424): `debug` to `emergency`.
    pub level: String,
    /// Which part of the server speaks, if it is said.
    pub logger: String,
    /// What it says, as JSON.
    pub data: String,
}

/// Reads `notifications/progress`. `None` without a token or a number.
pub fn read_progress(message: &str) -> Option<Progress> {
    of_message(message, "params", |params| {
        Some(Progress {
            token: Id::read(params.get("progressToken")?),
            progress: params.get("progress")?.as_thousandths()?,
            total: params.get("total").and_then(|total| total.as_thousandths()),
            message: member(params, "message"),
        })
    })
}

/// Reads `notifications/message`. `None` without params.
pub fn read_log(message: &str) -> Option<LogLine> {
    of_message(message, "params", |params| {
        Some(LogLine { level: member(params, "level"), logger: member(params, "logger"), data: raw(params, "data") })
    })
}

/// Reads which resource `notifications/resources/updated` is about.
pub fn read_updated(message: &str) -> Option<String> {
    of_message(message, "params", |params| params.get("uri")?.as_str().map(Into::into))
}

/// Reads `notifications/cancelled`: which request is no longer wanted, and why. `None` when it names none.
pub fn read_cancelled(message: &str) -> Option<(Id, String)> {
    of_message(message, "params", |params| Some((Id::read(params.get("requestId")?), member(params, "reason"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_counts_in_thousandths() {
        let progress = read_progress(r#"{"params":{"progressToken":7,"progress":0.25,"total":1,"message":"Reading"}}"#).unwrap();
        assert_eq!(progress, Progress { token: Id::ours(7), progress: 250, total: Some(1_000), message: "Reading".into() });
        let bare = read_progress(r#"{"params":{"progressToken":"a","progress":3}}"#).unwrap();
        assert_eq!((bare.token, bare.progress, bare.total), (Id::Text("a".into()), 3_000, None));
        assert_eq!(read_progress(r#"{"params":{"progress":3}}"#), None);
    }

    #[test]
    fn other_notices_are_read_for_what_they_are_about() {
        let log = read_log(r#"{"params":{"level":"error","data":{"host":"a"}}}"#).unwrap();
        assert_eq!(log, LogLine { level: "error".into(), logger: String::new(), data: r#"{"host":"a"}"#.into() });
        assert_eq!(read_updated(r#"{"params":{"uri":"file:///a"}}"#).as_deref(), Some("file:///a"));
        assert_eq!(
            read_cancelled(r#"{"params":{"requestId":"1","reason":"Late"}}"#),
            Some((Id::Text("1".into()), "Late".into()))
        );
        assert_eq!(read_cancelled(r#"{"params":{}}"#), None);
    }
}
