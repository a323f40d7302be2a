//! What is awaited: a request, where its answer is expected, and until when.

use alloc::string::String;
use alloc::vec::Vec;

use super::table::{Came, Step};
use crate::id::ExchangeId;
use crate::rpc::Id;
use crate::time::Micros;

/// A request whose answer is awaited.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) step: Step,
    /// What the person asked, when the step is a call.
    pub(super) call: Option<Call>,
    /// The exchange that asked.
    pub(super) exchange: ExchangeId,
    /// The exchange on which the answer is expected now: its own, the one that resumes it, or the stream of HTTP+SSE.
    pub(super) on: ExchangeId,
    /// The id of the request, when it wants an answer.
    pub(super) id: Option<Id>,
    pub(super) deadline: Micros,
    /// Whether the request carried a session id.
    pub(super) in_session: bool,
    /// The status of the last response, once it is there.
    pub(super) status: u16,
}

/// What the person asked for.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) method: String,
    /// A JSON object, or nothing.
    pub(super) params: String,
    /// How often the server asked for more before it answered.
    pub(super) rounds: u32,
    /// The pages asked for so far, when it is a list.
    pub(super) cursors: Vec<String>,
}

impl Waiting {
    /// Whether a refusal may be about the session: the request carried one, and status or text point at it. A 400 that is no
    /// JSON-RPC may mean anything, in any language; to a call, mostly what was called. Of a notification a server may know nothing at all: what it says to the next
    /// request tells more.
    pub(super) fn refused(&self, in_rpc: bool, text: &str) -> Came {
        let names_session = text.to_ascii_lowercase().contains("session");
        let notifies = matches!(self.step, Step::Initialized | Step::StartedOver);
        match self.status {
            _ if !self.in_session => Came::Refused,
            200 | 400 | 401 | 403 | 404 | 410 if names_session => Came::SessionRefused,
            404 | 410 if !notifies => Came::Wordless,
            // A server may have lost the session, or have kept none in the first place.
            400 if !notifies && text.to_ascii_lowercase().contains("not initiali") => Came::Wordless,
            400 if !in_rpc && !notifies && self.step != Step::Call => Came::Wordless,
            _ => Came::Refused,
        }
    }
}
