//! The sessions of a trace: where an id was issued, who used it, and where it was ended.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::exchange::{Exchange, Item};
use super::record::Purpose;
use crate::http::Method;
use crate::id::{EventRef, ExchangeId, Part};

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

impl SessionLine {
    /// The first character of the id that it must not have: only visible ASCII is allowed (2025-03-26 and later, transports,
    /// session management).
    pub fn illegal(&self) -> Option<char> {
        self.id.chars().find(|c| !c.is_ascii_graphic())
    }

    /// What is written in place of the id of the n-th session. What is wrong with the id stays: a character that it must not
    /// have.
    pub fn alias(&self, n: usize) -> String {
        // A line break would end the line that the id is written on.
        let between = self.illegal().filter(|c| !matches!(c, '\r' | '\n')).unwrap_or('-');
        alloc::format!("session{between}{}", letter(n))
    }
}

/// The letter a person knows the n-th session by: A to Z, then A2, B2 ...
pub fn letter(n: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if n < 26 { letter.into() } else { alloc::format!("{letter}{}", n / 26 + 1) }
}

fn line<'a>(lines: &'a mut Vec<SessionLine>, id: &str) -> &'a mut SessionLine {
    // From the end: what is said is mostly said in a session that was opened lately.
    let at = lines.iter().rposition(|line| line.id == id).unwrap_or_else(|| {
        lines.push(SessionLine { id: id.to_owned(), issued: None, used: Vec::new(), ended: None });
        lines.len() - 1
    });
    &mut lines[at]
}

pub(super) fn on_request(lines: &mut Vec<SessionLine>, exchange: &Exchange) {
    // The id that a probe made up is nobody's session.
    let known = |id: &str| exchange.purpose != Purpose::Probe || lines.iter().any(|line| line.id == id);
    if let Some(id) = exchange.session_sent() {
        if !known(id) {
            return;
        }
        line(lines, id).used.push(exchange.id);
    } else if let Some(id) = in_address(exchange.request.url.target())
        && let Some(line) = lines.iter_mut().find(|line| line.id == id)
    {
        line.used.push(exchange.id);
    }
}

/// With HTTP+SSE the session is the message endpoint: its id stands in the address (2024-11-05, transports; the SDKs write
/// `session_id` in Python and `sessionId` in TypeScript).
pub(super) fn on_endpoint(lines: &mut Vec<SessionLine>, event: EventRef, address: &str) {
    if let Some(id) = in_address(address) {
        let line = line(lines, id);
        line.issued = line.issued.or(Some(event));
    }
}

/// The stream is over, and with it the session that it opened.
pub(super) fn on_stream_over(lines: &mut [SessionLine], exchange: &Exchange) {
    if !exchange.reply.items.iter().any(Item::is_endpoint) {
        return;
    }
    let opened = |line: &&mut SessionLine| {
        line.issued.is_some_and(|event| event.exchange == exchange.id && matches!(event.part, Part::Item(_)))
    };
    lines.iter_mut().filter(opened).for_each(|line| line.ended = line.ended.or(Some(EventRef::end(exchange.id))));
}

fn in_address(target: &str) -> Option<&str> {
    let query = target.split_once('?')?.1;
    let named = |pair: &&str| ["session_id=", "sessionid="].iter().any(|name| starts_with_ignoring_case(pair, name));
    query.split('&').find(named)?.split_once('=').map(|(_, id)| id).filter(|id| !id.is_empty())
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
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
    // A server that names another id in the middle of a session has issued that one too: clients go on with it.
    if let (Some(sent), Some(id)) = (exchange.session_sent(), head.headers.get("mcp-session-id"))
        && sent != id
    {
        let line = line(lines, id);
        line.issued = line.issued.or(Some(EventRef::response(exchange.id)));
    }
    if exchange.request.method == Method::Delete
        && let Some(id) = exchange.session_sent()
    {
        line(lines, id).ended = Some(EventRef::response(exchange.id));
    }
}
