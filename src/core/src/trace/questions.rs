//! What the server asked the person, as long as it is open: requests of the handshake era, and input-required results.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::record::Command;
use crate::id::{EventRef, ExchangeId};
use crate::json;
use crate::mcp::{self, ResultKind};
use crate::rpc::{Kind, Message};

/// One question of the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The event that asks.
    pub at: EventRef,
    /// Which of the questions of an input-required result; empty for a request (2026-07-28, multi round-trip requests).
    pub key: String,
    /// `elicitation/create` or `sampling/createMessage`.
    pub method: String,
    /// Its parameters, as sent.
    pub params: String,
    /// The id of the request, as sent.
    id: String,
}

/// Remembers what a received message asks.
pub(super) fn on_message(open: &mut Vec<Question>, at: EventRef, message: &Message, text: &str) {
    match &message.kind {
        Kind::Request { id, method } if for_person(method) => {
            let (key, id) = (String::new(), id.to_string());
            open.push(Question { at, key, method: method.clone(), params: member(text, &["params"]), id });
        }
        Kind::Notification { method } if method == "notifications/cancelled" => {
            let id = member(text, &["params", "requestId"]);
            open.retain(|question| question.id != id);
        }
        Kind::Result { .. } if text.contains("input_required") => {
            if let ResultKind::InputRequired { asks, .. } = mcp::read_result_kind(text) {
                let asks = asks.into_iter().filter(|ask| for_person(&ask.method));
                open.extend(asks.map(|ask| Question {
                    at,
                    key: ask.key,
                    method: ask.method,
                    params: ask.params,
                    id: String::new(),
                }));
            }
        }
        _ => {}
    }
}

/// Forgets what the person answered, or gave up.
pub(super) fn on_command(open: &mut Vec<Question>, command: &Command) {
    match command {
        Command::Answer { to, key, .. } => open.retain(|question| question.at != *to || question.key != *key),
        Command::Cancel(exchange) => open.retain(|question| question.key.is_empty() || question.at.exchange != *exchange),
        Command::Run | Command::Stop => open.clear(),
        _ => {}
    }
}

/// Forgets what was asked on a stream that was given up: nobody waits for the answers.
pub(super) fn on_abort(open: &mut Vec<Question>, exchange: ExchangeId) {
    open.retain(|question| !question.key.is_empty() || question.at.exchange != exchange);
}

/// Whether a person has to answer: everything else is answered by the session.
fn for_person(method: &str) -> bool {
    matches!(method, "elicitation/create" | "sampling/createMessage")
}

fn member(text: &str, path: &[&str]) -> String {
    let scan = json::scan(text);
    scan.root(text).and_then(|root| root.at(path)).map(|node| node.raw().to_string()).unwrap_or_default()
}
