//! What the person asked of the server, and what has become of it: read from the recording, live or not.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::id::{EventRef, ExchangeId};
use crate::json::{self, Node};
use crate::mcp::{self, Progress, ResultKind, Transport};
use crate::time::Micros;
use crate::trace::{Command, End, Exchange, Purpose, Trace, Why};

/// A request of the person's and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The exchange that asked.
    pub exchange: ExchangeId,
    /// How it stands.
    pub state: State,
    /// From the request to the answer, or to when it was given up.
    pub took: Option<Micros>,
}

/// How a request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// There is no answer; holds what the server last told of its progress. In a recording there will be none.
    Open(Option<Progress>),
    /// The server wants something from the person before it goes on (2026-07-28, multi round-trip requests).
    Asking,
    /// The server wanted something from the person and did not get it.
    Unmet,
    /// A result came, in this event.
    Answered(EventRef),
    /// The server refused, with a JSON-RPC error in this event.
    Refused {
        /// The code, if there is one.
        code: Option<i64>,
        /// The server's words.
        message: String,
        /// Where it stands.
        at: EventRef,
    },
    /// It was answered by something that is no JSON-RPC: the status, or none when nothing came at all.
    Failed(Option<u16>),
    /// It was given up on this side.
    GivenUp(Why),
}

/// The last request of a method whose message is the one meant.
pub fn last_asked(trace: &Trace, method: &str, is_meant: &dyn Fn(Node<'_>) -> bool) -> Option<Asked> {
    let is_it = |exchange: &&Exchange| {
        let body = &exchange.request.body;
        exchange.method() == Some(method) && {
            let scan = json::scan(body);
            scan.root(body).is_some_and(is_meant)
        }
    };
    let exchange = trace.exchanges().iter().rfind(is_it)?;
    let state = state(trace, exchange);
    let until = match &state {
        State::Answered(at) | State::Refused { at, .. } => trace.item(*at).map(|item| item.at),
        State::GivenUp(_) => exchange.aborted.map(|(at, _)| at),
        State::Failed(_) => exchange.end.as_ref().map(|(at, _)| *at),
        State::Open(_) | State::Asking | State::Unmet => None,
    };
    Some(Asked { exchange: exchange.id, state, took: until.map(|at| at.saturating_sub(exchange.at)) })
}

/// The last request of a method with this text in its `params`: the name of a tool, the address of a resource.
pub fn last_named(trace: &Trace, method: &str, key: &str, name: &str) -> Option<Asked> {
    last_asked(trace, method, &|message| message.at(&["params", key]).and_then(Node::as_str).is_some_and(|value| value == name))
}

/// How the stream stands on which the server speaks unasked, if it was asked for.
pub fn listening(trace: &Trace) -> Option<State> {
    let exchange = trace.exchanges().iter().rfind(|exchange| exchange.purpose == Purpose::Listen)?;
    Some(state(trace, exchange))
}

fn state(trace: &Trace, exchange: &Exchange) -> State {
    if let Some(at) = exchange.answer {
        if let Some((code, message)) = refusal_in(trace, at) {
            return State::Refused { code, message, at };
        }
        let is_open = trace.questions().iter().any(|question| question.at == at);
        return match trace.item_text(at).map(|text| mcp::read_result_kind(&text)) {
            Some(ResultKind::InputRequired { .. }) if is_open => State::Asking,
            Some(ResultKind::InputRequired { .. }) => State::Unmet,
            _ => State::Answered(at),
        };
    }
    if let Some((code, message, at)) = exchange.refusal() {
        return State::Refused { code, message: message.to_owned(), at };
    }
    if let Some((_, why)) = exchange.aborted {
        return State::GivenUp(why);
    }
    match (exchange.head(), &exchange.end) {
        (Some(head), _) if !head.is_success() => State::Failed(exchange.status()),
        (None, Some((_, End::Failed(_)))) => State::Failed(None),
        _ => State::Open(progress(trace, exchange)),
    }
}

fn refusal_in(trace: &Trace, at: EventRef) -> Option<(Option<i64>, String)> {
    let (code, message) = trace.item(at)?.messages.iter().find_map(|placed| placed.message.error())?;
    Some((code, message.to_owned()))
}

/// What the server last told of a request's progress, on whichever stream.
fn progress(trace: &Trace, exchange: &Exchange) -> Option<Progress> {
    let id = exchange.call()?.asks()?;
    notices(trace, "notifications/progress")
        .filter(|(at, _)| *at >= exchange.at)
        .filter_map(|(_, event)| mcp::read_progress(&trace.item_text(event)?))
        .find(|progress| progress.token == *id)
}

/// When and where the server said something of this kind: from the last exchange on, and in each from the last event on.
fn notices<'a>(trace: &'a Trace, method: &'a str) -> impl Iterator<Item = (Micros, EventRef)> + 'a {
    let says = move |item: &crate::trace::Item| item.messages.iter().any(|placed| placed.message.method() == Some(method));
    trace.exchanges().iter().rev().flat_map(move |exchange| {
        let items = exchange.reply.items.iter().rev().filter(move |item| says(item));
        items.map(|item| (item.at, EventRef::item(exchange.id, item.n)))
    })
}

/// The resources whose changes the person wants to hear of.
pub fn subscribed(trace: &Trace) -> Vec<String> {
    let mut uris: Vec<String> = Vec::new();
    // In the stateless era the subscriptions end with the stream they stand on.
    let on_stream = trace.spoken().is_some_and(|spoken| spoken.transport == Some(Transport::PostOnly));
    for (_, command) in trace.commands() {
        if *command == Command::Unlisten && on_stream {
            uris.clear();
        }
        let Command::Call { method, params } = command else { continue };
        let scan = json::scan(params);
        let Some(uri) = scan.root(params).and_then(|params| params.get("uri")).and_then(Node::as_str) else { continue };
        if matches!(method.as_str(), "resources/subscribe" | "resources/unsubscribe") {
            uris.retain(|known| *known != uri);
        }
        if method == "resources/subscribe" {
            uris.push(uri.into_owned());
        }
    }
    uris
}

/// A resource that the server said has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// Its address.
    pub uri: String,
    /// Where the server said so, in the last exchange in which it did.
    pub at: EventRef,
    /// How often it said so.
    pub times: usize,
}

/// The resources that changed since they were last read, or since the beginning.
pub fn updated(trace: &Trace) -> Vec<Updated> {
    let mut found: Vec<Updated> = Vec::new();
    for (when, at) in notices(trace, "notifications/resources/updated") {
        let Some(uri) = trace.item_text(at).and_then(|text| mcp::read_updated(&text)) else { continue };
        let read = last_named(trace, "resources/read", "uri", &uri).and_then(|asked| trace.exchange(asked.exchange));
        if read.is_some_and(|read| read.at > when) {
            continue;
        }
        match found.iter_mut().find(|known| known.uri == uri) {
            Some(known) => known.times += 1,
            None => found.push(Updated { uri, at, times: 1 }),
        }
    }
    found
}
