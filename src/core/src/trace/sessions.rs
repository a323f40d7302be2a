//! The sessions of a trace: where an id was issued, who used it, and where it was ended.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::exchange::Exchange;
use super::record::Purpose;
use crate::http::Method;
use crate::id::{EventRef, ExchangeId};

/// One session id and its life in a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// The id.
    pub id: String,
    /// The response that issued it; `None` when the recording began later.
    pub issued: Option<EventRef>,
    /// The exchanges whose request carried it.
    pub used: Vec<ExchangeId>,
    /// The DELETE that ended it.
    pub ended: Option<EventRef>,
}

/// The letter a person knows the n-th session by: A to Z, then A2, B2 ...
pub fn letter(n: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if n < 26 { letter.into() } else { alloc::format!("{letter}{}", n / 26 + 1) }
}

fn line<'a>(lines: &'a mut Vec<SessionLine>, id: &str) -> &'a mut SessionLine {
    let at = lines.iter().position(|line| line.id == id).unwrap_or_else(|| {
        lines.push(SessionLine { id: id.to_owned(), issued: None, used: Vec::new(), ended: None });
        lines.len() - 1
    });
    &mut lines[at]
}

pub(super) fn on_request(lines: &mut Vec<SessionLine>, exchange: &Exchange) {
    if let Some(id) = exchange.session_sent() {
        line(lines, id).used.push(exchange.id);
    }
}

/// Only a good answer to `initialize` issues a session (2025-03-26, transports). Python SDK servers put a fresh, unusable
/// id on 400, 405 and 406 replies too (measured: mcp 1.12 to 2.3), which must not be taken for one.
pub(super) fn on_response(lines: &mut Vec<SessionLine>, exchanges: &[Exchange], id: ExchangeId) {
    let Some(exchange) = exchanges.iter().rfind(|exchange| exchange.id == id) else { return };
    let Some(head) = exchange.head().filter(|head| head.is_success()) else { return };
    let opens = matches!(exchange.purpose, Purpose::Initialize | Purpose::StartOver) || exchange.method() == Some("initialize");
    if opens && let Some(id) = head.headers.get("mcp-session-id") {
        let line = line(lines, id);
        line.issued = line.issued.or(Some(EventRef::response(exchange.id)));
    }
    if exchange.request.method == Method::Delete
        && let Some(id) = exchange.session_sent()
    {
        line(lines, id).ended = Some(EventRef::response(exchange.id));
    }
}
