//! What the person asks for: calls with their pages, their progress, their cancelling, and lists that change.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::questions::Question;
use super::table::{Came, Step};
use super::waiting::{Call, Waiting};
use super::{Session, requests};
use crate::id::{EventRef, ExchangeId};
use crate::json;
use crate::limits::{CALL_ROUNDS, RELISTS, TOOLS_PAGES};
use crate::mcp::{self, Era, ResultKind};
use crate::rpc::{Id, Message};
use crate::time::Micros;
use crate::trace::{Purpose, What, Why};

impl Session {
    pub(super) fn call(&mut self, now: Micros, method: String, params: String) {
        if self.link.era() == Era::Stateless
            && matches!(method.as_str(), "resources/subscribe" | "resources/unsubscribe")
            && let Some(uri) = member(&params, "uri")
        {
            return self.subscribe(now, uri, method == "resources/subscribe");
        }
        if method.ends_with("/list") && !self.listed.contains(&method) {
            self.listed.push(method.clone());
        }
        self.ask(now, Call { method, params, rounds: 0, cursors: Vec::new() });
    }

    pub(super) fn ask(&mut self, now: Micros, call: Call) {
        let id = self.next_id();
        let name = member(&call.params, "name");
        let tool = self.mirroring.iter().find(|tool| call.method == "tools/call" && Some(&tool.name) == name.as_ref());
        let request = requests::ask(&self.about, id, &call.method, &call.params, tool, &self.link);
        let in_session = request.headers.has("mcp-session-id");
        let exchange = self.send(now, Purpose::Call, request);
        self.waiting.push(Waiting {
            step: Step::Call,
            call: Some(call),
            exchange,
            on: self.link.stream.unwrap_or(exchange),
            id: Some(Id::ours(id)),
            deadline: now.saturating_add(self.about.timeout),
            in_session,
            status: 0,
        });
    }

    /// What the answer to a call means: more pages, questions to the person, or the end of it.
    pub(super) fn take_call(
        &mut self,
        now: Micros,
        at: EventRef,
        waiting: &Waiting,
        mut call: Call,
        message: &Message,
        text: &str,
    ) -> Came {
        if let Some(error) = message.error() {
            return self.refusal(waiting, Some(error), text);
        }
        if let ResultKind::InputRequired { asks, state } = mcp::read_result_kind(text) {
            call.rounds += 1;
            if call.rounds <= CALL_ROUNDS {
                self.park(now, at, call, asks, state);
            }
        } else if call.method.ends_with("/list")
            && let Some(cursor) = member(&result(text), "nextCursor")
            && call.cursors.len() + 1 < TOOLS_PAGES
            && !call.cursors.contains(&cursor)
        {
            call.params = requests::cursor_params(Some(&cursor));
            call.cursors.push(cursor);
            self.ask(now, call);
        }
        Came::Good
    }

    /// Gives up a call. In the handshake era the server is told so (2025-11-25, cancellation); later on, closing its stream
    /// says it (2026-07-28, cancellation).
    pub(super) fn cancel(&mut self, now: Micros, exchange: ExchangeId, why: Why) {
        self.questions.retain(|question| !matches!(question, Question::Inputs { at, .. } if at.exchange == exchange));
        let Some(slot) = self.waiting.iter().position(|waiting| waiting.exchange == exchange && waiting.call.is_some()) else {
            return;
        };
        let waiting = self.waiting.remove(slot);
        self.give_up(now, &waiting, why);
        if self.link.era() == Era::Handshake
            && let Some(id) = &waiting.id
        {
            let reason = if why == Why::TimedOut { "No answer in time" } else { "Cancelled by the person" };
            let request = requests::post(&self.about, mcp::cancelled(id, reason), &self.link);
            self.send(now, Purpose::Cancel, request);
        }
        self.rest(now);
    }

    /// A request was not answered in time.
    pub(super) fn timed_out(&mut self, now: Micros, exchange: ExchangeId) {
        let Some(slot) = self.waiting.iter().position(|waiting| waiting.exchange == exchange) else { return };
        if self.waiting[slot].call.is_some() {
            return self.cancel(now, exchange, Why::TimedOut);
        }
        let waiting = self.waiting.remove(slot);
        self.give_up(now, &waiting, Why::TimedOut);
        self.came(now, &waiting, Came::Silent);
    }

    /// Stops reading what a request is answered on. The trace says so of the request too when that is over already: with
    /// HTTP+SSE, and when a stream is resumed.
    fn give_up(&mut self, now: Micros, waiting: &Waiting, why: Why) {
        self.forget_resume(waiting.on);
        if self.reading_mut(waiting.exchange).is_none() {
            self.record(now, What::Abort(waiting.exchange, why));
        }
        self.abort(now, waiting.exchange, why);
        if self.link.stream != Some(waiting.on) {
            self.abort(now, waiting.on, why);
        }
    }

    /// Something the server says and wants no answer to.
    pub(super) fn notified(&mut self, now: Micros, method: &str, text: &str) {
        match method {
            "notifications/progress" => {
                let Some(progress) = mcp::read_progress(text) else { return };
                let deadline = now.saturating_add(self.about.timeout);
                let of = |waiting: &&mut Waiting| waiting.id.as_ref() == Some(&progress.token);
                self.waiting.iter_mut().filter(of).for_each(|waiting| waiting.deadline = deadline);
            }
            "notifications/cancelled" => self.withdrawn(text),
            _ => {
                // What only a probe's answer said leads to no request that was not agreed to.
                if self.probing.is_some() && !self.is_listening() {
                    return;
                }
                let list = method.strip_prefix("notifications/").and_then(|rest| rest.strip_suffix("/list_changed"));
                let Some(list) = list else { return };
                // Templates have no notification of their own (2025-11-25, resources).
                for method in [alloc::format!("{list}/list"), alloc::format!("{list}/templates/list")] {
                    let known = method == "tools/list" || self.listed.contains(&method);
                    if known && !self.changed.contains(&method) {
                        self.changed.push(method);
                    }
                }
                if self.waiting.is_empty() && self.probing.is_none() {
                    self.list_what_changed(now);
                }
            }
        }
    }

    /// Asks again for the lists that changed.
    pub(super) fn list_what_changed(&mut self, now: Micros) {
        if !self.is_open() || !self.waiting.is_empty() || self.relisted >= RELISTS {
            return;
        }
        for list in core::mem::take(&mut self.changed) {
            self.relisted += 1;
            if list == "tools/list" {
                self.forget_tools();
                self.begin(now, Step::ListTools);
            } else {
                self.ask(now, Call { method: list, params: String::new(), rounds: 0, cursors: Vec::new() });
            }
        }
    }
}

/// The result of a message, as it was sent.
fn result(message: &str) -> String {
    let scan = json::scan(message);
    scan.root(message).and_then(|root| root.get("result")).map(|result| result.raw().to_owned()).unwrap_or_default()
}

/// A string member of a JSON object.
fn member(object: &str, key: &str) -> Option<String> {
    let scan = json::scan(object);
    Some(scan.root(object)?.get(key)?.as_str()?.into_owned())
}
