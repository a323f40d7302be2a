//! What the server asks: answered at once where the answer is known, and kept for the person where it is not.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::waiting::{Call, Waiting};
use super::{Session, requests};
use crate::id::{EventRef, ExchangeId};
use crate::json;
use crate::limits::ANSWERS;
use crate::mcp::{self, Era, InputAsk, Revision};
use crate::rpc::Id;
use crate::time::Micros;
use crate::trace::{Answer, Purpose};

/// Something the server wants to know from the person.
#[derive(Debug)]
pub(super) enum Question {
    /// A request of the server's (2024-11-05 to 2025-11-25).
    Request {
        /// The event that asked.
        at: EventRef,
        /// Its id, which the answer carries.
        id: Id,
    },
    /// What a call needs before it can go on (2026-07-28, input-required results).
    Inputs {
        /// The event that asked.
        at: EventRef,
        /// The call that is to be repeated.
        call: Call,
        /// The questions by key, each with its answer once it is there.
        asks: Vec<(String, Option<String>)>,
        /// What the server wants back with the answers.
        state: Option<String>,
    },
}

impl Question {
    /// Whether a call goes on once it is answered.
    pub(super) const fn holds_a_call(&self) -> bool {
        matches!(self, Self::Inputs { .. })
    }
}

impl Session {
    /// Whether a request waits for the person and not for the server: who asks on its stream, or on one that all share, cannot
    /// answer before it is answered.
    pub(super) fn is_held(&self, waiting: &Waiting) -> bool {
        let shared = [self.link.stream, self.listening.as_ref().map(|listening| listening.on)];
        let holds = |on: ExchangeId| on == waiting.on || (waiting.call.is_some() && shared.contains(&Some(on)));
        self.questions.iter().any(|question| matches!(question, Question::Request { at, .. } if holds(at.exchange)))
    }

    /// A request of the server's. Servers of the stateless era send none, and could not be answered (2026-07-28, transports).
    pub(super) fn asked(&mut self, now: Micros, at: EventRef, id: &Id, method: &str) {
        // While probes are tried the server is not answered: it must not be able to make them more than was agreed to.
        if self.link.era() == Era::Stateless || self.answers >= ANSWERS || self.probing.is_some() {
            return;
        }
        self.answers += 1;
        let revision = self.link.revision.unwrap_or(Revision::LATEST_HANDSHAKE);
        let offered = |capability: &str| mcp::capabilities(revision).contains(&format!("\"{capability}\""));
        let body = match method {
            "ping" => mcp::result(id, "{}"),
            "roots/list" if offered("roots") => mcp::result(id, r#"{"roots":[]}"#),
            "sampling/createMessage" if offered("sampling") => {
                return self.questions.push(Question::Request { at, id: id.clone() });
            }
            "elicitation/create" if offered("elicitation") => {
                return self.questions.push(Question::Request { at, id: id.clone() });
            }
            _ => mcp::error(id, -32601, "Method not found"),
        };
        self.reply(now, body);
    }

    fn reply(&mut self, now: Micros, body: String) {
        let request = requests::post(&self.about, body, &self.link);
        self.send(now, Purpose::Answer, request);
    }

    /// A call that needs answers of the person's before it can go on; at once if it only wants to be repeated.
    pub(super) fn park(&mut self, now: Micros, at: EventRef, call: Call, asks: Vec<InputAsk>, state: Option<String>) {
        let known = |ask: &InputAsk| (ask.method == "roots/list").then(|| r#"{"roots":[]}"#.to_string());
        let asks = asks.into_iter().map(|ask| (ask.key.clone(), known(&ask))).collect();
        self.questions.push(Question::Inputs { at, call, asks, state });
        self.go_on(now, self.questions.len() - 1);
    }

    /// The person answers. What cannot be answered with an error (2026-07-28) is dropped with its call.
    pub(super) fn answer(&mut self, now: Micros, to: EventRef, key: &str, answer: Answer) {
        let open = |question: &Question| match question {
            Question::Request { at, .. } => *at == to,
            Question::Inputs { at, asks, .. } => *at == to && asks.iter().any(|(k, answer)| k == key && answer.is_none()),
        };
        let Some(slot) = self.questions.iter().position(open) else { return };
        let held: Vec<ExchangeId> =
            self.waiting.iter().filter(|waiting| self.is_held(waiting)).map(|waiting| waiting.exchange).collect();
        match (&mut self.questions[slot], answer) {
            (Question::Request { id, .. }, answer) => {
                let body = match &answer {
                    Answer::Result(raw) => mcp::result(id, raw),
                    Answer::Error { code, message } => mcp::error(id, *code, message),
                };
                self.questions.remove(slot);
                self.reply(now, body);
            }
            (Question::Inputs { asks, .. }, Answer::Result(raw)) => {
                asks.iter_mut().filter(|(k, _)| k == key).for_each(|(_, answer)| *answer = Some(raw.clone()));
                self.go_on(now, slot);
            }
            (Question::Inputs { .. }, Answer::Error { .. }) => {
                self.questions.remove(slot);
                self.rest(now);
            }
        }
        let deadline = now.saturating_add(self.about.timeout);
        let was_held = |waiting: &&mut Waiting| held.contains(&waiting.exchange);
        self.waiting.iter_mut().filter(was_held).for_each(|waiting| waiting.deadline = deadline);
    }

    /// Repeats a call once all of its questions are answered.
    fn go_on(&mut self, now: Micros, slot: usize) {
        let answered = |question: &Question| match question {
            Question::Inputs { asks, .. } => asks.iter().all(|(_, answer)| answer.is_some()),
            Question::Request { .. } => false,
        };
        if !answered(&self.questions[slot]) {
            return;
        }
        if let Question::Inputs { mut call, asks, state, .. } = self.questions.remove(slot) {
            let answers: Vec<(String, String)> =
                asks.into_iter().map(|(key, answer)| (key, answer.unwrap_or_default())).collect();
            let params = mcp::retry_params(&call.params, &answers, state.as_deref());
            // What is asked again begins with what the person asked, not with earlier answers.
            let first = core::mem::replace(&mut call.params, params);
            self.ask(now, call);
            if let Some(call) = self.waiting.last_mut().and_then(|waiting| waiting.call.as_mut()) {
                call.params = first;
            }
        }
    }

    /// The server takes a question back.
    pub(super) fn withdrawn(&mut self, text: &str) {
        let scan = json::scan(text);
        let Some(id) = scan.root(text).and_then(|root| root.at(&["params", "requestId"])).map(|id| id.raw().to_string()) else {
            return;
        };
        self.questions.retain(|question| !matches!(question, Question::Request { id: asked, .. } if asked.to_string() == id));
    }
}
