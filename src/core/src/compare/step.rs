//! What a request is a step of: two requests of two recordings are the same step when they ask for the same.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};

use super::align::{APART, LIKELY, LOOSE, SAME};
use super::known::{Veil, has_cover};
use crate::http::Method;
use crate::json;
use crate::rpc::Kind;
use crate::trace::{Exchange, Purpose, Trace};

/// Characters of a name that are kept.
const NAME_CHARS: usize = 60;

/// A step, by what it asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    /// Why it was sent, when it is no part of the conversation; else empty.
    aside: String,
    /// The method of the message, or what is asked for without one.
    what: String,
    /// The tool, the prompt, the resource.
    subject: Option<String>,
    /// Whether it opens the conversation, in any era.
    opens: bool,
}

impl Step {
    /// The step that an exchange is.
    pub(super) fn of(trace: &Trace, exchange: &Exchange) -> Self {
        let purpose = exchange.purpose;
        let aside = match purpose {
            // A probe is told by its slug and the number of its step.
            Purpose::Probe => trace.probe_of(exchange).map_or("probe".to_owned(), |(slug, n)| format!("{slug} {n}")),
            _ if purpose.is_probe() || purpose == Purpose::Watch => purpose.as_str().to_owned(),
            _ => String::new(),
        };
        let (what, subject) = asked(exchange);
        // Who imports a recording does not know why a request was sent: by its message it is told all the same.
        let opens = aside.is_empty() && (purpose.opens() || matches!(what.as_str(), "initialize" | "server/discover"));
        Self { aside, what, subject, opens }
    }

    /// How well two steps fit.
    pub(super) fn fit(&self, other: &Self) -> u32 {
        if self.aside != other.aside {
            return APART;
        }
        let covered = |subject: &Option<String>| subject.as_ref().is_some_and(|subject| has_cover(subject, Veil::Lifted));
        match self.what == other.what {
            true if self.subject == other.subject => SAME,
            true if covered(&self.subject) || covered(&other.subject) => LIKELY,
            false if self.opens && other.opens => LOOSE,
            _ => APART,
        }
    }

    /// Whether a client can do without it: who does not listen, or does not end its session, has gone no other way.
    pub(super) fn is_optional(&self) -> bool {
        let by_the_way = matches!(self.what.as_str(), STREAM | END | "notifications/cancelled" | "ping" | "subscriptions/listen");
        !self.aside.is_empty() || (by_the_way && !self.opens)
    }

    /// What it is called: `tools/call search`.
    pub(super) fn name(&self) -> String {
        let mut name = self.what.clone();
        if let Some(subject) = &self.subject {
            name.push(' ');
            name.extend(subject.chars().take(NAME_CHARS));
        }
        match self.aside.as_str() {
            "" => {}
            "watch" => name.push_str(" (watch)"),
            _ => name.push_str(" (probe)"),
        }
        name
    }
}

/// A GET for an event stream.
const STREAM: &str = "GET for an event stream";
/// The end of a session.
const END: &str = "DELETE of the session";

/// What an exchange asks for, and of what.
fn asked(exchange: &Exchange) -> (String, Option<String>) {
    let request = &exchange.request;
    let Some(call) = exchange.call() else {
        let resumes = request.headers.has("last-event-id");
        let streams = request.headers.get("accept").is_some_and(|accept| accept.contains("text/event-stream"));
        let what = match request.method {
            Method::Delete => END,
            Method::Get if resumes => "GET for the rest of a stream",
            Method::Get if streams => STREAM,
            Method::Get if exchange.purpose.seeks_token() => return (format!("GET {}", request.url.path()), None),
            method => method.as_str(),
        };
        return (what.to_owned(), None);
    };
    if exchange.calls.len() > 1 {
        return (format!("a batch of {} messages", exchange.calls.len()), None);
    }
    match &call.kind {
        Kind::Request { method, .. } | Kind::Notification { method } => (method.to_string(), subject(method, &request.body)),
        Kind::Result { .. } => ("answer to the server".to_owned(), None),
        Kind::Error { .. } => ("refusal to the server".to_owned(), None),
        Kind::Foreign | Kind::NotJson { .. } => (request.method.as_str().to_owned(), None),
    }
}

fn subject(method: &str, body: &str) -> Option<String> {
    let key = match method {
        "tools/call" | "prompts/get" => "name",
        "resources/read" | "resources/subscribe" | "resources/unsubscribe" => "uri",
        _ if method.ends_with("/list") => "cursor",
        _ => return None,
    };
    let scan = json::scan(body);
    let value = scan.root(body)?.at(&["params", key])?.as_str()?.into_owned();
    Some(if key == "cursor" { "(next page)".to_owned() } else { value })
}
