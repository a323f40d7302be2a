//! How things are said: quotes, statuses, steps, spans, and one sentence for each event of a trace.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::facts::Facts;
use super::failure::{Failure, How};
use crate::http::{Method, Mode, Url};
use crate::id::{EventRef, Part};
use crate::numbers;
use crate::probe;
use crate::said::QUOTE_CHARS;
pub(super) use crate::said::{list, quote, status, words_in};
use crate::time::Micros;
use crate::trace::{End, Exchange, ItemKind, Lack, Purpose, Why, letter};

/// So many of the revisions that a server names are repeated.
const REVISIONS: usize = 8;

/// What a request asked for, as a person names it: the JSON-RPC method, or what the HTTP request was for.
pub(super) fn step(exchange: &Exchange) -> String {
    match (exchange.method(), exchange.request.method, exchange.request.mode) {
        _ if exchange.purpose == Purpose::StartOver => "initialize without the session id".to_string(),
        _ if exchange.request.headers.has("last-event-id") => "the request for the rest of the stream".to_string(),
        (Some(method), ..) => method.to_string(),
        (_, Method::Get, Mode::Opaque) => "the opaque GET".to_string(),
        (_, _, Mode::Opaque) => "the opaque request".to_string(),
        (_, _, Mode::Events) => "the request for events".to_string(),
        (_, Method::Get, _) if exchange.request.url.path().starts_with("/.well-known/") => "the request for metadata".to_string(),
        (_, Method::Get, _) => "the request for an event stream".to_string(),
        (_, Method::Delete, _) => "the end of the session".to_string(),
        (_, Method::Post, _) if exchange.lacks.has(Lack::Requests) => "the request".to_string(),
        (_, Method::Post, _) => "an answer to the server".to_string(),
    }
}

/// The same for an event that is told of: of a probe, with what sets it apart.
fn asked(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let of_probe = facts.trace.probe_of(exchange).and_then(|(slug, n)| probe::by_slug(slug)?.steps.get(n));
    let apart = of_probe.map(probe::Step::apart).filter(|apart| !apart.is_empty());
    let space = if apart.is_some() { " " } else { "" };
    format!("{}{space}{}", step(exchange), apart.unwrap_or_default())
}

/// The host, with the port where it is not the usual one.
pub(super) fn host(facts: &Facts<'_>) -> String {
    host_of(facts, &facts.trace.about.server)
}

/// The same of another address.
pub(super) fn host_of(facts: &Facts<'_>, url: &Url) -> String {
    // The address of a log that has none stands in for it, and names nobody.
    if facts.trace.about.lacks.has(Lack::Address) { "the server".to_string() } else { url.authority() }
}

/// A session by its letter: `session A`.
pub(super) fn session(facts: &Facts<'_>, id: &str) -> String {
    let at = facts.trace.sessions().iter().position(|line| line.id == id);
    at.map_or_else(|| "the session".to_string(), |n| format!("session {}", letter(n)))
}

/// The span from one moment to a later one, in words; `None` when the recording does not say when things happened.
pub(super) fn between(facts: &Facts<'_>, earlier: Micros, later: Micros) -> Option<String> {
    (!facts.trace.about.lacks.has(Lack::Times)).then(|| later.saturating_sub(earlier).to_string())
}

/// How long an exchange had taken at a moment.
pub(super) fn took(exchange: &Exchange, at: Micros) -> Option<String> {
    (!exchange.lacks.has(Lack::Spans)).then(|| at.saturating_sub(exchange.at).to_string())
}

/// The same as a part of a sentence, with a space in front: ` after 41 ms`; nothing when it is not known.
pub(super) fn after(exchange: &Exchange, at: Micros) -> String {
    took(exchange, at).map(|span| format!(" after {span}")).unwrap_or_default()
}

/// The revisions that a refusal names, as a sentence of its own with a space in front; nothing when it names none.
pub(super) fn supported(failure: &Failure<'_>, facts: &Facts<'_>) -> String {
    let named = failure.supported(facts.trace);
    let said: Vec<String> = named.iter().take(REVISIONS).map(|name| revision(name)).collect();
    if said.is_empty() { String::new() } else { format!(" It speaks {}.", list(&said)) }
}

/// A revision that somebody names: a date as it is, anything else as a quote.
pub(super) fn revision(name: &str) -> String {
    let is_date = name.len() == 10 && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_date { name.to_string() } else { quote(name) }
}

/// One of a thing or several: `1 request`, `3 requests`.
pub(super) fn count(n: usize, one: &str) -> String {
    numbers::count(n as u64, one)
}

/// How a request was refused, the server's words quoted.
pub(super) fn refused(failure: &Failure<'_>) -> String {
    let words = failure.words();
    let said = match words.is_empty() {
        true if failure.exchange.lacks.has(Lack::Answers) => "; what it said is not in this recording".to_string(),
        true => ", without a word".to_string(),
        false => format!(": {}", quote(&words)),
    };
    let asked = capital(&step(failure.exchange));
    match failure.how {
        How::Status(code) => format!("{asked} was answered with {}{said}.", status(code)),
        How::Error(Some(code)) => format!("{asked} was answered with error {code}{said}."),
        _ => format!("{asked} was answered with an error{said}."),
    }
}

/// How long a refusal asks to wait, as a sentence; `None` when it does not say (RFC 9110 §10.2.3).
pub(super) fn retry_after(failure: &Failure<'_>) -> Option<String> {
    let wait = failure.exchange.head()?.headers.get("retry-after")?;
    Some(match wait.parse() {
        Ok(seconds) => format!("Retry-After asks for {}.", Micros::from_secs(seconds)),
        Err(_) => format!("Retry-After says {}.", quote(wait)),
    })
}

/// A page that came in place of an answer: what it is, and what it says.
pub(super) fn page(failure: &Failure<'_>) -> String {
    match words_in(&failure.body) {
        words if words.is_empty() => "an HTML page that shows no text".to_string(),
        words => format!("an HTML page: {}", quote(&words)),
    }
}

/// One event as a sentence.
pub(super) fn event(facts: &Facts<'_>, at: EventRef) -> String {
    let Some(exchange) = facts.trace.exchange(at.exchange) else { return String::new() };
    match at.part {
        Part::Request => request(facts, exchange),
        Part::Response => response(facts, exchange),
        Part::Item(_) => item(facts, exchange, at),
        Part::End => end(facts, exchange),
    }
}

fn request(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let with = match (exchange.session_sent().map(|id| session(facts, id)), exchange.sent_token()) {
        (Some(session), true) => format!(" with {session} and a token"),
        (Some(session), false) => format!(" with {session}"),
        (None, true) => " with a token".to_string(),
        (None, false) => String::new(),
    };
    format!("{} was sent{with}.", capital(&asked(facts, exchange)))
}

fn response(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let Some((at, head)) = &exchange.response else { return format!("{} got no response.", capital(&asked(facts, exchange))) };
    let after = after(exchange, *at);
    if head.sight.is_body_alone() {
        return format!("{} was answered{after}; with which status is not in this recording.", capital(&asked(facts, exchange)));
    }
    if head.status == 0 {
        return format!("Something answered {}{after}; a page may not see what.", asked(facts, exchange));
    }
    let said = if head.is_success() { String::new() } else { said(facts, exchange) };
    let issued = facts.trace.sessions().iter().find(|line| line.issued == Some(EventRef::response(exchange.id)));
    let issued = issued.map(|line| format!(" and {}", session(facts, &line.id))).unwrap_or_default();
    format!("{} was answered with {}{issued}{after}{said}.", capital(&asked(facts, exchange)), status(head.status))
}

/// `: “Session not found”`, or nothing when the body is empty.
fn said(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let words = facts.failure(|failure| failure.exchange.id == exchange.id).map(|failure| failure.words());
    words.filter(|words| !words.is_empty()).map(|words| format!(": {}", quote(&words))).unwrap_or_default()
}

fn item(facts: &Facts<'_>, exchange: &Exchange, at: EventRef) -> String {
    let Some(item) = facts.trace.item(at) else { return String::new() };
    // With HTTP+SSE the answer to one request comes in the exchange of another.
    let exchange = facts.trace.exchange(facts.about(at)).unwrap_or(exchange);
    let error = item.messages.iter().find_map(|placed| placed.message.error());
    let asked = asked(facts, exchange);
    match (&item.what, error) {
        (_, Some((Some(code), message))) => format!("{} was answered with error {code}: {}.", capital(&asked), quote(message)),
        (_, Some((None, message))) => format!("{} was answered with an error: {}.", capital(&asked), quote(message)),
        _ if item.is_endpoint() => "The event stream said where to send messages.".to_string(),
        (ItemKind::Truncated(_), _) => format!("The event stream for {asked} ended inside an event."),
        _ if exchange.succeeded() && exchange.answer == Some(at) => format!("{} was answered with a result.", capital(&asked)),
        (ItemKind::Body, _) => {
            let body = facts.trace.body_start(exchange.id, QUOTE_CHARS * 2);
            format!("The body of the answer to {asked} begins with {}.", quote(&body))
        }
        _ => format!("An event arrived on the stream for {asked}."),
    }
}

fn end(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let asked = asked(facts, exchange);
    if let Some((at, why)) = exchange.aborted {
        let after = after(exchange, at);
        return match why {
            Why::TimedOut => format!("{} was given up{after}.", capital(&asked)),
            Why::TooLarge => format!("The answer to {asked} was given up: it is too large to read here."),
            Why::Stopped => format!("{} was stopped{after}.", capital(&asked)),
            Why::Done => format!("{} was closed here{after}.", capital(&asked)),
        };
    }
    let bytes = exchange.reply.bytes;
    let after = |at: Micros| match took(exchange, at) {
        Some(span) => format!("{span} and {}", count_bytes(bytes)),
        None => count_bytes(bytes),
    };
    match &exchange.end {
        Some((at, End::Failed(text))) => {
            let after = self::after(exchange, *at);
            format!("{} failed{after} without a response: {}.", capital(&asked), quote(text))
        }
        Some((at, End::Cut(_))) => format!("The answer to {asked} broke off after {}.", after(*at)),
        Some((at, _)) => format!("The answer to {asked} ended after {}.", after(*at)),
        None => format!("{} is still open.", capital(&asked)),
    }
}

/// A number of bytes as people say it.
pub(super) fn count_bytes(bytes: u64) -> String {
    match bytes {
        1 => "1 byte".to_string(),
        0..10_000 => format!("{bytes} bytes"),
        10_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// The text with a capital first letter, unless it begins with the name of a method.
pub(super) fn capital(text: &str) -> String {
    let method = text.split_whitespace().next().is_some_and(|word| word.contains('/') || word == "initialize" || word == "ping");
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !method => [first.to_ascii_uppercase()].into_iter().chain(chars).collect(),
        _ => text.to_string(),
    }
}

/// A sentence that may begin with words for a host that is not known.
pub(super) fn sentence(text: &str) -> String {
    text.strip_prefix("the server").map_or_else(|| text.to_string(), |rest| format!("The server{rest}"))
}
